import Foundation
import Storage

/// What can be done with maintenances. Each method is one transaction.
extension Incidents {
    /// Something will be done, and the public knows when.
    @discardableResult func announce(
        _ announcing: MaintenanceEvent.Announcing, id: PublicID = draw(), saying: MaintenanceEvent.Saying, by actor: Actor
    ) async throws -> Maintenance {
        let (now, bell) = (clock.now(), bell)
        return try await database.writeUntilKnown { tx in
            if let there = try tx.maintenance(id) { return there }
            try tx.expect(effects: announcing.effects)
            let change = try Maintenance.announcing(announcing, id: id, saying: saying, by: actor, at: now)
            try tx.record(change)
            tx.onCommit { bell.ring() }
            return change.after
        }
    }

    @discardableResult func update(maintenance id: PublicID, _ saying: MaintenanceEvent.Saying, by actor: Actor) async throws -> Maintenance
    {
        try await say(saying, about: id) { try $0.updating(saying, by: actor, at: $1) }
    }

    @discardableResult func move(
        maintenance id: PublicID, to start: Date, until end: Date, _ saying: MaintenanceEvent.Saying, by actor: Actor
    ) async throws -> Maintenance {
        try await say(saying, about: id) { try $0.moving(to: start, until: end, saying, by: actor, at: $1) }
    }

    @discardableResult func extend(
        maintenance id: PublicID, until end: Date, _ saying: MaintenanceEvent.Saying, by actor: Actor
    ) async throws -> Maintenance {
        try await say(saying, about: id) { try $0.extending(until: end, saying, by: actor, at: $1) }
    }

    /// It will not be, or not go on; of a series, the next one is announced all the same.
    @discardableResult func cancel(maintenance id: PublicID, _ saying: MaintenanceEvent.Saying, by actor: Actor) async throws -> Maintenance
    {
        try await say(saying, about: id) { try $0.cancelling(saying, by: actor, at: $1) }
    }

    /// Somebody begins earlier than announced.
    @discardableResult func start(maintenance id: PublicID, _ saying: MaintenanceEvent.Saying, by actor: Actor) async throws -> Maintenance
    {
        try await say(saying, about: id) { try $0.starting(saying, by: actor, at: $1) }
    }

    @discardableResult func complete(maintenance id: PublicID, _ saying: MaintenanceEvent.Saying, by actor: Actor) async throws
        -> Maintenance
    {
        try await say(saying, about: id) { try $0.completing(saying, by: actor, at: $1) }
    }

    @discardableResult func correct(_ update: PublicID, ofMaintenance id: PublicID, to text: PublicText, by actor: Actor) async throws
        -> Maintenance
    {
        try await changeMaintenance(id) { try $1.correcting(update, to: text, by: actor, at: $2) }
    }

    @discardableResult func retitle(maintenance id: PublicID, to title: PublicText, by actor: Actor) async throws -> Maintenance {
        try await changeMaintenance(id) { try $1.retitling(to: title, by: actor, at: $2) }
    }

    @discardableResult func touch(_ effects: [ComponentEffect], maintenance id: PublicID, by actor: Actor) async throws -> Maintenance {
        try await changeMaintenance(id) { tx, maintenance, now in
            try tx.expect(effects: effects)
            return try maintenance.touching(effects, by: actor, at: now)
        }
    }

    private func say(
        _ saying: MaintenanceEvent.Saying, about id: PublicID, _ rule: @escaping @Sendable (Maintenance, Date) throws -> Change<Maintenance>
    ) async throws -> Maintenance {
        try await changeMaintenance(id) { _, maintenance, now in
            let isSaid = maintenance.updates.contains { $0.id == saying.id }
            return try isSaid ? Change(of: maintenance, by: .system("incidents"), at: now) : rule(maintenance, now)
        }
    }

    private func changeMaintenance(
        _ id: PublicID, _ rule: @escaping @Sendable (Transaction, Maintenance, Date) throws -> Change<Maintenance>
    ) async throws -> Maintenance {
        let (now, bell) = (clock.now(), bell)
        return try await database.writeUntilKnown { tx in
            guard let maintenance = try tx.maintenance(id) else { throw MaintenanceRefusal.noSuchMaintenance }
            let change = try rule(tx, maintenance, now)
            try tx.record(change)
            tx.onCommit { bell.ring() }
            return change.after
        }
    }
}

extension Snapshot {
    /// Makes sure that what a maintenance touches is used.
    fileprivate func expect(effects: [ComponentEffect]) throws {
        do { try expect(components: Set(effects.map(\.component))) } catch IncidentRefusal.noSuchComponent {
            throw MaintenanceRefusal.noSuchComponent
        }
    }
}
