import Foundation

/// What words say of a time, before anybody asks what day it is.
struct DateExpression: Sendable, Equatable {
    var bound = DateBound.on
    var day: DayWords?
    /// A weekday that was named beside a date, and should be the date's.
    var weekday: Weekday?
    var time: TimeWords?
    /// It is reckoned from something else than now: "within 14 days of receipt".
    var isFromEvent = false
    /// "until": in English what lasts so long, seldom what is due then.
    var isUntil = false
    /// The tokens of its sentence that it takes up.
    var tokens = 0..<0
}

extension DateExpression {
    /// A week, a month or a weekend as one: "before next week" is before it begins.
    var isWhole: Bool {
        switch day {
        case .week(_, .whole), .month(_, .whole), .namedMonth(_, _, .whole), .weekend: true
        default: false
        }
    }
}

/// How the words before a time bind it.
enum DateBound: Sendable, Equatable {
    /// "bis", "spätestens", "by".
    case by
    /// "am", "on", or nothing.
    case on
    /// "vor", "before".
    case before
    /// "in", "innerhalb von", "within".
    case within
    /// "ab", "nach", "from": it begins then, and no word says when it ends.
    case from
    /// "vom", "seit", "last": something that was, or a range of days that comes again.
    case reference

    /// Whether something can be due then.
    var isDeadline: Bool { self != .from && self != .reference }
}

/// The day that is named.
enum DayWords: Sendable, Equatable {
    case fromToday(Int)
    case weekday(Weekday, WeekdayChoice)
    case date(day: Int, month: Int, year: Int?)
    /// Two numbers of which either can be the month.
    case numeric(Int, Int, year: Int?)
    case dayOfMonth(Int)
    /// The week so many weeks from this one.
    case week(Int, PeriodPart)
    case weekNumber(Int)
    case weekend(Int)
    /// The month so many months from this one.
    case month(Int, PeriodPart)
    case namedMonth(Int, year: Int?, PeriodPart)
    case endOfYear(Int)
    case later(Int, DateUnit)
}

enum WeekdayChoice: Sendable, Equatable {
    case plain, this, next, coming, afterNext
    /// In the week so many weeks from this one: "Freitag nächster Woche".
    case inWeek(Int)
}

enum PeriodPart: Sendable, Equatable { case start, middle, end, whole }

enum DateUnit: Sendable, Equatable { case minute, hour, day, workday, week, month }

/// The time of the day that is named.
enum TimeWords: Sendable, Equatable {
    /// A minute of the day; not exact where a clock of twelve hours leaves open which half is meant.
    case clock(Int, isExact: Bool)
    case part(DayPart)
    case endOfBusiness
}

enum DayPart: Sendable, Equatable { case early, morning, noon, afternoon, evening, night }
