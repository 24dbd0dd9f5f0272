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
    /// "ob", "whether": it asks, and nothing hangs on it.
    var isWhether = false
    var isState = false
    var isTentative = false
    var isReceiving = false
    var hasFuture = false
    /// A word that only tells of the past.
    var hasPast = false
    /// "haben", "ist", "have", "is": what it makes of the verb depends on the rest.
    var hasHave = false
    /// Its token.
    var have: Int?
    var hasBe = false
    var isArranged = false
    var isLatest = false
    /// "und", "that", …: the word it begins with.
    var conjunction: String?
    var nouns: [PromiseChannel] = []
    /// The token that names a third party which acts here.
    var carrier: Int?
    var isThey = false
    /// A word that has the form of a German participle, known or not.
    var hasParticiple = false
    /// "unser Techniker", "Ihr Paket", "your order": it is about us or the customer, and not about the world.
    var isAboutUs = false
    /// "zu liefern": no verb of its own.
    var isInfinitive = false
    /// "ist … möglich": what may be done, not what will be.
    var isPossible = false
    /// "keep", "hold": a state that lasts "until".
    var isKeeping = false
    /// "von uns", "von mir".
    var isFromUs = false

    /// Whether it says nothing by itself: "spätestens am Freitag", "and on Friday at the latest".
    var isFragment: Bool { verbs.isEmpty && !hasWe && !isCustomers && !hasFuture && !hasPast && !hasHave && !hasBe && !isAsking && !isCondition }

    init(_ range: Range<Int>, in tokens: [PhraseToken], without dates: [DateExpression], _ language: Language) {
        self.range = range
        words = range.filter { index in tokens[index].kind == .word && !dates.contains { $0.tokens.contains(index) } }
        verbs = words.filter { !Self.isNoun($0, tokens, language) }.compactMap { PhraseVerb.of(tokens[$0].text, at: $0, language) }
        let lexicon = PhraseVerbs.of(language)
        let texts = words.map { tokens[$0].text }
        for text in texts { take(text, lexicon) }
        readHave(texts)
        if let they = texts.firstIndex(where: { $0 == "they" || $0 == "they'll" }) {
            isThey = !texts[..<they].contains { lexicon.future.contains($0) || lexicon.we.contains($0) || $0 == "know" }
        }
        hasParticiple = language == .de && words.contains { !tokens[$0].isCapital && Self.looksLikeParticiple(tokens[$0].text) }
        isAboutUs = texts.contains { Self.isAboutUs($0, language) }
        isInfinitive = language == .de && texts.contains("zu") && !hasWe
        isPossible = hasBe && texts.contains("moeglich")
        isLatest = tokens[range].contains { $0.isWord("spaetestens", "latest") } || texts.contains("fall")
        if let first = texts.first, lexicon.conjunctions.contains(first) { conjunction = first }
        readSubject(texts, tokens, language)
        nouns = words.compactMap { Self.noun(tokens[$0], lexicon, language) }
        let isFirst = words.first == range.lowerBound
        isCondition = Self.isCondition(texts, lexicon, language) && (isFirst || !texts[0].hasPrefix("sollte"))
        isWhether = isCondition && ["ob", "whether"].contains(texts.first ?? "")
        carrier = words.first { PhraseVerbs.carriers.contains(tokens[$0].text) && Self.acts($0, tokens) }
    }

    /// "eine Antwort", "a call": a German noun has its capital, an English one its article.
    private static func isNoun(_ index: Int, _ tokens: [PhraseToken], _ language: Language) -> Bool {
        guard index > 0 else { return false }
        let before = tokens[index - 1]
        if language == .de { return tokens[index].isCapital && !before.isMark(":") }
        return before.isWord("a", "an", "the", "your", "our", "my", "another", "this", "any", "full", "phone")
    }

    private static let oursAndTheirs: [Language: [String]] = [
        .de: ["unser", "mein", "kolleg", "techni", "abteilung", "team", "herr", "frau", "fach", "jemand", "vertretung", "ihr", "ihnen", "sie", "uns", "alles", "alle", "das", "es", "er", "darum", "zugang", "umstellung",
            "domain", "vertrag", "konto", "konten", "leitung", "server", "tarif", "daten", "webseite", "rechnung", "zaehler", "karte", "buchung", "anfrage", "antrag",
            "reklamation", "beschwerde", "vorgang", "ticket", "abrechnung", "kuendigung", "freigabe", "entscheidung", "pruefung"],
        .en: ["our", "my", "your", "you", "team", "colleague", "someone", "somebody", "engineer", "everything", "this", "it", "us", "me", "all", "both", "line", "system", "server", "account",
            "domain", "contract", "invoice", "ticket", "case", "request", "claim", "complaint", "decision", "website"],
    ]

    private static func isAboutUs(_ text: String, _ language: Language) -> Bool {
        oursAndTheirs[language, default: []].contains { text.hasPrefix($0) && (text.utf8.count <= $0.utf8.count + 3 || $0.utf8.count > 4) }
    }

    /// "angestoßen", "verschickt", "geprüft".
    private static func looksLikeParticiple(_ text: String) -> Bool {
        guard text.utf8.count > 5, text.hasSuffix("t") || text.hasSuffix("en") else { return false }
        if text.hasPrefix("ge") || text.contains("ge"), !text.hasPrefix("gern"), !text.hasSuffix("gen") || text.hasPrefix("ge") {
            return text.hasPrefix("ge") || ["an", "ab", "auf", "aus", "ein", "vor", "zu", "um", "mit", "nach", "weiter", "frei", "zurueck", "bei", "los", "fest", "wieder", "her", "durch"]
                .contains { text.hasPrefix($0 + "ge") }
        }
        return ["ver", "er", "be", "ent", "zer", "ueber", "unter"].contains { text.hasPrefix($0) } && text.hasSuffix("t")
    }

    /// What a noun says of how a promise is kept; in German also at the end of a longer one: "Jahresgutschrift".
    private static func noun(_ token: PhraseToken, _ lexicon: PhraseVerbs, _ language: Language) -> PromiseChannel? {
        if let channel = lexicon.nouns[token.text] { return channel }
        guard language == .de, token.isCapital, token.text.utf8.count > 9 else { return nil }
        return lexicon.nouns.first { $0.key.utf8.count > 5 && token.text.hasSuffix($0.key) }?.value
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
        if ["ist", "sind", "bin", "is", "are", "am", "we're", "i'm", "it's", "he's", "she's", "they're"].contains(text) { hasBe = true }
        if ["uns", "mir", "us", "me"].contains(text) { isFromUs = true }
        if ["keep", "hold", "store", "retain", "honour", "honor", "run", "continue"].contains(text) { isKeeping = true }
    }

    /// "We have", but not "to have".
    private mutating func readHave(_ texts: [String]) {
        let forms: Set = ["haben", "hat", "habe", "have", "has", "i've", "we've"]
        let places = texts.indices.filter { forms.contains(texts[$0]) && ($0 == 0 || texts[$0 - 1] != "to") }
        hasHave = !places.isEmpty
        have = places.first.map { words[$0] }
    }

    // MARK: Who acts

    private mutating func readSubject(_ texts: [String], _ tokens: [PhraseToken], _ language: Language) {
        language == .de ? readGermanSubject(texts, tokens) : readEnglishSubject(texts)
    }

    /// Words that a German clause may begin with before its verb.
    private static let openers: Set<String> = [
        "und", "oder", "aber", "dann", "daher", "also", "deshalb", "anschliessend", "danach", "so", "ansonsten", "gern", "gerne", "alternativ", "einfach",
        "dazu", "hierzu", "sonst",
    ]

    private mutating func readGermanSubject(_ texts: [String], _ tokens: [PhraseToken]) {
        let requests: Set = ["bitte", "bitten", "gebeten", "bitt"]
        let needs: Set = ["benoetigen", "benoetige", "brauchen", "brauche", "freuen", "freue", "erwarten", "erwarte", "warten", "warte", "erbitten"]
        isAsking = texts.contains { requests.contains($0) || needs.contains($0) }
        let open = texts.drop { Self.openers.contains($0) }
        guard !hasWe, let first = open.first else { return }
        let second = open.dropFirst().first
        // "Melden Sie sich bis Freitag", "Können Sie …": the verb comes first, and the customer is behind it.
        if second == "sie", first.hasSuffix("en") || first == "sollten", !["werden", "erhalten", "bekommen", "hoeren", "haben"].contains(first) { isAsking = true }
        if first == "sie" || second == "sie", ["werden", "erhalten", "bekommen", "hoeren", "haben"].contains(first == "sie" ? second ?? "" : first) {
            isCustomers = true
        } else if first == "sie", second?.hasSuffix("en") == true {
            isCustomers = true
        }
        if isCustomers, texts.contains(where: { ["muessen", "koennen", "sollten", "sollen", "duerfen", "moechten", "wollen"].contains($0) }) { isAsking = true }
        if texts.contains("sie"), texts.contains(where: { ["koennen", "muessen", "sollten", "duerfen"].contains($0) }), !isCustomers, carrierFree(texts) { isAsking = true }
    }

    /// "Sie" with a modal and no other subject: "spätestens morgen können Sie …".
    private func carrierFree(_ texts: [String]) -> Bool { nouns.isEmpty && !texts.contains { PhraseVerbs.carriers.contains($0) } }

    private mutating func readEnglishSubject(_ texts: [String]) {
        let requests: Set = ["please", "kindly", "appreciate", "ask", "need", "require", "must", "wait", "bear", "grateful"]
        isAsking = texts.contains(where: requests.contains) || texts.contains("forward") && texts.contains("look")
        if texts.contains("forward") && texts.contains("looking") { isAsking = true }
        guard let place = texts.firstIndex(where: { $0 == "you" || $0 == "you'll" }) else { return }
        let next = texts.indices.contains(place + 1) ? texts[place + 1] : ""
        let modals: Set = ["will", "should", "can", "must", "need", "have", "may", "are", "shall", "get", "receive", "could", "might", "send", "want", "would"]
        guard !hasWe || hasWeBehind(place, texts), texts[place] == "you'll" || modals.contains(next) else { return }
        isCustomers = true
        if texts.contains(where: ["must", "need", "could", "may", "might"].contains) { isAsking = true }
        if next == "can" || next == "have" && texts[place] == "you", !texts.contains("expect") { isAsking = true }
        if texts.contains("have"), texts.contains("to") { isAsking = true }
    }

    private func hasWeBehind(_ place: Int, _ texts: [String]) -> Bool { texts[..<place].allSatisfy { !["we", "i"].contains($0) } }

    // MARK: Conditions and third parties

    private static func isCondition(_ texts: [String], _ lexicon: PhraseVerbs, _ language: Language) -> Bool {
        let start = texts.drop { ["und", "oder", "aber", "and", "or", "but", "so", "dann", "only", "nur"].contains($0) }
        guard let first = start.first else { return false }
        let second = start.dropFirst().first ?? ""
        if ["auch", "selbst", "even"].contains(first) { return false }
        if first == "in", second == "case" { return true }
        if first == "as", second == "soon" { return !start.contains("possible") && !start.contains("we") }
        if first == "sobald", second == "wie" || start.contains("moeglich") { return false }
        if language == .de, ["sollte", "sollten"].contains(texts.first ?? "") { return true }
        return lexicon.conditions.contains(first)
    }

    /// Whether a carrier does something rather than being what something is sent with: not "per DHL", "via DPD", "zur Post".
    private static func acts(_ index: Int, _ tokens: [PhraseToken]) -> Bool {
        var before = index - 1
        var article: String?
        while before >= 0, before > index - 4, tokens[before].kind == .word,
            ["der", "die", "dem", "den", "das", "the", "our", "your", "a", "unser", "unserem", "unseren", "ihre", "ihrer", "ihr", "deutsche", "deutschen"].contains(tokens[before].text)
        {
            article = tokens[before].text
            before -= 1
        }
        // "Post" alone is what one gets, not who brings it.
        if tokens[index].text == "post", article == nil { return false }
        guard before >= 0, tokens[before].kind == .word else { return true }
        return !["mit", "per", "ueber", "via", "bei", "zur", "zum", "an", "with", "to", "through", "at", "from"].contains(tokens[before].text)
    }
}
