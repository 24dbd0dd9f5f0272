extension Address {
    /// The mailboxes of a `From`, `To` or `Cc` value, in order; groups are opened, what is no address is left out (RFC 5322 section 3.4).
    ///
    /// Takes what people's programs really send: names with unquoted commas and raw umlauts, comments in place of names, missing brackets,
    /// a whole `Name <address>` in one encoded word. At most 1,000 addresses.
    public static func parseList(_ header: String) -> [Address] { parseList(Array(header.utf8)) }

    static func parseList(_ header: [UInt8]) -> [Address] {
        var reader = AddressListReader(header)
        return reader.read()
    }
}

/// One pass over an address list; the structure is read from the raw bytes and names are decoded afterwards, so that an encoded comma or
/// bracket can never become a second address.
private struct AddressListReader {
    private let bytes: [UInt8]
    private var index = 0
    private var phrase: [UInt8] = []
    private var comment: [UInt8] = []
    private var specification: [UInt8]?
    /// Words before an unquoted comma, which belong to the next name: `Weber, Jonas <jonas@example.de>`.
    private var carried: [UInt8] = []
    private var found: [Address] = []
    private let isNested: Bool
    /// False once a comment was found without an end: then no other is looked for.
    private var commentsEnd = true
    /// More recipients than any person writes to; keeps a hostile header from becoming a hundred thousand values.
    private static let limit = 1_000

    init(_ bytes: [UInt8], isNested: Bool = false) {
        self.bytes = bytes
        self.isNested = isNested
    }

    mutating func read() -> [Address] {
        while index < bytes.count, found.count < Self.limit {
            let byte = bytes[index]
            switch byte {
            case 0x22: readQuoted()
            case 0x28: readComment()
            case 0x3C: readAngle()
            case 0x2C, 0x3B:
                finish()
                index += 1
            case 0x3A:
                // A group's name, or "mailto": neither is part of an address.
                if specification == nil, !phrase.contains(0x40) { phrase = [] } else { phrase.append(byte) }
                index += 1
            default:
                phrase.append(byte)
                index += 1
            }
        }
        if found.count < Self.limit { finish() }
        return found
    }

    private mutating func readQuoted() {
        guard let end = closing(0x22, from: index + 1) else {
            // An apostrophe that lost its partner is just a character.
            index += 1
            return
        }
        let content = unescaped(bytes[(index + 1)..<end])
        if end + 1 < bytes.count, bytes[end + 1] == 0x40 {
            var stop = end + 1
            while stop < bytes.count, !ASCII.isSpace(bytes[stop]), ![0x2C, 0x3B, 0x3E].contains(bytes[stop]) { stop += 1 }
            specification = Array(bytes[index..<stop])
            index = stop
            return
        }
        phrase += content
        index = end + 1
    }

    private mutating func readComment() {
        guard commentsEnd else {
            index += 1
            return
        }
        var depth = 0
        let start = index + 1
        var end = index
        while end < bytes.count {
            if bytes[end] == 0x5C { end += 1 } else if bytes[end] == 0x28 { depth += 1 } else if bytes[end] == 0x29 { depth -= 1 }
            if depth == 0 { break }
            end += 1
        }
        guard end < bytes.count else {
            commentsEnd = false
            index += 1
            return
        }
        if comment.isEmpty { comment = unescaped(bytes[start..<end]) }
        phrase.append(0x20)
        index = end + 1
    }

    private mutating func readAngle() {
        let start = index + 1
        let closed = closing(0x3E, from: start, unless: 0x3C)
        // Without a closing bracket the address ends where the next one may begin.
        let end = closed ?? bytes[start...].firstIndex { $0 == 0x2C || $0 == 0x3B || $0 == 0x3C } ?? bytes.count
        var inner = ASCII.trimmed(bytes[start..<end])
        // A source route or "mailto:" (RFC 5321 appendix C).
        if let colon = inner.lastIndex(of: 0x3A), !inner.contains(0x5B) { inner = inner[(colon + 1)...] }
        if !inner.isEmpty, specification == nil { specification = Array(ASCII.trimmed(inner)) }
        index = closed == nil ? end : end + 1
    }

    private mutating func finish() {
        defer {
            phrase = []
            comment = []
            specification = nil
        }
        let words = ASCII.trimmed(phrase[...])
        if let specification {
            add(specification, name: words.isEmpty ? comment : Array(words))
        } else if words.contains(0x40) {
            addBare(words)
        } else if !words.isEmpty {
            carryOrOpen(Array(words))
        }
    }

    /// An address without brackets, with or without words around it.
    private mutating func addBare(_ words: ArraySlice<UInt8>) {
        let parts = words.split(whereSeparator: ASCII.isSpace)
        guard let position = parts.firstIndex(where: { $0.contains(0x40) }) else { return }
        let others = Array(parts[..<position].joined(separator: [0x20]))
        add(Array(parts[position]), name: others.isEmpty ? comment : others)
    }

    private mutating func carryOrOpen(_ words: [UInt8]) {
        let decoded = EncodedWord.decode(words)
        if !isNested, decoded.utf8.contains(0x40) {
            var inner = AddressListReader(Array(decoded.utf8), isNested: true)
            found += inner.read()
        } else if carried.count < 1_000 {
            carried += words + [0x2C, 0x20]
        }
    }

    private mutating func add(_ specification: [UInt8], name: [UInt8]) {
        let marks: [UInt8] = [0x27, 0x60]
        var address = specification[...]
        while let first = address.first, let last = address.last, address.count > 2, marks.contains(first), first == last {
            address = address.dropFirst().dropLast()
        }
        let text = Charset.decode(address, declared: nil).text
        if name.isEmpty, carried.count > 1 { carried.removeLast(2) }
        var shown = ASCII.trimmed(EncodedWord.decode(carried + name))
        carried = []
        if shown.count > 2, shown.hasPrefix("'"), shown.hasSuffix("'") { shown = String(shown.dropFirst().dropLast()) }
        guard var found = Address(text, name: shown) else { return }
        if found.name.map({ ASCII.lowercased($0) }) == ASCII.lowercased(found.mailbox) { found.name = nil }
        self.found.append(found)
    }

    /// Where `mark` comes next, not counting escaped ones; nil if `stop` comes first or neither.
    private func closing(_ mark: UInt8, from start: Int, unless stop: UInt8? = nil) -> Int? {
        var position = start
        while position < bytes.count {
            if bytes[position] == mark { return position }
            if bytes[position] == stop { return nil }
            position += bytes[position] == 0x5C ? 2 : 1
        }
        return nil
    }

    private func unescaped(_ slice: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var escaped = false
        for byte in slice {
            if byte == 0x5C, !escaped {
                escaped = true
            } else {
                result.append(byte)
                escaped = false
            }
        }
        return result
    }
}
