import Foundation

/// Stretches of time: "innerhalb von zwei Werktagen", "Anfang nächster Woche", "by the end of the month", "KW 49".
extension DateGrammar {
    // MARK: So and so long

    func duration(at start: Int, _ bound: DateBound) -> Found<DateExpression>? {
        var index = start
        var isNext = false
        while index < start + 4, let text = word(index), words.fillers.contains(text) || words.choices[text] != nil || text == "to" {
            if let choice = words.choices[text], choice == .next || choice == .coming { isNext = true }
            index += 1
        }
        if word(index) == "hour", word(index - 1) == "the" { isNext = true }
        guard let amount = amount(at: index, isNext) else { return nil }
        guard let unit = unit(at: amount.end) else { return nil }
        // "am nächsten Werktag", "the next working day" need no "within"; three days without a word before them last three days.
        if amount.end == index, unit.value != .workday, bound != .within { return nil }
        if amount.end == index, unit.value == .day || unit.value == .week || unit.value == .month { return nil }
        let count = unit.value == .week && unit.end > amount.end && word(unit.end - 1) == "fortnight" ? 2 : amount.value
        var date = DateExpression(bound: .by, day: .later(count, unit.value))
        var end = unit.end
        if language == .en, bound != .within, amount.end > index {
            guard word(end) == "from", ["now", "today"].contains(word(end + 1) ?? "") else { return nil }
            end += 2
        } else if bound == .before || !(bound == .within || amount.end == index) {
            return bound == .before && amount.end > index ? Found(value: DateExpression(bound: .reference, day: date.day), end: end) : nil
        }
        date.isFromEvent = isFromEvent(end)
        return Found(value: date, end: end)
    }

    /// "zwei", "2", "2-3", "24 bis 48", "zwei bis drei": the larger, by which it is kept at the latest.
    private func amount(at index: Int, _ isNext: Bool) -> Found<Int>? {
        if half(index) { return Found(value: 30, end: index) }
        guard let first = count(index) else { return isNext ? Found(value: 1, end: index) : nil }
        if mark(index + 1, "-", "–") || ["bis", "to", "oder", "or"].contains(word(index + 1) ?? ""), let second = count(index + 2) {
            return Found(value: max(first, second), end: index + 3)
        }
        return Found(value: first, end: index + 1)
    }

    private func count(_ index: Int) -> Int? {
        if let text = word(index) { return words.numbers[text] }
        guard let value = number(index), (1...999).contains(value) else { return nil }
        return value
    }

    /// "einer halben Stunde", "half an hour".
    private func half(_ index: Int) -> Bool {
        (word(index) == "half" && ["an", "a"].contains(word(index + 1) ?? "")) || ["halben", "halbe"].contains(word(index + 1) ?? "")
    }

    private func unit(at index: Int) -> Found<DateUnit>? {
        if half(index) { return ["hour", "stunde"].contains(word(index + 2) ?? "") ? Found(value: .minute, end: index + 3) : nil }
        if ["business", "working", "work"].contains(word(index) ?? ""), ["day", "days"].contains(word(index + 1) ?? "") {
            return Found(value: .workday, end: index + 2)
        }
        if word(index) == "fortnight" { return Found(value: .week, end: index + 1) }
        return word(index).flatMap { words.units[$0] }.map { Found(value: $0, end: index + 1) }
    }

    /// "nach Eingang", "of receiving it", "once we have it".
    private func isFromEvent(_ index: Int) -> Bool {
        guard let text = word(index), ["nach", "ab", "after", "of", "from", "once"].contains(text) else { return false }
        return !["now", "today", "heute", "jetzt", "sofort"].contains(word(index + 1) ?? "")
    }

    // MARK: Weeks, months and years

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

    /// "next weekend" on a weekday is this one to some: as the words stand, the one of next week. "am kommenden Wochenende" is the first to come.
    private func weekends(_ count: Int, _ choice: WeekdayChoice?) -> Int { choice == .coming ? 0 : count }

    private func isBehind(_ index: Int, _ texts: String...) -> Bool { index > 0 && texts.contains(word(index - 1) ?? "") }

    /// "im Laufe der Woche", "in the course of the week", "over the course of the day".
    private func isCourse(before index: Int) -> Bool {
        (max(0, index - 3)..<index).contains { ["laufe", "course", "during"].contains(word($0) ?? "") }
    }

    /// German makes one word of it.
    private func compound(_ index: Int) -> Found<DateExpression>? {
        guard language == .de, let text = word(index) else { return nil }
        let days: [String: DayWords] = [
            "monatsende": .month(0, .end), "jahresende": .endOfYear(0), "wochenmitte": .week(0, .middle), "wochenanfang": .week(1, .start),
            "monatsanfang": .month(1, .start), "monatsmitte": .month(0, .middle),
        ]
        return days[text].map { Found(value: DateExpression(bound: .by, day: $0), end: index + 1) }
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
