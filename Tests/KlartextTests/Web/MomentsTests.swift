import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct MomentsTests {
    private let german = Moments(timeZone: TimeZone(identifier: "Europe/Berlin")!, language: .de)
    private let english = Moments(timeZone: TimeZone(identifier: "Europe/Berlin")!, language: .en)

    private func utc(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0) -> Date {
        let time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        return Date(timeIntervalSince1970: Double(time.secondsSinceEpoch))
    }

    @Test func `a moment is said in full`() {
        let date = utc(2026, 11, 23, 13, 5)
        #expect(german.moment(date) == "Montag, 23. November 2026, 14:05 Uhr (MEZ)")
        #expect(english.moment(date) == "Monday 23 November 2026, 14:05 (CET)")
        #expect(german.short(date) == "23.11. 14:05")
        #expect(english.short(date) == "23 Nov 14:05")
        #expect(german.day(date) == "23.11.2026")
        #expect(english.day(date) == "23 November 2026")
        #expect(german.iso8601(date) == "2026-11-23T13:05:00Z")
    }

    @Test func `the clock goes forward in spring`() {
        #expect(german.moment(utc(2026, 3, 29, 0, 59, 59)) == "Sonntag, 29. März 2026, 01:59 Uhr (MEZ)")
        #expect(german.moment(utc(2026, 3, 29, 1, 0, 0)) == "Sonntag, 29. März 2026, 03:00 Uhr (MESZ)")
    }

    @Test func `the hour that comes twice in autumn names its time`() {
        #expect(english.moment(utc(2026, 10, 25, 0, 30)) == "Sunday 25 October 2026, 02:30 (CEST)")
        #expect(english.moment(utc(2026, 10, 25, 1, 30)) == "Sunday 25 October 2026, 02:30 (CET)")
    }

    @Test func `remembered offsets are those of the zone's own tables`() {
        for identifier in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"] {
            let zone = TimeZone(identifier: identifier)!
            let offsets = ZoneOffsets(zone)
            // Twice: once asked, once remembered.
            for _ in 0..<2 {
                for hour in stride(from: 0, to: 24 * 366, by: 1) {
                    let date = utc(2026, 1, 1).addingTimeInterval(Double(hour) * 3600 + 1234)
                    #expect(offsets.offsetSeconds(at: date.wholeSeconds) == zone.secondsFromGMT(for: date))
                }
            }
        }
    }

    @Test func `civil time agrees with Foundation's calendar`() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        for step in 0..<2000 {
            let seconds = -5_000_000_000 + step * 7_654_321
            let time = CivilTime(secondsSinceEpoch: seconds)
            let date = Date(timeIntervalSince1970: Double(seconds))
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
            #expect([time.year, time.month, time.day] == [parts.year, parts.month, parts.day])
            #expect([time.hour, time.minute, time.second] == [parts.hour, parts.minute, parts.second])
            #expect(time.weekday == (parts.weekday! + 5) % 7)
            #expect(time.secondsSinceEpoch == seconds)
        }
    }

    @Test func `near days have names`() {
        let now = utc(2026, 11, 23, 13, 5)
        #expect(german.relative(now, now: now) == "heute um 14:05")
        #expect(german.relative(utc(2026, 11, 23, 23, 30), now: now) == "morgen um 00:30")
        #expect(english.relative(utc(2026, 11, 22, 11), now: now) == "yesterday at 12:00")
        #expect(german.relative(utc(2026, 11, 30, 9), now: now) == "am Montag, 30. November um 10:00")
        #expect(english.relative(utc(2027, 1, 4, 9), now: now) == "on Monday 4 January 2027 at 10:00")
    }

    @Test func `the day after a change of clocks is still tomorrow`() {
        #expect(german.relative(utc(2026, 10, 25, 22, 30), now: utc(2026, 10, 24, 22, 30)) == "heute um 23:30")
        #expect(german.relative(utc(2026, 3, 29, 21, 30), now: utc(2026, 3, 28, 22, 30)) == "morgen um 23:30")
    }

    @Test(arguments: [
        (0, "unter 1 Min", "less than a minute"), (59, "unter 1 Min", "less than a minute"), (60, "1 Min", "1 minute"),
        (3600, "1 Std", "1 hour"), (4 * 3600 + 720, "4 Std 12 Min", "4 hours 12 minutes"),
        (2 * 86_400 + 4 * 3600 + 59, "2 T 4 Std", "2 days 4 hours"), (86_400 + 120, "1 T", "1 day"),
        (-5, "unter 1 Min", "less than a minute"),
    ])
    func `durations keep two units`(_ seconds: Int, _ short: String, _ spoken: String) {
        #expect(german.duration(seconds: seconds) == short)
        #expect(english.spokenDuration(seconds: seconds) == spoken)
    }

    @Test func `durations are spelled out in German`() {
        #expect(german.spokenDuration(seconds: 2 * 86_400 + 3600) == "2 Tage 1 Stunde")
        #expect(english.duration(seconds: 2 * 86_400 + 4 * 3600) == "2 d 4 h")
    }

    @Test(arguments: [
        (0, "0 Byte"), (1, "1 Byte"), (999, "999 Byte"), (1000, "1 kB"), (1449, "1,4 kB"), (9999, "10 kB"), (12_345, "12 kB"),
        (999_600, "1 MB"), (1_400_000, "1,4 MB"), (25_000_000, "25 MB"), (3_200_000_000, "3,2 GB"), (Int.max, "9223372 TB"),
    ])
    func `sizes are rounded as people say them`(_ bytes: Int, _ text: String) {
        #expect(german.size(bytes: bytes) == text)
    }

    @Test func `sizes in English have a point`() {
        #expect(english.size(bytes: 1_400_000) == "1.4 MB")
        #expect(english.size(bytes: 2) == "2 bytes")
    }

    @Test func `what a date field shows is what it sends back`() {
        for hour in 0..<(24 * 366) {
            let date = utc(2026, 1, 1).addingTimeInterval(Double(hour) * 3600)
            let back = german.date(fromLocalInput: german.localInput(date))
            // The second half past two of autumn looks like the first.
            #expect(back == date || date == utc(2026, 10, 25, 1))
        }
    }

    @Test func `an hour that does not exist is the one after it`() {
        #expect(german.date(fromLocalInput: "2026-03-29T02:30") == utc(2026, 3, 29, 1, 30))
        #expect(german.date(fromLocalInput: "2026-10-25T02:30") == utc(2026, 10, 25, 0, 30))
    }

    @Test(arguments: ["", "2026-11-23", "2026-02-30T10:00", "2026-13-01T10:00", "2026-11-23T24:00", "2026-11-23T10:6x", "２026-11-23T10:00"])
    func `what is no date field is no date`(_ text: String) {
        #expect(german.date(fromLocalInput: text) == nil)
    }

    @Test func `zones without a name of their own say their distance`() {
        let date = utc(2026, 7, 1)
        #expect(Moments(timeZone: TimeZone(identifier: "Asia/Kathmandu")!, language: .de).moment(date).hasSuffix("(UTC+5:45)"))
        #expect(Moments(timeZone: TimeZone(identifier: "America/New_York")!, language: .en).moment(date).hasSuffix("(UTC-4)"))
        #expect(Moments(timeZone: TimeZone(identifier: "Europe/London")!, language: .en).moment(date).hasSuffix("(BST)"))
        #expect(Moments(timeZone: TimeZone(identifier: "UTC")!, language: .en).moment(date).hasSuffix("(UTC)"))
    }

    @Test func `absurd dates do not crash`() {
        for seconds in [Double.infinity, -.infinity, 1e300, -1e300] {
            #expect(!german.moment(Date(timeIntervalSince1970: seconds)).isEmpty)
        }
    }
}
