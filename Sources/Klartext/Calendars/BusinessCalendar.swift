import Foundation

/// When a team is there: hours by weekday in a time zone, the holidays of a region, closing days, and days that are open by exception.
///
///     let hours = try BusinessCalendar(
///         timeZone: "Europe/Berlin",
///         week: [.monday: [OpenHours(8, 12), OpenHours(13, 17)], .tuesday: [OpenHours(8, 17)]],
///         holidays: HolidayPlan(region: "DE-BY", observing: [.communes]))
///     hours.isOpen(at: now)                                  // BusinessTime.swift, as all that follows
///     hours.nextOpening(after: now)                          // the moment when somebody is there again
///     hours.adding(openMinutes: 240, to: now)                // four hours of somebody being there later
///     hours.openMinutes(from: asked, to: answered)
///     hours.closure(on: hours.clock.day(at: now))            // .holiday, .weekend, .dayOff, .closingDay or nil
///     hours.nextBusinessDay(after: today), hours.endOfBusiness(on: day)
///
/// What is made is good: each calendar has hours, so each search for the next opening ends. Moments are `Date`s as everywhere, exact to the
/// millisecond.
struct BusinessCalendar: Sendable, Equatable {
    /// Fewer than a year and a half, so that they cannot close each opening for decades.
    static let mostClosingDays = 500

    let clock: LocalClock
    /// In the order of the day; a weekday without hours is missing.
    let week: [Weekday: [OpenHours]]
    let holidays: HolidayPlan?
    let closings: [ClosingDays]
    /// Hours that replace everything else on their day, a holiday as well.
    let exceptions: [LocalDay: [OpenHours]]
    private let laws: [HolidayLaw]

    /// - Parameters:
    ///   - timeZone: an IANA name, "Europe/Berlin".
    ///   - week: at least one time in the week.
    ///   - holidays: nil where no holidays are kept.
    ///   - closings: at most ``mostClosingDays`` in all.
    ///   - exceptions: days that are open by exception; none of them may be without hours.
    init(
        timeZone: String, week: [Weekday: [OpenHours]], holidays: HolidayPlan? = nil, closings: [ClosingDays] = [],
        exceptions: [LocalDay: [OpenHours]] = [:]
    ) throws(BusinessCalendarError) {
        guard let zone = TimeZone(identifier: timeZone) else { throw .unknownTimeZone(timeZone) }
        clock = LocalClock(timeZone: zone)
        self.week = try Self.checked(week)
        self.holidays = holidays
        laws = try Self.laws(of: holidays)
        self.closings = try Self.checked(closings)
        self.exceptions = try Self.checked(exceptions)
    }

    /// Monday to Friday alike.
    static func workdays(_ hours: OpenHours...) -> [Weekday: [OpenHours]] {
        Dictionary(uniqueKeysWithValues: Weekday.allCases.filter { !$0.isWeekend }.map { ($0, hours) })
    }

    /// The holiday that falls on a day; where two meet, one that lasts all day.
    func holiday(on day: LocalDay) -> Holiday? {
        let year = day.year
        let found = laws.filter { $0.day(in: year) == day }.map { Holiday($0, on: day, country: String(holidays?.region.prefix(2) ?? "")) }
        return found.first { $0.fromMinute == nil } ?? found.min { ($0.fromMinute ?? 0) < ($1.fromMinute ?? 0) }
    }

    /// The hours of a day, holidays and exceptions considered; empty when nobody is there.
    func hours(on day: LocalDay) -> [OpenHours] {
        if let exception = exceptions[day] { return exception }
        guard let usual = week[day.weekday], closing(on: day) == nil else { return [] }
        guard let holiday = holiday(on: day) else { return usual }
        return usual.ending(at: holiday.fromMinute ?? 0)
    }

    /// Why nobody is there on a day, or nil when somebody is, if only for half of it.
    func closure(on day: LocalDay) -> Closure? {
        guard hours(on: day).isEmpty else { return nil }
        if let closing = closing(on: day) { return .closingDay(reason: closing.reason) }
        if let holiday = holiday(on: day), holiday.fromMinute == nil || week[day.weekday] != nil { return .holiday(holiday) }
        return day.weekday.isWeekend ? .weekend : .dayOff
    }

    private func closing(on day: LocalDay) -> ClosingDays? { closings.first { $0.contains(day) } }
}

/// Why a calendar cannot be.
enum BusinessCalendarError: Error, Equatable, Sendable {
    case unknownTimeZone(String)
    case unknownRegion(String)
    /// Nobody is ever there.
    case noHours
    /// A time that does not lie within its day, or overlaps with another.
    case badHours(Weekday)
    case badException(LocalDay)
    /// The last day lies before the first.
    case badClosing(LocalDay)
    case tooManyClosingDays(Int)
}

extension BusinessCalendar {
    private static func checked(_ week: [Weekday: [OpenHours]]) throws(BusinessCalendarError) -> [Weekday: [OpenHours]] {
        var checked: [Weekday: [OpenHours]] = [:]
        for (weekday, hours) in week.sorted(by: { $0.key < $1.key }) where !hours.isEmpty {
            guard let inOrder = hours.inOrder else { throw .badHours(weekday) }
            checked[weekday] = inOrder
        }
        guard !checked.isEmpty else { throw .noHours }
        return checked
    }

    private static func laws(of plan: HolidayPlan?) throws(BusinessCalendarError) -> [HolidayLaw] {
        guard let plan else { return [] }
        guard let laws = plan.laws else { throw .unknownRegion(plan.region) }
        return laws
    }

    private static func checked(_ closings: [ClosingDays]) throws(BusinessCalendarError) -> [ClosingDays] {
        if let wrong = closings.first(where: { $0.last < $0.first }) { throw .badClosing(wrong.first) }
        let count = closings.reduce(0) { $0 + $1.last.number - $1.first.number + 1 }
        guard count <= mostClosingDays else { throw .tooManyClosingDays(count) }
        return closings.sorted { $0.first < $1.first }
    }

    private static func checked(_ exceptions: [LocalDay: [OpenHours]]) throws(BusinessCalendarError) -> [LocalDay: [OpenHours]] {
        var checked: [LocalDay: [OpenHours]] = [:]
        for (day, hours) in exceptions.sorted(by: { $0.key < $1.key }) {
            guard let inOrder = hours.inOrder, !inOrder.isEmpty else { throw .badException(day) }
            checked[day] = inOrder
        }
        return checked
    }
}
