import Foundation

/// A day on the wall calendar, without time zone: "3 December 2026" is the same day in Vienna and in Zürich.
///
/// Held as one number, so that a day that does not exist cannot be written, and going forward is an addition. From 0001-01-01 to
/// 9999-12-31; arithmetic that leaves these years ends at their edge. Written "2026-12-03" in JSON.
struct LocalDay: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    let number: Int

    static let first = LocalDay(number: CivilTime(year: 1, month: 1, day: 1).dayNumber)
    static let last = LocalDay(number: CivilTime(year: 9999, month: 12, day: 31).dayNumber)

    /// Held within ``first`` and ``last``.
    init(number: Int) {
        let edges = (CivilTime(year: 1, month: 1, day: 1).dayNumber, CivilTime(year: 9999, month: 12, day: 31).dayNumber)
        self.number = min(max(number, edges.0), edges.1)
    }

    /// nil when there is no such day, as 29 February 2027.
    init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.init(number: CivilTime(year: year, month: month, day: day).dayNumber)
        guard self.day == day else { return nil }
    }

    var year: Int { civil.year }
    var month: Int { civil.month }
    var day: Int { civil.day }
    /// Year, month and day at midnight; asked once where more than one is needed.
    var civil: CivilTime { CivilTime(secondsSinceEpoch: number * 86_400) }

    /// 1970-01-01 was a Thursday.
    var weekday: Weekday { Weekday(daysAfterMonday: number + 3) }

    /// The week by ISO 8601: it begins on Monday and belongs to the year of its Thursday.
    var week: (year: Int, week: Int) {
        let thursday = weekStart.adding(days: 3)
        let newYear = LocalDay(number: CivilTime(year: thursday.year, month: 1, day: 1).dayNumber)
        return (thursday.year, (thursday.number - newYear.number) / 7 + 1)
    }

    /// The Monday of this day's week.
    var weekStart: LocalDay { adding(days: 1 - weekday.rawValue) }

    var lastOfMonth: LocalDay {
        let civil = civil
        let next = civil.month == 12 ? (civil.year + 1, 1) : (civil.year, civil.month + 1)
        return LocalDay(number: CivilTime(year: next.0, month: next.1, day: 1).dayNumber - 1)
    }

    func adding(days: Int) -> LocalDay {
        let (sum, overflows) = number.addingReportingOverflow(days)
        return LocalDay(number: overflows ? (days < 0 ? .min : .max) : sum)
    }

    /// The same day in another month, or that month's last where it is shorter: one month after 31 January is the end of February.
    func adding(months: Int) -> LocalDay {
        let civil = civil
        let count = civil.year * 12 + civil.month - 1 + min(max(months, -120_000), 120_000)
        guard count >= 12 else { return .first }
        guard let first = LocalDay(year: count / 12, month: count % 12 + 1, day: 1) else { return .last }
        return first.adding(days: min(civil.day, first.lastOfMonth.day) - 1)
    }

    /// The first such weekday that comes after this day, never this day itself.
    func next(_ weekday: Weekday) -> LocalDay { adding(days: 1).onOrAfter(weekday) }

    /// This day, or the first such weekday after it.
    func onOrAfter(_ weekday: Weekday) -> LocalDay { adding(days: (weekday.rawValue - self.weekday.rawValue + 7) % 7) }

    static func < (left: LocalDay, right: LocalDay) -> Bool { left.number < right.number }
}

/// Numbered as in ISO 8601.
enum Weekday: Int, Sendable, CaseIterable, Codable, Comparable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    init(daysAfterMonday days: Int) {
        self = Self.allCases[(days % 7 + 7) % 7]
    }

    var isWeekend: Bool { self >= .saturday }

    static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}

extension LocalDay: Codable, CustomStringConvertible, LosslessStringConvertible {
    /// "2026-12-03", and no other form.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            bytes[range].allSatisfy { (48...57).contains($0) } ? bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } : nil
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = LocalDay(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day of the form 2026-12-03")
        }
        self = day
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    var description: String {
        let civil = civil
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        return "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
    }
}
