import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct RecurrenceTests {
    private let clock = Outage.berlin

    private func date(_ text: String) throws -> Date {
        let parts = text.split(separator: " ")
        let day = try #require(LocalDay(String(parts[0])))
        let time = parts[1].split(separator: ":").compactMap { Int($0) }
        return clock.occurrence(on: day, minute: time[0] * 60 + time[1])
    }

    private func text(_ date: Date) -> String {
        let minute = clock.minute(at: date)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(clock.day(at: date)) \(two(minute / 60)):\(two(minute % 60))"
    }

    private func first(_ count: Int, _ rule: String, from start: String) throws -> [String] {
        let (rule, start) = (try Recurrence(rule), try date(start))
        var (found, last) = ([text(start)], start)
        while found.count < count, let next = rule.next(after: last, from: start, in: clock) {
            found.append(text(next))
            last = next
        }
        return found
    }

    @Test(
        arguments: [
            ("FREQ=DAILY;INTERVAL=10", "2026-11-23 03:00", ["2026-11-23 03:00", "2026-12-03 03:00", "2026-12-13 03:00"]),
            ("FREQ=DAILY;BYDAY=MO,FR", "2026-11-23 03:00", ["2026-11-23 03:00", "2026-11-27 03:00", "2026-11-30 03:00"]),
            ("FREQ=DAILY;BYMONTHDAY=-1", "2026-11-23 03:00", ["2026-11-23 03:00", "2026-11-30 03:00", "2026-12-31 03:00"]),
            ("FREQ=WEEKLY", "2026-11-25 22:30", ["2026-11-25 22:30", "2026-12-02 22:30", "2026-12-09 22:30"]),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "2026-11-24 01:00",
                ["2026-11-24 01:00", "2026-11-29 01:00", "2026-12-08 01:00", "2026-12-13 01:00"]
            ),
            ("rrule:freq=monthly;byday=1mo;wkst=mo", "2026-12-07 04:00", ["2026-12-07 04:00", "2027-01-04 04:00", "2027-02-01 04:00"]),
            ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27 04:00", ["2026-11-27 04:00", "2026-12-25 04:00", "2027-01-29 04:00"]),
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-11-13 04:00", ["2026-11-13 04:00", "2027-08-13 04:00", "2028-10-13 04:00"]),
            ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-12-31 04:00", ["2026-12-31 04:00", "2027-01-31 04:00", "2027-03-31 04:00"]),
            ("FREQ=MONTHLY;BYMONTHDAY=1,-1", "2026-11-30 04:00", ["2026-11-30 04:00", "2026-12-01 04:00", "2026-12-31 04:00"]),
            ("FREQ=MONTHLY", "2026-10-31 04:00", ["2026-10-31 04:00", "2026-12-31 04:00", "2027-01-31 04:00"]),
            ("FREQ=MONTHLY;INTERVAL=12", "2028-02-29 04:00", ["2028-02-29 04:00", "2032-02-29 04:00", "2036-02-29 04:00"]),
            ("FREQ=DAILY;COUNT=2", "2026-11-23 03:00", ["2026-11-23 03:00", "2026-11-24 03:00"]),
            ("FREQ=DAILY;UNTIL=20261125", "2026-11-23 03:00", ["2026-11-23 03:00", "2026-11-24 03:00", "2026-11-25 03:00"]),
            ("FREQ=DAILY;UNTIL=20261124T015959Z", "2026-11-23 03:00", ["2026-11-23 03:00"]),
            ("FREQ=DAILY;UNTIL=20261124T020000Z", "2026-11-23 03:00", ["2026-11-23 03:00", "2026-11-24 03:00"]),
        ] as [(String, String, [String])])
    func `a rule comes again as RFC 5545 says`(_ rule: String, _ start: String, _ expected: [String]) throws {
        #expect(try first(max(expected.count, 3), rule, from: start) == expected)
    }

    @Test func `the clock on the wall is kept when it changes, what it skips is later and what it shows twice is the first`() throws {
        #expect(
            try first(3, "FREQ=DAILY", from: "2027-03-27 03:30") == ["2027-03-27 03:30", "2027-03-28 03:30", "2027-03-29 03:30"])
        #expect(
            try first(3, "FREQ=DAILY", from: "2027-03-27 02:30") == ["2027-03-27 02:30", "2027-03-28 03:30", "2027-03-29 02:30"])
        let (rule, start) = (try Recurrence("FREQ=DAILY"), try date("2026-10-24 02:30"))
        let autumn = try #require(rule.next(after: start, from: start, in: clock))
        #expect(autumn.timeIntervalSince(start) == 86_400)
        let monday = try #require(rule.next(after: autumn, from: start, in: clock))
        #expect(monday.timeIntervalSince(autumn) == 90_000)
    }

    @Test func `slots that have passed are left out and still counted`() throws {
        let (rule, start) = (try Recurrence("FREQ=WEEKLY;COUNT=5"), try date("2026-11-02 03:00"))
        let next = rule.next(after: try date("2026-11-20 12:00"), from: start, in: clock)
        #expect(next.map(text) == "2026-11-23 03:00")
        #expect(rule.next(after: try date("2026-11-30 03:00"), from: start, in: clock) == nil)
    }

    @Test func `what never comes ends the search`() throws {
        let rule = try Recurrence("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31")
        #expect(rule.next(after: try date("2026-11-23 03:00"), from: try date("2026-11-02 03:00"), in: clock) == nil)
    }

    @Test(
        arguments: [
            ("", .noFrequency), ("INTERVAL=2", .noFrequency), ("FREQ=YEARLY", .unsupported("FREQ=YEARLY")),
            ("FREQ=DAILY;BYHOUR=3", .unsupported("BYHOUR")), ("FREQ=MONTHLY;BYSETPOS=1", .unsupported("BYSETPOS")),
            ("FREQ=WEEKLY;WKST=SU", .unsupported("WKST=SU")), ("FREQ=WEEKLY;BYDAY=1MO", .badPart("BYDAY")),
            ("FREQ=WEEKLY;BYMONTHDAY=1", .badPart("BYMONTHDAY")), ("FREQ=MONTHLY;BYDAY=6MO", .badPart("BYDAY")),
            ("FREQ=MONTHLY;BYDAY=0MO", .badPart("BYDAY")), ("FREQ=MONTHLY;BYDAY=XX", .badPart("BYDAY")),
            ("FREQ=MONTHLY;BYDAY=MO,", .badPart("BYDAY")), ("FREQ=MONTHLY;BYMONTHDAY=0", .badPart("BYMONTHDAY")),
            ("FREQ=MONTHLY;BYMONTHDAY=32", .badPart("BYMONTHDAY")), ("FREQ=DAILY;INTERVAL=0", .badPart("INTERVAL")),
            ("FREQ=DAILY;COUNT=99999999999999999999", .badPart("COUNT")), ("FREQ=DAILY;UNTIL=20261301", .badPart("UNTIL")),
            ("FREQ=DAILY;UNTIL=20261124T020000", .badPart("UNTIL")), ("FREQ=DAILY;UNTIL=2026112é", .badPart("UNTIL")),
            ("FREQ=DAILY;COUNT=2;UNTIL=20261201", .countAndUntil), ("FREQ=DAILY;FREQ=DAILY", .badPart("FREQ=DAILY")),
            ("FREQ=DAILY;COUNT", .badPart("COUNT")), ("FREQ=DAILY;COUNT=+\u{301}1", .badPart("COUNT")),
        ] as [(String, RecurrenceRefusal)])
    func `what is not understood is refused by name`(_ rule: String, _ expected: RecurrenceRefusal) {
        #expect(throws: expected) { try Recurrence(rule) }
    }
}
