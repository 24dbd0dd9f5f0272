import Foundation

/// What words say of a time, before anybody asks what day it is.
struct DateExpression: Sendable, Equatable {
    var bound = DateBound.on
    var day: DayWords?
    /// So many weeks behind it: "Montag in einer Woche", "Friday week".
    var weeksLater = 0
    /// A weekday that was named beside a date, and should be the date's.
    var weekday: Weekday?
    var time: TimeWords?
    /// It is reckoned from something else than now: "within 14 days of receipt".
    var isFromEvent = false
    /// "until": in English what lasts so long, seldom what is due then.
    var isUntil = false
    /// "in a couple of days": about then.
    var isVague = false
    /// "heute ab 18 Uhr": it begins then.
    var isOpenEnded = false
    /// The tokens of its sentence that it takes up.
    var tokens = 0..<0
}

extension DateExpression {
    /// Whether "in einer Woche" can follow: a day that is named by itself.
    var isShiftable: Bool {
        switch day {
        case .fromToday, .weekday(_, .plain), .weekday(_, .coming): true
        default: false
        }
    }

    /// "15. Dezember", and no weekday, which may be last week's.
    var isCalendarDate: Bool {
        switch day {
        case .date, .numeric, .dayOfMonth, .feast: weekday == nil
        default: false
        }
    }

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
    case feast(PhraseFeast)
    case besideFeast(Weekday, PhraseFeast, isAfter: Bool)
    /// The so-manieth weekday, or working day, of a month; -1 is the last.
    case ordinal(Int, Weekday?, MonthWords)
    /// The week so many weeks from this one.
    case week(Int, PeriodPart)
    case weekNumber(Int)
    case weekend(Int)
    /// The month so many months from this one.
    case month(Int, PeriodPart)
    case namedMonth(Int, year: Int?, PeriodPart)
    case endOfYear(Int)
    case endOfQuarter
    case later(Int, DateUnit)
}

enum WeekdayChoice: Sendable, Equatable {
    case plain, this, next, coming, afterNext
    /// In the week so many weeks from this one: "Freitag nächster Woche".
    case inWeek(Int)
}

/// The month that is named.
enum MonthWords: Sendable, Equatable {
    /// So many months from this one.
    case fromThis(Int)
    case named(Int)
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

extension TimeWords {
    /// A clock's time in a part of the day: "at 3 in the afternoon", "morgen früh um 8".
    func within(_ part: DayPart) -> TimeWords {
        guard case .clock(let minute, isExact: false) = self, minute < 12 * 60 else { return self }
        let isLate = part == .afternoon || part == .evening || part == .noon && minute < 6 * 60
        return .clock(isLate ? minute + 12 * 60 : minute, isExact: true)
    }
}

enum DayPart: Sendable, Equatable {
    case early, morning, noon, afternoon, evening, night

    /// A moment rather than a stretch: "at noon", "at midnight".
    var isPoint: Bool { self == .noon || self == .night }
}
