import Foundation
import Storage

/// What happens by itself: reminders of what was promised, maintenances by the clock, and a page that says so when a promise is late.
extension Incidents {
    /// What one round did.
    struct Round: Sendable, Equatable {
        var reminders = 0
        /// Maintenances that began, ended, were reminded of or came again.
        var maintenances = 0
        var isPageChanged = false
        /// What could not be done, and why; the next round tries again.
        var failures: [String] = []
    }

    /// So long the page stands as it is when nothing happens.
    static let freshSeconds: Double = 60

    /// Does all that is due. Where nothing is, nothing is written.
    func watch() async throws -> Round {
        let now = clock.now()
        var round = Round()
        let wall = wall
        let due = try await database.read { db in
            try (
                incidents: db.incidentsToWatch().contains { !$0.reminders(at: now).isEmpty || $0.question(at: now) != nil },
                maintenances: db.maintenancesToWatch().filter { $0.isDue(at: now) }.map(\.id), isPageOther: db.isPageOther(at: now, wall)
            )
        }
        // one by one: a maintenance that cannot be told of does not keep others from beginning
        for id in due.maintenances {
            do { round.maintenances += try await follow(id, at: now) ? 1 : 0 } catch {
                round.failures.append("maintenance \(id): \(error)")
            }
        }
        do { round.reminders = try await remind(isDue: due.incidents, at: now) } catch { round.failures.append("reminders: \(error)") }
        if due.isPageOther {
            let bell = bell
            round.isPageChanged = try await database.writeUntilKnown { tx in
                guard try tx.isPageOther(at: now, wall) else { return false }
                try tx.pageChanged(at: now, changesContent: false)
                tx.onCommit { bell.ring() }
                return true
            }
        }
        return round
    }

    /// Takes the steps of one maintenance that are due, and announces the next one of its series.
    /// - Returns: false when another has done so meanwhile.
    private func follow(_ id: PublicID, at now: Date) async throws -> Bool {
        let (incidents, bell) = (self, bell)
        return try await database.writeUntilKnown { tx in
            guard var maintenance = try tx.maintenance(id), maintenance.isDue(at: now) else { return false }
            let actor = Actor.system("incidents")
            while let step = maintenance.step(at: now) {
                let saying = MaintenanceEvent.Saying(id: Self.draw(), text: incidents.words(step))
                let change = maintenance.taking(step, saying, by: actor, at: now)
                try tx.record(change)
                maintenance = change.after
            }
            if let lead = maintenance.subscribersReminder(at: now) {
                try tx.record(maintenance.remindingSubscribers(lead, by: actor, at: now))
            }
            if maintenance.isToContinue { try incidents.carryOn(maintenance, by: actor, in: tx, at: now) }
            tx.onCommit { bell.ring() }
            return true
        }
    }

    /// Announces the next one of a series, touching those of the components that are still used.
    private func carryOn(_ maintenance: Maintenance, by actor: Actor, in tx: Transaction, at now: Date) throws {
        let used = Set(try tx.components().filter { !$0.isGroup && $0.retiredAt == nil }.map(\.id))
        var next: PublicID?
        if let slot = maintenance.nextSlot(after: now, in: wall) {
            var announcing = maintenance.following(at: slot)
            announcing.effects.removeAll { !used.contains($0.component) }
            if !announcing.effects.isEmpty {
                let id = Self.draw()
                let saying = MaintenanceEvent.Saying(id: Self.draw(), text: maintenance.firstWords)
                try tx.record(Maintenance.announcing(announcing, id: id, saying: saying, by: actor, at: now))
                next = id
            }
        }
        try tx.record(maintenance.continuing(with: next, by: actor, at: now))
    }

    /// What is said by the clock.
    private func words(_ step: MaintenanceStep) -> PublicText {
        let key: TextKey =
            switch step {
            case .start: .maintenanceHasBegun
            case .verify: .maintenanceIsVerified
            case .complete: .maintenanceIsOver
            }
        return PublicText(de: voices[.de](key), en: voices[.en](key))
    }
}

extension Maintenance {
    /// Whether the clock makes something of it now, beside reminding one of us.
    fileprivate func isDue(at now: Date) -> Bool { step(at: now) != nil || subscribersReminder(at: now) != nil || isToContinue }
}

extension Snapshot {
    /// Whether the page says something else now because of nothing but the time: a promise has become late, an announcement is over, a day has
    /// begun; or whether it has not said for so long as of when it is true that readers would think it abandoned.
    fileprivate func isPageOther(at now: Date, _ wall: LocalClock) throws -> Bool {
        guard let page = try pageVersion() else { return false }
        return try now.timeIntervalSince(page.lookedAt) >= Incidents.freshSeconds || wall.day(at: page.lookedAt) != wall.day(at: now)
            || pageMoments(after: page.lookedAt, until: now)
    }
}
