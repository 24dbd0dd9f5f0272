import Foundation

/// What a clock shows: "14:30", "10 Uhr 30", "3 p.m.", "um zehn", "halb 10", "quarter to five".
extension DateGrammar {
    /// A number that is clearly a time: "14:30", "14 Uhr", "10.30 Uhr", "3pm", "3 p.m.", "ten o'clock".
    func clock(at index: Int) -> Found<TimeWords>? {
        if let named = namedHour(at: index) { return named }
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
        let isNamed = Self.clocks.contains(word(end) ?? "")
        guard isSure || isNamed, hour * 60 + minute <= 1440 else { return nil }
        if isNamed { end += 1 }
        if isNamed, minute == 0, let named = minuteBehind(end) { (minute, end) = (named, end + 1) }
        // "um 3 Uhr" is rarely the middle of the night; from 7 on a German hour is what it says, and so is "02:30".
        let hasZero = tokens[index].text.hasPrefix("0")
        let isExact = hour > 12 || hour == 0 || hasZero || hour >= (language == .de ? 7 : 8) && (language == .de || isSure && hour < 12)
        return Found(value: .clock(hour * 60 + minute, isExact: isExact), end: end)
    }

    private static let clocks: Set = ["uhr", "h", "o'clock", "oclock", "hrs"]

    /// "10 Uhr *30*", "zehn Uhr *dreißig*"
    private func minuteBehind(_ index: Int) -> Int? {
        if language == .de, let minute = word(index).flatMap({ words.numbers[$0] }), (5...59).contains(minute) {
            let isCount =
                tokens.indices.contains(index + 1) && tokens[index + 1].isCapital || word(index + 1).flatMap { words.units[$0] } != nil
            return isCount ? nil : minute
        }
        guard language == .de, let minute = number(index), (1...59).contains(minute), tokens[index].text.utf8.count == 2,
            !mark(index + 1, ".", ":", ",", "-", "–"), !isMeasure(index + 1), word(index + 1).flatMap({ words.units[$0] }) == nil
        else { return nil }
        return minute
    }

    /// "zehn Uhr", "ten o'clock", "nine am".
    private func namedHour(at index: Int) -> Found<TimeWords>? {
        guard let text = word(index), let hour = words.numbers[text], (1...24).contains(hour) else { return nil }
        if let half = halfDay(at: index + 1), hour <= 12, text.utf8.count > 2 {
            return Found(value: .clock((hour % 12 + (half.value ? 12 : 0)) * 60, isExact: true), end: half.end)
        }
        guard ["uhr", "o'clock", "oclock"].contains(word(index + 1) ?? "") else { return nil }
        let minute = minuteBehind(index + 2)
        let isExact = hour > 12 || language == .de && hour >= 7
        return Found(value: .clock(hour * 60 + (minute ?? 0), isExact: isExact), end: minute == nil ? index + 2 : index + 3)
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

    // MARK: Hours without a word behind them

    /// The hour behind "um", "at": "um 10", "at ten".
    func bareHour(at index: Int) -> Found<TimeWords>? {
        guard let hour = isBareHour(index) ? number(index) : bareHourWord(index) else { return nil }
        return Found(value: .clock(hour * 60, isExact: hour > 12), end: index + 1)
    }

    /// "by 3", "before five": at the end of what is said, or before "today", "tomorrow".
    func boundHour(at index: Int) -> Found<TimeWords>? {
        guard language == .en, ["by", "before", "until", "till"].contains(word(index - 1) ?? "") else { return nil }
        guard let hour = bareHour(at: index), number(index).map({ $0 <= 12 }) ?? true else { return nil }
        let next = word(hour.end)
        let ends = next.map { words.relativeDays[$0] != nil || ["this", "latest", "at", "on"].contains($0) } ?? !isMeasure(hour.end)
        return ends && !mark(hour.end, "%", "$", "£", "€", "/") ? hour : nil
    }

    private func bareHourWord(_ index: Int) -> Int? {
        guard let text = word(index), let hour = words.numbers[text], (1...12).contains(hour), !["a", "an", "ein", "eine"].contains(text)
        else {
            return nil
        }
        guard let next = word(index + 1) else { return text.hasPrefix("ein") && text != "eins" ? nil : hour }
        let isFollowed = tokens[index + 1].isCapital && words.weekdays[next] == nil || words.units[next] != nil || words.months[next] != nil
        return isFollowed || text.hasPrefix("ein") && text != "eins" || words.noDates.contains(next) || next.hasSuffix("s") ? nil : hour
    }

    /// Whether a number alone may be an hour: "at 3", not "at 3 Main Street" nor "um 3 Tage".
    func isBareHour(_ index: Int) -> Bool {
        guard let hour = number(index), (1...24).contains(hour), beginsNumber(index), clock(at: index) == nil else { return false }
        guard tokens.indices.contains(index + 1) else { return true }
        let next = tokens[index + 1]
        if next.kind == .mark { return !isGlued(index + 1) || next.isMark(",", ")") }
        guard let text = word(index + 1) else { return false }
        return !next.isCapital && words.units[text] == nil && !words.noDates.contains(text) && words.months[text] == nil
    }

    // MARK: As it is spoken

    /// "halb 10" is half past nine, "dreiviertel 4" a quarter to four; "half past 3", "ten to five", "fünf nach drei".
    func spoken(at start: Int) -> Found<TimeWords>? {
        let isLed = words.beforeHour.contains(word(start) ?? "")
        let index = isLed ? start + 1 : start
        guard let text = word(index) ?? (isLed ? number(index).map(String.init) : nil) else { return nil }
        if let offset = Self.offsets[text], !(text == "viertel" && !isLed), let hour = hour(index + 1) {
            return spoken(hour, offset, index + 2)
        }
        guard let minutes = Self.quarters[text] ?? (isLed ? hour(index) ?? number(index) : nil), minutes < 30 || text == "half",
            let sign = Self.signs[word(index + 1) ?? ""], !(minutes == 30 && sign < 0), let hour = hour(index + 2)
        else { return nil }
        return spoken(hour, sign * minutes, index + 3)
    }

    private static let offsets = ["halb": -30, "dreiviertel": -15, "viertel": -45]
    private static let quarters = ["half": 30, "viertel": 15, "quarter": 15]
    private static let signs = ["nach": 1, "past": 1, "vor": -1, "to": -1]

    private func hour(_ index: Int) -> Int? {
        (number(index) ?? word(index).flatMap { words.numbers[$0] }).flatMap { (1...12).contains($0) ? $0 : nil }
    }

    private func spoken(_ hour: Int, _ offset: Int, _ end: Int) -> Found<TimeWords> {
        Found(
            value: .clock((hour * 60 + offset + 720) % 720, isExact: false),
            end: ["uhr", "o'clock"].contains(word(end) ?? "") ? end + 1 : end)
    }
}
