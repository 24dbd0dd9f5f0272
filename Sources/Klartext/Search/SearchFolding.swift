import Foundation

/// What a single scalar is to the search: part of a word and in which letters, nothing at all, or the end of a word.
///
/// Letters and digits (general categories L* and N*) make words. They are taken apart (NFKD, so that full-width and ligature forms are plain
/// ones), lose their marks and become small; a few letters that Unicode does not take apart get the spelling that people type for them.
enum SearchFolding: Sendable, Equatable {
    /// Part of a word, as these bytes of UTF-8.
    case letters([UInt8])
    /// Leaves a word as it is: marks, and what nobody sees, such as a soft hyphen.
    case nothing
    /// Between words.
    case gap

    /// The folding of a scalar that is not ASCII.
    static func of(_ scalar: Unicode.Scalar) -> SearchFolding {
        Int(scalar.value) < table.count ? table[Int(scalar.value)] : computed(scalar)
    }

    /// Latin, Greek, Cyrillic, Hebrew and Arabic: worked out once, since a long mail asks thousands of times.
    private static let table: [SearchFolding] = (0..<0x700).map { value in
        Unicode.Scalar(UInt32(value)).map(computed) ?? .gap
    }

    /// Letters that have no decomposition.
    private static let spelt: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n",
        "ſ": "s", "ĸ": "k",
        // a capital does not tell where the word ends
        "ς": "σ",
    ]

    private static func computed(_ scalar: Unicode.Scalar) -> SearchFolding {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: return .nothing
        case let category where isWord(category): break
        default: return .gap
        }
        var bytes: [UInt8] = []
        // small first, because İ becomes two scalars; then apart, then small again what was a compatibility form
        for part in String(scalar).lowercased().decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            if let spelling = spelt[part] {
                bytes += spelling.utf8
            } else if isWord(part.properties.generalCategory) {
                bytes += UTF8.encode(part).map(Array.init) ?? []
            }
        }
        return bytes.isEmpty ? .gap : .letters(bytes)
    }

    private static func isWord(_ category: Unicode.GeneralCategory) -> Bool {
        switch category {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber:
            true
        default: false
        }
    }
}
