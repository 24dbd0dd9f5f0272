import Foundation
import Mail
import Storage

/// Whoever promised something to the public is reminded before it is late; once it is late, everybody is.
extension Incidents {
    /// Posts the reminders that are due, one letter to each agent concerned, in one commit with their being marked as given.
    /// - Returns: how many were due.
    func remind(isDue: Bool, at now: Date) async throws -> Int {
        let verifying = try await database.read { db in try db.maintenancesToWatch().contains { $0.reminder(at: now) != nil } }
        guard isDue || verifying else { return 0 }
        let (incidents, bell) = (self, bell)
        return try await database.writeUntilKnown { tx in
            let due =
                try incidents.markIncidents(in: tx, at: now) + incidents.markMaintenances(in: tx, at: now)
                + incidents.markQuestions(in: tx, at: now)
            try incidents.post(due, in: tx, at: now)
            tx.onCommit { bell.ring() }
            return due.count
        }
    }

    private func markIncidents(in tx: Transaction, at now: Date) throws -> [DutyReminder] {
        try tx.incidentsToWatch().flatMap { incident -> [DutyReminder] in
            let due = incident.reminders(at: now)
            guard !due.isEmpty else { return [] }
            try tx.record(incident.reminding(due, by: .system("incidents"), at: now))
            return due.map { one in
                let language = incident.updates.first { one.owed == .translation(update: $0.id) }?.debt?.language
                return DutyReminder(
                    what: language.map(DutyReminder.What.translation) ?? .nextUpdate, title: incident.title,
                    path: "incidents/\(incident.id)",
                    by: one.by, owner: one.reminder == .owner ? incident.owner : nil)
            }
        }
    }

    private func markMaintenances(in tx: Transaction, at now: Date) throws -> [DutyReminder] {
        try tx.maintenancesToWatch().compactMap { maintenance in
            guard let reminder = maintenance.reminder(at: now), let by = maintenance.verification?.by else { return nil }
            try tx.record(maintenance.reminding(reminder, by: .system("incidents"), at: now))
            return DutyReminder(
                what: .verification, title: maintenance.title, path: "maintenances/\(maintenance.id)", by: by,
                owner: reminder == .owner ? maintenance.owner : nil)
        }
    }

    /// Asks whether it is over; nothing is ever resolved without an answer.
    private func markQuestions(in tx: Transaction, at now: Date) throws -> [DutyReminder] {
        try tx.openIncidents().compactMap { incident in
            guard let question = incident.question(at: now) else { return nil }
            try tx.record(incident.asking(question, by: .system("incidents"), at: now))
            return DutyReminder(
                what: .isItOver(question.reasons), title: incident.title, path: "incidents/\(incident.id)", by: nil, owner: incident.owner)
        }
    }

    /// An owner who is not there any more is everybody.
    private func post(_ due: [DutyReminder], in tx: Transaction, at now: Date) throws {
        let agents = try tx.agents().filter { $0.disabledAt == nil }
        let present = Set(agents.map(\.id))
        for agent in agents {
            let own = due.filter { reminder in
                guard let owner = reminder.owner, present.contains(owner) else { return true }
                return owner == agent.id
            }
            guard !own.isEmpty, let address = Address(agent.address) else { continue }
            _ = try tx.post(mails.duty(own, to: agent, address: address, at: now), from: mails.mailbox, now: now)
        }
    }
}
