import Foundation

/// One sentence, or one point of a list.
struct PhraseSentence: Sendable, Equatable {
    var tokens: [PhraseToken]
    var isQuestion = false

    /// A longer one is cut into pieces: nobody reads it either.
    static let mostTokens = 200

    static func sentences(of tokens: [PhraseToken]) -> [PhraseSentence] {
        var sentences: [PhraseSentence] = []
        var current = PhraseSentence(tokens: [])
        func close() {
            if !current.tokens.isEmpty { sentences.append(current) }
            current = PhraseSentence(tokens: [])
        }
        for (index, token) in tokens.enumerated() {
            if token.lineEnds > 1 || isBullet(token) || current.tokens.count >= mostTokens { close() }
            if ends(tokens, index) {
                current.isQuestion = token.isMark("?")
                close()
            } else {
                current.tokens.append(token)
            }
        }
        close()
        return sentences
    }

    private static func isBullet(_ token: PhraseToken) -> Bool { token.lineEnds > 0 && token.isMark("-", "*", "•", "–", "·") }

    /// Words that a full stop shortens.
    private static let shortened: Set<String> = [
        "ca", "z", "b", "nr", "dr", "hr", "fr", "str", "tel", "inkl", "bzw", "evtl", "ggf", "spaet", "vorauss", "voraussichtl", "usw",
        "zzgl", "abs",
        "mo", "di", "mi", "do", "sa", "so", "jan", "feb", "mrz", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dez",
        "mr", "mrs", "ms", "approx", "e", "g", "i", "a", "p", "m", "no", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun",
        "oct", "dec",
    ]

    private static func ends(_ tokens: [PhraseToken], _ index: Int) -> Bool {
        let token = tokens[index]
        if token.isMark("!", "?", ";", "…") { return true }
        guard token.isMark("."), index > 0 else { return false }
        guard index + 1 < tokens.count else { return true }
        let (before, next) = (tokens[index - 1], tokens[index + 1])
        // "3.12.", "z.B.", "www.example.org" go on.
        guard next.isApart else { return false }
        if before.kind == .number { return !goesOn(after: tokens, index) }
        if before.kind == .word, shortened.contains(before.text) {
            // "bis Fr. Wir melden uns" ends; "Fr. Müller", "Dez. 2026", "p.m. on Friday" do not.
            return next.isCapital && PhraseWords.beginsSentence.contains(next.text)
        }
        return next.kind != .word || next.isCapital
    }

    /// Whether a number's full stop is a date's or an ordinal's: "am 3. Dezember", "am 3. rufen wir an", "3. 12.".
    private static func goesOn(after tokens: [PhraseToken], _ index: Int) -> Bool {
        let next = tokens[index + 1]
        if next.kind == .number { return next.value ?? 99 <= 31 || (2000...2100).contains(next.value ?? 0) }
        guard next.kind == .word else { return true }
        return !next.isCapital || PhraseWords.german.months[next.text] != nil || next.isWord("kw", "kalenderwoche", "uhr")
    }
}
