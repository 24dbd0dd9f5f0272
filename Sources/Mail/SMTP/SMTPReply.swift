/// One answer of an SMTP or LMTP server: `550 5.1.1 no such mailbox` (RFC 5321 section 4.2, RFC 2034 for the enhanced code).
public struct SMTPReply: Sendable, Equatable, CustomStringConvertible {
    /// The three-digit code, 200 to 599.
    public var code: Int
    /// The enhanced status code such as `5.1.1`, if there is one (RFC 3463).
    public var enhanced: String?
    /// What the server said besides the codes; the lines of a longer reply are separated by `\n`. Holds no other control character.
    public var text: String

    /// Makes a reply; control characters in `text` other than the line separator become spaces.
    public init(code: Int, enhanced: String? = nil, text: String) {
        self.code = code
        self.enhanced = enhanced
        self.text = Self.printable(text)
    }

    /// Whether the command was carried out (2yz).
    public var isSuccess: Bool { code / 100 == 2 }

    /// The reply in one line, as it is shown to people: `550 5.1.1 no such mailbox`.
    public var description: String {
        let line = String(text.unicodeScalars.map { $0 == "\n" ? " " : Character($0) })
        return [String(code), enhanced, line.isEmpty ? nil : line].compactMap(\.self).joined(separator: " ")
    }

    /// The reply as it is sent, every line with its code and CRLF. An enhanced code is repeated on each line (RFC 2034 section 4).
    var wireBytes: [UInt8] {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, line) in lines.enumerated() {
            bytes.append(contentsOf: String(code).utf8)
            bytes.append(UInt8(ascii: index == lines.count - 1 ? " " : "-"))
            if let enhanced { bytes.append(contentsOf: "\(enhanced) ".utf8) }
            bytes.append(contentsOf: line)
            bytes.append(contentsOf: [13, 10])
        }
        return bytes
    }

    /// A peer's words end up in logs, pages and terminals: no control character gets that far.
    private static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { clean.append(isControl(scalar) ? " " : scalar) }
        return String(clean)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n" && scalar.properties.generalCategory == .control
    }
}
