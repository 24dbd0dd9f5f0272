import Foundation
import Testing

@testable import Klartext

/// Calendars and moments that the tests of this folder and of Promises share.
enum CalendarSamples {
    /// A desk in Munich: Monday to Thursday 8 to 12 and 13 to 17, Friday 8 to 14, Catholic communes' days and the eves kept.
    static func munich() throws -> BusinessCalendar {
        var week = BusinessCalendar.workdays(OpenHours(8, 12), OpenHours(13, 17))
        week[.friday] = [OpenHours(8, 14)]
        return try BusinessCalendar(
            timeZone: "Europe/Berlin", week: week, holidays: HolidayPlan(region: "DE-BY", observing: [.communes, .eve]),
            closings: [ClosingDays(day("2026-12-28"), through: day("2026-12-30"), reason: "Betriebsferien")],
            exceptions: [day("2026-12-19"): [OpenHours(10, 16)], day("2027-01-06"): [OpenHours(9, 12)]])
    }

    /// Monday to Friday 9 to 17 in Berlin, no more.
    static func plain(_ timeZone: String = "Europe/Berlin") throws -> BusinessCalendar {
        try BusinessCalendar(timeZone: timeZone, week: BusinessCalendar.workdays(OpenHours(9, 17)))
    }

    /// Always open, so that what is lost or doubled in the two nights shows.
    static func always(_ timeZone: String = "Europe/Berlin") throws -> BusinessCalendar {
        try BusinessCalendar(
            timeZone: timeZone, week: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [OpenHours.wholeDay]) }))
    }

    static func day(_ text: String) throws -> LocalDay { try #require(LocalDay(text), "no day: \(text)") }

    /// "2026-12-03 14:00" by a calendar's clock; the first time where the clock shows it twice.
    static func moment(_ text: String, _ calendar: BusinessCalendar) throws -> Date {
        let bytes = text.utf8
        let clock = text.suffix(5).split(separator: ":").compactMap { Int($0) }
        try #require(bytes.count == 16 && clock.count == 2, "no moment: \(text)")
        return calendar.clock.moment(try day(String(text.prefix(10))), minute: clock[0] * 60 + clock[1])
    }

    static func text(_ moment: Date, _ calendar: BusinessCalendar) -> String {
        let minute = calendar.clock.minute(at: moment)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(calendar.clock.day(at: moment)) \(two(minute / 60)):\(two(minute % 60))"
    }
}

/// Numbers that look random and are the same each time (SplitMix64, public domain).
struct SteadyNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
