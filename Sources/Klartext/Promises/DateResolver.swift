import Foundation

/// Turns what words say into moments, by the clock and the calendar of a queue.
///
/// A day without a time is over when the door closes. A day on which nobody is there gives the last moment before it and the first working
/// day behind it, and says so.
struct DateResolver: Sendable {
    let now: Date
    let calendar: BusinessCalendar
    let today: LocalDay

    init(now: Date, calendar: BusinessCalendar) {
        (self.now, self.calendar) = (now, calendar)
        today = calendar.clock.day(at: now)
    }

    struct Resolved: Equatable {
        var readings: [PromiseReading]
        var doubts: Set<PromiseDoubt>
    }

    /// What is more than three years ahead was not meant.
    static let mostDays = 3 * 366
    /// More than that nobody chooses from.
    static let mostReadings = 4

    /// nil where nothing can be due: the words name a beginning, the past, or no day that exists.
    func resolve(_ expression: DateExpression, _ language: Language) -> Resolved? {
        guard expression.bound.isDeadline else { return nil }
        var resolved = readings(of: expression, language)
        var seen: Set<Date> = []
        resolved.readings = resolved.readings.filter {
            $0.due > now && $0.day.number - today.number <= Self.mostDays && seen.insert($0.due).inserted
        }
        resolved.readings = Array(resolved.readings.prefix(Self.mostReadings))
        if resolved.readings.count > 1 { resolved.doubts.insert(.severalReadings) }
        if expression.isFromEvent { resolved.doubts.insert(.conditional) }
        if expression.isVague { resolved.doubts.insert(.tentative) }
        return resolved.readings.isEmpty ? nil : resolved
    }

    private func readings(of expression: DateExpression, _ language: Language) -> Resolved {
        if case .later(let count, let unit) = expression.day { return later(count, unit, language) }
        guard let words = expression.day else { return timeAlone(expression) }
        var days = days(words, language)
        days.days = days.days.map { $0.adding(days: 7 * expression.weeksLater) }
        if let weekday = expression.weekday, let first = days.days.first, !days.days.contains(where: { $0.weekday == weekday }) {
            days.doubts.insert(.contradiction)
            days.days += [first.onOrAfter(weekday), first.adding(days: -7).next(weekday)].filter { $0 >= today }
        } else if let weekday = expression.weekday {
            days.days = days.days.filter { $0.weekday == weekday }
        }
        if expression.bound == .before, expression.isWhole, let last = days.days.first { return before(start(of: words, last)) }
        var resolved = Resolved(readings: [], doubts: days.doubts)
        for day in days.days {
            let due = days.isLiteral ? literal(day) : dues(on: day, expression.time, expression.bound)
            resolved.readings += due.readings
            resolved.doubts.formUnion(due.doubts)
        }
        return resolved
    }

    /// "um 14 Uhr": today if that is to come, else on the next working day, of which nobody can be sure.
    private func timeAlone(_ expression: DateExpression) -> Resolved {
        let first = dues(on: today, expression.time, expression.bound)
        if first.readings.contains(where: { $0.due > now }) { return first }
        var next = dues(on: calendar.nextBusinessDay(after: today), expression.time, expression.bound)
        next.doubts.insert(.severalReadings)
        return next
    }

    // MARK: A day and its time

    /// Until when on a day.
    private func dues(on day: LocalDay, _ time: TimeWords?, _ bound: DateBound) -> Resolved {
        switch time {
        case nil where bound == .before: return before(day)
        case nil, .endOfBusiness: return endOf(day)
        case .part(let part): return at([minute(of: part, on: day)], day)
        case .clock(let minute, let isExact): return at(isExact ? [minute] : halves(minute, on: day), day)
        }
    }

    /// The day's last open moment. For today after closing, midnight: "heute noch" said in the evening.
    private func endOf(_ day: LocalDay) -> Resolved {
        if let end = calendar.endOfBusiness(on: day) {
            return Resolved(readings: [PromiseReading(due: end > now ? end : midnight(day), day: day)], doubts: [])
        }
        var readings: [PromiseReading] = []
        if let before = businessDay(onOrBefore: day.adding(days: -1)), let end = calendar.endOfBusiness(on: before) {
            readings.append(PromiseReading(due: end, day: before))
        }
        if day == today { readings = [PromiseReading(due: midnight(day), day: day)] }
        let next = calendar.nextBusinessDay(after: day)
        if let end = calendar.endOfBusiness(on: next) { readings.append(PromiseReading(due: end, day: next)) }
        return Resolved(readings: readings, doubts: [.closedDay])
    }

    /// "before Friday": on the working day before.
    private func before(_ day: LocalDay) -> Resolved {
        guard let last = businessDay(onOrBefore: day.adding(days: -1)), let end = calendar.endOfBusiness(on: last) else {
            return Resolved(readings: [], doubts: [])
        }
        return Resolved(readings: [PromiseReading(due: end, day: last)], doubts: [])
    }

    /// The first day of a week, a weekend or a month that ends on, or about, a day.
    private func start(of words: DayWords, _ day: LocalDay) -> LocalDay {
        switch words {
        case .week: day.weekStart
        case .weekend: day.adding(days: -1)
        default: day.adding(days: 1 - day.day)
        }
    }

    private func at(_ minutes: [Int], _ day: LocalDay) -> Resolved {
        func moments(_ day: LocalDay) -> [PromiseReading] {
            minutes.map { PromiseReading(due: calendar.clock.moment(day, minute: $0), day: day) }
        }
        guard !calendar.isBusinessDay(day) else { return Resolved(readings: moments(day), doubts: []) }
        return Resolved(readings: moments(day) + moments(calendar.nextBusinessDay(after: day)), doubts: [.closedDay])
    }

    private func literal(_ day: LocalDay) -> Resolved { Resolved(readings: [PromiseReading(due: midnight(day), day: day)], doubts: []) }

    /// The last minute of a day.
    private func midnight(_ day: LocalDay) -> Date { calendar.clock.moment(day, minute: 1439) }

    /// "at 3": the half of the day in which somebody is there, or both where both or none would do.
    private func halves(_ minute: Int, on day: LocalDay) -> [Int] {
        guard minute < 720 else { return [minute] }
        let hours = calendar.hours(on: day)
        let both = [minute, minute + 720]
        let open = both.filter { minute in hours.contains { $0.opens <= minute && minute <= $0.closes } }
        if open.count == 1 { return open }
        return minute < 7 * 60 ? both.reversed() : both
    }

    /// By when a part of a day is over: the morning at noon, the afternoon when the door closes, the evening at nine.
    private func minute(of part: DayPart, on day: LocalDay) -> Int {
        switch part {
        case .early: return 10 * 60
        case .morning, .noon: return 12 * 60
        case .afternoon:
            let closes = calendar.hours(on: day).last?.closes ?? 0
            return (12 * 60 + 1...18 * 60).contains(closes) ? closes : 18 * 60
        case .evening: return 21 * 60
        case .night: return 1439
        }
    }

    /// The last working day up to a day, if it is not over; searched for a fortnight, as nobody is closed for longer without saying so.
    func businessDay(onOrBefore day: LocalDay) -> LocalDay? {
        (0..<14).lazy.map { day.adding(days: -$0) }.first { calendar.isBusinessDay($0) && $0 >= today }
    }

    // MARK: So and so long from now

    private func later(_ count: Int, _ unit: DateUnit, _ language: Language) -> Resolved {
        switch unit {
        case .minute, .hour:
            let minutes = unit == .hour ? count * 60 : count
            let end = now.addingTimeInterval(Double(minutes) * 60)
            var readings = [PromiseReading(due: end, day: calendar.clock.day(at: end))]
            // Two hours, said an hour before closing, may be two hours of work; a day and more is a day.
            if minutes < 24 * 60 {
                let open = calendar.adding(openMinutes: minutes, to: now)
                readings.append(PromiseReading(due: open, day: calendar.clock.day(at: open)))
            }
            return Resolved(readings: readings, doubts: [])
        case .workday:
            return endOf(calendar.businessDay(after: today, count: min(count, 500)))
        // "In acht Tagen" is a week to most, and eight days to some.
        case .day where count == 8 && language == .de:
            return Resolved(readings: endOf(today.adding(days: 7)).readings + endOf(today.adding(days: 8)).readings, doubts: [])
        case .day: return endOf(today.adding(days: count))
        case .week: return endOf(today.adding(days: 7 * count))
        case .month: return endOf(today.adding(months: count))
        }
    }
}
