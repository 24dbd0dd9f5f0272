import Foundation

/// Which day words mean, seen from today.
extension DateResolver {
    struct Days {
        var days: [LocalDay]
        var doubts: Set<PromiseDoubt> = []
        /// Whether the whole day counts, open or not: a weekend.
        var isLiteral = false
    }

    func days(_ words: DayWords, _ language: Language) -> Days {
        switch words {
        case .fromToday(let count): return Days(days: [today.adding(days: count)])
        case .weekday(let weekday, let choice): return Days(days: weekdays(weekday, choice, language))
        case .date(let day, let month, let year): return Days(days: date(day, month, year).map { [$0] } ?? [])
        case .numeric(let first, let second, let year):
            let order = language == .de ? [(first, second), (second, first)] : numericOrder(first, second)
            return Days(days: order.compactMap { date($0.0, $0.1, year) })
        case .dayOfMonth(let day): return Days(days: daysOfMonth(day))
        case .feast(let feast): return Days(days: self.feast(feast))
        case .besideFeast(let weekday, let feast, let isAfter):
            return Days(days: self.weekday(weekday, beside: feast, isAfter: isAfter))
        case .ordinal(let place, let weekday, let month): return Days(days: ordinal(place, weekday, month))
        case .week(let count, let part): return week(today.weekStart.adding(days: 7 * count), part, isThis: count == 0)
        case .weekNumber(let number): return weekNumber(number)
        case .weekend(let count): return Days(days: [today.weekStart.adding(days: 6 + 7 * count)], isLiteral: true)
        case .month(let count, let part): return month(today.adding(days: 1 - today.day).adding(months: count), part)
        case .namedMonth(let month, let year, let part): return namedMonth(month, year, part)
        case .endOfQuarter: return month(today.adding(days: 1 - today.day).adding(months: (12 - today.month) % 3), .end)
        case .endOfYear(let count):
            return Days(
                days: [LocalDay(year: today.year + count, month: 12, day: 31).flatMap { businessDay(onOrBefore: $0) }].compactMap(\.self))
        case .later: return Days(days: [])
        }
    }

    /// The British order first: the American one stands beside it.
    private func numericOrder(_ first: Int, _ second: Int) -> [(Int, Int)] { [(first, second), (second, first)] }

    /// A weekday is the first to come. Today's own name means today or in a week; "next" is the first to come, or the one of next week.
    private func weekdays(_ weekday: Weekday, _ choice: WeekdayChoice, _ language: Language) -> [LocalDay] {
        let coming = today.next(weekday)
        func ofWeek(_ weeks: Int) -> LocalDay { today.weekStart.adding(days: 7 * weeks + weekday.rawValue - 1) }
        switch choice {
        case .plain where today.weekday == weekday:
            let isOver = calendar.endOfBusiness(on: today).map { $0 <= now } ?? true
            return isOver ? [coming, today] : [today, coming]
        case .plain, .coming: return [coming]
        case .this: return [ofWeek(0) < today ? coming : ofWeek(0)]
        case .next:
            let isSoon = coming.number - today.number <= 1
            return language == .en || isSoon ? [ofWeek(1), coming] : [coming, ofWeek(1)]
        case .afterNext: return [ofWeek(2), coming.adding(days: 7)]
        case .inWeek(let weeks): return [ofWeek(weeks)]
        }
    }

    /// A date without a year is the next to come. What would be farther than nine months ahead was a date of the past.
    private func date(_ day: Int, _ month: Int, _ year: Int?) -> LocalDay? {
        if let year { return LocalDay(year: year, month: month, day: day).flatMap { $0 >= today ? $0 : nil } }
        return (today.year...today.year + 1).lazy.compactMap { LocalDay(year: $0, month: month, day: day) }
            .first { $0 >= today && $0.number - today.number <= 270 }
    }

    private func daysOfMonth(_ day: Int) -> [LocalDay] {
        let first = today.adding(days: 1 - today.day)
        let found = (0..<3).compactMap { count -> LocalDay? in
            let month = first.adding(months: count)
            return LocalDay(year: month.year, month: month.month, day: day)
        }.filter { $0 >= today }
        return found.first == today ? Array(found.prefix(2)) : Array(found.prefix(1))
    }

    // MARK: Weeks and months

    /// Early in a week is over with its second working day, its middle with Wednesday, and the week itself with its last working day.
    private func week(_ monday: LocalDay, _ part: PeriodPart, isThis: Bool) -> Days {
        let open = (0..<7).map { monday.adding(days: $0) }.filter(calendar.isBusinessDay)
        guard let last = open.last else { return Days(days: [monday.adding(days: 4)]) }
        let day =
            switch part {
            case .start: open.dropFirst().first ?? last
            case .middle: open.first { $0 >= monday.adding(days: 2) } ?? last
            case .end, .whole: last
            }
        let isOver = calendar.endOfBusiness(on: day).map { $0 <= now } ?? false
        guard isThis, isOver else { return Days(days: [day]) }
        // "this week", said at the weekend.
        var next = week(monday.adding(days: 7), part, isThis: false)
        next.doubts.insert(.severalReadings)
        return next
    }

    private func weekNumber(_ number: Int) -> Days {
        let weeks = (0..<54).map { today.weekStart.adding(days: 7 * $0) }
        guard let monday = weeks.first(where: { $0.week.week == number }), monday.number - today.number <= 270 else {
            return Days(days: [])
        }
        return week(monday, .whole, isThis: false)
    }

    /// Early in a month is its first ten days, its middle the next ten, which nobody can be sure of; its end the last working day.
    private func month(_ first: LocalDay, _ part: PeriodPart) -> Days {
        let last = first.lastOfMonth
        switch part {
        case .start, .middle:
            let day = first.adding(days: part == .start ? 9 : 19)
            return Days(days: [businessDay(onOrBefore: day) ?? day], doubts: [.tentative])
        case .end, .whole: return Days(days: [businessDay(onOrBefore: last) ?? last])
        }
    }

    private func namedMonth(_ number: Int, _ year: Int?, _ part: PeriodPart) -> Days {
        let year = year ?? (number >= today.month ? today.year : today.year + 1)
        guard let first = LocalDay(year: year, month: number, day: 1), first.lastOfMonth >= today else { return Days(days: []) }
        return month(first, part)
    }
}
