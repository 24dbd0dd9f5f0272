/// Swift source with comments and strings told apart from code, line by line.
///
/// This is no parser, only as much of a lexer as the laws need: nested comments, all forms of string literals with
/// interpolation, and names in backticks. Regex literals are not known; the sources hold none.
struct SwiftText {
    /// The source with every comment and the inside of every string literal replaced by spaces. Line ends stay, and so do
    /// offsets, counted in bytes. What stands inside `\( )` is code.
    private(set) var code: [UInt8]
    /// The string literals, in the order in which they begin.
    private(set) var literals: [Literal] = []

    struct Literal: Equatable {
        /// Where it begins, from 1.
        var line = 0
        /// What it says, with `?` for an interpolation. Escaped white space is a space, else the character behind the backslash stays.
        var text = ""
        /// The name in front, for the first argument of a call: `TextKey` in `TextKey("form.send")`; else empty.
        var callee = ""
    }

    private let source: [UInt8]
    private var position = 0
    private var offsets: [Int] = []

    init(_ text: String) {
        source = Array(text.utf8)
        code = source
        scanCode(untilClosingParenthesis: false, depth: 0)
        numberLiterals()
    }

    /// Interpolations within interpolations, more than anybody can read.
    private static let maximumDepth = 20

    private func byte(_ offset: Int = 0) -> UInt8? {
        position + offset < source.count ? source[position + offset] : nil
    }

    private func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { wanted in
            position + wanted.count <= source.count && source[position..<position + wanted.count].elementsEqual(wanted)
        }
    }

    private mutating func blank() {
        if position < source.count && source[position] != UInt8(ascii: "\n") { code[position] = UInt8(ascii: " ") }
        position += 1
    }

    private mutating func scanCode(untilClosingParenthesis: Bool, depth: Int) {
        var parentheses = 0
        while let current = byte() {
            switch current {
            case UInt8(ascii: "/") where starts(with: "//"):
                while let next = byte(), next != UInt8(ascii: "\n") { blank() }
            case UInt8(ascii: "/") where starts(with: "/*"):
                skipBlockComment()
            case UInt8(ascii: "`"):
                position += 1
                while let next = byte(), next != UInt8(ascii: "`"), next != UInt8(ascii: "\n") { blank() }
                position += 1
            case UInt8(ascii: "\""), UInt8(ascii: "#"):
                if !scanLiteral(depth: depth) { position += 1 }
            case UInt8(ascii: "("):
                parentheses += 1
                position += 1
            case UInt8(ascii: ")"):
                if untilClosingParenthesis && parentheses == 0 { return }
                parentheses -= 1
                position += 1
            default:
                position += 1
            }
        }
    }

    private mutating func skipBlockComment() {
        var nesting = 0
        while byte() != nil {
            if starts(with: "/*") {
                nesting += 1
                blank()
            } else if starts(with: "*/") {
                nesting -= 1
                blank()
            }
            blank()
            if nesting == 0 { return }
        }
    }

    /// Reads a literal if one begins here: `"…"`, `"""…"""`, or either with pounds around it.
    private mutating func scanLiteral(depth: Int) -> Bool {
        var pounds = 0
        while byte(pounds) == UInt8(ascii: "#") { pounds += 1 }
        guard byte(pounds) == UInt8(ascii: "\"") else { return false }
        let isMultiline = byte(pounds + 1) == UInt8(ascii: "\"") && byte(pounds + 2) == UInt8(ascii: "\"")
        let quotes = isMultiline ? 3 : 1
        let end = [UInt8](repeating: UInt8(ascii: "\""), count: quotes) + [UInt8](repeating: UInt8(ascii: "#"), count: pounds)
        let escape = [UInt8(ascii: "\\")] + [UInt8](repeating: UInt8(ascii: "#"), count: pounds)
        let index = literals.count
        literals.append(Literal(callee: callee()))
        offsets.append(position)
        position += pounds + quotes
        var text: [UInt8] = []
        while let current = byte() {
            if source[position...].starts(with: end) {
                position += end.count
                break
            }
            if !isMultiline && current == UInt8(ascii: "\n") { break }
            if source[position...].starts(with: escape) {
                for _ in escape { blank() }
                if byte() == UInt8(ascii: "("), depth < Self.maximumDepth {
                    position += 1
                    scanCode(untilClosingParenthesis: true, depth: depth + 1)
                    position += 1
                    text.append(UInt8(ascii: "?"))
                } else {
                    if let escaped = byte() { text.append("nrt".utf8.contains(escaped) ? UInt8(ascii: " ") : escaped) }
                    blank()
                }
            } else {
                text.append(current)
                blank()
            }
        }
        literals[index].text = String(decoding: text, as: UTF8.self)
        return true
    }

    /// The word before the parenthesis that stands right before this place.
    private func callee() -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
        var end = position
        while end > 0, isSpace(code[end - 1]) { end -= 1 }
        guard end > 0, code[end - 1] == UInt8(ascii: "(") else { return "" }
        end -= 1
        var start = end
        while start > 0, SourceFile.isWordByte(code[start - 1]) { start -= 1 }
        return String(decoding: code[start..<end], as: UTF8.self)
    }

    private mutating func numberLiterals() {
        var line = 1
        var next = 0
        for (offset, byte) in source.enumerated() {
            while next < offsets.count, offsets[next] == offset {
                literals[next].line = line
                next += 1
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
        }
    }
}
