/// Decodes header text (RFC 2047) in all the ways people's programs get it wrong: words split inside a character or inside a base64
/// group, spaces and question marks within words, words in quotes or glued to others, unknown charsets, raw 8-bit text in between.
enum EncodedWord {
    /// The text of a header value, unfolded and without control characters.
    static func decode(_ raw: [UInt8]) -> String { decode(raw[...]) }

    static func decode(_ raw: ArraySlice<UInt8>) -> String {
        if !raw.contains(where: { $0 >= 0x80 || $0 == 0x3D || ASCII.isControl($0) }) { return String(decoding: raw, as: UTF8.self) }
        var reader = EncodedWordReader(Array(raw))
        return oneLine(reader.read())
    }

    /// Line ends, tabs and other controls become spaces: a header is one line, whatever was hidden in it.
    static func oneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 || ASCII.isControl($0) }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(isLineBreaking(scalar) ? " " : scalar) }
        return String(scalars)
    }

    private static func isLineBreaking(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }
}

private struct EncodedWordReader {
    private let bytes: [UInt8]
    private var text = ""
    private var plain: [UInt8] = []
    /// Words next to each other in one charset and encoding, decoded together because senders cut them anywhere.
    private var pending: [ArraySlice<UInt8>] = []
    private var charset = ""
    private var isBase64 = false

    private struct Word {
        var charset: String
        var isBase64: Bool
        var payload: ArraySlice<UInt8>
        var end: Int
    }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() -> String {
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x3D, let word = word(at: index) {
                take(word)
                index = word.end
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        flushWords()
        flushPlain()
        return text
    }

    private mutating func take(_ word: Word) {
        // White space between two words is not part of the text (RFC 2047 section 6.2).
        if !pending.isEmpty, plain.allSatisfy(ASCII.isSpace) { plain = [] }
        if !plain.isEmpty || word.charset != charset || word.isBase64 != isBase64 { flushWords() }
        flushPlain()
        charset = word.charset
        isBase64 = word.isBase64
        pending.append(word.payload)
    }

    private mutating func flushPlain() {
        guard !plain.isEmpty else { return }
        text += Charset.decode(plain, declared: nil).text
        plain = []
    }

    private mutating func flushWords() {
        guard !pending.isEmpty else { return }
        let decoded = isBase64 ? base64() : pending.flatMap(quoted)
        text += Charset.decode(decoded, declared: charset).text
        pending = []
    }

    /// `=?charset*language?B?payload?=` at `start`; nil if it is just an equals sign.
    private func word(at start: Int) -> Word? {
        guard ASCII.has("=?", at: start, in: bytes) else { return nil }
        guard let mark = bytes[(start + 2)...].prefix(80).firstIndex(of: 0x3F), mark > start + 2, mark + 2 < bytes.count else { return nil }
        let label = bytes[(start + 2)..<mark]
        guard !label.contains(where: ASCII.isSpace), bytes[mark + 2] == 0x3F else { return nil }
        let encoding = bytes[mark + 1] | 0x20
        guard encoding == 0x62 || encoding == 0x71, let close = end(ofPayloadAt: mark + 3, quoted: encoding == 0x71) else { return nil }
        let name = String(decoding: label.prefix { $0 != 0x2A }, as: UTF8.self)
        return Word(charset: ASCII.lowercased(name), isBase64: encoding == 0x62, payload: bytes[(mark + 3)..<close], end: close + 2)
    }

    /// Where `?=` ends the payload. A raw question mark before an escape ("=?utf-8?Q?Frage?=20?=") does not.
    private func end(ofPayloadAt start: Int, quoted: Bool) -> Int? {
        var index = start
        // Longer words exist, endless ones do not; the bound keeps a header full of openings linear.
        let limit = min(bytes.count - 1, start + 4_000)
        while index < limit {
            if bytes[index] == 0x3F, bytes[index + 1] == 0x3D {
                guard quoted, index + 3 < bytes.count, isHex(index + 2), isHex(index + 3), isClosedAgain(after: index + 2) else {
                    return index
                }
            }
            index += 1
        }
        return nil
    }

    private func isHex(_ index: Int) -> Bool { ASCII.hexValue(bytes[index]) != nil }

    /// Whether another `?=` comes before white space or a new word.
    private func isClosedAgain(after start: Int) -> Bool {
        var index = start
        while index + 1 < min(bytes.count, start + 80), !ASCII.isSpace(bytes[index]) {
            if ASCII.has("=?", at: index, in: bytes) { return false }
            if ASCII.has("?=", at: index, in: bytes) { return true }
            index += 1
        }
        return false
    }

    private func quoted(_ payload: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var index = payload.startIndex
        while index < payload.endIndex {
            let byte = payload[index]
            if byte == 0x3D, index + 2 < payload.endIndex, let high = ASCII.hexValue(payload[index + 1]),
                let low = ASCII.hexValue(payload[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(byte == 0x5F ? 0x20 : byte)
                index += 1
            }
        }
        return result
    }

    /// Each word by itself, unless one is cut inside a group of four: then all of them are one text.
    private func base64() -> [UInt8] {
        let isCut = pending.dropLast().contains { $0.count % 4 != 0 && !$0.contains(0x3D) }
        return isCut ? Base64.decode(pending.flatMap { $0 }) : pending.flatMap { Base64.decode($0) }
    }
}
