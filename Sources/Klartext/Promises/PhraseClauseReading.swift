import Foundation

/// What the words of a clause say when they are read together.
extension PhraseClause {
    /// "plan to", and "ill call you", "im on it": an apostrophe that was not typed.
    mutating func readEnglishTurns(_ texts: [String]) {
        if zip(texts, texts.dropFirst()).contains(where: { ["plan", "plans"].contains($0) && $1 == "to" }) { isTentative = true }
        let open = texts.drop { ["and", "but", "so", "then"].contains($0) }
        let deeds: Set = [
            "get", "be", "call", "send", "let", "look", "check", "do", "come", "have", "keep", "give", "sort", "ring", "email", "find",
            "ask",
        ]
        if open.first == "im" { (hasWe, hasBe) = (true, true) }
        if open.first == "ill", deeds.contains(open.dropFirst().first ?? "") { (hasWe, hasFuture) = (true, true) }
    }

    /// "nicht", "won't": but not "kein Problem", and "ohne" only where all hangs on it, "ohne Ihre Antwort".
    mutating func readNegation(_ texts: [String], _ lexicon: PhraseVerbs) {
        for (index, text) in texts.enumerated() where lexicon.negations.contains(text) || text.hasSuffix("n't") {
            if PhraseIdioms.harmless.contains(where: { PhraseIdioms.matches($0, texts, index) }) { continue }
            if ["ohne", "without"].contains(text), index > 0 { continue }
            isNegated = true
        }
    }

    /// States are no deeds: who is back on Monday does nothing then, and what is open until Friday ends. But what is "wieder
    /// erreichbar" was made so by somebody.
    mutating func readState(_ texts: [String], _ tokens: [PhraseToken], _ language: Language) {
        isToCustomer = texts.contains { Self.isOfCustomer($0) }
        isAgain = texts.contains { ["wieder", "again", "back", "zurueck"].contains($0) }
        isAtCustomer = zip(texts, texts.dropFirst()).contains { pair in Self.places.contains { $0 == pair } } && !texts.contains("back")
        isPersons =
            hasWe || texts.contains { text in PhraseVerbs.persons.contains { text == $0 || $0.utf8.count > 4 && text.hasPrefix($0) } }
        if isAgain, !isPersons, !isNegated,
            texts.allSatisfy({ !PhraseVerbs.of(language).states.contains($0) || PhraseVerbs.conditionsOfThings.contains($0) })
        {
            isState = false
        } else if hasBe, texts.contains(where: { $0.utf8.count > 5 && $0.hasSuffix("bar") }) {
            isState = true
        }
        let isBack = isPersons && isAgain && hasBe && verbs.allSatisfy { $0.isPredicate || $0.form == .present }
        if isBack, !texts.contains("ihnen") { isState = true }
        readTopic(texts, tokens, language)
        if PhraseIdioms.isAny(PhraseIdioms.absences, in: texts) { isState = true }
        readOwnAffair(texts, tokens, language)
        if language == .de { readGermanState(texts, tokens) } else { readEnglishState(texts) }
        if let first = texts.first, words.first == 0, PhraseIdioms.kinds.contains(first) { isState = true }
    }

    /// "The offer is open" is a state; "we'll open a claim" and "our office will call you" do something.
    private mutating func readTopic(_ texts: [String], _ tokens: [PhraseToken], _ language: Language) {
        let topics = PhraseVerbs.of(language).topics
        guard texts.contains(where: topics.contains) else { return }
        let deeds = verbs.filter { !$0.isPredicate && !["be", "have"].contains(tokens[$0.token].text) }
        let isDone = !texts.contains("be") && !(hasBe && deeds.allSatisfy { $0.form != .continuous })
        let others = deeds.contains { !topics.contains(tokens[$0.token].text) }
        if isDone, hasWe && !deeds.isEmpty || others && startsWithOurs { return }
        if isAgain && hasWe || verbs.contains(where: { $0.channel == .refund }) { return }
        isState = true
    }

    /// Verbs that do something for a customer only where they say so.
    private mutating func readOwnAffair(_ texts: [String], _ tokens: [PhraseToken], _ language: Language) {
        isBeing = texts.contains("be")
        if language == .de {
            let goes = verbs.contains { verb in ["geh", "fahr", "treff", "uebergeb"].contains { tokens[verb.token].text.hasPrefix($0) } }
            isOwnAffair =
                hasWe && goes
                && !texts.contains { ["nach", "zu", "durch", "dem", "darauf", "raus", "entscheidung", "weiter"].contains($0) }
        } else {
            let isOnlyBeing = isBeing && verbs.allSatisfy { tokens[$0.token].text == "be" } && hasFuture
            isOwnAffair =
                isOnlyBeing && isPersons
                && !texts.contains { ["touch", "ready", "done", "there", "able", "finished", "through", "contact"].contains($0) }
        }
        // A sentence that begins with "Reicht Ihnen …" asks, with or without its mark.
        if language == .de, let first = verbs.first, first.token == 0, words.first == 0, tokens[0].text.hasSuffix("t"), !hasFuture {
            isTentative = true
        }
    }

    private mutating func readGermanState(_ texts: [String], _ tokens: [PhraseToken]) {
        // "Der Antrag muss bis Freitag vorliegen": somebody else has to see to it.
        if !hasWe, carrier == nil, texts.contains(where: { ["muss", "muessen"].contains($0) }) { isState = true }
        let isBare = !words.dropFirst().contains { tokens[$0].isCapital } && !isToCustomer
        let isDoor = texts.contains { $0.hasPrefix("schliess") || $0.hasPrefix("oeffn") } && !texts.contains("ab") && !texts.contains("an")
        if hasWe, isBare, isDoor || texts.last == "zu" && texts.contains(where: { $0.hasPrefix("mach") }) { isState = true }
        if ["entgegen", "statt"].contains(texts.last ?? "") { isState = true }
        if hasWe, texts.last == "ein", texts.contains(where: { $0.hasPrefix("lad") }) { isState = true }
        // "Ich sehe Ihre Nachricht erst heute"
        let sees = texts.contains { ["sehe", "sehen", "lese", "lesen", "hoere"].contains($0) }
        if hasWe || texts.first == "und", sees, !["an", "nach", "ein", "um", "durch", "vor"].contains(texts.last ?? ""),
            !texts.contains("uns")
        {
            isState = true
        }
        // "Am 28. erreichen Sie uns von 10 bis 14 Uhr"
        if texts.last == "zu", hasHave, hasWe { isState = true }
        if isFromUs, texts.contains("erreichen"), texts.contains("sie"), !hasWe { isState = true }
        let lasting: Set = [
            "gesperrt", "blockiert", "belegt", "eingeschraenkt", "pausiert", "ausgesetzt", "beurlaubt", "krankgeschrieben", "verhindert",
        ]
        if hasBe, texts.contains(where: lasting.contains) { isState = true }
    }

    private mutating func readEnglishState(_ texts: [String]) {
        let opens =
            texts.contains("open") && !isBeing && !isAgain
            && !zip(texts, texts.dropFirst()).contains {
                $0 == "open" && ["a", "an", "the", "your", "another", "this"].contains($1)
            }
        if hasWe, opens || texts.count <= 3 && texts.contains(where: { ["close", "closing", "open", "opening", "shut"].contains($0) }) {
            isState = true
        }
        if hasBe, texts.contains("down") { isState = true }
        guard let first = texts.first, !hasFuture, !hasWe else { return }
        if ["thank", "thanks", "sorry", "apologies", "thx", "cheers"].contains(first) { isState = true }
    }

    /// Where somebody comes to.
    private static let places = [
        ("bei", "ihnen"), ("zu", "ihnen"), ("vor", "ort"), ("bei", "dir"), ("zu", "dir"), ("with", "you"), ("to", "you"), ("on", "site"),
        ("coming", "out"), ("come", "out"), ("vor", "ihrer"), ("be", "round"), ("visit", "you"),
    ]

    private static func isOfCustomer(_ text: String) -> Bool {
        text.hasPrefix("ihr") && text.utf8.count <= 6 || text.hasPrefix("dein") && text.utf8.count <= 7
            || ["ihnen", "sie", "dir", "dich", "euch", "euer", "eure", "euren", "eurem", "you", "your", "yours"].contains(text)
    }

    /// A verb that no table knows.
    mutating func guessVerb(_ tokens: [PhraseToken]) {
        guard verbs.isEmpty, !hasBe, !hasHave, !hasFuture, !hasPast, !isAsking, !isTentative else { return }
        if hasWe {
            guard let found = PhraseVerb.besideSubject(words, tokens) else { return }
            if found.isPast { return hasPast = true }
            let isInert = PhraseVerb.inert.contains { tokens[found.token].text.hasPrefix($0) }
            if isInert { return isState = true }
            guess(found.token)
        } else if isAboutUs || !nouns.isEmpty || carrier != nil, let found = PhraseVerb.ofThird(words, tokens) {
            guess(found)
        }
    }

    /// "We are transferring", and a past that no table knows, "the fault occurred".
    mutating func guessEnglishVerb(_ tokens: [PhraseToken]) {
        guard !hasFuture, !isAsking, verbs.allSatisfy({ $0.form == .present }) else { return }
        let nouns: Set = [
            "morning", "evening", "nothing", "something", "anything", "everything", "during", "meeting", "billing", "building", "waiting",
        ]
        if hasBe,
            let token = words.first(where: {
                !tokens[$0].isCapital && tokens[$0].text.hasSuffix("ing") && tokens[$0].text.utf8.count > 4
                    && !nouns.contains(tokens[$0].text)
            })
        {
            guess(token, .continuous)
        } else if verbs.isEmpty, !hasBe, !hasHave,
            words.contains(where: {
                tokens[$0].text.hasSuffix("ed") && tokens[$0].text.utf8.count > 4 && !["need", "indeed", "speed"].contains(tokens[$0].text)
            })
        {
            hasPast = true
        }
    }

    private mutating func guess(_ token: Int, _ form: PhraseVerb.Form = .present) {
        verbs.append(PhraseVerb(channel: .other, form: form, token: token))
        isGuessed = true
    }
}
