import Foundation
import Storage

/// What can be read of subscriptions without a change.
extension Subscriptions {
    /// What can be chosen just now.
    func board() async throws -> SubscriptionBoard {
        try await database.read { db in
            let all = try db.components()
            let groups = Dictionary(all.filter(\.isGroup).map { ($0.id, $0.position) }) { $1 }
            // in the order of the page: a group's place, then the place within it
            func place(_ one: Component) -> (Int, Int) { (one.group.flatMap { groups[$0] } ?? one.position, one.position) }
            let components = all.filter { !$0.isHidden && !$0.isGroup && $0.retiredAt == nil }.sorted { place($0) < place($1) }
            let incidents = try db.openIncidents().map { Story.Part(id: $0.id, name: $0.title) }
            let maintenances = try db.maintenances().filter { !$0.isOver }.map { Story.Part(id: $0.id, name: $0.title) }
            return SubscriptionBoard(parts: components.map { Story.Part(id: $0.id, name: $0.name) }, stories: incidents + maintenances)
        }
    }

    /// An incident or a maintenance by its name, with its title.
    func part(_ id: PublicID?) async throws -> Story.Part? {
        guard let id else { return nil }
        return try await database.read { db in
            if let incident = try db.incident(id) { return Story.Part(id: id, name: incident.title) }
            return try db.maintenance(id).map { Story.Part(id: id, name: $0.title) }
        }
    }

    /// How many notices of an update are queued, accepted, bounced and skipped; costs the same for any audience.
    func ledger(of update: PublicID) async throws -> NoticeLedger { try await database.read { db in try db.ledger(update.text) } }

    /// Whether all that was said of an incident has reached everybody, or its ledger says why not.
    func isBalanced(_ incident: PublicID) async throws -> Bool {
        try await database.read { db in try db.isBalanced(Story.name(.incident, incident)) }
    }

    /// How the answers to "does it work for you again?" stand, and whether so many say no that those on duty are to be asked.
    func answers(_ incident: PublicID) async throws -> ReopenQuestion.Count? {
        try await database.read { db in
            guard let resolved = try db.incident(incident)?.resolvedAt else { return nil }
            return ReopenQuestion.count(try db.answers(story: Story.name(.incident, incident)), resolved: resolved)
        }
    }

    /// What somebody answered before.
    func answer(of subscriber: Subscriber, _ incident: PublicID) async throws -> Bool? {
        try await database.read { db in try db.answer(story: Story.name(.incident, incident), subscriber: subscriber.id) }
    }
}

extension Snapshot {
    /// The names of all components.
    func parts() throws -> [PublicID: Story.Part] {
        Dictionary(try components().map { ($0.id, Story.Part(id: $0.id, name: $0.name)) }, uniquingKeysWith: { first, _ in first })
    }
}
