import Foundation

/// Why something cannot be done to an incident.
enum IncidentRefusal: Error, Equatable, Sendable {
    case emptyTitle
    case emptyText
    case tooLong
    /// It cannot have begun later than now.
    case startsInFuture
    /// An update tells of what is or was, and not of what was before the incident.
    case badTime
    /// Everybody waits: each update says by when the next one comes.
    case noNextUpdate
    /// By then it would be over already, or in more than a week.
    case badNextUpdate
    /// The language that is missing has to follow within a day.
    case badTranslationTime
    case notOpen
    case alreadyOpen
    case notResolved
    /// Resolving and telling afterwards have ways of their own.
    case badState
    /// It concerns no component, so that nobody can tell whether it concerns him.
    case noComponents
    case noSuchComponent
    case noSuchUpdate
    case noSuchIncident
    case noSuchAgent
    /// There is nothing to say in this language any more.
    case nothingMissing
    /// Somebody else has said something since the page was loaded.
    case overtaken(by: PublicID)
}

/// What somebody says about an incident.
struct NewUpdate: Sendable, Equatable {
    var id: PublicID
    var state: IncidentState
    var text: PublicText
    /// The states that components have from now on; others stay as they are.
    var components: [PublicID: ComponentState] = [:]
    var nextUpdateBy: Date?
    /// The time it tells of; nil for now.
    var displayAt: Date?
    /// By when the missing language follows; nil for ``Incident/translationSeconds``.
    var translationDue: Date?
    /// The newest update its writer has seen; nil for whoever does not look, such as a script.
    var seen: PublicID?
}

extension Incident {
    /// The furthest time a next update may be promised for.
    static let longestSilenceSeconds: Double = 7 * 86_400
    /// In which the missing language follows where nothing else was said.
    static let translationSeconds: Double = 15 * 60
    static let longestTranslationSeconds: Double = 86_400
    static let mostTitleBytes = 300
    static let mostTextBytes = 20_000

    /// A new incident with its first word. Every component is one of those that exist, which the caller makes sure of.
    static func opening(_ opening: IncidentEvent.Opening, id: PublicID, saying first: NewUpdate, by actor: Actor, at now: Date) throws
        -> Change<Incident>
    {
        var opening = opening
        opening.isBackfilled = false
        var change = try beginning(opening, id: id, by: actor, at: now)
        guard first.state.isOpen else { throw IncidentRefusal.badState }
        guard !first.components.isEmpty else { throw IncidentRefusal.noComponents }
        try change.say(first)
        return change
    }

    /// An incident told afterwards, from its beginning to its end: nobody is notified and nothing is late.
    /// - Parameter updates: at least one; the last one resolves it.
    static func backfilling(_ opening: IncidentEvent.Opening, id: PublicID, saying updates: [NewUpdate], by actor: Actor, at now: Date)
        throws -> Change<Incident>
    {
        var opening = opening
        opening.isBackfilled = true
        var change = try beginning(opening, id: id, by: actor, at: now)
        guard let last = updates.last, last.state == .resolved, updates.dropLast().allSatisfy({ $0.state.isOpen }) else {
            throw IncidentRefusal.badState
        }
        guard updates.contains(where: { !$0.components.isEmpty }) else { throw IncidentRefusal.noComponents }
        for update in updates.dropLast() { try change.say(update) }
        try change.say(change.after.returning(last))
        return change
    }

    private static func beginning(_ opening: IncidentEvent.Opening, id: PublicID, by actor: Actor, at now: Date) throws
        -> Change<Incident>
    {
        guard opening.title.isSaid else { throw IncidentRefusal.emptyTitle }
        guard opening.title.isWithin(bytes: mostTitleBytes) else { throw IncidentRefusal.tooLong }
        guard opening.startedAt <= now else { throw IncidentRefusal.startsInFuture }
        guard let change = Change<Incident>(beginningWith: .opened(opening), id: id, by: actor, at: now) else {
            throw IncidentRefusal.noSuchIncident
        }
        return change
    }

    /// We say how things are, and by when we say the next thing.
    func updating(_ new: NewUpdate, by actor: Actor, at now: Date) throws -> Change<Incident> {
        guard state.isOpen else { throw IncidentRefusal.notOpen }
        guard new.state.isOpen else { throw IncidentRefusal.badState }
        var change = Change(of: self, by: actor, at: now)
        try change.say(new)
        return change
    }

    /// It is over. Its components work again, but for those that are said not to.
    func resolving(_ new: NewUpdate, by actor: Actor, at now: Date) throws -> Change<Incident> {
        guard state.isOpen else { throw IncidentRefusal.notOpen }
        guard new.state == .resolved else { throw IncidentRefusal.badState }
        var change = Change(of: self, by: actor, at: now)
        try change.say(returning(new))
        return change
    }

    /// It was not over: the same incident goes on, and whoever follows it hears so.
    func reopening(_ new: NewUpdate, by actor: Actor, at now: Date) throws -> Change<Incident> {
        guard !state.isOpen else { throw IncidentRefusal.alreadyOpen }
        guard new.state.isOpen else { throw IncidentRefusal.badState }
        var change = Change(of: self, by: actor, at: now)
        change.happen(.reopened(try change.saying(new)))
        return change
    }

    /// What happened and what follows from it; told again, it replaces what was told.
    func tellingPostmortem(_ text: PublicText, by actor: Actor, at now: Date) throws -> Change<Incident> {
        guard !state.isOpen else { throw IncidentRefusal.notResolved }
        guard text.isSaid else { throw IncidentRefusal.emptyText }
        guard text.isWithin(bytes: Self.mostTextBytes) else { throw IncidentRefusal.tooLong }
        var change = Change(of: self, by: actor, at: now)
        if text != postmortem { change.happen(.postmortemTold(text)) }
        return change
    }

    /// The same update, with every component that nothing else is said of back to work.
    private func returning(_ update: NewUpdate) -> NewUpdate {
        var update = update
        for component in components where update.components[component] == nil && moments.state(of: component) != .operational {
            update.components[component] = .operational
        }
        return update
    }
}

extension Change<Incident> {
    fileprivate mutating func say(_ new: NewUpdate) throws { happen(.updated(try saying(new))) }

    fileprivate func saying(_ new: NewUpdate) throws -> IncidentEvent.Saying {
        if let seen = new.seen, let last = after.updates.last?.id, seen != last { throw IncidentRefusal.overtaken(by: last) }
        guard new.text.isSaid else { throw IncidentRefusal.emptyText }
        guard new.text.isWithin(bytes: Incident.mostTextBytes) else { throw IncidentRefusal.tooLong }
        guard !after.updates.contains(where: { $0.id == new.id }) else { throw IncidentRefusal.noSuchUpdate }
        let displayAt = new.displayAt ?? at
        guard displayAt <= at, displayAt >= after.startedAt else { throw IncidentRefusal.badTime }
        return IncidentEvent.Saying(
            id: new.id, state: new.state, text: new.text, turns: after.moments.turning(to: new.components), displayAt: displayAt,
            nextUpdateBy: try nextUpdate(new), minutesLate: after.nextUpdate?.minutesLate(at: at), translationDue: try translation(new))
    }

    private func nextUpdate(_ new: NewUpdate) throws -> Date? {
        guard new.state.isOpen, !after.isBackfilled || before != nil else { return nil }
        guard let next = new.nextUpdateBy else { throw IncidentRefusal.noNextUpdate }
        guard next > at, next <= at.addingTimeInterval(Incident.longestSilenceSeconds) else { throw IncidentRefusal.badNextUpdate }
        return next
    }

    private func translation(_ new: NewUpdate) throws -> Date? {
        guard after.owedLanguage(beside: new.text) != nil, !after.isBackfilled || before != nil else { return nil }
        guard let due = new.translationDue else { return at.addingTimeInterval(Incident.translationSeconds) }
        guard due > at, due <= at.addingTimeInterval(Incident.longestTranslationSeconds) else { throw IncidentRefusal.badTranslationTime }
        return due
    }
}
