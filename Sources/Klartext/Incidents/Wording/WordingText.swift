import Foundation

/// A text cut into sentences and words, each with its place in the UTF-8.
struct WordingText: Sendable {
    private(set) var sentences: [WordingSentence] = []
    /// What stands in square brackets: places of a template that wait to be filled.
    private(set) var gaps: [Range<Int>] = []
    let end: Int

    var words: [WordingSentence.Word] { sentences.flatMap(\.words) }

    init(_ text: String, _ language: Language) {
        var (sentence, word, wordStart, place, gapStart) = (WordingSentence(language), String.UnicodeScalarView(), 0, 0, Int?.none)
        func endWord(_ sentence: inout WordingSentence, at place: Int) {
            if !word.isEmpty { sentence.add(String(word), at: wordStart..<place) }
            word = String.UnicodeScalarView()
        }
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            guard place < Wording.mostBytes else { break }
            let width = UTF8.width(scalar)
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if Self.isPart(scalar, before: next, of: word) {
                if word.isEmpty { wordStart = place }
                word.append(scalar)
            } else {
                endWord(&sentence, at: place)
                if Self.ends(scalar, before: next, sentence) {
                    sentences.append(sentence)
                    sentence = WordingSentence(language)
                }
                if scalar == "[" { gapStart = place }
                if scalar == "]", let start = gapStart {
                    gaps.append(start..<place + width)
                    gapStart = nil
                }
            }
            place += width
        }
        endWord(&sentence, at: place)
        sentences.append(sentence)
        sentences.removeAll { $0.words.isEmpty }
        end = place
    }

    /// Letters, digits, the marks that belong to a letter; a hyphen, colon or full stop between two of them, as in `10:30`, `24.12`, `E-Mail`.
    private static func isPart(_ scalar: Unicode.Scalar, before next: Unicode.Scalar, of word: String.UnicodeScalarView) -> Bool {
        if isLetterOrDigit(scalar) || scalar == "%" { return true }
        let joins = scalar == "-" || scalar == ":" || scalar == "." || scalar == "'" || scalar == "’"
        guard joins, let last = word.last, isLetterOrDigit(last), isLetterOrDigit(next) else { return false }
        // "wieder.Wir" are two sentences, 24.12 is one number
        return scalar != "." || (last.properties.numericType != nil && next.properties.numericType != nil)
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.properties.generalCategory == .nonspacingMark
    }

    /// A full stop behind a number is that of a date, `23. November`, unless the line ends there.
    private static func ends(_ scalar: Unicode.Scalar, before next: Unicode.Scalar, _ sentence: WordingSentence) -> Bool {
        switch scalar {
        case "\n", "!", "?": true
        case ".": next.properties.isWhitespace && !(sentence.endsWithDay && next == " ")
        default: false
        }
    }
}
