import Foundation

/// Weeks, months and years: "Anfang nächster Woche", "by the end of the month", "KW 49", "Monatsende".
extension DateGrammar {
    func period(at start: Int, _ bound: DateBound) -> Found<DateExpression>? {
        if let found = compound(start) ?? weekNumber(start) { return found }
        var index = start
        if word(index) == "the" || word(index) == "zu" { index += 1 }
        var part: PeriodPart?
        if let text = word(index), let named = words.periodParts[text] {
            part = named
            index += 1
            if mark(index, "-") { index += 1 }
        }
        let afterPart = index
        while index < afterPart + 2, ["der", "des", "of", "the", "im"].contains(word(index) ?? "") { index += 1 }
        var choice: WeekdayChoice?
        if let text = word(index), let named = words.choices[text] {
            choice = named
            index += 1
        }
        return period(named: word(index), at: index, part, choice, isCourse: isCourse(before: start), bound)
    }

    private func period(
        named text: String?, at index: Int, _ part: PeriodPart?, _ choice: WeekdayChoice?, isCourse: Bool, _ bound: DateBound
    ) -> Found<DateExpression>? {
        guard let text else { return nil }
        let isMeant = part != nil && part != .whole || choice != nil || isCourse
        let count = choice.map(Self.weeks) ?? 0
        var day: DayWords?
        if words.week.contains(text), isMeant { day = .week(count, part ?? .whole) }
        if words.weekend.contains(text), isMeant || bound != .on || isBehind(index, "am", "the") { day = .weekend(weekends(count, choice)) }
        if words.month.contains(text), isMeant { day = .month(count, part ?? .whole) }
        if words.year.contains(text), part == .end { day = .endOfYear(count) }
        if ["quartals", "quarter"].contains(text), part == .end { day = .endOfQuarter }
        if words.units[text] == .day, isCourse { day = .fromToday(0) }
        if let month = words.months[text], language == .de || tokens[index].isCapital,
            part != nil || bound == .within || isBehind(index, "im", "bis")
        {
            let year = number(index + 1).flatMap { (2000...2100).contains($0) ? $0 : nil }
            day = .namedMonth(month, year: year, part ?? .whole)
            return day.map { Found(value: DateExpression(day: $0), end: year == nil ? index + 1 : index + 2) }
        }
        return day.map { Found(value: DateExpression(bound: .by, day: $0), end: index + 1) }
    }

    /// "next weekend" on a weekday is this one to some: as the words stand, the one of next week. "am kommenden Wochenende" is the first to
    /// come.
    private func weekends(_ count: Int, _ choice: WeekdayChoice?) -> Int { choice == .coming ? 0 : count }

    private func isBehind(_ index: Int, _ texts: String...) -> Bool { index > 0 && texts.contains(word(index - 1) ?? "") }

    /// "im Laufe der Woche", "in the course of the week", "over the course of the day".
    private func isCourse(before index: Int) -> Bool {
        (max(0, index - 3)..<index).contains { ["laufe", "course", "during"].contains(word($0) ?? "") }
    }

    /// German makes one word of it, English three: "Monatsende", "month's end".
    private func compound(_ index: Int) -> Found<DateExpression>? {
        if language == .en, let text = word(index), let day = PhraseWords.englishPeriods[text] {
            let end = mark(index + 1, "-") ? index + 2 : index + 1
            return word(end) == "end" ? Found(value: DateExpression(bound: .by, day: day), end: end + 1) : nil
        }
        guard language == .de, let day = word(index).flatMap({ PhraseWords.germanPeriods[$0] }) else { return nil }
        return Found(value: DateExpression(bound: .by, day: day), end: index + 1)
    }

    /// "KW 49", "in der 49. KW", "calendar week 49".
    private func weekNumber(_ index: Int) -> Found<DateExpression>? {
        func found(_ number: Int?, _ end: Int) -> Found<DateExpression>? {
            guard let number, (1...53).contains(number) else { return nil }
            return Found(value: DateExpression(bound: .by, day: .weekNumber(number)), end: end)
        }
        switch word(index) {
        case "kw", "kalenderwoche", "cw": return found(number(index + 1), index + 2)
        case "calendar" where word(index + 1) == "week": return found(number(index + 2), index + 3)
        default: break
        }
        guard mark(index + 1, "."), ["kw", "kalenderwoche"].contains(word(index + 2) ?? "") else { return nil }
        return found(number(index), index + 3)
    }
}
