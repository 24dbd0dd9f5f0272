import Foundation

/// Finds the times that a sentence names. A time is a lead ("bis spätestens", "by"), a day, and a time of the day, of which one may be
/// missing.
///
/// Every rule looks ahead by a handful of tokens, so a sentence is read in a time that grows with its length.
struct DateGrammar {
    let tokens: [PhraseToken]
    let words: PhraseWords
    let language: Language

    init(_ tokens: [PhraseToken], _ language: Language) {
        (self.tokens, self.language) = (tokens, language)
        words = .of(language)
    }

    /// What a rule found: a value, and the token behind it.
    struct Found<Value> {
        var value: Value
        var end: Int
    }

    /// The expressions in their order, none over another.
    func dates() -> [DateExpression] {
        var dates: [DateExpression] = []
        var index = 0
        while index < tokens.count {
            if let date = date(at: index) {
                dates.append(date)
                index = max(date.tokens.upperBound, index + 1)
            } else {
                index += 1
            }
        }
        return dates
    }

    private func date(at start: Int) -> DateExpression? {
        guard canBegin(tokens[start]), !isGreeting(start) else { return nil }
        let head = lead(at: start) ?? Found(value: .on, end: start)
        guard tokens.indices.contains(head.end), canBegin(tokens[head.end]) || head.end > start && canFollow(head.end) else { return nil }
        guard var date = dayFirst(head, start) ?? timeFirst(head, start) else { return nil }
        date.tokens = start..<date.tokens.upperBound
        date.isUntil = tokens[start].isWord("until", "till") || tokens[start].isWord("bis") && word(start - 1) == "noch"
        return date
    }

    private func canBegin(_ token: PhraseToken) -> Bool {
        switch token.kind {
        case .mark: false
        case .number: true
        case .word: (language == .de ? PhraseWords.germanBeginnings : PhraseWords.englishBeginnings).contains(token.text)
        }
    }

    /// "im Laufe der *Woche*", "within the *hour*": names of stretches need a word before them.
    private func canFollow(_ index: Int) -> Bool {
        guard let text = word(index) else { return false }
        return words.units[text] != nil || words.week.contains(text) || words.month.contains(text) || words.year.contains(text)
            || tokens[index].isWord("business", "working")
    }

    /// "Guten Morgen" is no promise.
    private func isGreeting(_ index: Int) -> Bool {
        language == .de && word(index) == "morgen" && index > 0 && ["guten", "schoenen", "gutem"].contains(word(index - 1) ?? "")
    }

    // MARK: The lead

    /// The words before a time that say how it binds; at most six.
    func lead(at start: Int) -> Found<DateBound>? {
        var bound: DateBound?
        var index = start
        while index < start + 6, let text = word(index) {
            if ordinalDay(at: index) != nil { break }
            if let end = noLaterThan(index) {
                bound = .by
                index = end
            } else if let next = words.bounds[text], !isClockLead(index) {
                bound = Self.joined(bound, next)
                index += 1
            } else if bound != nil, words.fillers.contains(text) || (text == "course" || text == "laufe") {
                index += 1
            } else {
                break
            }
        }
        return bound.map { Found(value: $0, end: index) }
    }

    /// "bis zum" and "spätestens am" are by; a later word that says more wins.
    private static func joined(_ first: DateBound?, _ second: DateBound) -> DateBound {
        switch (first, second) {
        case (.by, .on): .by
        case (.within, .reference), (.within, .by), (.from, .by): .within
        case (.reference, _): .reference
        case (_, let second): second
        }
    }

    private func noLaterThan(_ index: Int) -> Int? {
        if ["no", "not"].contains(word(index) ?? ""), word(index + 1) == "later", word(index + 2) == "than" { return index + 3 }
        if word(index) == "nicht", word(index + 1) == "spaeter", word(index + 2) == "als" { return index + 3 }
        if word(index) == "at", word(index + 1) == "the", word(index + 2) == "latest" { return index + 3 }
        return nil
    }

    /// "von 8 bis 12 Uhr" and "ab 10 Uhr" are the clock's own words.
    private func isClockLead(_ index: Int) -> Bool {
        tokens[index].isWord("von", "from") && number(index + 1) != nil && clockRange(at: index) != nil
    }

    // MARK: A day, and perhaps its time

    private func dayFirst(_ head: Found<DateBound>, _ start: Int) -> DateExpression? {
        guard let day = day(at: head.end, head.value) else { return nil }
        var date = day.value
        var end = day.end
        if let weeks = weeksBehind(end), date.isShiftable {
            date.weeksLater += weeks.value
            end = weeks.end
        }
        if !head.value.isDeadline || date.bound == .on || head.value == .before && date.isWhole {
            date.bound = head.value == .within ? .on : head.value
        }
        if date.time == nil, let time = timeTail(at: end) {
            if tokens[end].isWord("bis", "by", "spaetestens"), date.bound == .on { date.bound = .by }
            date.time = time.value
            date.isOpenEnded = time.value == nil
            end = time.end
        }
        if case .part(let part) = date.time, let clock = clockTail(at: end) {
            date.time = clock.value.within(part)
            end = clock.end
        }
        date.tokens = start..<end
        return date
    }

    private func day(at index: Int, _ bound: DateBound) -> Found<DateExpression>? {
        ordinalDay(at: index) ?? period(at: index, bound) ?? (bound == .within ? nil : weeksBefore(index)) ?? duration(at: index, bound)
            ?? relativeDay(at: index) ?? feastDay(at: index) ?? weekday(at: index)
            ?? calendarDate(at: index, bound)
    }

    /// "um 14 Uhr", "at 3pm on Tuesday".
    private func timeFirst(_ head: Found<DateBound>, _ start: Int) -> DateExpression? {
        guard let time = time(at: head.end, isAlone: true) else { return nil }
        var date = DateExpression(bound: head.value == .within ? .on : head.value, time: time.value)
        var end = time.end
        if let part = partTail(at: end) {
            date.time = time.value.within(part.value)
            end = part.end
        }
        // "am Montag um 10" was read from its day; here the day follows: "um 10 Uhr am Montag", "noon tomorrow", "10 Uhr, Freitag".
        let next = mark(end, ",") ? end + 1 : end
        let after = lead(at: next) ?? Found(value: .on, end: next)
        if after.value == .on || after.value == .by, let day = day(at: after.end, after.value), day.value.time == nil {
            if let words = day.value.day, case .later = words {
            } else {
                (date.day, date.weekday, date.weeksLater, end) = (day.value.day, day.value.weekday, day.value.weeksLater, day.end)
            }
        }
        date.tokens = start..<end
        return date
    }

    // MARK: Looking at tokens

    func word(_ index: Int) -> String? {
        guard tokens.indices.contains(index), tokens[index].kind == .word else { return nil }
        return tokens[index].text
    }

    func number(_ index: Int) -> Int? { tokens.indices.contains(index) ? tokens[index].value : nil }

    func mark(_ index: Int, _ marks: String...) -> Bool {
        tokens.indices.contains(index) && tokens[index].kind == .mark && marks.contains(tokens[index].text)
    }

    func isGlued(_ index: Int) -> Bool { tokens.indices.contains(index) && !tokens[index].isApart }

    /// Whether a number begins here and is no part of a name, a version or a price: not "v3", "A-12", "€3.12".
    func beginsNumber(_ index: Int) -> Bool {
        guard number(index) != nil else { return false }
        guard index > 0 else { return true }
        if tokens[index].isApart { return !words.noDates.contains(tokens[index - 1].text) }
        return mark(index - 1, "(", ",", "–", "-") && (index < 2 || tokens[index - 1].isApart || mark(index - 1, "("))
    }

    /// Whether what follows makes a price or a measure of the numbers before it.
    func isMeasure(_ index: Int) -> Bool { tokens.indices.contains(index) && words.noDates.contains(tokens[index].text) }
}
