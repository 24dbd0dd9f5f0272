/// A subject taken apart: the words people chose, and what mail programs and we put around them.
public struct Subject: Sendable, Hashable {
    /// Without reply and forward prefixes and without our number tag.
    public let base: String
    /// How many prefixes were taken off.
    public let prefixes: Int
    /// Whether the outermost prefix says "forwarded": then the text below is new to us.
    public let isForward: Bool
    /// The digits of `[#100-014]`, `#100-014` or `[#100014]`; whether such a ticket exists and its check digit fits is for others to say.
    ///
    /// A number without both bracket and hyphen ("order #100014") is somebody else's.
    public let ticketNumber: String?

    /// Reads a decoded subject, in time linear in its length; never fails.
    public static func parse(_ text: String) -> Subject {
        var scalars = Array(text.unicodeScalars.prefix(2_000))
        let tag = NumberTag.find(in: scalars)
        if let tag { scalars.replaceSubrange(tag.range, with: [" "]) }
        var rest = scalars[...]
        var prefixes = 0
        var isForward = false
        while let prefix = takePrefix(&rest) {
            if prefixes == 0 { isForward = prefix == .forward }
            prefixes += 1
        }
        return Subject(base: collapsed(rest), prefixes: prefixes, isForward: isForward, ticketNumber: tag?.digits)
    }

    private enum Prefix { case reply, forward }

    private static let words: [String: Prefix] = [
        "re": .reply, "aw": .reply, "antw": .reply, "antwort": .reply, "sv": .reply, "vs": .reply, "r": .reply, "rif": .reply,
        "res": .reply,
        "odp": .reply, "ynt": .reply, "atb": .reply, "rép": .reply, "رد": .reply,
        "wg": .forward, "fwd": .forward, "fw": .forward, "tr": .forward, "rv": .forward, "enc": .forward, "doorst": .forward,
        "vl": .forward,
        "weitergeleitet": .forward, "ilt": .forward,
    ]

    /// `Re:`, `AW (3):`, `Re[2]:`, `RE^4:`, `Re :` at the start.
    private static func takePrefix(_ rest: inout ArraySlice<Unicode.Scalar>) -> Prefix? {
        var scan = rest.drop(while: isSpace)
        let letters = scan.prefix(15).prefix { $0.properties.isAlphabetic }
        guard !letters.isEmpty, let kind = words[String(String.UnicodeScalarView(letters)).lowercased()] else { return nil }
        scan = scan.dropFirst(letters.count).drop(while: isSpace)
        if let first = scan.first, "[(^*".unicodeScalars.contains(first) {
            let digits = scan.dropFirst().prefix(4).prefix(while: isDigit)
            guard !digits.isEmpty else { return nil }
            scan = scan.dropFirst(1 + digits.count)
            if let close = scan.first, "])*".unicodeScalars.contains(close) { scan = scan.dropFirst() }
            scan = scan.drop(while: isSpace)
        }
        guard let colon = scan.first, colon == ":" || colon == "\u{FF1A}" else { return nil }
        rest = scan.dropFirst()
        return kind
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "\u{200B}" || scalar == "\u{FEFF}"
    }

    private static func collapsed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        scalars.split(whereSeparator: isSpace).map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }
}

/// Our number within a subject.
private struct NumberTag {
    let range: Range<Int>
    let digits: String

    /// The first tag in brackets, else the first with a hyphen.
    static func find(in text: [Unicode.Scalar]) -> NumberTag? {
        var plain: NumberTag?
        for index in text.indices where text[index] == "#" {
            guard let tag = tag(in: text, at: index) else { continue }
            if text[tag.range.lowerBound] == "[" { return tag }
            plain = plain ?? tag
        }
        return plain
    }

    private static func tag(in text: [Unicode.Scalar], at hash: Int) -> NumberTag? {
        var digits = String.UnicodeScalarView()
        var hyphens = 0
        var index = hash + 1
        while index < text.count, digits.count <= 12 {
            if ("0"..."9").contains(text[index]) {
                digits.append(text[index])
            } else if isHyphen(text[index]), !digits.isEmpty, index + 1 < text.count, ("0"..."9").contains(text[index + 1]) {
                hyphens += 1
            } else {
                break
            }
            index += 1
        }
        guard (4...12).contains(digits.count) else { return nil }
        let isBracketed = hash > 0 && text[hash - 1] == "[" && index < text.count && text[index] == "]"
        if isBracketed { return NumberTag(range: (hash - 1)..<(index + 1), digits: String(digits)) }
        let standsAlone = (hash == 0 || !isWord(text[hash - 1])) && (index == text.count || !isWord(text[index]))
        return standsAlone && hyphens > 0 ? NumberTag(range: hash..<index, digits: String(digits)) : nil
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "#"
    }

    /// Programs and people replace the hyphen by a non-breaking one or a dash.
    private static func isHyphen(_ scalar: Unicode.Scalar) -> Bool { "-\u{2010}\u{2011}\u{2013}".unicodeScalars.contains(scalar) }
}
