import Foundation

/// A part of a sentence with a verb of its own, and what its words say of who does what.
struct PhraseClause: Sendable {
    /// Its tokens in the sentence.
    let range: Range<Int>
    /// Its words without those of times, as indices of tokens.
    let words: [Int]
    let verbs: [PhraseVerb]
    var hasWe = false
    /// "Sie erhalten", "you will": the customer is who does something.
    var isCustomers = false
    /// "Melden Sie sich", "please".
    var isAsking = false
    var isNegated = false
    var isCondition = false
    var isState = false
    var isTentative = false
    var isReceiving = false
    var hasFuture = false
    /// A word that only tells of the past.
    var hasPast = false
    /// "haben", "ist", "have", "is": what it makes of the verb depends on the rest.
    var hasHave = false
    var hasBe = false
    var isArranged = false
    var isLatest = false
    /// "und", "that", …: the word it begins with.
    var conjunction: String?
    var nouns: [PromiseChannel] = []
    /// The token that names a third party which acts here.
    var carrier: Int?
    var isThey = false

    /// Whether it says nothing by itself: "spätestens am Freitag", "and on Friday at the latest".
    var isFragment: Bool { verbs.isEmpty && !hasWe && !isCustomers && !hasFuture && !hasPast && !hasHave && !hasBe && !isAsking }

    init(_ range: Range<Int>, in tokens: [PhraseToken], without dates: [DateExpression], _ language: Language) {
        self.range = range
        words = range.filter { index in tokens[index].kind == .word && !dates.contains { $0.tokens.contains(index) } }
        verbs = words.compactMap { PhraseVerb.of(tokens[$0].text, at: $0, language) }
        let lexicon = PhraseVerbs.of(language)
        let texts = words.map { tokens[$0].text }
        for text in texts { take(text, lexicon) }
        isLatest = tokens[range].contains { $0.isWord("spaetestens", "latest") } || texts.contains("fall")
        if let first = texts.first, lexicon.conjunctions.contains(first) { conjunction = first }
        readSubject(texts, tokens, language)
        isCondition = Self.isCondition(texts, lexicon, language)
        carrier = words.first { PhraseVerbs.carriers.contains(tokens[$0].text) && Self.acts($0, tokens) }
    }

    private mutating func take(_ text: String, _ lexicon: PhraseVerbs) {
        if lexicon.we.contains(text) { hasWe = true }
        if lexicon.negations.contains(text) { isNegated = true }
        if lexicon.states.contains(text) { isState = true }
        if lexicon.tentative.contains(text) { isTentative = true }
        if lexicon.receiving.contains(text) { isReceiving = true }
        if lexicon.future.contains(text) { hasFuture = true }
        if lexicon.past.contains(text) { hasPast = true }
        if lexicon.arranged.contains(text) { isArranged = true }
        if let channel = lexicon.nouns[text] { nouns.append(channel) }
        if ["haben", "hat", "habe", "have", "has", "i've", "we've", "having"].contains(text) { hasHave = true }
        if ["ist", "sind", "bin", "is", "are", "am", "we're", "i'm", "it's", "he's", "she's", "they're"].contains(text) { hasBe = true }
        if ["they", "they'll"].contains(text) { isThey = true }
    }

    // MARK: Who acts

    private mutating func readSubject(_ texts: [String], _ tokens: [PhraseToken], _ language: Language) {
        language == .de ? readGermanSubject(texts, tokens) : readEnglishSubject(texts)
    }

    /// Words that a German clause may begin with before its verb.
    private static let openers: Set<String> = [
        "und", "oder", "aber", "dann", "daher", "also", "deshalb", "anschliessend", "danach", "so", "ansonsten", "gern", "gerne",
        "alternativ", "einfach",
        "dazu", "hierzu", "sonst",
    ]

    private mutating func readGermanSubject(_ texts: [String], _ tokens: [PhraseToken]) {
        let requests: Set = ["bitte", "bitten", "gebeten", "bitt"]
        let needs: Set = [
            "benoetigen", "benoetige", "brauchen", "brauche", "freuen", "freue", "erwarten", "erwarte", "warten", "warte", "erbitten",
        ]
        isAsking = texts.contains { requests.contains($0) || needs.contains($0) }
        let open = texts.drop { Self.openers.contains($0) }
        guard !hasWe, let first = open.first else { return }
        let second = open.dropFirst().first
        // "Melden Sie sich bis Freitag", "Können Sie …": the verb comes first, and the customer is behind it.
        if second == "sie", first.hasSuffix("en") || first == "sollten",
            !["werden", "erhalten", "bekommen", "hoeren", "haben"].contains(first)
        {
            isAsking = true
        }
        if first == "sie" || second == "sie",
            ["werden", "erhalten", "bekommen", "hoeren", "haben"].contains(first == "sie" ? second ?? "" : first)
        {
            isCustomers = true
        } else if first == "sie", second?.hasSuffix("en") == true {
            isCustomers = true
        }
        if isCustomers,
            texts.contains(where: { ["muessen", "koennen", "sollten", "sollen", "duerfen", "moechten", "wollen"].contains($0) })
        {
            isAsking = true
        }
        if texts.contains("sie"), texts.contains(where: { ["koennen", "muessen", "sollten", "duerfen"].contains($0) }), !isCustomers,
            carrierFree(texts)
        {
            isAsking = true
        }
    }

    /// "Sie" with a modal and no other subject: "spätestens morgen können Sie …".
    private func carrierFree(_ texts: [String]) -> Bool { nouns.isEmpty && !texts.contains { PhraseVerbs.carriers.contains($0) } }

    private mutating func readEnglishSubject(_ texts: [String]) {
        let requests: Set = ["please", "kindly", "appreciate", "ask", "need", "require", "must", "wait", "bear", "grateful"]
        isAsking = texts.contains(where: requests.contains) || texts.contains("forward") && texts.contains("look")
        if texts.contains("forward") && texts.contains("looking") { isAsking = true }
        guard let place = texts.firstIndex(where: { $0 == "you" || $0 == "you'll" }) else { return }
        let next = texts.indices.contains(place + 1) ? texts[place + 1] : ""
        let modals: Set = [
            "will", "should", "can", "must", "need", "have", "may", "are", "shall", "get", "receive", "could", "might", "send", "want",
            "would",
        ]
        guard !hasWe || hasWeBehind(place, texts), texts[place] == "you'll" || modals.contains(next) else { return }
        isCustomers = true
        if texts.contains(where: ["must", "need", "could", "may", "might"].contains) { isAsking = true }
        if next == "can" || next == "have", !texts.contains("expect") { isAsking = true }
        if texts.contains("have"), texts.contains("to") { isAsking = true }
    }

    private func hasWeBehind(_ place: Int, _ texts: [String]) -> Bool { texts[..<place].allSatisfy { !["we", "i"].contains($0) } }

    // MARK: Conditions and third parties

    private static func isCondition(_ texts: [String], _ lexicon: PhraseVerbs, _ language: Language) -> Bool {
        let start = texts.drop { ["und", "oder", "aber", "and", "or", "but", "so", "dann", "only", "nur"].contains($0) }
        guard let first = start.first else { return false }
        let second = start.dropFirst().first ?? ""
        if ["auch", "selbst", "even"].contains(first) { return false }
        if first == "as", second == "soon" { return !start.contains("possible") && !start.contains("we") }
        if first == "sobald", second == "wie" || start.contains("moeglich") { return false }
        if language == .de, ["sollte", "sollten"].contains(first) { return true }
        return lexicon.conditions.contains(first)
    }

    /// Whether a carrier does something rather than being what something is sent with: not "per DHL", "via DPD", "zur Post".
    private static func acts(_ index: Int, _ tokens: [PhraseToken]) -> Bool {
        var before = index - 1
        var article: String?
        while before >= 0, before > index - 4, tokens[before].kind == .word,
            [
                "der", "die", "dem", "den", "das", "the", "our", "your", "a", "unser", "unserem", "unseren", "ihre", "ihrer", "ihr",
                "deutsche", "deutschen",
            ].contains(tokens[before].text)
        {
            article = tokens[before].text
            before -= 1
        }
        // "Post" alone is what one gets, not who brings it.
        if tokens[index].text == "post", article == nil { return false }
        guard before >= 0, tokens[before].kind == .word else { return true }
        return !["mit", "per", "ueber", "via", "bei", "zur", "zum", "an", "with", "to", "through", "at", "from"].contains(
            tokens[before].text)
    }
}
