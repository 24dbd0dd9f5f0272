/// Quoted-printable text (RFC 2045 section 6.7).
enum QuotedPrintable {
    static let hex = Array("0123456789ABCDEF".utf8)

    /// Whether text can go as it is: ASCII, short lines, and nothing that servers change on the way ("From " at a line's start, spaces at
    /// its end).
    static func isNeedless(for bytes: [UInt8]) -> Bool {
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let content = line.last == 0x0D ? line.dropLast() : line
            if content.count > 78 || content.starts(with: "From ".utf8) || content.last == 0x20 || content.last == 0x09 { return false }
            if content.contains(where: { $0 >= 0x7F || ($0 < 0x20 && $0 != 0x09) }) { return false }
            if zip(content, content.dropFirst()).contains(where: { $0 == 0x3D && $1 == 0x5F }) { return false }
        }
        return true
    }

    /// The text with CRLF line ends, ending in one.
    static func withCRLF(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 20)
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines { result += (line.last == 0x0D ? line.dropLast() : line) + [0x0D, 0x0A] }
        return result
    }

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 5 / 4)
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            appendLine(line.last == 0x0D ? line.dropLast() : line, to: &result)
            result += [0x0D, 0x0A]
        }
        return result
    }

    private static func appendLine(_ line: ArraySlice<UInt8>, to result: inout [UInt8]) {
        var column = 0
        let startsLikeMbox = line.starts(with: "From ".utf8)
        for (index, byte) in zip(line.indices, line) {
            let isLast = index == line.endIndex - 1
            let isSpace = byte == 0x20 || byte == 0x09
            let isPlain = (byte > 0x20 && byte < 0x7F && byte != 0x3D) || (isSpace && !isLast)
            // A dot alone on a line ends a mail where a server forgets to double it.
            let isRisky = column == 0 && (byte == 0x2E || (startsLikeMbox && index == line.startIndex))
            let width = isPlain && !isRisky ? 1 : 3
            if column + width > 75 {
                result += [0x3D, 0x0D, 0x0A]
                column = 0
            }
            if width == 1 { result.append(byte) } else { result += [0x3D, hex[Int(byte >> 4)], hex[Int(byte & 15)]] }
            column += width
        }
    }
}
