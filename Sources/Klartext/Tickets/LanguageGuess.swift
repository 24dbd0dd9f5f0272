import Foundation

/// Guesses whether a text is German or English by its commonest words; good enough to greet a stranger in the right language.
enum LanguageGuess {
    private static let german: Set<String> = [
        "der", "die", "das", "und", "ist", "nicht", "ich", "wir", "sie", "mit", "für", "auf", "ein", "eine", "habe", "bitte", "hallo",
        "danke", "seit", "mein",
        "meine", "ihr", "ihre", "grüße", "gruß", "freundlichen", "sehr", "geehrte", "wird", "wurde", "kann", "noch", "aber", "wie", "von",
        "zu", "den", "dem",
        "guten", "tag", "warum", "wann", "kein", "keine", "rechnung", "paket",
    ]
    private static let english: Set<String> = [
        "the", "and", "is", "not", "i", "we", "you", "with", "for", "on", "a", "an", "have", "please", "hello", "thanks", "since", "my",
        "your", "regards",
        "dear", "was", "can", "still", "but", "how", "from", "to", "of", "hi", "why", "when", "no", "invoice", "parcel", "it", "this",
        "that", "me", "has", "are",
    ]

    /// - Returns: nil when the words say nothing, or both.
    static func guess(_ text: String) -> Language? {
        var (de, en) = (0, 0)
        for word in text.unicodeScalars.prefix(4000).split(whereSeparator: { !isLetter($0) }).prefix(300) {
            let word = String(String.UnicodeScalarView(word)).lowercased()
            if german.contains(word) { de += 1 }
            if english.contains(word) { en += 1 }
        }
        if de == en { return nil }
        return de > en ? .de : .en
    }

    /// Most are ASCII, and their properties need no table.
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? (0x61...0x7A).contains(scalar.value | 0x20) : scalar.properties.isAlphabetic
    }
}
