import Foundation

/// How a commitment is kept, and by whom.
extension PhraseClauses {
    func channel(_ speaking: Int, _ index: Int) -> PromiseChannel {
        let clause = clauses[speaking]
        let nouns = clause.nouns + (index == speaking ? [] : clauses[index].nouns) + nounsBehind(max(speaking, index))
        let verb = clause.verbs.map(\.channel).first { $0 != .other }
        if isCredited(clause) { return .refund }
        if carrier(for: speaking) != nil, isTold(clause) { return .other }
        if isVisit(clause, nouns) { return .visit }
        if isFetched(clause) { return .parcel }
        if isMoneyBack(clause) { return .refund }
        if verb == .mail, carrier(for: speaking) != nil, !nouns.contains(.mail) { return .parcel }
        if isSentOff(clause), nouns.allSatisfy({ $0 == .other }) { return .parcel }
        if let carrier = carrier(for: speaking), verb == nil, nouns.allSatisfy({ $0 == .other }) {
            return Self.channel(of: tokens[carrier].text)
        }
        if verb == .mail, nouns.contains(.parcel), !nouns.contains(.mail) { return .parcel }
        if language == .en, verb == .parcel, isPaper(clause), !nouns.contains(.parcel) { return .mail }
        if verb == .mail, nouns.contains(.refund), !nouns.contains(.mail) { return .refund }
        if let noun = nouns.first(where: { $0 != .other }), verb == nil || verb == .mail && noun == .call { return noun }
        if let verb { return verb == .refund && isRebooked(clause) ? .other : verb }
        return leans(clause) ? clauses[..<speaking].flatMap(\.nouns).last { $0 != .other && $0 != .mail } ?? .other : .other
    }

    /// What a clause without a verb adds: "…, per E-Mail".
    private func nounsBehind(_ index: Int) -> [PromiseChannel] {
        guard clauses.indices.contains(index + 1), clauses[index + 1].isFragment, clauses[index + 1].conjunction == nil else { return [] }
        let next = clauses[index + 1]
        return dates.contains { next.range.contains($0.tokens.lowerBound) } ? [] : next.nouns
    }

    /// Whether it speaks of what was named before: "es wird morgen zugestellt".
    private func leans(_ clause: PhraseClause) -> Bool {
        let texts = clause.words.map { tokens[$0].text }
        if texts.contains(where: { ["es", "er", "sie", "diese", "dieses", "it", "they", "them", "which", "ihn"].contains($0) }) {
            return true
        }
        if clause.hasWe { return false }
        if language == .en { return !texts.contains { ["the", "your", "our", "a", "an", "my"].contains($0) } }
        return !clause.words.dropFirst().contains {
            tokens[$0].isCapital && !tokens[$0].isWord("ihnen", "sie", "ihr", "ihre", "ihrem", "ihren")
        }
    }

    /// "Die 24,90 € erhalten Sie zurück"
    private func isMoneyBack(_ clause: PhraseClause) -> Bool {
        let isMoney = tokens[clause.range].contains {
            $0.isMark("€", "$", "£") || $0.isWord("euro", "eur", "usd", "gbp", "chf", "pounds", "dollars")
        }
        return isMoney && (clause.isReceiving || clause.isAgain)
    }

    /// "Wir holen den Kühlschrank ab"
    private func isFetched(_ clause: PhraseClause) -> Bool {
        let texts = clause.words.map { tokens[$0].text }
        return texts.contains { $0.hasPrefix("abhol") || $0.hasPrefix("abgehol") || $0 == "abzuholen" }
            || texts.contains("ab") && texts.contains { $0.hasPrefix("hol") }
    }

    /// "We'll post you the certificate"
    private func isPaper(_ clause: PhraseClause) -> Bool {
        let papers: Set = ["certificate", "invoice", "contract", "form", "documents", "statement", "letter", "paperwork", "label", "brief"]
        let texts = clause.words.map { tokens[$0].text }
        return texts.contains { $0.hasPrefix("post") } && texts.contains(where: papers.contains)
    }

    /// "Our supplier will let us know"
    private func isTold(_ clause: PhraseClause) -> Bool {
        clause.words.contains { tokens[$0].isWord("know", "bescheid", "rueckmeldung") }
    }

    /// Somebody comes, or is sent.
    private func isVisit(_ clause: PhraseClause, _ nouns: [PromiseChannel]) -> Bool {
        let texts = clause.words.map { tokens[$0].text }
        if texts.contains("vorbei") || texts.contains("vorbeikommen") { return true }
        if texts.contains(where: { ["drop", "pop", "swing", "dropping", "popping"].contains($0) }), !texts.contains("you") { return true }
        if nouns.contains(.visit), texts.contains(where: { text in ["schick", "send"].contains { text.hasPrefix($0) } }) { return true }
        let comes = !clause.hasWe && clause.isPersons && texts.contains { ["come", "comes", "coming"].contains($0) }
        if comes, !texts.contains("back"), nouns.allSatisfy({ $0 == .other }) { return true }
        return clause.isAtCustomer && clause.isPersons && !nouns.contains(.parcel) && !nouns.contains(.mail)
            && texts.contains { ["kommt", "ist", "steht", "kommen", "komme", "coming", "come", "be", "is", "comes"].contains($0) }
    }

    /// "schreiben … gut"
    private func isCredited(_ clause: PhraseClause) -> Bool {
        let texts = clause.words.map { tokens[$0].text }
        if texts.contains("zurueck"), texts.contains(where: { $0.hasPrefix("buch") }) { return true }
        if texts.contains("gut"), texts.contains(where: { $0.hasPrefix("schreib") }) { return true }
        return zip(texts, texts.dropFirst()).contains {
            ["ihr", "ihrem", "ihre", "ihrer", "your"].contains($0) && Self.purses.contains($1)
        } && isPaid(texts)
    }

    /// Where money comes to.
    private static let purses: Set = ["konto", "account", "bankkonto", "kreditkarte", "card"]

    /// "auf Ihrem Konto", "in your account": where something comes to, not what is changed.
    private func isPaid(_ texts: [String]) -> Bool {
        zip(texts, texts.dropFirst(2)).contains { ["auf", "in", "into", "on", "to"].contains($0) && Self.purses.contains($1) }
    }

    /// "goes out", "geht … raus"
    private func isSentOff(_ clause: PhraseClause) -> Bool {
        let texts = clause.words.map { tokens[$0].text }
        return texts.contains("raus") || texts.contains("out") && texts.contains { ["goes", "go", "going"].contains($0) }
    }

    private static func channel(of carrier: String) -> PromiseChannel {
        if PhraseVerbs.banks.contains(carrier) { return .refund }
        return PhraseVerbs.parcelCarriers.contains(carrier) ? .parcel : .other
    }

    /// "umbuchen" moves an appointment, not money.
    private func isRebooked(_ clause: PhraseClause) -> Bool {
        clause.words.contains { tokens[$0].text == "um" || tokens[$0].text.hasPrefix("umbuch") }
    }

    /// The token that names the third party which acts in a clause.
    func carrier(for index: Int) -> Int? {
        guard !clauses[index].hasWe else { return nil }
        if let own = clauses[index].carrier { return own }
        // "Wir haben von DHL erfahren, dass das Paket morgen zugestellt wird", "the carrier has it and will deliver".
        guard
            clauses[index].isThey || clauses[index].isInfinitive
                || ["dass", "that", "und", "and"].contains(clauses[index].conjunction ?? "")
        else { return nil }
        guard !clauses[index].isCustomers else { return nil }
        let before = clauses[..<index].last { !$0.isFragment }
        let isTold = clauses[index].isThey || clauses[index].conjunction == "dass" || clauses[index].conjunction == "that"
        return before.flatMap { clause in clause.carrier.flatMap { clause.hasWe && !isTold ? nil : $0 } }
    }

    func nameBytes(_ carrier: Int) -> Range<Int> {
        let isTwo = carrier > 0 && tokens[carrier - 1].isWord("deutsche", "deutschen", "royal", "american")
        let last = tokens[carrier].isWord("royal") && carrier + 1 < tokens.count ? carrier + 1 : carrier
        return tokens[isTwo ? carrier - 1 : carrier].range.lowerBound..<tokens[last].range.upperBound
    }
}
