import Foundation

/// A word, a number or a mark of a text, with its place.
struct PhraseToken: Sendable, Equatable {
    enum Kind: Sendable { case word, number, mark }

    let kind: Kind
    /// A word is small and without umlauts, "naechste"; a number its digits; a mark itself.
    let text: String
    /// Where it stands, in UTF-8 bytes.
    let range: Range<Int>
    /// Whether white space stands before it, or nothing at all.
    let isApart: Bool
    /// How many ends of lines stand before it.
    let lineEnds: Int
    /// Whether a word begins with a capital.
    let isCapital: Bool
    /// Of a number with at most nine digits.
    let value: Int?

    /// A longer word is cut: no word of ours is as long, and a line of noise costs no more than its bytes.
    static let longestWord = 40
}

extension PhraseToken {
    /// Splits a text into tokens, reading each scalar once, as far as the bound.
    static func tokens(of text: String, mostBytes: Int) -> [PhraseToken] {
        var scanner = PhraseScanner()
        for scalar in text.unicodeScalars where scanner.position < mostBytes { scanner.take(scalar) }
        scanner.finish()
        return scanner.tokens
    }

    func isMark(_ marks: String...) -> Bool { kind == .mark && marks.contains(text) }
    func isWord(_ words: String...) -> Bool { kind == .word && words.contains(text) }
}

/// Takes one scalar after the other and gathers them into tokens.
private struct PhraseScanner {
    private(set) var tokens: [PhraseToken] = []
    private var kind: PhraseToken.Kind?
    private var text = ""
    private var length = 0
    private var isCapital = false
    private var start = 0
    private(set) var position = 0
    private var isApart = true
    private var lineEnds = 0
    /// An apostrophe behind a word belongs to it if a letter follows.
    private var apostrophe: Range<Int>?

    mutating func take(_ scalar: Unicode.Scalar) {
        let width = UTF8.width(scalar)
        defer { position += width }
        switch Self.group(scalar) {
        case .letter: letter(scalar)
        case .mark where (scalar == "'" || scalar == "\u{2019}") && kind == .word && apostrophe == nil:
            apostrophe = position..<position + width
        case .digit: digit(scalar)
        case .ignored: if kind == nil { start = position + width }
        case .space, .lineEnd:
            finish()
            isApart = true
            if scalar == "\n" { lineEnds += 1 }
        case .mark:
            finish()
            (kind, text, start) = (.mark, String(scalar), position)
            position += width
            finish()
            position -= width
        }
    }

    /// Ends the token that is being gathered.
    mutating func finish() {
        let waiting = apostrophe
        apostrophe = nil
        if let kind {
            let end = waiting?.lowerBound ?? position
            tokens.append(
                PhraseToken(
                    kind: kind, text: text, range: start..<end, isApart: isApart, lineEnds: lineEnds, isCapital: isCapital,
                    value: kind == .number && length <= 9 ? Int(text) : nil))
            (self.kind, text, length, isCapital, isApart, lineEnds) = (nil, "", 0, false, false, 0)
        }
        if let waiting {
            tokens.append(PhraseToken(kind: .mark, text: "'", range: waiting, isApart: false, lineEnds: 0, isCapital: false, value: nil))
        }
    }

    private mutating func begin(_ new: PhraseToken.Kind) {
        if kind == new { return }
        finish()
        (kind, start) = (new, position)
    }

    private mutating func letter(_ scalar: Unicode.Scalar) {
        begin(.word)
        if apostrophe != nil {
            text.append("'")
            apostrophe = nil
        }
        if length == 0 { isCapital = scalar.properties.isUppercase }
        length += 1
        if length <= PhraseToken.longestWord { text += Self.folded(scalar) }
    }

    private mutating func digit(_ scalar: Unicode.Scalar) {
        begin(.number)
        length += 1
        if length <= 9 { text.unicodeScalars.append(scalar) }
    }

    private enum Group { case letter, digit, space, lineEnd, mark, ignored }

    private static func group(_ scalar: Unicode.Scalar) -> Group {
        switch scalar.value {
        case 0x30...0x39: return .digit
        case 0x41...0x5A, 0x61...0x7A: return .letter
        case 0x0A: return .lineEnd
        case 0x09, 0x0B, 0x0C, 0x0D, 0x20, 0xA0, 0x202F, 0x2009: return .space
        case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: return .ignored
        case ..<0x80: return .mark
        default:
            if scalar.properties.isAlphabetic || scalar.value == 0x308 { return .letter }
            if scalar.properties.isWhitespace { return .space }
            return scalar.properties.generalCategory == .nonspacingMark ? .ignored : .mark
        }
    }

    /// Small, and written as on a machine without umlauts: "spätestens" and "spaetestens" are one word.
    private static func folded(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x41...0x5A: String(Unicode.Scalar(UInt8(scalar.value | 0x20)))
        case ..<0x80: String(scalar)
        case 0xE4, 0xC4: "ae"
        case 0xF6, 0xD6: "oe"
        case 0xFC, 0xDC: "ue"
        case 0xDF, 0x1E9E: "ss"
        // The two dots that follow their letter.
        case 0x308: "e"
        default: scalar.properties.lowercaseMapping
        }
    }
}
