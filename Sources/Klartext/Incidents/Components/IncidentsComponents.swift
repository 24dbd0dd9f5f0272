import Foundation
import Storage

/// What can be done with components. Each method is one transaction.
extension Incidents {
    /// A new component or group, behind all others at its place.
    @discardableResult func addComponent(_ adding: ComponentEvent.Adding, id: PublicID = draw(), by actor: Actor) async throws -> Component
    {
        let (now, bell) = (clock.now(), bell)
        return try await database.writeUntilKnown { tx in
            if let there = try tx.component(id) { return there }
            let change = try Component.adding(adding, id: id, among: try tx.components(), by: actor, at: now)
            try tx.record(change)
            tx.onCommit { bell.ring() }
            return change.after
        }
    }

    @discardableResult func renameComponent(_ id: PublicID, to name: PublicText, by actor: Actor) async throws -> Component {
        try await changeComponent(id) { try $1.renaming(to: name, among: $0.components(), by: actor, at: $2) }
    }

    @discardableResult func describeComponent(_ id: PublicID, as description: PublicText, by actor: Actor) async throws -> Component {
        try await changeComponent(id) { try $1.describing(description, by: actor, at: $2) }
    }

    @discardableResult func hideComponent(_ id: PublicID, _ isHidden: Bool, by actor: Actor) async throws -> Component {
        try await changeComponent(id) { try $1.hiding(isHidden, by: actor, at: $2) }
    }

    @discardableResult func showComponentOnlyIfDegraded(_ id: PublicID, _ isSo: Bool, by actor: Actor) async throws -> Component {
        try await changeComponent(id) { try $1.showingOnlyIfDegraded(isSo, by: actor, at: $2) }
    }

    /// - Parameter day: the first day its availability is counted; nil for the day on which it was added.
    @discardableResult func countComponent(_ id: PublicID, from day: LocalDay?, by actor: Actor) async throws -> Component {
        try await changeComponent(id) { try $1.counting(from: day, by: actor, at: $2) }
    }

    /// - Parameter group: nil for the top of the page.
    @discardableResult func moveComponent(_ id: PublicID, to group: PublicID?, by actor: Actor) async throws -> Component {
        try await changeComponent(id) { try $1.moving(to: group, among: $0.components(), by: actor, at: $2) }
    }

    /// Takes a component off the page; its history stays.
    @discardableResult func retireComponent(_ id: PublicID, because reason: String, by actor: Actor) async throws -> Component {
        try await changeComponent(id) { tx, component, now in
            if component.retiredAt != nil { return Change(of: component, by: actor, at: now) }
            let isTouched = try tx.isTouchedByIncident(id) || tx.maintenancesToWatch().contains { $0.components.contains(id) }
            return try component.retiring(because: reason, among: tx.components(), isTouched: isTouched, by: actor, at: now)
        }
    }

    /// Puts those of one place into an order.
    func arrangeComponents(_ order: [PublicID], in group: PublicID?, by actor: Actor) async throws {
        let (now, bell) = (clock.now(), bell)
        try await database.writeUntilKnown { tx in
            for change in try Component.arranging(order, in: group, among: tx.components(), by: actor, at: now) { try tx.record(change) }
            tx.onCommit { bell.ring() }
        }
    }

    private func changeComponent(
        _ id: PublicID, _ rule: @escaping @Sendable (Transaction, Component, Date) throws -> Change<Component>
    ) async throws -> Component {
        let (now, bell) = (clock.now(), bell)
        return try await database.writeUntilKnown { tx in
            guard let component = try tx.component(id) else { throw ComponentRefusal.noSuchComponent }
            let change = try rule(tx, component, now)
            try tx.record(change)
            tx.onCommit { bell.ring() }
            return change.after
        }
    }
}
