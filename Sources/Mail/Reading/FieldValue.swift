/// A structured header value such as `text/plain; charset=utf-8` (RFC 2045 section 5.1, RFC 2183), its parameters joined and decoded
/// (RFC 2231).
struct FieldValue {
    /// What stands before the first semicolon, in lower case.
    var value: String
    /// Decoded values by lower-case name.
    var parameters: [String: String] = [:]

    /// One piece of a parameter: `filename*1*=...` is number 1, percent-encoded.
    private struct Piece {
        var number: Int
        var isExtended: Bool
        var bytes: [UInt8]
    }

    /// More than any real header has; the rest is ignored.
    private static let pieceLimit = 200

    init(_ raw: [UInt8]) {
        var index = 0
        let head = Self.until([0x3B], in: raw, &index)
        value = ASCII.lowercased(String(decoding: ASCII.trimmed(Self.withoutComment(head)), as: UTF8.self))
        var pieces: [String: [Piece]] = [:]
        var count = 0
        while index < raw.count, count < Self.pieceLimit {
            index += 1
            let name = ASCII.trimmed(Self.until([0x3D, 0x3B], in: raw, &index))
            guard index < raw.count, raw[index] == 0x3D else { continue }
            index += 1
            let bytes = Self.parameterValue(in: raw, &index)
            Self.add(bytes, to: &pieces, name: name)
            count += 1
        }
        parameters = pieces.compactMapValues(Self.joined)
    }

    private static func withoutComment(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> { bytes.prefix { $0 != 0x28 } }

    private static func until(_ marks: [UInt8], in raw: [UInt8], _ index: inout Int) -> ArraySlice<UInt8> {
        let start = index
        while index < raw.count, !marks.contains(raw[index]) { index += 1 }
        return raw[start..<index]
    }

    /// A quoted string, or all up to the next semicolon: programs forget the quotes around file names with spaces.
    private static func parameterValue(in raw: [UInt8], _ index: inout Int) -> [UInt8] {
        while index < raw.count, ASCII.isSpace(raw[index]) { index += 1 }
        guard index < raw.count, raw[index] == 0x22 else { return Array(ASCII.trimmed(until([0x3B], in: raw, &index))) }
        var result: [UInt8] = []
        index += 1
        while index < raw.count, raw[index] != 0x22 {
            if raw[index] == 0x5C, index + 1 < raw.count { index += 1 }
            result.append(raw[index])
            index += 1
        }
        _ = until([0x3B], in: raw, &index)
        return result
    }

    private static func add(_ bytes: [UInt8], to pieces: inout [String: [Piece]], name: ArraySlice<UInt8>) {
        let parts = name.split(separator: 0x2A, omittingEmptySubsequences: false)
        guard let base = parts.first, !base.isEmpty else { return }
        let key = ASCII.lowercased(String(decoding: Array(base), as: UTF8.self))
        let number = parts.count > 1 ? Int(String(decoding: Array(parts[1]), as: UTF8.self)) : nil
        let isExtended = parts.count > 1 && parts.last?.isEmpty == true
        pieces[key, default: []].append(Piece(number: number ?? (isExtended ? 0 : -1), isExtended: isExtended, bytes: bytes))
    }

    /// The numbered or encoded form is meant for those who understand it and wins over the plain one.
    private static func joined(_ all: [Piece]) -> String? {
        let numbered = all.filter { $0.number >= 0 }.sorted { $0.number < $1.number }
        guard let first = numbered.first else { return all.first.map { EncodedWord.decode($0.bytes) } }
        guard numbered.contains(where: \.isExtended) else { return EncodedWord.decode(numbered.flatMap(\.bytes)) }
        var charset: String?
        var start = first.bytes[...]
        if first.isExtended {
            let parts = first.bytes.split(separator: 0x27, maxSplits: 2, omittingEmptySubsequences: false)
            if parts.count == 3 {
                charset = String(decoding: Array(parts[0]), as: UTF8.self)
                start = parts[2]
            }
        }
        var bytes = first.isExtended ? unescaped(start) : Array(start)
        for piece in numbered.dropFirst() { bytes += piece.isExtended ? unescaped(piece.bytes[...]) : piece.bytes }
        return EncodedWord.oneLine(Charset.decode(bytes, declared: charset).text)
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == 0x25, index + 2 < bytes.endIndex, let high = ASCII.hexValue(bytes[index + 1]),
                let low = ASCII.hexValue(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
