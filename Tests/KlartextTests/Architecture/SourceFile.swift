import Foundation

/// One Swift file as the laws see it.
struct SourceFile {
    /// From the root of the package, `Sources/Klartext/Tickets/Ticket.swift`.
    let path: String
    let lineCount: Int
    let words: [Word]
    let literals: [SwiftText.Literal]
    /// The types that are declared here, at any depth.
    let types: [Word]

    /// A word of the code, or one of its other visible bytes, with its place.
    struct Word: Equatable {
        let text: String
        /// From 1.
        let line: Int
        /// How many braces are open before it.
        let depth: Int
        /// Whether nothing, not even a space, is between it and the word before: `try!` and `try !x` differ by that.
        var touches = false
    }

    init(path: String, text: String) {
        self.path = path
        let scanned = SwiftText(text)
        lineCount = text.utf8.count { $0 == UInt8(ascii: "\n") } + (text.isEmpty || text.hasSuffix("\n") ? 0 : 1)
        words = Self.words(scanned.code)
        types = Self.types(words)
        literals = scanned.literals
    }

    /// The last component of the path, `TicketSQL.swift`.
    var name: String { String(path.split(separator: "/").last ?? "") }
    /// The name without its ending.
    var stem: String { String(name.dropLast(".swift".count)) }
    /// `Klartext`, for what lies under `Sources/Klartext`; empty outside of `Sources`.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : ""
    }
    /// `Tickets`, for what lies in that folder of `Sources/Klartext`; empty elsewhere and beside the folders.
    var folder: String {
        let parts = path.split(separator: "/")
        return target == "Klartext" && parts.count > 3 ? String(parts[2]) : ""
    }

    /// The line of each import, with its module: `import struct Foundation.Data` is `Foundation`.
    var imports: [(line: Int, module: String)] {
        words.indices.filter { words[$0].text == "import" && words[$0].depth == 0 }.compactMap { index in
            let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor"]
            return words[(index + 1)...].first { !kinds.contains($0.text) }.map { (words[index].line, $0.text) }
        }
    }

    /// The lines where this sequence of words stands, if wanted only where no space is between them.
    func lines(of sequence: [String], touching: Bool = false) -> [Int] {
        guard let first = sequence.first else { return [] }
        return words.indices.filter { index in
            guard words[index].text == first else { return false }
            let found = words[index...].prefix(sequence.count)
            return found.map(\.text) == sequence && (!touching || found.dropFirst().allSatisfy(\.touches))
        }.map { words[$0].line }
    }

    private static func types(_ words: [Word]) -> [Word] {
        words.indices.dropLast().filter { index in
            guard ["struct", "class", "enum", "actor", "protocol", "typealias"].contains(words[index].text) else { return false }
            // `import struct` names a type of somebody else.
            let before = index == 0 ? "" : words[index - 1].text
            return before != "import" && before != "." && words[index + 1].text.first?.isUppercase == true
        }.map { index in Word(text: words[index + 1].text, line: words[index].line, depth: words[index].depth) }
    }

    /// Whether the byte belongs to a name: letters, digits, `_`, and all that is not ASCII.
    static func isWordByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }

    private static func words(_ code: [UInt8]) -> [Word] {
        var words: [Word] = []
        var line = 1
        var depth = 0
        var position = 0
        var previousEnd = -1
        while position < code.count {
            let byte = code[position]
            if byte == UInt8(ascii: "\n") { line += 1 }
            guard byte > 0x20 else {
                position += 1
                continue
            }
            var end = position + 1
            if isWordByte(byte) {
                while end < code.count, isWordByte(code[end]) { end += 1 }
            }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            let text = String(decoding: code[position..<end], as: UTF8.self)
            words.append(Word(text: text, line: line, depth: depth, touches: position == previousEnd))
            previousEnd = end
            if byte == UInt8(ascii: "{") { depth += 1 }
            position = end
        }
        return words
    }
}
