import Foundation

/// Days that are named by another: a feast, the Monday after it, the first Friday of a month.
extension DateResolver {
    /// The next to come of a feast's days.
    func feast(_ feast: PhraseFeast) -> [LocalDay] {
        (today.year...today.year + 1).lazy.compactMap { feast.day(in: $0) }.first { $0 >= today }.map { [$0] } ?? []
    }

    /// "Montag nach Weihnachten" is the first Monday behind the last of its days; "Freitag vor Weihnachten" the last before the first.
    func weekday(_ weekday: Weekday, beside feast: PhraseFeast, isAfter: Bool) -> [LocalDay] {
        let days = (today.year - 1...today.year + 1).compactMap { year -> LocalDay? in
            if isAfter { return feast.last.day(in: year)?.next(weekday) }
            return feast.day(in: year)?.adding(days: -8).next(weekday)
        }
        return days.first { $0 >= today }.map { [$0] } ?? []
    }

    /// The so-manieth weekday of a month, or its so-manieth working day.
    func ordinal(_ place: Int, _ weekday: Weekday?, _ month: MonthWords) -> [LocalDay] {
        guard let first = firstDay(of: month) else { return [] }
        let days = (0..<first.lastOfMonth.day).map { first.adding(days: $0) }.filter { day in
            weekday.map { day.weekday == $0 } ?? calendar.isBusinessDay(day)
        }
        let index = place < 0 ? days.count + place : place - 1
        return days.indices.contains(index) && days[index] >= today ? [days[index]] : []
    }

    private func firstDay(of month: MonthWords) -> LocalDay? {
        switch month {
        case .fromThis(let count): today.adding(days: 1 - today.day).adding(months: count)
        case .named(let number): LocalDay(year: number >= today.month ? today.year : today.year + 1, month: number, day: 1)
        }
    }
}
