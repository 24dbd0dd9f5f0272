import Foundation

/// A part of a sentence with a verb of its own, and what its words say of who does what.
struct PhraseClause: Sendable {
    /// Its tokens in the sentence.
    let range: Range<Int>
    /// Its words without those of times, as indices of tokens.
    let words: [Int]
    var verbs: [PhraseVerb]
    /// Its verb is in no table, and was told by its place.
    var isGuessed = false
    /// "Ihnen", "your": it is the customer's.
    var isToCustomer = false
    /// "wieder", "again", "back".
    var isAgain = false
    /// "bei Ihnen", "vor Ort", "with you".
    var isAtCustomer = false
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
    /// "leider": what follows is seldom a promise.
    var isRegret = false
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

    /// "hat uns … versprochen", "has promised": of somebody else it is a promise, of us it was one.
    var isPledged = false
    /// A person rather than a thing is what it is about.
    var isPersons = false

    /// Whether it says nothing by itself: "spätestens am Freitag", "and on Friday at the latest".
    var isFragment: Bool {
        verbs.isEmpty && !hasWe && !isCustomers && !hasFuture && !hasPast && !hasHave && !hasBe && !isAsking && !isCondition
    }

    /// "Wird erledigt", "will be done".
    var startsWithFuture = false

    /// "ist angekommen": what has "sein" because it moved, and was.
    var movesByItself = false

    /// "Ich gehe in den Ruhestand", "we will be at the fair".
    var isOwnAffair = false
    /// "Unser Team", "our courier"; and in German "Ihr Antrag", of which it is said what is done to it.
    var startsWithOurs = false
    /// It asks by its form alone: "informieren Sie", and not "bitte".
    var isAskingByForm = false
    /// "will be".
    var isBeing = false

    /// Whether it is about us, the customer, or a third party that acts for one of us.
    var concernsSomebody: Bool { isCustomers || isAboutUs || isThey || carrier != nil || !nouns.isEmpty }

    init(_ range: Range<Int>, in tokens: [PhraseToken], without dates: [DateExpression], _ language: Language) {
        self.range = range
        words = range.filter { index in tokens[index].kind == .word && !dates.contains { $0.tokens.contains(index) } }
        verbs = words.filter { !Self.isNoun($0, tokens, language) }.compactMap { PhraseVerb.of(tokens[$0].text, at: $0, language) }
        let lexicon = PhraseVerbs.of(language)
        let texts = words.map { tokens[$0].text }
        for text in texts { take(text, lexicon) }
        readHave(texts)
        readNegation(texts, lexicon)
        if let they = texts.firstIndex(where: { $0 == "they" || $0 == "they'll" }) {
            isThey = !texts[..<they].contains { lexicon.future.contains($0) || lexicon.we.contains($0) || $0 == "know" }
        }
        hasParticiple = language == .de && words.contains { !tokens[$0].isCapital && PhraseVerb.looksLikeParticiple(tokens[$0].text) }
        isAboutUs = texts.contains { Self.isAboutUs($0, language) }
        isInfinitive =
            language == .de && !hasWe && (texts.contains("zu") || verbs.contains { tokens[$0.token].text.dropFirst(2).contains("zu") })
        isPossible = hasBe && texts.contains("moeglich")
        isLatest = tokens[range].contains { $0.isWord("spaetestens", "latest") } || texts.contains("fall")
        let ours = texts.first ?? ""
        startsWithOurs = ["our", "my"].contains(ours) || ours.hasPrefix("unser") || hasParticiple && (ours == "ihr" || ours == "ihre")
        startsWithFuture = lexicon.future.contains(texts.first ?? "")
        if let first = texts.first, lexicon.conjunctions.contains(first) { conjunction = first }
        nouns = words.filter { !(tokens[$0].text == "mail" && $0 > 0 && tokens[$0 - 1].isWord("royal")) }
            .compactMap { Self.noun(tokens[$0], lexicon, language) }
        carrier =
            hasWe
            ? words.first { Self.acts($0, tokens) && PhraseVerbs.carriers.contains(tokens[$0].text) }
            : Self.carrier(words, verbs, tokens, language)
        readSubject(texts, tokens, language)
        if language == .de { guessVerb(tokens) } else { guessEnglishVerb(tokens) }
        readState(texts, tokens, language)
        let isFirst = words.first == range.lowerBound
        isCondition = Self.isCondition(texts, lexicon, language) && (isFirst || !texts[0].hasPrefix("sollte"))
        isWhether = isCondition && (lexicon.questions.contains(texts.first ?? "") || isIfNotSooner(texts))
    }

    /// "eine Antwort", "a call": a German noun has its capital, an English one its article.
    private static func isNoun(_ index: Int, _ tokens: [PhraseToken], _ language: Language) -> Bool {
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

    private mutating func take(_ text: String, _ lexicon: PhraseVerbs) {
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
    private mutating func readHave(_ texts: [String]) {
        let forms: Set = ["haben", "hat", "habe", "hab", "hab's", "ham", "hast", "habt", "have", "has", "i've", "we've", "you've"]
        let places = texts.indices.filter { forms.contains(texts[$0]) && ($0 == 0 || texts[$0 - 1] != "to") }
        hasHave = !places.isEmpty
        have = places.first.map { words[$0] }
    }
}
