import Foundation

/// Whether a clause commits somebody to a time. What cannot be told is no promise: nothing is offered rather than something that was not said.
struct PhraseVerdict {
    private(set) var isPromise = false
    private(set) var isTentative = false

    private let clause: PhraseClause
    /// The clause whose subject this one shares: "wir prüfen das *und melden uns*".
    private let before: PhraseClause?
    private let date: DateExpression

    init(_ clauses: [PhraseClause], _ index: Int, _ date: DateExpression, _ language: Language) {
        clause = clauses[index]
        self.date = date
        before = clauses[..<index].last { !$0.isFragment }
        guard !clause.isCondition, !clause.isNegated, !clause.isState, !clause.isAsking else { return }
        isPromise = language == .de ? isGerman() : isEnglish()
        isTentative = clause.isTentative || sharesBefore && before?.isTentative == true
    }

    /// Whether the clause leans on the one before: it has no subject of its own, or is what that one says.
    private var sharesBefore: Bool {
        guard before != nil else { return false }
        if ["dass", "that"].contains(clause.conjunction ?? "") { return true }
        return !clause.hasWe && !clause.isCustomers && !clause.isThey
    }

    /// A clause that leans on a request, a condition or a refusal is none of ours: "Bitte prüfen Sie das und melden sich bis Freitag".
    private var isSpoilt: Bool {
        guard sharesBefore, let before else { return false }
        let isLinked =
            ["und", "and", "oder", "or", "dass", "that", "sondern"].contains(clause.conjunction ?? "")
            || clause.carrier == nil && clause.nouns.isEmpty
        guard isLinked, clause.carrier == nil else { return false }
        if before.isAsking && !hasOwnSubject { return true }
        if before.isCondition && ["und", "and"].contains(clause.conjunction ?? "") { return true }
        return before.isNegated && isInfinitive
    }

    private var hasOwnSubject: Bool {
        clause.hasFuture && (clause.hasWe || clause.isThey) || !clause.nouns.isEmpty && clause.conjunction == nil
    }

    /// "bis Freitag zu liefern"
    private var isInfinitive: Bool { !clause.hasWe && !clause.hasFuture && clause.conjunction != "und" && clause.conjunction != "and" }

    // MARK: German

    private func isGerman() -> Bool {
        guard !clause.hasPast, !isSpoilt else { return false }
        if clause.hasHave, clause.verbs.contains(where: { $0.form == .participle }) || clause.isArranged || endsLikeParticiple {
            return clause.isArranged
        }
        if clause.isArranged { return true }
        if clause.isCustomers {
            return clause.isReceiving || clause.hasFuture && !clause.verbs.isEmpty || clause.hasHave && !clause.nouns.isEmpty
        }
        if clause.hasFuture { return true }
        if clause.hasBe { return clause.verbs.contains { $0.form == .participle } || !clause.hasWe ? date.bound == .by || isThere : false }
        if leansOnPast { return false }
        return !actions.isEmpty || clause.isFragment && !clause.nouns.isEmpty
    }

    /// Verbs that do something now or later. "da" and its like are none.
    private var actions: [PhraseVerb] { clause.verbs.filter { $0.form == .present } }

    /// "Das Paket ist morgen bei Ihnen": what we bring is there.
    private var isThere: Bool { !clause.nouns.isEmpty && !clause.verbs.contains { $0.form == .participle } }

    /// "haben … verschickt": a participle whose stem no table needs.
    private var endsLikeParticiple: Bool { clause.hasWe && clause.verbs.contains { $0.token == clause.words.last && $0.form == .present } }

    /// "Wir haben das geprüft und am Montag verschickt": the second shares "haben".
    private var leansOnPast: Bool {
        guard let before, !clause.hasWe, clause.conjunction == "und" else { return false }
        let isOver = before.hasHave && !before.hasFuture || before.hasPast
        return isOver && clause.verbs.allSatisfy { $0.token == clause.words.last }
    }

    // MARK: English

    private func isEnglish() -> Bool {
        guard !isSpoilt else { return false }
        if clause.isArranged, clause.hasHave || clause.hasBe || clause.hasFuture { return true }
        if clause.isCustomers { return clause.isReceiving && (clause.hasFuture || clause.isTentative) }
        if clause.hasFuture { return clause.hasWe || clause.isThey || clause.carrier != nil || !clause.verbs.isEmpty }
        if clause.hasPast || clause.hasHave { return false }
        if clause.hasBe { return clause.verbs.contains { $0.form == .continuous } || clause.isTentative && !clause.verbs.isEmpty }
        if clause.hasWe { return !actions.isEmpty || clause.isTentative }
        if clause.isTentative { return !clause.verbs.isEmpty && !clause.nouns.isEmpty }
        if clause.isFragment { return !clause.nouns.isEmpty }
        if sharesBefore, let before,
            ["and", "or", "but", "so"].contains(clause.conjunction ?? "") || clause.conjunction == nil && before.hasFuture
        {
            return !actions.isEmpty && (before.hasFuture || before.hasWe && !before.hasPast && !before.hasHave)
        }
        return !actions.isEmpty && (!clause.nouns.isEmpty || clause.carrier != nil)
    }
}
