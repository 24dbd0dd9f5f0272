import Foundation

/// So and so long from now: "innerhalb von zwei Werktagen", "in anderthalb Stunden", "within the hour", "in a couple of days".
extension DateGrammar {
    func duration(at start: Int, _ bound: DateBound) -> Found<DateExpression>? {
        var index = start
        var isNext = false
        while index < start + 4, let text = word(index), words.fillers.contains(text) || words.choices[text] != nil || text == "to" {
            if let choice = words.choices[text], choice == .next || choice == .coming { isNext = true }
            index += 1
        }
        if word(index) == "hour", word(index - 1) == "the" { isNext = true }
        guard let length = fraction(at: index) ?? length(at: index, isNext) else { return nil }
        let isCounted = length.value.isCounted
        // "am nächsten Werktag", "the next working day" need no "within"; three days without a word before them last three days.
        if !isCounted, length.value.unit != .workday, bound != .within { return nil }
        if !isCounted, [.day, .week, .month].contains(length.value.unit) { return nil }
        var date = DateExpression(bound: .by, day: .later(length.value.count, length.value.unit))
        date.isVague = length.value.isVague
        var end = length.end
        if language == .en, bound != .within, isCounted {
            guard word(end) == "from", ["now", "today"].contains(word(end + 1) ?? "") else { return nil }
            end += 2
        } else if bound == .before || !(bound == .within || !isCounted) {
            return bound == .before && isCounted ? Found(value: DateExpression(bound: .reference, day: date.day), end: end) : nil
        }
        if mark(end, "'"), word(end + 1) == "time" { end += 2 }
        date.isFromEvent = isFromEvent(end)
        return Found(value: date, end: end)
    }

    /// How long, and whether a number said so.
    struct Length {
        var count: Int
        var unit: DateUnit
        var isCounted = true
        var isVague = false
    }

    private func length(at index: Int, _ isNext: Bool) -> Found<Length>? {
        if let vague = vague(at: index) { return vague }
        guard let amount = amount(at: index, isNext), let unit = unit(at: amount.end) else { return nil }
        let isFortnight = word(amount.end) == "fortnight"
        let length = Length(count: isFortnight ? 2 * amount.value : amount.value, unit: unit.value, isCounted: amount.end > index)
        return Found(value: length, end: unit.end)
    }

    /// "a couple of days", "ein paar Stunden", "few minutes": about so many.
    private func vague(at start: Int) -> Found<Length>? {
        let index = ["a", "ein"].contains(word(start) ?? "") ? start + 1 : start
        guard let text = word(index), let count = words.vague[text] else { return nil }
        guard let unit = unit(at: word(index + 1) == "of" ? index + 2 : index + 1) else { return nil }
        return Found(value: Length(count: count, unit: unit.value, isVague: true), end: unit.end)
    }

    /// "zwei", "2", "2-3", "24 bis 48", "zwei bis drei": the larger, by which it is kept at the latest.
    private func amount(at index: Int, _ isNext: Bool) -> Found<Int>? {
        guard let first = countFound(index) else { return isNext ? Found(value: 1, end: index) : nil }
        let isRange = mark(first.end, "-", "–") || ["bis", "to", "oder", "or"].contains(word(first.end) ?? "")
        if isRange, let second = countFound(first.end + 1) {
            return Found(value: max(first.value, second.value), end: second.end)
        }
        return first
    }

    func count(_ index: Int) -> Int? { countFound(index)?.value }

    /// "acht", "48", "forty-eight".
    private func countFound(_ index: Int) -> Found<Int>? {
        if let text = word(index), let value = words.numbers[text] {
            let ones = mark(index + 1, "-") ? index + 2 : index + 1
            if PhraseNumbers.englishTens.contains(text), let one = word(ones).flatMap({ words.numbers[$0] }), one < 10 {
                return Found(value: value + one, end: ones + 1)
            }
            return Found(value: value, end: index + 1)
        }
        guard let value = number(index), (1...999).contains(value) else { return nil }
        return Found(value: value, end: index + 1)
    }

    private func unit(at index: Int) -> Found<DateUnit>? {
        if ["business", "working", "work"].contains(word(index) ?? ""), ["day", "days"].contains(word(index + 1) ?? "") {
            return Found(value: .workday, end: index + 2)
        }
        if word(index) == "fortnight" { return Found(value: .week, end: index + 1) }
        return word(index).flatMap { words.units[$0] }.map { Found(value: $0, end: index + 1) }
    }

    // MARK: Parts of an hour

    private static let fractions: [(words: [String], minutes: Int)] = [
        (["viertelstunde"], 15), (["dreiviertelstunde"], 45), (["halben", "stunde"], 30), (["halbe", "stunde"], 30),
        (["anderthalb", "stunden"], 90), (["eineinhalb", "stunden"], 90), (["zweieinhalb", "stunden"], 150),
        (["half", "hour"], 30), (["half", "an", "hour"], 30), (["half", "a", "hour"], 30), (["quarter", "of", "an", "hour"], 15),
        (["three", "quarters", "of", "an", "hour"], 45), (["hour", "and", "a", "half"], 90), (["one", "and", "a", "half", "hours"], 90),
        (["two", "and", "a", "half", "hours"], 150),
    ]

    /// "einer halben Stunde", "a quarter of an hour", "an hour and a half".
    private func fraction(at start: Int) -> Found<Length>? {
        let index = ["einer", "eine", "a", "an"].contains(word(start) ?? "") ? start + 1 : start
        let found = Self.fractions.filter { fraction in fraction.words.enumerated().allSatisfy { word(index + $0) == $1 } }
        return found.max { $0.words.count < $1.words.count }.map {
            Found(value: Length(count: $0.minutes, unit: .minute), end: index + $0.words.count)
        }
    }

    /// "nach Eingang", "of receiving it", "once we have it".
    private func isFromEvent(_ index: Int) -> Bool {
        guard let text = word(index), ["nach", "ab", "after", "of", "from", "once"].contains(text) else { return false }
        return !["now", "today", "heute", "jetzt", "sofort"].contains(word(index + 1) ?? "")
    }
}
