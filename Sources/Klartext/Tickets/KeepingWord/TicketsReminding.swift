import Foundation
import Mail
import Storage

/// Agents are told before a customer is let down: the owner first, everybody when it is near, has passed, or has no owner.
extension Tickets {
    private static let remindersPerCommit = 500

    /// Reminds of everything that is due soon and of which nobody was reminded.
    /// - Returns: of how many promises and tickets.
    func remindAgents() async throws -> Int {
        let now = clock.now()
        var count = 0
        // what everybody must hear of is told at night too; what is only due soon waits for the morning
        while true {
            let done = try await remind { db in try self.alarming(in: db, at: now) }
            count += done
            if done < Self.remindersPerCommit { break }
        }
        let own = policy.calendars.keys.sorted()
        for queue in [nil] + own.map(Optional.some) { count += try await warn(of: queue, others: own, at: now) }
        return try await count + remindOfPromises(at: now)
    }

    /// Warns of the contacts of one queue, or of all that have no hours of their own, while its team is there.
    private func warn(of queue: String?, others: [String], at now: Date) async throws -> Int {
        let calendar = queue.map(policy.calendar(of:)) ?? policy.calendar
        guard calendar.isOpen(at: now) else { return 0 }
        let horizon = calendar.adding(openMinutes: policy.warningMinutes, to: now)
        var count = 0
        while true {
            let done = try await remind { db in
                try db.unwarnedTickets(dueBy: horizon, in: queue, butNotIn: others, limit: Self.remindersPerCommit).map {
                    Due(ticket: $0, now: now)
                }
            }
            count += done
            if done < Self.remindersPerCommit { return count }
        }
    }

    /// Promises are gone through by pages: one that is due soon but was made a moment ago waits.
    private func remindOfPromises(at now: Date) async throws -> Int {
        // night where one team works may be day where another does
        let open = ([policy.calendar] + policy.calendars.values).filter { $0.isOpen(at: now) }
        guard let horizon = open.map({ $0.adding(openMinutes: Promise.remindOwnerMinutes, to: now) }).max() else { return 0 }
        var (count, place): (Int, (dueAt: Date, id: Int64)?) = (0, nil)
        while true {
            let (last, ids) = try await database.read { [place, policy] db in
                let page = try db.promisesToRemind(dueBy: horizon, after: place, limit: Self.remindersPerCommit)
                return (page.last, try page.filter { try Self.reminder(of: $0, policy, in: db, at: now) != nil }.map(\.id))
            }
            guard let last else { return count }
            if !ids.isEmpty {
                count += try await remind { [policy] tx in
                    try ids.compactMap { id in
                        guard let promise = try tx.promise(id), let found = try Self.reminder(of: promise, policy, in: tx, at: now) else {
                            return nil
                        }
                        return Due(promise: promise, ticket: found.ticket, whom: found.whom)
                    }
                }
            }
            place = (last.dueAt, last.id)
        }
    }

    /// Who is to be reminded of a promise now, while the team of its ticket's queue is there.
    private static func reminder(of promise: Promise, _ policy: ContactPolicy, in db: Snapshot, at now: Date) throws
        -> (ticket: Ticket, whom: Promise.Reminded)?
    {
        guard let ticket = try db.ticket(about: promise) else { return nil }
        let calendar = policy.calendar(of: ticket.queue)
        guard calendar.isOpen(at: now) else { return nil }
        return promise.reminder(at: now, in: calendar).map { (ticket, $0) }
    }

    /// Something that an agent, or everybody, is told of.
    private struct Due: Sendable {
        var reminder: Reminder
        /// Nil: everybody.
        var agent: Int64?
        var ticket: Ticket
        var promise: (Promise, Promise.Reminded)?

        init(ticket: Ticket, now: Date) {
            let nobodyActed = ticket.nothingNew > 1
            reminder = Reminder(
                what: nobodyActed ? .nobodyActed : .contact, ticket: ticket.number, subject: ticket.subject,
                dueAt: ticket.nextContactAt ?? now)
            agent = nobodyActed ? nil : ticket.assignee
            self.ticket = ticket
        }

        init(promise: Promise, ticket: Ticket, whom: Promise.Reminded) {
            reminder = Reminder(what: .promise(text: promise.text), ticket: ticket.number, subject: ticket.subject, dueAt: promise.dueAt)
            agent = whom == .everybody ? nil : promise.owner
            self.ticket = ticket
            self.promise = (promise, whom)
        }
    }

    private func alarming(in db: Snapshot, at now: Date) throws -> [Due] {
        try db.unheardTickets(limit: Self.remindersPerCommit).map { Due(ticket: $0, now: now) }
    }

    /// Marks what is due as told, and posts one letter to each agent concerned, in one commit.
    private func remind(_ find: @escaping @Sendable (Transaction) throws -> [Due]) async throws -> Int {
        let (tickets, now, bell) = (self, clock.now(), bell)
        return try await database.write { tx in
            let due = try find(tx)
            guard !due.isEmpty else { return 0 }
            let actor = Actor.system("reminders")
            for one in due {
                if let (promise, whom) = one.promise {
                    try tx.record(promise.reminding(whom, by: actor, at: now))
                } else {
                    try tx.record(one.ticket.warning(by: actor, at: now))
                }
            }
            for agent in try tx.agents() where agent.disabledAt == nil {
                let own = due.filter { $0.agent == nil || $0.agent == agent.id }.map(\.reminder)
                guard !own.isEmpty, let address = Address(agent.address) else { continue }
                _ = try tx.post(tickets.mails.reminder(own, to: agent, address: address), from: tickets.mailboxes.main, now: now)
            }
            tx.onCommit { bell.ring() }
            return due.count
        }
    }
}
