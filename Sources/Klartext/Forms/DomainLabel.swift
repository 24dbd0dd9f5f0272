import Foundation

/// One label of a domain as people write it (a U-label) and as it stands in the DNS (an A-label), by the rules for registration of RFC 5891,
/// section 4.2.
///
/// The table of RFC 5892 is replaced by the properties it is derived from; of the right-to-left rules of RFC 5893 those are held that need no table
/// of directions. A registry may allow less.
struct DomainLabel: Equatable, Sendable {
    let ascii: String
    let unicode: String

    enum Fault: Error, Equatable {
        case hyphen
        case tooLong
        /// A letter or sign that no domain may have.
        case character(Unicode.Scalar)
        /// Begins with `xn--` and decodes to nothing a registry would take.
        case broken
    }

    /// - Parameter label: in small letters and in normal form C, never empty.
    init(_ label: String) throws(Fault) {
        let scalars = Array(label.unicodeScalars)
        guard scalars.first != "-", scalars.last != "-" else { throw .hyphen }
        if scalars.allSatisfy(\.isASCII) {
            self = try Self(plain: label, scalars)
        } else {
            guard !Self.hasReservedHyphens(scalars) else { throw .hyphen }
            try Self.judge(scalars)
            guard let encoded = Punycode.encode(scalars) else { throw .tooLong }
            (ascii, unicode) = ("xn--" + encoded, label)
        }
        guard ascii.utf8.count <= 63 else { throw .tooLong }
    }

    private init(ascii: String, unicode: String) { (self.ascii, self.unicode) = (ascii, unicode) }

    private init(plain label: String, _ scalars: [Unicode.Scalar]) throws(Fault) {
        if let odd = scalars.first(where: { !Self.isLetterDigitHyphen($0) }) { throw .character(odd) }
        guard Self.hasReservedHyphens(scalars) else {
            self.init(ascii: label, unicode: label)
            return
        }
        guard label.utf8.starts(with: "xn--".utf8) else { throw .hyphen }
        guard let decoded = Punycode.decode(String(label.utf8.dropFirst(4)) ?? ""), decoded.contains(where: { !$0.isASCII }) else {
            throw .broken
        }
        let unicode = String(String.UnicodeScalarView(decoded))
        // Written otherwise than it would be encoded, it would be a second name for the same thing (RFC 5891, 5.4).
        guard let again = try? DomainLabel(unicode), again.ascii.utf8.elementsEqual(label.utf8) else { throw .broken }
        self = again
    }

    /// Whether the third and fourth character are hyphens, which is kept for prefixes (RFC 5891, 4.2.3.1).
    private static func hasReservedHyphens(_ scalars: [Unicode.Scalar]) -> Bool {
        scalars.count >= 4 && scalars[2] == "-" && scalars[3] == "-"
    }

    private static func isLetterDigitHyphen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "0"..."9", "-": true
        default: false
        }
    }

    private static func judge(_ scalars: [Unicode.Scalar]) throws(Fault) {
        for (index, scalar) in scalars.enumerated() {
            let before = index > 0 ? scalars[index - 1] : nil
            let after = index + 1 < scalars.count ? scalars[index + 1] : nil
            guard isAllowed(scalar, before, after) else { throw .character(scalar) }
        }
        // A label begins with no mark (4.2.3.2); one of a right-to-left script begins with one of its letters (RFC 5893, section 2, rule 1).
        if let first = scalars.first, first.properties.generalCategory.isMark { throw .character(first) }
        if let first = scalars.first, scalars.contains(where: isRightToLeft), !isRightToLeft(first) { throw .character(first) }
        let arabic = scalars.contains { (0x660...0x669).contains($0.value) }
        if arabic, let other = scalars.first(where: { (0x6F0...0x6F9).contains($0.value) }) { throw .character(other) }
    }

    /// PVALID, or allowed by its neighbours (RFC 5892, section 2 and appendix A).
    private static func isAllowed(_ scalar: Unicode.Scalar, _ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
        switch scalar {
        case _ where scalar.isASCII: return isLetterDigitHyphen(scalar)
        case "\u{DF}", "\u{3C2}", "\u{6FD}", "\u{6FE}", "\u{F0B}", "\u{3007}": return true
        case "\u{B7}": return before == "l" && after == "l"
        case "\u{375}": return after.map { (0x370...0x3FF).contains($0.value) } ?? false
        case "\u{5F3}", "\u{5F4}": return before.map { (0x590...0x5FF).contains($0.value) } ?? false
        case "\u{30FB}": return true
        case "\u{200C}", "\u{200D}": return before?.properties.canonicalCombiningClass == .virama
        case "\u{640}", "\u{7FA}", "\u{302E}", "\u{302F}", "\u{3031}"..."\u{3035}", "\u{303B}": return false
        default: break
        }
        guard scalar.properties.generalCategory.isOfWords else { return false }
        // What another form would be written as is not stable, and so not allowed: capitals, full-width letters, ligatures.
        let text = String(scalar)
        let stable = text.precomposedStringWithCompatibilityMapping.lowercased().precomposedStringWithCompatibilityMapping
        return stable.unicodeScalars.elementsEqual(text.unicodeScalars)
    }

    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        (0x590...0x8FF).contains(scalar.value) && scalar.properties.generalCategory == .otherLetter
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isMark: Bool { self == .nonspacingMark || self == .spacingMark }

    fileprivate var isOfWords: Bool {
        switch self {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber: true
        default: isMark
        }
    }
}

extension Unicode.CanonicalCombiningClass {
    fileprivate static let virama = Self(rawValue: 9)
}
