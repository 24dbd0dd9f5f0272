import Foundation

/// The words of one sentence, and what can be asked of them.
struct WordingSentence: Sendable {
    struct Word: Sendable {
        /// In lower case, composed.
        var text: String
        var isCapitalised: Bool
        var range: Range<Int>
    }

    private(set) var words: [Word] = []
    private let language: Language

    init(_ language: Language) { self.language = language }

    mutating func add(_ text: String, at range: Range<Int>) {
        let folded = text.precomposedStringWithCanonicalMapping.lowercased()
        words.append(Word(text: folded, isCapitalised: text.unicodeScalars.first?.properties.isUppercase ?? false, range: range))
    }

    /// Where the phrases stand, from left to right, each word in one finding alone. A phrase's word that ends in `*` is the beginning of one.
    func all(of phrases: [[String]], unlessAt exceptions: [[String]] = []) -> [Range<Int>] {
        var (found, index) = ([Range<Int>](), 0)
        while index < words.count {
            let length = phrases.compactMap { matches($0, at: index) ? $0.count : nil }.max()
            if let length, !isWithin(exceptions.filter { $0.count >= length }, index) {
                found.append(words[index].range.lowerBound..<words[index + length - 1].range.upperBound)
                index += length
            } else {
                index += 1
            }
        }
        return found
    }

    func first(of phrases: [[String]]) -> Range<Int>? { all(of: phrases).first }

    func has(_ phrases: [[String]]) -> Bool { words.indices.contains { index in phrases.contains { matches($0, at: index) } } }

    /// Whether one of the phrases covers the word, wherever it begins: "as soon as it works" is no "soon".
    private func isWithin(_ phrases: [[String]], _ index: Int) -> Bool {
        phrases.contains { phrase in
            (0..<phrase.count).contains { before in index >= before && matches(phrase, at: index - before) }
        }
    }

    private func matches(_ phrase: [String], at index: Int) -> Bool {
        guard index + phrase.count <= words.count else { return false }
        return phrase.indices.allSatisfy { offset in
            let (pattern, word) = (phrase[offset], words[index + offset].text)
            return pattern.utf8.last == UInt8(ascii: "*")
                ? word.utf8.starts(with: pattern.utf8.dropLast()) : word.utf8.elementsEqual(pattern.utf8)
        }
    }
}

/// Numbers, clock times and days.
extension WordingSentence {
    /// `10:30`, `10 Uhr`, `10.30 Uhr`, `10am`, `10 pm`.
    var clocks: [Range<Int>] {
        words.indices.compactMap { index in
            let (word, next) = (words[index].text, index + 1 < words.count ? words[index + 1].text : "")
            if Self.isClock(word) || Self.isHour(word, ending: ["am", "pm"]) { return words[index].range }
            guard Self.isNumber(word), ["uhr", "am", "pm", "o'clock"].contains(next) else { return nil }
            // "at 10 am on Monday" is a clock time, "der 10 am Montag" is none
            guard next != "am" || language == .en else { return nil }
            return words[index].range.lowerBound..<words[index + 1].range.upperBound
        }
    }

    /// A number that says how many: no clock time, no day, no year.
    var hasNumber: Bool {
        let taken = clocks
        return words.indices.contains { index in
            let word = words[index]
            if Self.numberWords.contains(word.text) { return true }
            guard word.text.utf8.contains(where: Self.isDigit), !taken.contains(where: { $0.overlaps(word.range) }) else { return false }
            if word.text.utf8.last == UInt8(ascii: "%") { return true }
            return Self.isNumber(word.text) && !isDay(index) && !Self.isYear(word.text)
        }
    }

    /// `23. November`, `November 23`, `24.12.`, `2026-12-24`, a weekday with a day.
    var hasDate: Bool {
        words.indices.contains { index in
            isDay(index) || Self.isDate(words[index].text) || (Self.isNumber(words[index].text) && isMonth(index + 1))
        }
    }

    /// Whether the sentence as far as it goes ends in the number of a day.
    var endsWithDay: Bool {
        words.last.map { Self.isDate($0.text) || (Self.isNumber($0.text) && $0.text.utf8.count <= 2) } ?? false
    }

    /// "May" within a sentence is the month, "may" is a guess.
    func isNoMonth(_ range: Range<Int>) -> Bool {
        guard let index = words.firstIndex(where: { $0.range == range }), words[index].text == "may" else { return true }
        return index == 0 || !words[index].isCapitalised
    }

    private func isDay(_ index: Int) -> Bool {
        guard Self.isNumber(words[index].text), words[index].text.utf8.count <= 2 else { return Self.isDate(words[index].text) }
        return isMonth(index + 1) || isMonth(index - 1)
    }

    private func isMonth(_ index: Int) -> Bool { words.indices.contains(index) && Self.months.contains(words[index].text) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isNumber(_ word: String) -> Bool {
        !word.isEmpty && word.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
    }

    private static func isYear(_ word: String) -> Bool {
        word.utf8.count == 4 && word.utf8.allSatisfy(isDigit) && (word.utf8.starts(with: "19".utf8) || word.utf8.starts(with: "20".utf8))
    }

    /// `24.12`, `24.12.2026`, `2026-12-24`.
    private static func isDate(_ word: String) -> Bool {
        let parts = word.utf8.split(separator: word.utf8.contains(UInt8(ascii: "-")) ? UInt8(ascii: "-") : UInt8(ascii: "."))
        return parts.count >= 2 && parts.count <= 3 && parts.allSatisfy { $0.count <= 4 && $0.allSatisfy(isDigit) }
    }

    private static func isClock(_ word: String) -> Bool {
        let parts = word.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return (2...3).contains(parts.count) && parts.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy(isDigit) }
    }

    private static func isHour(_ word: String, ending: [String]) -> Bool {
        ending.contains { end in
            guard word.utf8.count > end.utf8.count, word.utf8.suffix(end.utf8.count).elementsEqual(end.utf8) else { return false }
            let rest = String(decoding: word.utf8.dropLast(end.utf8.count), as: UTF8.self)
            return isNumber(rest) || isClock(rest)
        }
    }

    private static let months: Set<String> = [
        "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember",
        "january", "february", "march", "may", "june", "july", "october", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
        "sep", "oct", "nov", "dec", "okt", "dez",
    ]
    private static let numberWords: Set<String> = [
        "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "hälfte", "drittel", "viertel", "hundert", "tausend",
        "prozent", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half", "third", "quarter", "hundred",
        "thousand", "percent",
    ]
}
