import Foundation

/// Something that went wrong for the users. While it is open, the public always knows by when we say the next thing.
struct Incident: Chronicle {
    static let kind = "incident"

    let id: PublicID
    var title: PublicText
    var state: IncidentState
    /// The worst that the states of its components have made of it so far.
    var worstImpact: Impact
    var impactByHand: Impact?
    /// The agent who sees to it; nil where everybody does.
    var owner: Int64?
    /// When it began for the users: before it was noticed.
    var startedAt: Date
    var openedAt: Date
    var changedAt: Date
    var monitoringAt: Date?
    var resolvedAt: Date?
    /// By when the next update was promised; nil if and only if it is resolved.
    var nextUpdate: Deadline?
    /// The oldest first.
    var updates: [IncidentUpdate]
    /// What components went through, in the order in which it was told.
    var moments: [ComponentMoment]
    var postmortem: PublicText?
    var postmortemAt: Date?
    var isBackfilled: Bool
    /// When we were last asked whether it is over.
    var askedAt: Date?
    /// How many journal entries have made this state.
    var events: Int

    /// How bad it is for the users as a whole.
    var impact: Impact { impactByHand ?? worstImpact }
    var components: [PublicID] { moments.components }
    /// Updates that somebody waits for in his language.
    var owing: [IncidentUpdate] { updates.filter { $0.debt?.state == .open } }
}

extension Incident {
    init?(beginningWith event: IncidentEvent, id: PublicID, at now: Date) {
        guard case .opened(let opening) = event else { return nil }
        self.init(
            id: id, title: opening.title, state: .investigating, worstImpact: .none, impactByHand: opening.impact, owner: opening.owner,
            startedAt: opening.startedAt, openedAt: now, changedAt: now, updates: [], moments: [], isBackfilled: opening.isBackfilled,
            events: 1)
    }

    func applying(_ event: IncidentEvent, at now: Date) -> Incident {
        var incident = self
        incident.events += 1
        switch event {
        case .reminded(let reminder, let owed):
            incident.remind(reminder, of: owed)
            return incident
        case .askedWhetherOver:
            incident.askedAt = now
            return incident
        case .handedOver(let owner):
            incident.owner = owner
            return incident
        case .opened: break
        case .updated(let saying), .reopened(let saying): incident.say(saying, at: now)
        case .corrected(let update, _, let text): incident.correct(update, text, at: now)
        case .translated(let update, let language, let text, let title): incident.translate(update, language, text, title: title, at: now)
        case .retitled(_, let title): incident.title = title
        case .impactSet(let impact): incident.impactByHand = impact
        case .begunAt(let start): incident.begin(at: start)
        case .turned(let turns): incident.turn(turns, at: now, update: nil)
        case .postmortemTold(let text): (incident.state, incident.postmortem, incident.postmortemAt) = (.postmortem, text, now)
        }
        // what the public sees has changed
        incident.changedAt = now
        return incident
    }

    private mutating func say(_ saying: IncidentEvent.Saying, at now: Date) {
        for index in updates.indices where updates[index].debt?.state == .open {
            guard let debt = updates[index].debt, saying.text.has(debt.language) else { continue }
            updates[index].debt = debt.settled(.lapsed, at: now)
        }
        var update = IncidentUpdate(
            id: saying.id, state: saying.state, text: saying.text, writtenAt: now, changedAt: now, displayAt: saying.displayAt,
            turns: saying.turns, nextUpdateBy: saying.nextUpdateBy, minutesLate: saying.minutesLate)
        if let due = saying.translationDue, let language = owedLanguage(beside: saying.text) {
            update.debt = LanguageDebt(language: language, deadline: Deadline(by: due, setAt: now))
        }
        updates.append(update)
        turn(saying.turns, at: updates.count == 1 ? startedAt : saying.displayAt, update: saying.id)
        state = saying.state
        nextUpdate = saying.nextUpdateBy.map { Deadline(by: $0, setAt: now) }
        if state == .monitoring, monitoringAt == nil { monitoringAt = saying.displayAt }
        if state.isOpen {
            resolvedAt = nil
            if state != .monitoring { monitoringAt = nil }
        } else {
            resolvedAt = saying.displayAt
        }
    }

    private mutating func turn(_ turns: [ComponentTurn], at moment: Date, update: PublicID?) {
        moments += turns.map { ComponentMoment(component: $0.component, at: moment, from: $0.from, to: $0.to, update: update) }
        worstImpact = max(worstImpact, turns.map(\.to.impact).max() ?? .none)
    }

    private mutating func correct(_ update: PublicID, _ text: PublicText, at now: Date) {
        guard let index = updates.firstIndex(where: { $0.id == update }) else { return }
        (updates[index].text, updates[index].changedAt) = (text, now)
        settle(at: index, now)
    }

    private mutating func translate(_ update: PublicID, _ language: Language, _ text: String, title: String?, at now: Date) {
        if let title { self.title[language] = title }
        guard let index = updates.firstIndex(where: { $0.id == update }) else { return }
        updates[index].text[language] = text
        updates[index].changedAt = now
        settle(at: index, now)
    }

    /// A debt is paid when nothing is missing any more.
    private mutating func settle(at index: Int, _ now: Date) {
        guard let debt = updates[index].debt, debt.state == .open, updates[index].text.has(debt.language), title.has(debt.language) else {
            return
        }
        updates[index].debt = debt.settled(.paid, at: now)
    }

    /// What the first update told counts from the beginning.
    private mutating func begin(at start: Date) {
        startedAt = start
        guard let first = updates.first?.id else { return }
        for index in moments.indices where moments[index].update == first { moments[index].at = start }
    }

    private mutating func remind(_ reminder: Deadline.Reminder, of owed: Owed) {
        switch owed {
        case .nextUpdate: nextUpdate = nextUpdate?.reminded(reminder)
        case .translation(let update):
            guard let index = updates.firstIndex(where: { $0.id == update }) else { return }
            updates[index].debt = updates[index].debt.map { debt in
                var debt = debt
                debt.deadline = debt.deadline.reminded(reminder)
                return debt
            }
        }
    }

    /// The language in which something is missing: of the text, or of the title.
    func owedLanguage(beside text: PublicText) -> Language? { text.missing.first ?? title.missing.first }
}

extension ComponentState {
    /// How bad it is when the worst component is in this state.
    var impact: Impact {
        switch self {
        case .operational, .underMaintenance: .none
        case .degradedPerformance: .minor
        case .partialOutage: .major
        case .majorOutage: .critical
        }
    }
}
