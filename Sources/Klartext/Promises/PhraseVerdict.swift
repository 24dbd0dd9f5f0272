import Foundation

/// Whether a clause commits somebody to a time. What cannot be told is no promise: nothing is offered rather than something that was not
/// said.
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
        guard !clause.isCondition, !clause.isNegated, !clause.isState, !clause.isAsking, !sharesState else { return }
        isPromise = language == .de ? isGerman() : isEnglish()
        // What is about nobody here may be news of the world: "Der Preis steigt am Montag".
        let isOurs = clauses.contains(where: \.hasWe) || clause.concernsSomebody || sharesSubject || isElliptic
        isTentative =
            clause.isTentative || !isOurs || isWeak(language) || clause.isRegret || date.isUntil
            || sharesBefore && before?.isTentative == true
    }

    /// Whether the clause leans on the one before: it has no subject of its own, or is what that one says.
    private var sharesBefore: Bool {
        guard before != nil else { return false }
        if ["dass", "that"].contains(clause.conjunction ?? "") { return true }
        return !clause.hasWe && !clause.isCustomers && !clause.isThey
    }

    /// "Ich bin im Urlaub *und am Montag wieder da*": no deed either.
    private var sharesState: Bool {
        guard let before, sharesBefore, before.isState || before.hasBe && before.isPersons else { return false }
        return !clause.hasFuture && !clause.verbs.isEmpty && clause.verbs.allSatisfy(\.isPredicate)
    }

    /// "Das Gerät ist fertig *und wird am Freitag zugestellt*": what the one before is about.
    private var sharesSubject: Bool {
        guard let before, clause.isInfinitive || ["und", "and", "dass", "that"].contains(clause.conjunction ?? "") else { return false }
        return before.hasWe || before.isAboutUs || before.isCustomers || before.carrier != nil || !before.nouns.isEmpty
    }

    /// "Wird morgen erledigt", "will be fixed tomorrow": who says so does so.
    private var isElliptic: Bool { clause.startsWithFuture && clause.nouns.isEmpty }

    /// A clause that leans on a request, a condition or a refusal is none of ours: "Bitte prüfen Sie das und melden sich bis Freitag".
    private var isSpoilt: Bool {
        guard sharesBefore, let before else { return false }
        if clause.isInfinitive, before.isNegated || before.isState || before.isCustomers && before.hasHave || before.hasPast { return true }
        let links: Set = ["und", "and", "oder", "or", "dass", "that", "sondern"]
        guard clause.carrier == nil, links.contains(clause.conjunction ?? "") || clause.nouns.isEmpty else { return false }
        if before.isAsking && !hasOwnSubject { return true }
        return before.isCondition && ["und", "and"].contains(clause.conjunction ?? "")
    }

    private var hasOwnSubject: Bool {
        clause.hasFuture && (clause.hasWe || clause.isThey)
            || clause.conjunction == nil && (clause.hasFuture || clause.hasBe || !clause.nouns.isEmpty)
    }

    /// A future or a state of which no table knows the verb: it may be a promise, or the weather.
    private func isWeak(_ language: Language) -> Bool {
        if clause.isGuessed { return !clause.hasWe || !clause.isToCustomer }
        if language == .de, clause.isCustomers, clause.hasHave { return clause.nouns.isEmpty && !clause.isFromUs && !clause.isAgain }
        if clause.isFragment { return clause.words.count > 5 }
        if clause.hasFuture, clause.verbs.isEmpty, clause.nouns.isEmpty, !clause.startsWithOurs, !clause.hasParticiple || !sharesSubject {
            return language == .de || !clause.hasWe
        }
        if isReported || isOwnAffair || language == .de && happensByItself { return true }
        guard language == .de, clause.hasBe, !clause.isArranged else { return false }
        if clause.hasParticiple, clause.verbs.isEmpty { return true }
        if date.bound == .on, clause.verbs.contains(where: { $0.form == .participle }) { return true }
        return clause.nouns.isEmpty && !clause.isFromUs && clause.verbs.isEmpty && !clause.isToCustomer && !clause.isAtCustomer
            && !(clause.isAgain && clause.isAboutUs)
    }

    /// "Ihr Kollege sagte mir, er meldet sich": somebody else's word.
    private var isReported: Bool {
        guard let before, before.hasPast, before.isFromUs else { return false }
        return clause.conjunction == nil && !clause.hasWe && !clause.hasFuture
    }

    /// "Am Mittwoch treffen wir uns", "our team will be at the fair": what we do for ourselves.
    private var isOwnAffair: Bool { clause.isOwnAffair && !clause.isToCustomer && !clause.isAtCustomer }

    /// "Ihr Parkausweis beginnt": a thing that does something, to nobody.
    private var happensByItself: Bool {
        guard !clause.hasWe, !clause.hasFuture, !clause.hasBe, !clause.hasHave, !clause.isFragment, !clause.isCustomers else {
            return false
        }
        guard !clause.isPersons, clause.carrier == nil, !clause.isToPerson, !clause.isInfinitive, !clause.isAgain else { return false }
        guard !clause.startsWithOurs, clause.conjunction != "und" || before?.hasWe != true else { return false }
        return clause.nouns.allSatisfy { $0 == .other }
            && clause.verbs.allSatisfy { $0.channel == .other && !$0.isPredicate && !$0.isOutcome }
    }

    // MARK: German

    private func isGerman() -> Bool {
        guard !clause.hasPast, !clause.isPossible, !isSpoilt else { return false }
        if let perfect = germanPerfect { return perfect }
        if clause.isArranged { return !clause.isCustomers }
        if clause.isCustomers {
            return clause.isReceiving || clause.hasFuture && !clause.verbs.isEmpty
                || clause.hasHave && (!clause.nouns.isEmpty || clause.isFromUs || isAhead && !clause.isInfinitive)
        }
        if clause.hasFuture { return true }
        if clause.hasBe { return germanState }
        return !leansOnPast && (!actions.isEmpty || clause.isFragment && !clause.nouns.isEmpty)
    }

    /// "haben … geprüft" is over, unless it set a time ("haben … eingeplant") or will be so by then ("bis Montag haben wir das erledigt").
    private var germanPerfect: Bool? {
        guard clause.have != nil else { return nil }
        // "Das habe ich bis Freitag fertig"
        if date.bound == .by, clause.hasWe, clause.verbs.contains(where: \.isPredicate) { return true }
        if isAhead, clause.hasWe { return !clause.verbs.isEmpty }
        let isPerfect = clause.hasParticiple || clause.isArranged || clause.verbs.contains { $0.form == .participle } || endsLikeParticiple
        return isPerfect ? clause.isArranged && !clause.isCustomers && !isOfToday : nil
    }

    /// "Haben wir *heute* bestellt": when it was arranged, not what for.
    private var isOfToday: Bool { date.day == .fromToday(0) && date.bound == .on && date.time == nil }

    /// "*Bis Montag* haben wir das": the time stands before its verb.
    private var isAhead: Bool {
        guard let have = clause.have, date.bound == .by else { return false }
        return date.tokens.upperBound <= have || clause.isLatest
    }

    /// "Das ist bis Freitag behoben" will be; "ist am Freitag angekommen" was. What we bring is there: "Das Paket ist morgen bei Ihnen".
    private var germanState: Bool {
        let isParticiple = clause.verbs.contains { $0.form == .participle }
        if clause.isTentative && clause.hasParticiple || clause.isPersons && clause.isAtCustomer { return true }
        guard isParticiple || !clause.hasWe else { return false }
        // "Mit dem Release am 15. ist der Fehler behoben" will be, "ist am Freitag behoben" may have been.
        if isParticiple, date.bound == .on, date.isCalendarDate, !clause.movesByItself { return true }
        return date.bound == .by || (!clause.nouns.isEmpty || clause.isAgain && clause.isAboutUs) && !isParticiple && !date.isOpenEnded
    }

    /// Verbs that do something now or later. "da" and its like are none.
    private var actions: [PhraseVerb] { clause.verbs.filter { $0.form == .present && !$0.isInfinitive } }

    /// "haben … verschickt": a participle whose stem no table needs.
    private var endsLikeParticiple: Bool {
        (clause.hasWe || clause.isToCustomer) && clause.verbs.contains { $0.token == clause.words.last && $0.form == .present }
    }

    /// "Wir haben das geprüft und am Montag verschickt": the second shares "haben".
    private var leansOnPast: Bool {
        guard let before, !clause.hasWe, clause.conjunction == "und" else { return false }
        let isOver = before.hasHave && !before.hasFuture || before.hasPast
        return isOver && clause.verbs.allSatisfy { $0.token == clause.words.last }
    }

    // MARK: English

    private func isEnglish() -> Bool {
        guard !isSpoilt, !(date.isUntil && (clause.isKeeping || clause.hasBe || clause.isBeing)) else { return false }
        if clause.isPledged, clause.carrier != nil { return true }
        if clause.isArranged, clause.hasHave || clause.hasBe || clause.hasFuture { return true }
        if clause.isCustomers { return clause.isReceiving && (clause.hasFuture || clause.isTentative) }
        if clause.hasFuture { return true }
        if clause.hasPast || clause.hasHave { return false }
        if clause.hasBe { return clause.verbs.contains { $0.form == .continuous } || clause.isTentative && clause.says }
        if clause.hasWe { return !actions.isEmpty || clause.isTentative }
        if clause.isTentative, !clause.verbs.isEmpty { return !clause.nouns.isEmpty || clause.isAboutUs || clause.carrier != nil }
        if clause.isFragment { return !clause.nouns.isEmpty }
        if clause.hasPronoun { return !actions.isEmpty }
        // "Done by noon", "fixed by Friday".
        if let first = clause.verbs.first, first.form == .participle, first.token == clause.words.first, date.bound == .by { return true }
        guard sharesBefore, let before,
            ["and", "or", "but", "so"].contains(clause.conjunction ?? "") || clause.conjunction == nil && before.hasFuture
        else { return !actions.isEmpty }
        return !actions.isEmpty && !before.isState && (before.hasFuture || before.hasWe && !before.hasPast && !before.hasHave)
    }
}
