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

    // MARK: Who

    var hasWe = false
    /// "Sie erhalten", "you will": the customer is who does something.
    var isCustomers = false
    /// "Ihnen", "your": it is the customer's.
    var isToCustomer = false
    /// "Ihnen", "dir": done to somebody.
    var isToPerson = false
    /// "bei Ihnen", "vor Ort", "with you".
    var isAtCustomer = false
    /// "unser Techniker", "Ihr Paket", "your order": it is about us or the customer, and not about the world.
    var isAboutUs = false
    /// "Unser Team", "our courier"; and in German "Ihr Antrag", of which it is said what is done to it.
    var startsWithOurs = false
    /// A person rather than a thing is what it is about.
    var isPersons = false
    var isThey = false
    /// "it", "he": who it is about was named before.
    var hasPronoun = false
    /// "von uns", "von mir".
    var isFromUs = false
    /// The token that names a third party which acts here.
    var carrier: Int?

    // MARK: What kind of sentence

    /// "Melden Sie sich", "please".
    var isAsking = false
    /// It asks by its form alone: "informieren Sie", and not "bitte".
    var isAskingByForm = false
    var isNegated = false
    var isCondition = false
    /// "ob", "whether": it asks, and nothing hangs on it.
    var isWhether = false
    var isTentative = false
    /// "leider": what follows is seldom a promise.
    var isRegret = false
    var isLatest = false
    /// "und", "that", …: the word it begins with.
    var conjunction: String?

    // MARK: When and how

    var hasFuture = false
    /// "Wird erledigt", "will be done".
    var startsWithFuture = false
    /// A word that only tells of the past.
    var hasPast = false
    /// "haben", "ist", "have", "is": what it makes of the verb depends on the rest.
    var hasHave = false
    /// Its token.
    var have: Int?
    var hasBe = false
    /// "will be".
    var isBeing = false
    /// A word that has the form of a German participle, known or not.
    var hasParticiple = false
    /// "ist angekommen": what has "sein" because it moved, and was.
    var movesByItself = false
    /// "zu liefern": no verb of its own.
    var isInfinitive = false

    // MARK: What

    var nouns: [PromiseChannel] = []
    var isReceiving = false
    var isArranged = false
    /// "hat uns … versprochen", "has promised": of somebody else it is a promise, of us it was one.
    var isPledged = false
    var isState = false
    /// "wieder", "again", "back".
    var isAgain = false
    /// "ist … möglich": what may be done, not what will be.
    var isPossible = false
    /// "keep", "hold": a state that lasts "until".
    var isKeeping = false
    /// "Ich gehe in den Ruhestand", "we will be at the fair".
    var isOwnAffair = false

    /// Whether it says nothing by itself: "spätestens am Freitag", "and on Friday at the latest".
    var isFragment: Bool {
        verbs.isEmpty && !hasWe && !isCustomers && !hasFuture && !hasPast && !hasHave && !hasBe && !isAsking && !isCondition
    }

    /// Whether it has a verb, or something that stands for one.
    var says: Bool { !verbs.isEmpty || !nouns.isEmpty }

    /// Whether it is about us, the customer, or a third party that acts for one of us.
    var concernsSomebody: Bool { isCustomers || isAboutUs || isThey || carrier != nil || !nouns.isEmpty }

    init(_ range: Range<Int>, in tokens: [PhraseToken], without dates: [DateExpression], _ language: Language) {
        self.range = range
        words = range.filter { index in tokens[index].kind == .word && !dates.contains { $0.tokens.contains(index) } }
        verbs = words.filter { !Self.isNoun($0, tokens, language) }.compactMap { PhraseVerb.of(tokens[$0].text, at: $0, language) }
        for index in verbs.indices where verbs[index].token > 0 && tokens[verbs[index].token - 1].isWord("to") {
            verbs[index].isInfinitive = true
        }
        let texts = words.map { tokens[$0].text }
        let lexicon = PhraseVerbs.of(language)
        for text in texts { take(text, lexicon) }
        if language == .en { readEnglishTurns(texts) }
        readHave(texts)
        readNegation(texts, lexicon)
        readShape(texts, tokens, language)
        readBeginning(texts, lexicon)
        readPeople(texts, tokens, lexicon, language)
        if language == .de { guessVerb(tokens) } else { guessEnglishVerb(tokens) }
        readState(texts, tokens, language)
        readCondition(texts, lexicon, language)
    }
}
