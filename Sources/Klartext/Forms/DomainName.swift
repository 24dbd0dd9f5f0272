import Foundation

/// A domain as somebody typed it, checked and made one: `Mühlenbäckerei.example` is `mühlenbäckerei.example` and `xn--…`.
struct DomainName: Equatable, Sendable {
    /// As it stands in the DNS: small letters, digits, hyphens; no dot at the end.
    let ascii: String
    /// As people read it.
    let unicode: String

    /// RFC 1035, section 2.3.4, without the length of the root.
    static let mostBytes = 253

    /// - Throws: what is wrong, and where it can be guessed, what was meant.
    init(_ text: String) throws(FieldProblem) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        try Self.refuseWhatIsMore(text)
        if text.unicodeScalars.contains(where: \.properties.isWhitespace) { throw FieldProblem(.fieldDomainSpace) }
        var labels = Self.folded(text).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // the dot of the root
        if labels.count > 1, labels.last?.isEmpty == true { labels.removeLast() }
        guard labels.count > 1 else { throw FieldProblem(.fieldDomainDot) }
        var (ascii, unicode): ([String], [String]) = ([], [])
        for label in labels {
            let label = try Self.label(String(label) ?? "")
            ascii.append(label.ascii)
            unicode.append(label.unicode)
        }
        self.ascii = ascii.joined(separator: ".")
        self.unicode = unicode.joined(separator: ".")
        if ascii.last?.utf8.allSatisfy({ (0x30...0x39).contains($0) }) == true { throw FieldProblem(.fieldDomainNumbers) }
        guard self.ascii.utf8.count <= Self.mostBytes else { throw FieldProblem(.fieldDomainLong) }
    }

    /// An address, a link: it holds a domain, but is more than that.
    private static func refuseWhatIsMore(_ text: String) throws(FieldProblem) {
        if let scheme = text.range(of: "://") {
            throw FieldProblem(.fieldDomainLink, ["domain": host(text[scheme.upperBound...])])
        }
        if let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) {
            throw FieldProblem(.fieldDomainMail, ["domain": host(text[text.utf8.index(after: at)...])])
        }
        if text.utf8.contains(where: { "/:?#".utf8.contains($0) }) {
            throw FieldProblem(.fieldDomainLink, ["domain": host(text[...])])
        }
    }

    /// What stands before a path, a port, a query.
    private static func host(_ text: Substring) -> String {
        String(text.utf8.prefix { !"/:?# ".utf8.contains($0) }) ?? ""
    }

    /// Small, in normal form C, and with full stops that are one: what a browser does with what is typed into its address (RFC 5895, section 2).
    private static func folded(_ text: String) -> String.UTF8View {
        var scalars = String.UnicodeScalarView()
        for scalar in text.lowercased().precomposedStringWithCompatibilityMapping.unicodeScalars {
            scalars.append(scalar == "\u{3002}" ? "." : scalar)
        }
        return String(scalars).utf8
    }

    private static func label(_ text: String) throws(FieldProblem) -> DomainLabel {
        guard !text.isEmpty else { throw FieldProblem(.fieldDomainDots) }
        do {
            return try DomainLabel(text)
        } catch {
            switch error {
            case .hyphen: throw FieldProblem(.fieldDomainHyphen, ["label": text])
            case .tooLong: throw FieldProblem(.fieldDomainLabelLong, ["label": text])
            case .character(let scalar): throw FieldProblem(.fieldDomainCharacter, ["character": String(scalar)])
            case .broken: throw FieldProblem(.fieldDomainBroken, ["label": text])
            }
        }
    }
}
