import Foundation

/// Who does something in a clause: we, the customer, or a third party; and whether it is a condition.
extension PhraseClause {
    mutating func readSubject(_ texts: [String], _ tokens: [PhraseToken], _ language: Language) {
        language == .de ? readGermanSubject(formal(texts, tokens), tokens) : readEnglishSubject(texts)
    }

    /// A small "sie" is they or she, and not the customer, where other words have their capitals.
    private func formal(_ texts: [String], _ tokens: [PhraseToken]) -> [String] {
        guard tokens.dropFirst().contains(where: \.isCapital) else { return texts }
        return zip(texts, words).map { text, index in text == "sie" && !tokens[index].isCapital ? "es" : text }
    }

    /// Words that a German clause may begin with before its verb.
    private static let openers: Set<String> = [
        "und", "oder", "aber", "dann", "daher", "also", "deshalb", "anschliessend", "danach", "so", "ansonsten", "gern", "gerne",
        "alternativ", "einfach",
        "dazu", "hierzu", "sonst",
    ]

    private mutating func readGermanSubject(_ texts: [String], _ tokens: [PhraseToken]) {
        isAsking = texts.contains(where: PhraseVerbs.german.asking.contains)
        let open = texts.drop { Self.openers.contains($0) }
        guard !hasWe, let first = open.first else { return }
        let second = open.dropFirst().first
        let gets: Set = ["werden", "erhalten", "bekommen", "hoeren", "haben", "ham", "kriegen", "wissen", "erfahren"]
        if first.hasSuffix("e"), first != "bitte", words.first == range.lowerBound, verbs.first?.token == words.first, !isAsking {
            hasWe = true
        }
        readFamiliarSubject(texts, open.map(\.self))
        guard !isCustomers, !isAsking, !hasWe else { return }
        // "Melden Sie sich bis Freitag", "Können Sie …": the verb comes first, and the customer is behind it.
        if second == "sie", first.hasSuffix("en"), !gets.contains(first), !isAsking { (isAsking, isAskingByForm) = (true, true) }
        isCustomers = first == "sie" && second?.hasSuffix("en") == true || second == "sie" && gets.contains(first)
        if ["dass", "damit", "weil", "sodass", "da", "nachdem", "obwohl", "bevor"].contains(first), second == "sie" { isCustomers = true }
        let modals: Set = ["muessen", "koennen", "sollten", "sollen", "duerfen", "moechten", "wollen"]
        guard texts.contains(where: modals.contains), texts.contains("sie") else { return }
        // "Spätestens morgen können Sie …": it is the customer who can.
        if isCustomers || !texts.contains(where: PhraseVerbs.carriers.contains) { isAsking = true }
    }

    /// "Du hörst von uns", "kannst du", "schick mir".
    private mutating func readFamiliarSubject(_ texts: [String], _ open: [String]) {
        let gets: Set = ["hoerst", "bekommst", "kriegst", "erhaeltst", "hast", "wirst", "weisst", "erfaehrst"]
        let modals: Set = ["kannst", "musst", "solltest", "darfst", "koenntest", "moechtest", "willst", "sollst", "brauchst"]
        if texts.contains(where: modals.contains) { return isAsking = true }
        if texts.contains("du") || texts.contains(where: gets.contains) {
            if texts.contains(where: gets.contains) { return isCustomers = true }
            return isAsking = open.dropFirst().first == "du" || open.first == "du"
        }
        guard verbs.first?.form == .present, verbs.first?.token == words.first, words.first == range.lowerBound else { return }
        let begs =
            texts.contains { ["mir", "uns"].contains($0) }
            || texts.contains("dich") && ["meld", "kuemmer", "wend"].contains { texts[0].hasPrefix($0) }
        if begs, !texts[0].hasSuffix("t"), !texts[0].hasSuffix("n") { isAsking = true; hasWe = false }
    }

    private mutating func readEnglishSubject(_ texts: [String]) {
        isAsking = texts.contains(where: PhraseVerbs.english.asking.contains)
        if PhraseIdioms.isAny(PhraseIdioms.requests, in: texts) { isAsking = true }
        if texts.contains("forward"), texts.contains("look") || texts.contains("looking") { isAsking = true }
        guard let place = texts.firstIndex(where: { $0 == "you" || $0 == "you'll" }) else { return }
        let next = texts.indices.contains(place + 1) ? texts[place + 1] : ""
        let modals: Set = [
            "will", "should", "can", "must", "need", "have", "may", "are", "shall", "get", "receive", "could", "might", "send", "want",
            "would",
        ]
        guard !hasWe || hasWeBehind(place, texts), texts[place] == "you'll" || modals.contains(next) else { return }
        isCustomers = true
        if texts.contains(where: ["must", "need", "could", "may", "might"].contains) { isAsking = true }
        let isGiven = next == "have" && texts.dropFirst(place + 2).first.map { ["my", "our"].contains($0) } == true
        if next == "can" || next == "have" && texts[place] == "you" && !isGiven, !texts.contains("expect") { isAsking = true }
        if texts.contains("have"), texts.contains("to") { isAsking = true }
    }

    private func hasWeBehind(_ place: Int, _ texts: [String]) -> Bool {
        texts[..<place].allSatisfy { !PhraseVerbs.english.we.contains($0) }
    }

    // MARK: Conditions and third parties

    /// "if not sooner", "wenn nicht schon früher": nothing hangs on it.
    func isIfNotSooner(_ texts: [String]) -> Bool {
        texts.count <= 5 && texts.contains { ["nicht", "not"].contains($0) }
            && texts.contains { ["sooner", "earlier", "before", "frueher", "eher", "vorher"].contains($0) }
    }

    static func isCondition(_ texts: [String], _ lexicon: PhraseVerbs, _ language: Language) -> Bool {
        let start = texts.drop { ["und", "oder", "aber", "and", "or", "but", "so", "dann", "only", "nur"].contains($0) }
        guard let first = start.first else { return false }
        let second = start.dropFirst().first ?? ""
        if ["auch", "selbst", "even"].contains(first) { return false }
        if first == "in", second == "case" { return true }
        if first == "as", second == "soon" { return !start.contains("possible") }
        if first == "sobald", second == "wie" || start.contains("moeglich") { return false }
        if language == .de, ["sollte", "sollten"].contains(texts.first ?? "") { return true }
        return lexicon.conditions.contains(first)
    }

    /// Whether a carrier does something rather than being what something is sent with: not "per DHL", "via DPD", "zur Post".
    static func acts(_ index: Int, _ tokens: [PhraseToken]) -> Bool {
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
        // "According to USPS", "laut DHL": who said it does it.
        if tokens[before].text == "to", before > 0, tokens[before - 1].isWord("according") { return true }
        return !["mit", "per", "ueber", "via", "bei", "zur", "zum", "an", "with", "to", "through", "at", "from"].contains(
            tokens[before].text)
    }
}
