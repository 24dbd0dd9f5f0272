import Foundation

/// What somebody looks for, as it was typed: words that must all occur, and phrases in quotes.
struct SearchQuery: Equatable, Sendable {
    struct Term: Equatable, Sendable {
        /// As it was typed.
        var typed: String
        /// The word folded, then its other spellings: `stoerung` for "Störung", `storung` for "Stoerung".
        var variants: [String]
    }

    /// Further scalars are not read.
    static let mostScalars = 200
    /// Further words are not looked for.
    static let mostTerms = 12

    var terms: [Term] = []
    /// Words that stand one behind the other, each in any of its spellings.
    var phrases: [[[String]]] = []

    var isEmpty: Bool { terms.isEmpty }

    init(_ text: String) {
        let text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.mostScalars)))
        let parts = text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: Self.quotes.contains)
        for (index, part) in parts.enumerated() {
            let found = Self.terms(String(part))
            for term in found where terms.count < Self.mostTerms && !terms.contains(where: { $0.variants == term.variants }) {
                terms.append(term)
            }
            // between the first and the second quote, the third and the fourth; one that is never closed quotes nothing
            if index % 2 == 1, index < parts.count - 1, found.count > 1 { phrases.append(found.map(\.variants)) }
        }
    }

    private static let quotes: Set<Unicode.Scalar> = ["\"", "„", "“", "”", "«", "»"]

    private static func terms(_ text: String) -> [Term] {
        let bytes = Array(text.utf8)
        return SearchText(text).map { word in
            let typed = String(decoding: bytes[word.range], as: UTF8.self)
            var variants = [word.folded]
            for other in [speltOut(typed), withoutSpelling(word.folded)] where !variants.contains(other) { variants.append(other) }
            return Term(typed: typed, variants: variants)
        }
    }

    /// With "oe" for "ö", as it is written where there is no "ö".
    private static func speltOut(_ typed: String) -> String {
        var spelt = String.UnicodeScalarView()
        for scalar in typed.precomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "ä", "Ä": spelt.append(contentsOf: "ae".unicodeScalars)
            case "ö", "Ö": spelt.append(contentsOf: "oe".unicodeScalars)
            case "ü", "Ü": spelt.append(contentsOf: "ue".unicodeScalars)
            default: spelt.append(scalar)
            }
        }
        return SearchText.fold(String(spelt)) ?? typed
    }

    /// With "o" for "oe", as "ö" is folded; not where the two stand behind a vowel or "q", since there they are no umlaut: "neue", "Quelle".
    private static func withoutSpelling(_ folded: String) -> String {
        var letters: [UInt8] = []
        for byte in folded.utf8 {
            let (last, beforeLast) = (letters.last, letters.dropLast().last)
            if byte == UInt8(ascii: "e"), let last, "aou".utf8.contains(last), !(beforeLast.map("aeiouyq".utf8.contains) ?? false) {
                continue
            }
            letters.append(byte)
        }
        return String(decoding: letters, as: UTF8.self)
    }
}
