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

    /// The words that may stand between a day and its time.
    private func skipped(_ start: Int) -> Int {
        var index = start
        while index < start + 3, let text = word(index),
            [
                "bis", "spaetestens", "by", "before", "vor", "am", "in", "the", "im", "until", "gegen", "um", "at", "ca", "circa", "around",
                "about",
            ]
            .contains(text), !(words.beforeHour.contains(text) && isBareHour(index + 1))
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
            if let time = clock(at: index + 1) { return time }
            if isBareHour(index + 1), let hour = number(index + 1) {
                return Found(value: .clock(hour * 60, isExact: hour > 12), end: index + 2)
            }
            if let part = dayPart(at: index + 1, isTail: true), part.value == .noon { return Found(value: .part(.noon), end: part.end) }
        }
        if let time = clock(at: index) { return time }
        if let end = endOfBusiness(at: index) { return Found(value: .endOfBusiness, end: end) }
        guard isAlone, let part = dayPart(at: index, isTail: false) else { return nil }
        return Found(value: .part(part.value), end: part.end)
    }

    /// "zwischen 8 und 12 Uhr", "8-12 Uhr", "from 9am to noon": over by the second.
    func clockRange(at start: Int) -> Found<TimeWords>? {
        let index = ["zwischen", "between", "von", "from"].contains(word(start) ?? "") ? start + 1 : start
        guard let first = clock(at: index)?.end ?? (number(index) != nil && beginsNumber(index) ? index + 1 : nil) else { return nil }
        guard mark(first, "-", "–", "—") || ["und", "and", "bis", "to"].contains(word(first) ?? "") else { return nil }
        if index == start, ["und", "and"].contains(word(first) ?? "") { return nil }
        if let second = clock(at: first + 1) { return second }
        guard let part = dayPart(at: first + 1, isTail: true), part.value == .noon else { return nil }
        return Found(value: .part(.noon), end: part.end)
    }

    /// A number that is clearly a time: "14:30", "14 Uhr", "10.30 Uhr", "3pm", "3 p.m.", "3 o'clock".
    func clock(at index: Int) -> Found<TimeWords>? {
        guard let hour = number(index), (0...24).contains(hour), tokens[index].text.utf8.count <= 2 else { return nil }
        guard index == 0 || tokens[index].isApart || mark(index - 1, "(", "-", "–") else { return nil }
        var minute = 0
        var end = index + 1
        var isSure = false
        if mark(end, ":", "."), isGlued(end), let named = number(end + 1), isGlued(end + 1), tokens[end + 1].text.utf8.count == 2,
            named < 60
        {
            (minute, isSure) = (named, mark(end, ":"))
            end += 2
        }
        if let half = halfDay(at: end), (1...12).contains(hour) {
            return Found(value: .clock((hour % 12 + (half.value ? 12 : 0)) * 60 + minute, isExact: true), end: half.end)
        }
        let isNamed = ["uhr", "h", "o'clock", "oclock", "hrs"].contains(word(end) ?? "")
        guard isSure || isNamed, hour * 60 + minute <= 1440 else { return nil }
        // "um 3 Uhr" is rarely the middle of the night; from 7 on a German hour is what it says, an English one only with two digits.
        let isExact = hour > 12 || hour == 0 || (language == .de ? hour >= 7 : tokens[index].text.utf8.first == UInt8(ascii: "0"))
        return Found(value: .clock(hour * 60 + minute, isExact: isExact), end: isNamed ? end + 1 : end)
    }

    /// Whether a number is a time rather than a day: "December 3pm".
    func isClock(_ index: Int) -> Bool { clock(at: index) != nil }

    /// true behind "pm".
    private func halfDay(at index: Int) -> Found<Bool>? {
        guard language == .en || isGlued(index), let text = word(index) else { return nil }
        if text == "am" || text == "pm" {
            // "I'll call at 3 am Montag" is no English.
            return Found(value: text == "pm", end: index + 1)
        }
        guard text == "a" || text == "p", mark(index + 1, "."), word(index + 2) == "m" else { return nil }
        return Found(value: text == "p", end: mark(index + 3, ".") ? index + 4 : index + 3)
    }

    /// Whether a number alone may be an hour: "at 3", not "at 3 Main Street" nor "um 3 Tage".
    private func isBareHour(_ index: Int) -> Bool {
        guard let hour = number(index), (1...24).contains(hour), beginsNumber(index), clock(at: index) == nil else { return false }
        guard tokens.indices.contains(index + 1) else { return true }
        let next = tokens[index + 1]
        if next.kind == .mark { return !isGlued(index + 1) || next.isMark(",", ")") }
        guard let text = word(index + 1) else { return false }
        return !next.isCapital && words.units[text] == nil && !words.noDates.contains(text) && words.months[text] == nil
    }

    /// "halb 10" is half past nine; "viertel nach 3", "half past 3", "quarter to five".
    private func spoken(at start: Int) -> Found<TimeWords>? {
        let index = words.beforeHour.contains(word(start) ?? "") ? start + 1 : start
        func hour(_ index: Int) -> Int? {
            (number(index) ?? word(index).flatMap { words.numbers[$0] }).flatMap { (1...12).contains($0) ? $0 : nil }
        }
        func found(_ hour: Int, _ offset: Int, _ end: Int) -> Found<TimeWords> {
            Found(
                value: .clock((hour * 60 + offset + 720) % 720, isExact: false),
                end: ["uhr", "o'clock"].contains(word(end) ?? "") ? end + 1 : end)
        }
        switch (word(index), word(index + 1)) {
        case ("halb", _): return hour(index + 1).map { found($0, -30, index + 2) }
        case ("half", "past"): return hour(index + 2).map { found($0, 30, index + 3) }
        case ("viertel", "nach"), ("quarter", "past"): return hour(index + 2).map { found($0, 15, index + 3) }
        case ("viertel", "vor"), ("quarter", "to"): return hour(index + 2).map { found($0, -15, index + 3) }
        default: return nil
        }
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
        guard isTail || index > start || part == .noon || isCourse(index) else { return nil }
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
        while ["the", "our", "working"].contains(word(index) ?? "") { index += 1 }
        guard ["business", "play", "day", "work"].contains(word(index) ?? "") else { return nil }
        index += 1
        return word(index) == "day" || word(index) == "hours" ? index + 1 : index
    }
}
