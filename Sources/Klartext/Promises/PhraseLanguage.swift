import Foundation

/// Which language a sentence is in.
enum PhraseLanguage {
    private static let german: Set<String> = [
        "wir", "ich", "sie", "ihnen", "ihr", "ihre", "der", "die", "das", "und", "nicht", "bis", "uns", "den", "dem", "ein", "eine", "ist",
        "wird", "werden",
        "im", "auf", "mit", "fuer", "von", "bitte", "zum", "heute", "morgen", "uhr", "spaetestens", "melden", "es", "freitag", "montag",
        "dienstag", "mittwoch", "donnerstag", "innerhalb", "haben", "sind", "am", "ab", "vom",
    ]
    private static let english: Set<String> = [
        "we", "i", "you", "your", "the", "will", "by", "to", "and", "is", "are", "not", "of", "with", "for", "be", "our", "please", "it",
        "we'll", "i'll", "at",
        "on", "today", "tomorrow", "they", "back", "from", "us", "within", "have", "my", "me", "this", "that", "was", "friday", "monday",
        "tuesday", "wednesday", "thursday", "no", "their",
    ]
    /// Enough to know.
    private static let mostTokens = 2000

    /// nil where the words say nothing, or both.
    static func guess(_ tokens: ArraySlice<PhraseToken>) -> Language? {
        var (de, en) = (0, 0)
        for token in tokens.prefix(mostTokens) where token.kind == .word {
            if german.contains(token.text) { de += 1 }
            if english.contains(token.text) { en += 1 }
        }
        return de == en ? nil : de > en ? .de : .en
    }
}
