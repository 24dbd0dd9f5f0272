/// One line of a calendar (RFC 5545, 3.1): name, parameters and value, folded so that none is longer than 75 octets.
enum ContentLine {
    /// Octets of a line without its end.
    private static let longest = 75

    /// - Parameter name: with its parameters, all ours: `DTSTAMP`.
    /// - Parameter value: as it stands in the line; a person's text has been through ``escaped(_:)``.
    static func folded(_ name: String, _ value: String) -> [UInt8] {
        var out: [UInt8] = []
        var used = 0
        for scalar in "\(name):\(value)".unicodeScalars {
            let octets = UTF8.encode(scalar).map(Array.init) ?? []
            // A scalar is never cut: readers that unfold after decoding could not put it together.
            if used + octets.count > longest {
                out += "\r\n ".utf8
                used = 1
            }
            out += octets
            used += octets.count
        }
        return out + "\r\n".utf8
    }

    /// A value of type TEXT (3.3.11): backslash, semicolon and comma are escaped, line breaks become `\n`, other controls are dropped.
    static func escaped(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": out.append(contentsOf: ["\\", scalar])
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": out.append(contentsOf: ["\\", "n"])
            case "\t": out.append(" ")
            default: if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) { out.append(scalar) }
            }
            previous = scalar
        }
        return String(out)
    }
}
