import Foundation
import Storage

/// What can be done with incidents: what the public is told while something is wrong. Each method is one transaction: it asks a rule what follows, and
/// records state, journal and the page that is to be made anew together.
///
/// Components are in ``IncidentsComponents``, maintenances in ``IncidentsMaintenances``, what happens by itself in ``IncidentsWatching``.
struct Incidents: Sendable {
    var database: Database
    var clock: Clock
    var bell: Bell
    var voices: Voices
    var mails: IncidentMails
    /// The page's clock on the wall: when days begin, and maintenances come again.
    var wall: LocalClock
    var site: StatusSite

    /// A name that nothing has yet.
    static func draw() -> PublicID { PublicID(drawn: .random(in: .min ... .max)) }

    /// Something is wrong, and the public hears of it.
    ///
    /// Whoever asks twice under the same name, as a form sent twice does, opens one.
    @discardableResult func open(
        _ opening: IncidentEvent.Opening, id: PublicID = draw(), saying first: NewUpdate, by actor: Actor
    ) async throws -> Incident {
        try await begin(id) { tx, now in
            try tx.expect(components: Set(first.components.keys))
            return try Incident.opening(opening, id: id, saying: first, by: actor, at: now)
        }
    }

    /// An incident that nobody was told of while it was there, from its beginning to its end. Nobody is notified.
    @discardableResult func backfill(
        _ opening: IncidentEvent.Opening, id: PublicID = draw(), saying updates: [NewUpdate], by actor: Actor
    ) async throws -> Incident {
        try await begin(id) { tx, now in
            try tx.expect(components: Set(updates.flatMap(\.components.keys)))
            return try Incident.backfilling(opening, id: id, saying: updates, by: actor, at: now)
        }
    }

    @discardableResult func update(_ id: PublicID, _ new: NewUpdate, by actor: Actor) async throws -> Incident {
        try await say(new, about: id) { try $0.updating(new, by: actor, at: $1) }
    }

    @discardableResult func resolve(_ id: PublicID, _ new: NewUpdate, by actor: Actor) async throws -> Incident {
        try await say(new, about: id) { try $0.resolving(new, by: actor, at: $1) }
    }

    @discardableResult func reopen(_ id: PublicID, _ new: NewUpdate, by actor: Actor) async throws -> Incident {
        try await say(new, about: id) { try $0.reopening(new, by: actor, at: $1) }
    }

    @discardableResult func tellPostmortem(_ text: PublicText, of id: PublicID, by actor: Actor) async throws -> Incident {
        try await change(id) { try $1.tellingPostmortem(text, by: actor, at: $2) }
    }

    @discardableResult func translate(
        _ update: PublicID, of id: PublicID, into language: Language, _ text: String, title: String? = nil, by actor: Actor
    ) async throws -> Incident {
        try await change(id) { _, incident, now in
            // asked twice, where the first answer was lost: it says so already
            let isSaid = incident.updates.contains { $0.id == update && $0.text[language] == text && $0.debt?.state != .open }
            if isSaid { return Change(of: incident, by: actor, at: now) }
            return try incident.translating(update, into: language, text, title: title, by: actor, at: now)
        }
    }

    @discardableResult func correct(_ update: PublicID, of id: PublicID, to text: PublicText, by actor: Actor) async throws -> Incident {
        try await change(id) { try $1.correcting(update, to: text, by: actor, at: $2) }
    }

    @discardableResult func retitle(_ id: PublicID, to title: PublicText, by actor: Actor) async throws -> Incident {
        try await change(id) { try $1.retitling(to: title, by: actor, at: $2) }
    }

    /// - Parameter impact: nil has it reckoned from the components again.
    @discardableResult func setImpact(_ impact: Impact?, of id: PublicID, by actor: Actor) async throws -> Incident {
        try await change(id) { $1.setting(impact: impact, by: actor, at: $2) }
    }

    /// When it began for the users is known better now.
    @discardableResult func setBeginning(_ start: Date, of id: PublicID, by actor: Actor) async throws -> Incident {
        try await change(id) { try $1.beginning(at: start, by: actor, at: $2) }
    }

    /// A component's state changes without a word.
    @discardableResult func turn(_ components: [PublicID: ComponentState], in id: PublicID, by actor: Actor) async throws -> Incident {
        try await change(id) { tx, incident, now in
            try tx.expect(components: Set(components.keys))
            return incident.turning(components, by: actor, at: now)
        }
    }

    @discardableResult func hand(_ id: PublicID, to agent: Int64?, by actor: Actor) async throws -> Incident {
        try await change(id) { tx, incident, now in
            if let agent, try tx.agent(agent)?.disabledAt != nil { throw IncidentRefusal.noSuchAgent }
            return incident.handing(to: agent, by: actor, at: now)
        }
    }
}

extension Incidents {
    private func begin(_ id: PublicID, _ rule: @escaping @Sendable (Transaction, Date) throws -> Change<Incident>) async throws
        -> Incident
    {
        let (now, bell) = (clock.now(), bell)
        return try await database.writeUntilKnown { tx in
            if let there = try tx.incident(id) { return there }
            let change = try rule(tx, now)
            try tx.record(change)
            tx.onCommit { bell.ring() }
            return change.after
        }
    }

    private func say(_ new: NewUpdate, about id: PublicID, _ rule: @escaping @Sendable (Incident, Date) throws -> Change<Incident>)
        async throws -> Incident
    {
        try await change(id) { tx, incident, now in
            try tx.expect(components: Set(new.components.keys))
            let isSaid = incident.updates.contains { $0.id == new.id }
            return try isSaid ? Change(of: incident, by: .system("incidents"), at: now) : rule(incident, now)
        }
    }

    private func change(_ id: PublicID, _ rule: @escaping @Sendable (Transaction, Incident, Date) throws -> Change<Incident>) async throws
        -> Incident
    {
        let (now, bell) = (clock.now(), bell)
        return try await database.writeUntilKnown { tx in
            guard let incident = try tx.incident(id) else { throw IncidentRefusal.noSuchIncident }
            let change = try rule(tx, incident, now)
            try tx.record(change)
            tx.onCommit { bell.ring() }
            return change.after
        }
    }
}

extension Snapshot {
    /// Makes sure that each of these is a component that is used: no group, and not retired.
    func expect(components: Set<PublicID>) throws {
        guard !components.isEmpty else { return }
        let used = try self.components().filter { !$0.isGroup && $0.retiredAt == nil }.map(\.id)
        guard components.isSubset(of: used) else { throw IncidentRefusal.noSuchComponent }
    }
}
