import Foundation

/// A mailbox somebody can be written to, with the name that goes beside it (RFC 5321 section 4.1.2, RFC 6531).
///
/// Whatever is an `Address` can stand in an SMTP command and in a header: it holds no space, control character, bracket or second `@`.
/// Quoted local parts are taken only where the quotes are needless; dots at the ends or in a row are refused, as RFC 5321 does.
public struct Address: Sendable, Hashable {
    /// What people see beside the address; never empty, without control characters.
    public var name: String?
    /// `local@domain` as written, the domain in lower case.
    public let mailbox: String
    /// What two spellings of one mailbox have in common: all in lower case, the domain in A-labels (`xn--...`).
    ///
    /// RFC 5321 lets a host tell `Jonas@` from `jonas@`; none that matters does, and people mix them freely.
    public let key: String

    /// Takes an address of at most 254 bytes with a local part of at most 64; nil for anything that could not be written to.
    public init?(_ text: String, name: String? = nil) {
        let trimmed = ASCII.trimmed(text)
        let bytes = Array(trimmed.utf8)
        guard bytes.count >= 3, bytes.count <= 254, let at = bytes.lastIndex(of: 0x40) else { return nil }
        guard let local = Self.localPart(bytes[..<at]) else { return nil }
        let written = String(decoding: bytes[(at + 1)...], as: UTF8.self)
        guard let ascii = Self.asciiDomain(written) else { return nil }
        mailbox = local + "@" + Hostname.folded(written)
        key = local.precomposedStringWithCanonicalMapping.lowercased() + "@" + ascii
        self.name = name.flatMap(Self.cleaned)
    }

    /// What stands before the `@`.
    public var localPart: String { String(mailbox[..<(mailbox.lastIndex(of: "@") ?? mailbox.endIndex)]) }

    /// What stands after the `@`, in lower case, as written (not in A-labels).
    public var domain: String { String(mailbox[(mailbox.lastIndex(of: "@").map(mailbox.index(after:)) ?? mailbox.endIndex)...]) }

    /// What follows the first `+` of the local part: `token` in `support+token@example.de` (RFC 5233).
    public var detail: String? {
        let local = localPart
        guard let plus = local.firstIndex(of: "+") else { return nil }
        return String(local[local.index(after: plus)...])
    }

    /// The address as ASCII where the local part allows it, for headers and envelopes that know no SMTPUTF8.
    var wireForm: String {
        guard localPart.utf8.allSatisfy({ $0 < 0x80 }), let ascii = Self.asciiDomain(domain) else { return mailbox }
        return localPart + "@" + ascii
    }

    /// Whether the local part says that nobody reads what is sent there.
    public var looksLikeNoReply: Bool {
        let local = key.prefix { $0 != "@" }
        let letters = String(local.unicodeScalars.filter { !["-", "_", "."].contains($0) })
        if ["postmaster", "mailerdaemon", "maildaemon", "bounce", "bounces"].contains(letters) { return true }
        if ["bounce", "bounces", "mailer-daemon"].contains(where: { word in
            ["+", "-", "=", "_", "."].contains { local.hasPrefix(word + $0) }
        }) {
            return true
        }
        return ["noreply", "donotreply", "dontreply", "nichtantworten", "keineantwort", "noresponse"].contains { letters.contains($0) }
    }

    private static func localPart(_ bytes: ArraySlice<UInt8>) -> String? {
        var bytes = bytes
        if bytes.count > 2, bytes.first == 0x22, bytes.last == 0x22 { bytes = bytes.dropFirst().dropLast() }
        guard (1...64).contains(bytes.count), bytes.first != 0x2E, bytes.last != 0x2E else { return nil }
        let local = String(decoding: bytes, as: UTF8.self)
        var previous: Unicode.Scalar = "a"
        for scalar in local.unicodeScalars {
            if previous == ".", scalar == "." { return nil }
            guard isAllowedInLocalPart(scalar) else { return nil }
            previous = scalar
        }
        return local
    }

    private static func isAllowedInLocalPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value > 0x20 && scalar.value < 0x7F && !"()<>[]:;@\\,\"".unicodeScalars.contains(scalar) }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator: return false
        default: return scalar != "\u{FFFD}"
        }
    }

    /// A-labels of a name, or an address literal such as `[192.0.2.1]` as it is.
    private static func asciiDomain(_ domain: String) -> String? {
        guard domain.hasPrefix("[") else { return Hostname.ascii(domain) }
        let inner = domain.utf8.dropFirst().dropLast()
        let isLiteral =
            domain.hasSuffix("]") && !inner.isEmpty
            && inner.allSatisfy { ASCII.isDigit($0) || ASCII.isLetter($0) || $0 == 0x2E || $0 == 0x3A }
        return isLiteral ? ASCII.lowercased(domain) : nil
    }

    /// A name fit to be shown: one line, no control or direction-changing characters, at most 200 scalars.
    static func cleaned(_ name: String) -> String? {
        let visible = name.unicodeScalars.lazy.map { lineSpaces.contains($0) ? " " : $0 }.filter { !Invisible.contains($0) }
        let text = ASCII.trimmed(String(String.UnicodeScalarView(visible.prefix(200))))
        return text.isEmpty ? nil : text
    }

    private static let lineSpaces: Set<Unicode.Scalar> = ["\t", "\n", "\r", "\u{0B}", "\u{0C}"]
}
