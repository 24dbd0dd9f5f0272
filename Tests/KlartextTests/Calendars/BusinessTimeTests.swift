import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct BusinessTimeTests {
    private typealias Samples = CalendarSamples

    /// The desk in Munich, before and over Christmas 2026.
    @Test(arguments: [
        ("2026-11-23 07:59", false, "2026-11-23 08:00"), ("2026-11-23 08:00", true, "2026-11-23 08:00"),
        ("2026-11-23 12:00", false, "2026-11-23 13:00"), ("2026-11-23 16:59", true, "2026-11-23 16:59"),
        ("2026-11-23 17:00", false, "2026-11-24 08:00"), ("2026-11-27 14:00", false, "2026-11-30 08:00"),
        ("2026-12-18 15:00", false, "2026-12-19 10:00"), ("2026-12-24 12:00", false, "2026-12-31 08:00"),
        ("2026-12-31 12:00", false, "2027-01-04 08:00"), ("2027-01-05 17:00", false, "2027-01-06 09:00"),
    ])
    func `open or closed, and when next`(_ text: String, _ isOpen: Bool, _ next: String) throws {
        let munich = try Samples.munich()
        let moment = try Samples.moment(text, munich)
        #expect(munich.isOpen(at: moment) == isOpen)
        #expect(Samples.text(munich.nextOpening(after: moment), munich) == next)
    }

    @Test(arguments: [
        ("2026-11-23 11:30", 60, "2026-11-23 13:30"), ("2026-11-23 11:30", 30, "2026-11-23 12:00"),
        ("2026-11-23 03:00", 1, "2026-11-23 08:01"),
        ("2026-11-26 16:00", 8 * 60, "2026-11-30 09:00"), ("2026-12-24 11:00", 60, "2026-12-24 12:00"),
        ("2026-12-24 11:00", 61, "2026-12-31 08:01"),
        ("2026-11-22 12:00", 0, "2026-11-22 12:00"), ("2026-11-22 12:00", -5, "2026-11-22 12:00"),
    ])
    func `minutes are added while somebody is there`(_ text: String, _ minutes: Int, _ expected: String) throws {
        let munich = try Samples.munich()
        let moment = try Samples.moment(text, munich)
        let end = munich.adding(openMinutes: minutes, to: moment)
        #expect(Samples.text(end, munich) == expected)
        #expect(munich.openMinutes(from: moment, to: end) == max(minutes, 0))
    }

    @Test func `working days are counted without holidays and weekends`() throws {
        let munich = try Samples.munich()
        let before = try Samples.day("2026-12-23")
        #expect(try munich.nextBusinessDay(after: before) == Samples.day("2026-12-24"))
        #expect(try munich.businessDay(after: before, count: 2) == Samples.day("2026-12-31"))
        #expect(try munich.businessDay(after: before, count: 0) == Samples.day("2026-12-24"))
        #expect(try Samples.text(#require(munich.endOfBusiness(on: before)), munich) == "2026-12-23 17:00")
        #expect(
            try munich.endOfBusiness(on: Samples.day("2026-12-25")) == nil && munich.startOfBusiness(on: Samples.day("2026-12-27")) == nil)
    }

    // MARK: The two nights

    @Test(arguments: [
        ("Europe/Berlin", "2026-03-29", 23 * 60), ("Europe/Berlin", "2026-10-25", 25 * 60), ("Europe/Berlin", "2026-11-23", 24 * 60),
        // Half an hour; at midnight; a whole day that never was.
        ("Australia/Lord_Howe", "2026-04-05", 24 * 60 + 30), ("Australia/Lord_Howe", "2026-10-04", 23 * 60 + 30),
        ("America/Havana", "2026-03-08", 23 * 60), ("America/Havana", "2026-11-01", 25 * 60), ("Pacific/Apia", "2011-12-30", 0),
        ("America/Sao_Paulo", "2018-11-04", 23 * 60), ("America/Sao_Paulo", "2018-02-17", 25 * 60),
        ("Atlantic/Azores", "2026-10-25", 25 * 60),
    ])
    func `a day is as long as it is`(_ zone: String, _ text: String, _ minutes: Int) throws {
        let always = try Samples.always(zone)
        let day = try Samples.day(text)
        let (start, end) = (always.clock.moment(day, minute: 0), always.clock.moment(day.adding(days: 1), minute: 0))
        #expect(end.timeIntervalSince(start) == Double(minutes * 60))
        #expect(always.openMinutes(from: start, to: end) == minutes)
        #expect(always.spans(on: day).count == (minutes == 0 ? 0 : 1))
    }

    @Test func `hours in the skipped hour are not there, and those in the doubled one are once`() throws {
        let hours = [OpenHours(opens: 60, closes: 135), OpenHours(opens: 150, closes: 240)]
        let night = try BusinessCalendar(timeZone: "Europe/Berlin", week: [.sunday: hours])
        func minutes(_ text: String) throws -> [Int] {
            night.spans(on: try Samples.day(text)).map { ($0.upperBound - $0.lowerBound) / 60_000 }
        }
        #expect(try minutes("2026-11-22") == [75, 90])
        // 1:00 to 2:00, and 3:00 to 4:00: as they touch, they are one.
        #expect(try minutes("2026-03-29") == [120])
        // The first 2:15 to the second lies between; one time from 1:00 to 4:00, four hours.
        #expect(try minutes("2026-10-25") == [240])
    }

    @Test func `the clock finds each moment that it shows`() throws {
        for zone in ["Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia"] {
            let clock = try Samples.always(zone).clock
            var numbers = SteadyNumbers(state: 7)
            for _ in 0..<2000 {
                let moment = Date(timeIntervalSince1970: Double(Int.random(in: 0...2_000_000_000, using: &numbers) / 60 * 60))
                let (day, minute) = (clock.day(at: moment), clock.minute(at: moment))
                #expect([clock.moment(day, minute: minute, .first), clock.moment(day, minute: minute, .last)].contains(moment))
            }
        }
    }

    // MARK: What must always be so

    private struct Walk {
        var numbers: SteadyNumbers

        /// Any calendar: some hours on some days, some holidays, a few closed and a few open days.
        mutating func calendar() throws -> BusinessCalendar {
            let zone = try #require(
                ["Europe/Berlin", "Europe/Zurich", "UTC", "Australia/Lord_Howe", "America/Sao_Paulo"].randomElement(using: &numbers))
            var week: [Weekday: [OpenHours]] = [.wednesday: [OpenHours(opens: 541, closes: 1020)]]
            for weekday in Weekday.allCases where Bool.random(using: &numbers) { week[weekday] = hours() }
            let regions = HolidayRegion.all.map(\.code)
            let plan = try HolidayPlan(region: #require(regions.randomElement(using: &numbers)), observing: Set(Observance.allCases))
            let day = LocalDay(number: 20_700 + Int.random(in: 0...300, using: &numbers))
            return try BusinessCalendar(
                timeZone: zone, week: week, holidays: plan, closings: [ClosingDays(day, through: day.adding(days: 9), reason: "")],
                exceptions: [day.adding(days: 3): hours()])
        }

        mutating func hours() -> [OpenHours] {
            let edges = Set((0..<4).map { _ in Int.random(in: 0...1440, using: &numbers) }).sorted()
            return stride(from: 0, to: edges.count - 1, by: 2).map { OpenHours(opens: edges[$0], closes: edges[$0 + 1]) }
        }

        /// 2026-08-01 to 2028-02.
        mutating func moment() -> Date { Date(milliseconds: 1_785_542_400_000 + Int.random(in: 0...50_000_000_000, using: &numbers)) }
    }

    @Test func `what is added is measured, and neither ever goes backwards`() throws {
        var walk = Walk(numbers: SteadyNumbers(state: 20_261_123))
        for _ in 0..<40 {
            let calendar = try walk.calendar()
            for _ in 0..<15 {
                let (start, other) = (walk.moment(), walk.moment())
                let (less, more) = (Int.random(in: 0...2000, using: &walk.numbers), Int.random(in: 0...2000, using: &walk.numbers))
                let end = calendar.adding(openMinutes: less, to: start)
                #expect(calendar.openMinutes(from: start, to: end) == less)
                #expect(
                    calendar.adding(openMinutes: less + more, to: start) == calendar.adding(openMinutes: more, to: end) || less == 0
                        || more == 0)
                #expect(calendar.adding(openMinutes: less + more, to: start) >= end && end >= start)
                if other > start { #expect(calendar.adding(openMinutes: less, to: other) >= end) }
                let opening = calendar.nextOpening(after: start)
                #expect(calendar.isOpen(at: opening) && opening >= start && calendar.openMinutes(from: start, to: opening) == 0)
            }
        }
    }

    @Test func `measuring in two steps is measuring in one`() throws {
        var walk = Walk(numbers: SteadyNumbers(state: 42))
        for _ in 0..<30 {
            let calendar = try walk.calendar()
            let moments = [walk.moment(), walk.moment(), walk.moment()].sorted()
            let whole = calendar.openMinutes(from: moments[0], to: moments[2])
            let parts = calendar.openMinutes(from: moments[0], to: moments[1]) + calendar.openMinutes(from: moments[1], to: moments[2])
            // Each measure drops less than a minute.
            #expect(whole == parts || whole == parts + 1)
            #expect(calendar.openMinutes(from: moments[2], to: moments[0]) == 0)
        }
    }

    @Test func `no reckoning goes on for ever`() throws {
        let scarce = try BusinessCalendar(
            timeZone: "Europe/Berlin", week: [.sunday: [OpenHours(opens: 120, closes: 121)]],
            closings: [
                ClosingDays(try Samples.day("2026-11-01"), through: try Samples.day("2028-03-01"), reason: "Umbau")
            ])
        let now = try Samples.moment("2026-11-23 10:00", scarce)
        #expect(Samples.text(scarce.nextOpening(after: now), scarce) == "2028-03-05 02:00")
        let far = scarce.adding(openMinutes: .max, to: now)
        #expect(far > now && scarce.clock.day(at: far).year <= 2127)
        #expect(scarce.openMinutes(from: .distantPast, to: .distantFuture) > 0)
        #expect(scarce.nextOpening(after: Date(timeIntervalSince1970: .infinity)) > now)
    }
}
