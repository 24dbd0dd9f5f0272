import Foundation

/// Times of the day: "um 14 Uhr", "3pm", "zwischen 8 und 12 Uhr", "halb 10", "noon", "close of business".
extension DateGrammar {
    /// The time behind a day: "Freitag um 10", "morgen früh", "tomorrow, at noon", "Friday in the afternoon".
    func timeTail(at start: Int) -> Found<TimeWords?>? {
        var index = mark(start, ",") ? start + 1 : start
        if word(index) == "noch" { index += 1 }
        if let open = openEnd(at: index) { return open }
        if let part = dayPart(at: index, isTail: true) { return Found(value: .part(part.value), end: part.end) }
        let led = skipped(index)
        guard
            let time = time(at: led, isAlone: false)
                ?? dayPart(at: led, isTail: true).map({ Found(value: TimeWords.part($0.value), end: $0.end) })
        else { return nil }
        return Found(value: time.value, end: time.end)
    }

    /// The clock's time behind a part of the day: "morgen früh *um 8 Uhr*", "tomorrow afternoon *at 3*".
    func clockTail(at start: Int) -> Found<TimeWords>? {
        let index = skipped(mark(start, ",") ? start + 1 : start)
        guard let time = time(at: index, isAlone: false), case .clock = time.value else { return nil }
        return time
    }

    /// The part of the day behind a clock's time: "8 Uhr *früh*", "3 o'clock *in the afternoon*", "2:30 *this afternoon*".
    func partTail(at index: Int) -> Found<DayPart>? {
        dayPart(at: word(index) == "this" ? index + 1 : index, isTail: true)
    }

    /// The words that may stand between a day and its time.
    private func skipped(_ start: Int) -> Int {
        var index = start
        while index < start + 3, let text = word(index),
            [
                "bis", "spaetestens", "by", "before", "vor", "am", "in", "the", "im", "until", "gegen", "um", "at", "ca", "circa", "around",
                "about",
            ]
            .contains(text) || ["punkt", "exakt", "genau", "sharp", "kurz", "so"].contains(text),
            !(words.beforeHour.contains(text) && isBareHour(index + 1))
        { index += 1 }
        return index
    }

    /// "ab 10 Uhr": it begins then, which says nothing of its end.
    private func openEnd(at index: Int) -> Found<TimeWords?>? {
        guard ["ab", "nach", "after", "from"].contains(word(index) ?? ""), clockRange(at: index) == nil, let time = clock(at: index + 1)
        else { return nil }
        return Found(value: nil, end: time.end)
    }

    /// - Parameter isAlone: no day stands before it, so a part of the day needs "in the" or its like.
    func time(at index: Int, isAlone: Bool) -> Found<TimeWords>? {
        if let range = clockRange(at: index) ?? spoken(at: index) { return range }
        if words.beforeHour.contains(word(index) ?? "") {
            if let time = clock(at: index + 1) ?? bareHour(at: index + 1) { return time }
            if let part = dayPart(at: index + 1, isTail: true), part.value.isPoint { return Found(value: .part(part.value), end: part.end) }
        }
        if isAlone, let hour = boundHour(at: index) { return hour }
        if let time = clock(at: index) { return time }
        if let end = endOfBusiness(at: index) { return Found(value: .endOfBusiness, end: end) }
        guard isAlone, let part = dayPart(at: index, isTail: false) else { return nil }
        return Found(value: .part(part.value), end: part.end)
    }

    /// "zwischen 8 und 12 Uhr", "8-12 Uhr", "from 9am to noon": over by the second.
    func clockRange(at start: Int) -> Found<TimeWords>? {
        guard tokens.indices.contains(start) else { return nil }
        let index = tokens[start].isWord("zwischen", "between", "von", "from") ? start + 1 : start
        guard number(index) != nil else { return nil }
        guard let first = clock(at: index)?.end ?? (number(index) != nil && beginsNumber(index) ? index + 1 : nil) else { return nil }
        guard mark(first, "-", "–", "—") || ["und", "and", "bis", "to"].contains(word(first) ?? "") else { return nil }
        if index == start, ["und", "and"].contains(word(first) ?? "") { return nil }
        if let second = clock(at: first + 1) { return second }
        if index > start, let hour = number(first + 1), isBareHour(first + 1) {
            return Found(value: .clock(hour * 60, isExact: hour >= 12), end: first + 2)
        }
        guard let part = dayPart(at: first + 1, isTail: true), part.value == .noon else { return nil }
        return Found(value: .part(.noon), end: part.end)
    }

    private func dayPart(at start: Int, isTail: Bool) -> Found<DayPart>? {
        var index = start
        if ["first"].contains(word(index) ?? ""), word(index + 1) == "thing" { return Found(value: .early, end: index + 2) }
        while index < start + 3, ["am", "in", "the", "im", "laufe", "des", "at"].contains(word(index) ?? "") { index += 1 }
        guard let text = word(index) else { return nil }
        if text == "morgen", isTail || index > start {
            return index > start || isBehindDay(index) ? Found(value: .morning, end: index + 1) : nil
        }
        guard let part = words.parts[text] else { return nil }
        // "früh", "night" and the like alone may be anything.
        guard
            isTail || index > start || part == .noon || text.hasSuffix("night") && text != "night" || text == "mitternacht"
                || isCourse(index)
        else { return nil }
        return Found(value: part, end: index + 1)
    }

    private func isCourse(_ index: Int) -> Bool {
        ["am", "laufe", "des", "the", "this", "bis", "by", "before"].contains(word(index - 1) ?? "")
    }

    private func isBehindDay(_ index: Int) -> Bool {
        guard let before = word(index - 1) else { return false }
        return words.weekdays[before] != nil || before == "heute"
    }

    /// "end of business", "close of play", "end of the working day"; "Feierabend".
    private func endOfBusiness(at start: Int) -> Int? {
        var index = start
        if ["the", "zum"].contains(word(index) ?? "") { index += 1 }
        if words.endOfBusiness.contains(word(index) ?? "") { return index + 1 }
        if word(index) == "ende", word(index + 1) == "des",
            ["tages", "arbeitstages", "werktages", "geschaeftstages"].contains(word(index + 2) ?? "")
        {
            return index + 3
        }
        guard ["end", "close"].contains(word(index) ?? ""), word(index + 1) == "of" else { return nil }
        index += 2
        if let text = word(index), words.relativeDays[text] != nil || words.weekdays[text] != nil { return index }
        while ["the", "our", "working"].contains(word(index) ?? "") { index += 1 }
        guard ["business", "play", "day", "work"].contains(word(index) ?? "") else { return nil }
        index += 1
        return word(index) == "day" || word(index) == "hours" ? index + 1 : index
    }
}
