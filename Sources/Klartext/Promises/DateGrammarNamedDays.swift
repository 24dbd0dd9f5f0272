import Foundation

/// Days that are named by another: "Montag in einer Woche", "Friday week", "der Freitag vor Weihnachten", "the first Monday in December".
extension DateGrammar {
    // MARK: So many weeks from a day

    /// "Montag *in einer Woche*", "heute *in 14 Tagen*", "Friday *week*".
    func weeksBehind(_ index: Int) -> Found<Int>? {
        if language == .en { return word(index) == "week" ? Found(value: 1, end: index + 1) : nil }
        guard word(index) == "in", let count = count(index + 1) else { return nil }
        if words.week.contains(word(index + 2) ?? "") || word(index + 2) == "wochen" { return Found(value: count, end: index + 3) }
        let isDays = ["tagen", "tage"].contains(word(index + 2) ?? "")
        return isDays && [8, 14].contains(count) ? Found(value: count == 8 ? 1 : 2, end: index + 3) : nil
    }

    /// "*a week on* Monday", "*two weeks* today", "*a week from* tomorrow".
    func weeksBefore(_ index: Int) -> Found<DateExpression>? {
        guard language == .en, let count = count(index), let unit = word(index + 1), ["week", "weeks", "fortnight"].contains(unit) else {
            return nil
        }
        let at = ["on", "from"].contains(word(index + 2) ?? "") ? index + 3 : index + 2
        guard var found = relativeDay(at: at) ?? weekday(at: at) else { return nil }
        found.value.weeksLater += unit == "fortnight" ? 2 : count
        return found
    }

    /// "nächster Woche", "of next week".
    func weekBehind(_ start: Int) -> Found<Int>? {
        var index = start
        while ["der", "in", "of", "the"].contains(word(index) ?? ""), index < start + 2 { index += 1 }
        guard let text = word(index), let choice = words.choices[text], words.week.contains(word(index + 1) ?? "") else { return nil }
        return Found(value: Self.weeks(choice), end: index + 2)
    }

    static func weeks(_ choice: WeekdayChoice) -> Int {
        switch choice {
        case .plain, .this: 0
        case .next, .coming: 1
        case .afterNext: 2
        case .inWeek(let weeks): weeks
        }
    }

    // MARK: Feasts

    /// "Heiligabend", "Christmas Eve", "New Year's Day".
    func feast(at index: Int) -> Found<PhraseFeast>? {
        guard let text = word(index), tokens[index].isCapital else { return nil }
        // "Über Weihnachten", "between Christmas and New Year": as long as it lasts.
        let lasting = ["ueber", "over", "und", "and", "zwischen", "between", "during", "frohe", "froehliche", "merry", "happy"]
        if lasting.contains(word(index - 1) ?? "") { return nil }
        if language == .de { return PhraseFeast.german[text].map { Found(value: $0, end: index + 1) } }
        for length in [3, 2, 1] {
            let name = (index..<index + length).map { word($0) ?? "?" }.joined(separator: " ")
            if let feast = PhraseFeast.english[name] { return Found(value: feast, end: index + length) }
        }
        return nil
    }

    func feastDay(at index: Int) -> Found<DateExpression>? {
        feast(at: index).map { Found(value: DateExpression(day: .feast($0.value)), end: $0.end) }
    }

    /// "Montag *nach Weihnachten*", "Friday *before Christmas*".
    func feastBeside(_ weekday: Weekday, _ index: Int) -> Found<DayWords>? {
        guard let text = word(index), ["nach", "vor", "after", "before"].contains(text), let feast = feast(at: index + 1) else {
            return nil
        }
        let isAfter = text == "nach" || text == "after"
        return Found(value: .besideFeast(weekday, feast.value, isAfter: isAfter), end: feast.end)
    }

    // MARK: The first Monday of a month

    /// "ersten Montag im Dezember", "last Friday of the month", "first working day in January".
    func ordinalDay(at start: Int) -> Found<DateExpression>? {
        guard let place = place(start), let kind = ordinalKind(start + 1), let month = monthBehind(kind.end) else { return nil }
        return Found(value: DateExpression(day: .ordinal(place, kind.value, month.value)), end: month.end)
    }

    /// Which of them; -1 is the last.
    private func place(_ index: Int) -> Int? {
        guard let text = word(index) else { return nil }
        if text == "last" || text.hasPrefix("letzte") { return -1 }
        return (language == .de ? PhraseNumbers.germanOrdinals : PhraseNumbers.englishOrdinals)[text].flatMap { $0 <= 5 ? $0 : nil }
    }

    /// A weekday, or nil for a working day.
    private func ordinalKind(_ index: Int) -> Found<Weekday?>? {
        if let weekday = word(index).flatMap({ words.weekdays[$0] }) { return Found(value: weekday, end: index + 1) }
        if language == .de { return word(index).flatMap { words.units[$0] } == .workday ? Found(value: nil, end: index + 1) : nil }
        return ["working", "business"].contains(word(index) ?? "") && word(index + 1) == "day" ? Found(value: nil, end: index + 2) : nil
    }

    private func monthBehind(_ start: Int) -> Found<MonthWords>? {
        var index = start
        while index < start + 3, ["im", "des", "in", "of", "the", "vom"].contains(word(index) ?? "") { index += 1 }
        var count = 0
        if let choice = word(index).flatMap({ words.choices[$0] }) {
            count = Self.weeks(choice)
            index += 1
        }
        guard index > start, let text = word(index) else { return nil }
        if words.month.contains(text) { return Found(value: .fromThis(count), end: index + 1) }
        return words.months[text].map { Found(value: .named($0), end: index + 1) }
    }
}

/// Days of the month in words: "zum Fünfzehnten", "the fifteenth", "3rd" is a number's.
extension DateGrammar {
    /// "dritten Dezember", "Fünfzehnten", "fifteenth of March", "twenty-first".
    func ordinalDate(at index: Int) -> Found<DayWords>? {
        guard let day = ordinalWord(at: index) else { return nil }
        let at = word(day.end) == "of" ? day.end + 1 : day.end
        if let month = word(at).flatMap({ words.months[$0] }), language == .de || tokens[at].isCapital {
            return Found(
                value: .date(day: day.value, month: month, year: number(at + 1).flatMap { (2000...2100).contains($0) ? $0 : nil }),
                end: at + 1)
        }
        return standsAlone(index, day.end) ? Found(value: .dayOfMonth(day.value), end: day.end) : nil
    }

    /// "zum Ersten" is a noun and has its capital; "on the fifteenth" has none behind it.
    private func standsAlone(_ index: Int, _ end: Int) -> Bool {
        let before = word(index - 1) ?? ""
        if language == .de { return tokens[index].isCapital && ["zum", "am", "den", "dem"].contains(before) }
        guard before == "the" else { return false }
        return word(end).map { ["at", "by", "and", "but", "for", "so", "when"].contains($0) } ?? true
    }

    private func ordinalWord(at index: Int) -> Found<Int>? {
        guard let text = word(index) else { return nil }
        if language == .de { return PhraseNumbers.germanOrdinals[text].map { Found(value: $0, end: index + 1) } }
        if let day = PhraseNumbers.englishOrdinals[text] { return Found(value: day, end: index + 1) }
        guard let tens = ["twenty": 20, "thirty": 30][text], mark(index + 1, "-"),
            let ones = word(index + 2).flatMap({ PhraseNumbers.englishOrdinals[$0] }),
            ones < 10, tens + ones <= 31
        else { return nil }
        return Found(value: tens + ones, end: index + 3)
    }
}
