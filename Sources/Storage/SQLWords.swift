/// Finds the words of an SQL text, leaving strings, quoted names and comments alone.
enum SQLWords {
    /// The text with each bare word for which `replacement` returns a value replaced by it.
    ///
    /// A word is a run of ASCII letters, digits, `_` and `$`, so parameters such as `$12` are words too. One pass, linear in the text's
    /// length.
    static func replacing(in text: String, _ replacement: (Substring) -> String?) -> String {
        let utf8 = text.utf8
        var result = ""
        result.reserveCapacity(utf8.count)
        var position = utf8.startIndex
        while position < utf8.endIndex {
            let start = position
            if isWordByte(utf8[position]) {
                position = utf8[position...].firstIndex { !isWordByte($0) } ?? utf8.endIndex
                result += replacement(text[start..<position]) ?? String(text[start..<position])
            } else {
                position = endOfOpaque(utf8, from: position)
                result += text[start..<position]
            }
        }
        return result
    }

    /// The end of the string, quoted name or comment that begins here, or of a single other scalar.
    private static func endOfOpaque(_ utf8: String.UTF8View, from start: String.Index) -> String.Index {
        let first = utf8[start]
        let next = utf8.index(after: start)
        let second = next < utf8.endIndex ? utf8[next] : 0
        switch (first, second) {
        case (UInt8(ascii: "'"), _), (UInt8(ascii: "\""), _):
            // A doubled quote inside reads as two strings beside each other, which comes to the same here.
            return utf8[next...].firstIndex(of: first).map { utf8.index(after: $0) } ?? utf8.endIndex
        case (UInt8(ascii: "-"), UInt8(ascii: "-")):
            return utf8[next...].firstIndex(of: UInt8(ascii: "\n")) ?? utf8.endIndex
        case (UInt8(ascii: "/"), UInt8(ascii: "*")):
            var position = utf8.index(after: next)
            while let star = utf8[position...].firstIndex(of: UInt8(ascii: "*")) {
                position = utf8.index(after: star)
                if position < utf8.endIndex, utf8[position] == UInt8(ascii: "/") { return utf8.index(after: position) }
            }
            return utf8.endIndex
        default:
            // The whole of a scalar that is not ASCII, so that no slice cuts one in two.
            return utf8[next...].firstIndex { $0 & 0xC0 != 0x80 } ?? utf8.endIndex
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "$"):
            true
        default:
            false
        }
    }
}
