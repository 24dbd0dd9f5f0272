import Foundation

/// A time of a day in which somebody is there, in minutes since midnight: 8:00 to 17:30 is 480 to 1050, and 1440 is midnight at the end.
///
/// A night shift belongs to two days: 22:00 to 24:00, and 0:00 to 6:00 on the next.
struct OpenHours: Sendable, Hashable, Codable {
    var opens: Int
    /// The first minute in which nobody is there any more.
    var closes: Int

    init(opens: Int, closes: Int) { (self.opens, self.closes) = (opens, closes) }

    /// Whole hours: `OpenHours(8, 17)`.
    init(_ opens: Int, _ closes: Int) { self.init(opens: opens * 60, closes: closes * 60) }

    static let wholeDay = OpenHours(0, 24)

    var isValid: Bool { (0...1440).contains(opens) && (0...1440).contains(closes) && opens < closes }
}

extension [OpenHours] {
    /// In the order of the day, or nil when one is no time of a day or two overlap. Two that touch are two.
    var inOrder: [OpenHours]? {
        let sorted = sorted { $0.opens < $1.opens }
        guard sorted.allSatisfy(\.isValid), zip(sorted, sorted.dropFirst()).allSatisfy({ $0.closes <= $1.opens }) else { return nil }
        return sorted
    }

    /// What is left of them when everybody goes home at a minute.
    func ending(at minute: Int) -> [OpenHours] {
        filter { $0.opens < minute }.map { OpenHours(opens: $0.opens, closes: Swift.min($0.closes, minute)) }
    }
}

/// Days on which we are closed of our own accord: the move of the office, the days between the years.
struct ClosingDays: Sendable, Hashable, Codable {
    var first: LocalDay
    /// The last of them, closed as well.
    var last: LocalDay
    /// What agents and customers read: "Betriebsferien".
    var reason: String

    init(_ first: LocalDay, through last: LocalDay? = nil, reason: String) {
        (self.first, self.last, self.reason) = (first, last ?? first, reason)
    }

    func contains(_ day: LocalDay) -> Bool { first <= day && day <= last }
}

/// Why nobody is there on a day.
enum Closure: Sendable, Equatable {
    case holiday(Holiday)
    case weekend
    /// A day from Monday to Friday without hours.
    case dayOff
    case closingDay(reason: String)
}
