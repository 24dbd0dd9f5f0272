import Foundation

/// What the words of a clause say one by one.
extension PhraseClause {
    /// "eine Antwort", "a call": a German noun has its capital, an English one its article.
    static func isNoun(_ index: Int, _ tokens: [PhraseToken], _ language: Language) -> Bool {
        guard index > 0 else { return false }
        let before = tokens[index - 1]
        if language == .de { return tokens[index].isCapital && !before.isMark(":") }
        return before.isWord("a", "an", "the", "your", "our", "my", "another", "this", "any", "full", "final", "first", "written", "phone")
    }

    /// Short words are themselves, and may have an ending; longer ones may be the beginning of one.
    private static func isAboutUs(_ text: String, _ language: Language) -> Bool {
        PhraseVerbs.of(language).concerns.contains { text.hasPrefix($0) && (text.utf8.count <= $0.utf8.count + 3 || $0.utf8.count > 4) }
    }

    /// What a noun says of how a promise is kept; in German also at the end of a longer one: "Jahresgutschrift".
    private static func noun(_ token: PhraseToken, _ lexicon: PhraseVerbs, _ language: Language) -> PromiseChannel? {
        if let channel = lexicon.nouns[token.text] { return channel }
        guard language == .de, token.isCapital, token.text.utf8.count > 9 else { return nil }
        return lexicon.nouns.first { $0.key.utf8.count > 5 && token.text.hasSuffix($0.key) }?.value
    }

    mutating func take(_ text: String, _ lexicon: PhraseVerbs) {
        if lexicon.we.contains(text) { hasWe = true }
        if ["leider", "unfortunately", "afraid"].contains(text) { isRegret = true }
        if lexicon.states.contains(text) { isState = true }
        if lexicon.tentative.contains(text) { isTentative = true }
        if lexicon.receiving.contains(text) { isReceiving = true }
        if lexicon.future.contains(text) { hasFuture = true }
        if lexicon.past.contains(text) { hasPast = true }
        if lexicon.arranged.contains(text) { isArranged = true }
        if text.hasSuffix("kommen") || text.hasSuffix("gangen") || ["eingetroffen", "erschienen", "gelandet", "gefahren"].contains(text) {
            movesByItself = true
        }
        if ["promised", "assured", "guaranteed", "pledged", "agreed"].contains(text) { isPledged = true }
        if ["ist", "sind", "bin", "bist", "seid", "is", "are", "am", "we're", "i'm", "it's", "he's", "she's", "they're"].contains(text) {
            hasBe = true
        }
        if ["uns", "mir", "us", "me"].contains(text) { isFromUs = true }
        if ["keep", "hold", "store", "retain", "honour", "honor", "run", "continue"].contains(text) { isKeeping = true }
    }

    /// "We have", but not "to have".
    mutating func readHave(_ texts: [String]) {
        let forms: Set = ["haben", "hat", "habe", "hab", "hab's", "ham", "hast", "habt", "have", "has", "i've", "we've", "you've"]
        let places = texts.indices.filter { forms.contains(texts[$0]) && ($0 == 0 || texts[$0 - 1] != "to") }
        hasHave = !places.isEmpty
        have = places.first.map { words[$0] }
    }

    /// What the forms of its words say.
    mutating func readShape(_ texts: [String], _ tokens: [PhraseToken], _ language: Language) {
        if language == .de {
            hasParticiple = words.contains { !tokens[$0].isCapital && PhraseVerb.looksLikeParticiple(tokens[$0].text) }
            isInfinitive = !hasWe && (texts.contains("zu") || verbs.contains { tokens[$0.token].text.dropFirst(2).contains("zu") })
        }
        isPossible = hasBe && texts.contains("moeglich")
        isLatest = tokens[range].contains { $0.isWord("spaetestens", "latest") } || texts.contains("fall")
    }

    /// What it begins with.
    mutating func readBeginning(_ texts: [String], _ lexicon: PhraseVerbs) {
        guard let first = texts.first else { return }
        startsWithOurs = ["our", "my"].contains(first) || first.hasPrefix("unser") || hasParticiple && (first == "ihr" || first == "ihre")
        startsWithFuture = lexicon.future.contains(first)
        if lexicon.conjunctions.contains(first) { conjunction = first }
    }

    /// Whom and what it is about.
    mutating func readPeople(_ texts: [String], _ tokens: [PhraseToken], _ lexicon: PhraseVerbs, _ language: Language) {
        if let they = texts.firstIndex(where: { $0 == "they" || $0 == "they'll" }) {
            isThey = !texts[..<they].contains { lexicon.future.contains($0) || lexicon.we.contains($0) || $0 == "know" }
        }
        isAboutUs = texts.contains { Self.isAboutUs($0, language) }
        isToPerson = texts.contains { ["ihnen", "sie", "dir", "dich", "euch", "uns", "mir", "sich", "mich"].contains($0) }
        hasPronoun = texts.contains { ["it", "he", "she", "they"].contains($0) }
        nouns = words.filter { !(tokens[$0].text == "mail" && $0 > 0 && tokens[$0 - 1].isWord("royal")) }
            .compactMap { Self.noun(tokens[$0], lexicon, language) }
        carrier = hasWe ? Self.named(words, tokens) : Self.carrier(words, verbs, tokens, language)
        readSubject(texts, tokens, language)
    }

    mutating func readCondition(_ texts: [String], _ lexicon: PhraseVerbs, _ language: Language) {
        guard Self.isCondition(texts, lexicon, language), let first = texts.first else { return }
        isCondition = words.first == range.lowerBound || !first.hasPrefix("sollte")
        isWhether = isCondition && (lexicon.questions.contains(first) || isIfNotSooner(texts))
    }
}
