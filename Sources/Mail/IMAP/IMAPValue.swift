/// A piece of a response's data (RFC 9051 section 4).
enum IMAPValue: Sendable, Equatable {
    /// `UID`, `BODY[]<0>`, `\Seen`, `12`; `NIL` is nothing.
    case atom(String)
    /// A quoted string or a literal.
    case string([UInt8])
    case list([IMAPValue])

    var number: UInt32? { if case .atom(let text) = self { UInt32(text) } else { nil } }
    var atom: String? { if case .atom(let text) = self { text } else { nil } }
}

/// Reads the words and values of one response from left to right.
struct IMAPReader {
    /// Deeper lists than anything we ask for has.
    static let maxDepth = 20

    private let pieces: [IMAPResponse.Piece]
    private var piece = 0
    private var position = 0

    init(_ response: IMAPResponse) { pieces = response.pieces }

    /// The next word of the line, and the space behind it; nil where no word is.
    mutating func word() -> String? {
        guard let text = text else { return nil }
        let word = text[position...].prefix { $0 != 0x20 }
        guard !word.isEmpty else { return nil }
        position += word.count
        skipSpaces()
        return String(validating: word, as: UTF8.self)
    }

    /// All that is left of the line.
    func rest() -> [UInt8] { text.map { Array($0[position...]) } ?? [] }

    /// All values that are left; nil where the text is no such thing.
    mutating func values() -> [IMAPValue]? { values(depth: 0) }

    private mutating func values(depth: Int) -> [IMAPValue]? {
        var values: [IMAPValue] = []
        while true {
            skipSpaces()
            guard let byte = next else { return depth == 0 ? values : nil }
            if byte == UInt8(ascii: ")") {
                guard depth > 0 else { return nil }
                position += 1
                return values
            }
            guard let value = value(depth: depth) else { return nil }
            values.append(value)
        }
    }

    private mutating func value(depth: Int) -> IMAPValue? {
        if piece < pieces.count, case .literal(let bytes) = pieces[piece] {
            (piece, position) = (piece + 1, 0)
            return .string(bytes)
        }
        switch next {
        case UInt8(ascii: "("):
            guard depth < Self.maxDepth else { return nil }
            position += 1
            return values(depth: depth + 1).map(IMAPValue.list)
        case UInt8(ascii: "\""): return quoted()
        default: return atom()
        }
    }

    private mutating func quoted() -> IMAPValue? {
        guard let text else { return nil }
        var bytes: [UInt8] = []
        var isEscaped = false
        for index in (position + 1)..<max(text.count, position + 1) {
            let byte = text[index]
            if !isEscaped, byte == UInt8(ascii: "\"") {
                position = index + 1
                return .string(bytes)
            }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            if !isEscaped { bytes.append(byte) }
        }
        return nil
    }

    /// Brackets belong to it with all that they hold: `BODY[HEADER.FIELDS (SUBJECT)]`.
    private mutating func atom() -> IMAPValue? {
        guard let text else { return nil }
        var isBracketed = false
        let word = text[position...].prefix { byte in
            if byte == UInt8(ascii: "[") { isBracketed = true }
            if byte == UInt8(ascii: "]") { isBracketed = false }
            return isBracketed || !(byte == 0x20 || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")"))
        }
        guard !word.isEmpty, let atom = String(validating: word, as: UTF8.self) else { return nil }
        position += word.count
        return .atom(atom)
    }

    private mutating func skipSpaces() {
        while let text {
            while position < text.count, text[position] == 0x20 { position += 1 }
            guard position == text.count, piece + 1 < pieces.count else { return }
            (piece, position) = (piece + 1, 0)
        }
    }

    /// The text that is being read; nil at a literal and at the end.
    private var text: [UInt8]? {
        guard piece < pieces.count, case .text(let bytes) = pieces[piece] else { return nil }
        return bytes
    }

    /// The next byte of the text; 0 at a literal, nil at the end.
    private var next: UInt8? {
        guard piece < pieces.count else { return nil }
        guard case .text(let bytes) = pieces[piece] else { return 0 }
        return position < bytes.count ? bytes[position] : nil
    }
}
