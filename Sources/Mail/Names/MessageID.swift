/// The name of one mail, without its angle brackets (RFC 5322 section 3.6.4).
public struct MessageID: Sendable, Hashable, RawRepresentable {
    public let rawValue: String

    /// Any text is taken, since foreign systems write what they like; see `isValid` for what may be sent.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// How many identifiers of one header are kept: long threads name hundreds, and the last ones are the nearest.
    public static let listLimit = 100

    /// Whether it can stand in a header of ours: printable ASCII without brackets or spaces, with one `@` inside, at most 900 bytes.
    public var isValid: Bool {
        let bytes = rawValue.utf8
        return bytes.count <= 900 && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E }
            && bytes.filter { $0 == 0x40 }.count == 1
            && bytes.first != 0x40 && bytes.last != 0x40
    }

    /// The identifiers of a `Message-ID`, `In-Reply-To` or `References` value, in order and each once; the last 100 of them.
    ///
    /// Words around them ("Message of Thursday from Jonas"), missing brackets and missing spaces are tolerated.
    public static func parseList(_ header: String) -> [MessageID] {
        let bytes = Array(header.utf8)
        var found: [MessageID] = []
        var index = 0
        while let open = bytes[index...].firstIndex(of: 0x3C) {
            let rest = bytes[(open + 1)...]
            guard let end = rest.firstIndex(where: { $0 == 0x3E || $0 == 0x3C }) else { break }
            if bytes[end] == 0x3E { append(bytes[(open + 1)..<end], to: &found) }
            index = bytes[end] == 0x3E ? end + 1 : end
        }
        if found.isEmpty { bareWords(bytes, to: &found) }
        return lastUnique(found)
    }

    /// Without any brackets, words that look like identifiers are taken for them.
    private static func bareWords(_ bytes: [UInt8], to found: inout [MessageID]) {
        for word in bytes.split(whereSeparator: { ASCII.isSpace($0) || $0 == 0x2C || $0 == 0x22 || $0 == 0x3C || $0 == 0x3E })
        where word.contains(0x40) {
            append(word, to: &found)
        }
    }

    private static func append(_ slice: ArraySlice<UInt8>, to found: inout [MessageID]) {
        // Folding may have put spaces inside.
        let bytes = slice.filter { !ASCII.isSpace($0) && !ASCII.isControl($0) }
        guard !bytes.isEmpty, bytes.count <= 998 else { return }
        found.append(MessageID(rawValue: String(decoding: bytes, as: UTF8.self)))
    }

    private static func lastUnique(_ all: [MessageID]) -> [MessageID] {
        var seen: Set<MessageID> = []
        var kept: [MessageID] = []
        for id in all.reversed() where kept.count < listLimit && seen.insert(id).inserted { kept.append(id) }
        return kept.reversed()
    }
}
