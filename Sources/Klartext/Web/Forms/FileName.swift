/// Names of files that people send: shown on pages, written into headers, saved by other people's computers.
enum FileName {
    /// Long enough for any name a person chose, short enough for every file system.
    static let maximumBytes = 150

    /// The name without path, controls, and the marks that make `cod.exe` read `exe.doc`; at most 150 bytes, its extension kept. Never
    /// empty, never only dots.
    static func safe(_ name: String) -> String {
        let last = name.unicodeScalars.split(omittingEmptySubsequences: true) { $0 == "/" || $0 == "\\" }.last ?? [][...]
        let visible = last.filter { !isHidden($0) }
        let isEdge = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace || scalar == "." }
        // Windows drops dots and spaces at the end, and a leading dot hides a file elsewhere.
        let start = visible.firstIndex { !isEdge($0) } ?? visible.endIndex
        let end = visible.lastIndex { !isEdge($0) }.map { $0 + 1 } ?? start
        let trimmed = Array(visible[start..<end])
        return trimmed.isEmpty ? "file" : shortened(trimmed)
    }

    /// A media type fit for a header: `type/subtype` in RFC 9110's characters, or `application/octet-stream`.
    static func safeType(_ type: String?) -> String {
        let bytes = Array((type ?? "").utf8)
        let isToken = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || "!#$&-^_.+".utf8.contains(byte)
        }
        let halves = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard bytes.count <= 100, halves.count == 2, halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isToken) }) else {
            return "application/octet-stream"
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Browsers write a quote and line ends in a name as `%22`, `%0D` and `%0A`, and nothing else so (HTML, 4.10.21.8).
    static func decodingBrowserEscapes(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "%")) else { return name }
        let bytes = Array(name.utf8)
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let byte = URLEncoded.hexadecimal(bytes[index + 1], bytes[index + 2]), [0x22, 0x0D, 0x0A].contains(byte)
            {
                out.append(byte)
                index += 3
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
        default: false
        }
    }

    private static func shortened(_ name: [Unicode.Scalar]) -> String {
        let whole = String(String.UnicodeScalarView(name))
        guard whole.utf8.count > maximumBytes else { return whole }
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        var ending = String(String.UnicodeScalarView(name[dot...]))
        // Longer than this is no extension but a dot in a sentence.
        if ending.utf8.count > 20 { ending = "" }
        var kept = String.UnicodeScalarView()
        var room = maximumBytes - ending.utf8.count
        for scalar in name {
            room -= UTF8.width(scalar)
            guard room >= 0 else { break }
            kept.append(scalar)
        }
        return String(kept) + ending
    }
}
