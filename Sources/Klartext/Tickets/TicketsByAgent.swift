import Foundation
import Mail
import Storage

/// What an agent can do with a ticket.
extension Tickets {
    /// Writes a note that stays in the house.
    /// - Parameter seen: how long the ticket's history was on the page it was written on; the same note on the same page is written once.
    func note(_ text: String, on number: TicketNumber, by agent: Agent, seen: Int? = nil) async throws {
        let (index, now) = (index, clock.now())
        let name = seen.map { Self.name(["note", "\(number)", "\(agent.id)", "\($0)", text]) } ?? UUID().uuidString
        try await once(name, on: number, at: now) { tx in
            guard let ticket = try tx.ticket(number) else { throw TicketRefusal.noSuchTicket }
            let note = Note(id: try tx.next(.message), ticket: number, agent: agent.id, body: text, writtenAt: now)
            try tx.record(ticket.noting(note.id, text: text, by: .agent(agent.id), at: now))
            try tx.insert(note, index: index)
        }
    }

    func assign(_ number: TicketNumber, to assignee: Int64?, because reason: String = "", by agent: Agent) async throws {
        try await change(number) { ticket, now in ticket.assigning(to: assignee, because: reason, by: .agent(agent.id), at: now) }
    }

    /// Lets a ticket wait for another team, whose hours may bring the next contact forward.
    func queue(_ number: TicketNumber, to name: String, by agent: Agent) async throws {
        guard mailboxes.queues.contains(where: { $0.name == name }) else { throw TicketRefusal.noSuchQueue }
        let policy = policy
        try await change(number) { ticket, now in
            let latest = policy.latest(after: now, moving: ticket.queue, to: name)
            return ticket.queueing(to: name, by: .agent(agent.id), at: now, contactBy: latest)
        }
    }

    /// Passes the turn, or moves the next contact.
    func pass(_ number: TicketNumber, to turn: Turn, nextContactAt: Date, by agent: Agent) async throws {
        try await change(number) { ticket, now in try ticket.passing(to: turn, nextContactAt: nextContactAt, by: .agent(agent.id), at: now)
        }
    }

    /// Solves without an answer; the customer is told the cause by letter.
    func solve(_ number: TicketNumber, cause: String, by agent: Agent) async throws {
        let (tickets, now, bell) = (self, clock.now(), bell)
        try await once(on: number, at: now) { tx in
            guard let ticket = try tx.ticket(number) else { throw TicketRefusal.noSuchTicket }
            let customer = try tickets.owner(of: ticket, in: tx)
            let after = try ticket.solving(cause: cause, letter: 0, by: .agent(agent.id), at: now).ticket
            let letter = try tx.post(
                tickets.mails.solved(after, to: customer, cause: cause, thread: try tickets.thread(of: ticket, in: tx)),
                from: tickets.mailbox(of: ticket), now: now)
            try tx.record(ticket.solving(cause: cause, letter: letter, by: .agent(agent.id), at: now))
            tx.onCommit { bell.ring() }
        }
    }

    func reopen(_ number: TicketNumber, by agent: Agent) async throws {
        let policy = policy
        try await change(number) { ticket, now in
            try ticket.reopening(.agent, nextContactAt: policy.latest(after: now, in: ticket.queue), by: .agent(agent.id), at: now)
        }
    }

    func finishTodo(_ id: Int64, by agent: Agent) async throws {
        let now = clock.now()
        try await database.writeUntilKnown { tx in
            guard let number = try tx.finishTodo(id, by: .agent(agent.id), now: now), let ticket = try tx.ticket(number) else { return }
            var change = TicketChange(of: ticket, by: .agent(agent.id), at: now)
            change.happen(.todoDone(todo: id))
            try tx.record(change)
        }
    }

    /// Takes a failed letter off the list, and its to-do with it: the customer knows now.
    func dismissLetter(_ id: Int64, by agent: Agent) async throws {
        let (tickets, now) = (self, clock.now())
        try await database.writeUntilKnown { tx in
            guard let letter = try tx.letter(id) else { return }
            guard let number = letter.conversation.flatMap(TicketNumber.init(rawValue:)), let ticket = try tx.ticket(number) else {
                return try tx.dismissLetter(letter, now: now)
            }
            var change = TicketChange(of: ticket, by: .agent(agent.id), at: now)
            try tickets.settle(letter, &change, in: tx)
            try tx.record(change)
        }
    }

    /// Moves a customer's message to another ticket; moving it back undoes that.
    func move(message id: Int64, to target: TicketNumber, by agent: Agent) async throws {
        let (tickets, now, bell) = (self, clock.now(), bell)
        try await once(on: target, at: now) { tx in
            guard let message = try tx.message(id), case .customer = message.author, let from = try tx.ticket(message.ticket) else {
                throw TicketRefusal.noSuchMessage
            }
            guard let into = try tx.ticket(target) else { throw TicketRefusal.noSuchTicket }
            guard from.number != into.number else { throw TicketRefusal.sameTicket }
            let isLast = try !message.isAutomatic && tx.customerMessages(on: from.number) == 1
            try tx.record(from.losing(message: id, to: target, isLast: isLast, by: .agent(agent.id), at: now))
            try tx.record(
                into.gaining(
                    message: id, from: from.number, by: .agent(agent.id), at: now,
                    contactBy: tickets.policy.latest(after: now, in: into.queue)))
            try tx.moveMessage(id, to: target, because: .movedByAgent, index: tickets.index)
            for todo in try tx.todos(on: from.number) where todo.doneAt == nil {
                if case .mayBelongTo(target, message: id) = todo.kind { _ = try tx.finishTodo(todo.id, by: .agent(agent.id), now: now) }
            }
            tx.onCommit { bell.ring() }
        }
    }

    /// Makes the private link useless; the customer can have a new one mailed.
    func revokeLink(_ number: TicketNumber, by agent: Agent) async throws {
        let now = clock.now()
        try await once(on: number, at: now) { tx in
            guard let ticket = try tx.ticket(number) else { throw TicketRefusal.noSuchTicket }
            var change = TicketChange(of: ticket, by: .agent(agent.id), at: now)
            change.happen(.linkRevoked)
            try tx.revokeLinks(of: number, now: now)
            try tx.record(change)
        }
    }

    /// Replaces the private link by a new one and mails it.
    func renewLink(_ number: TicketNumber, by agent: Agent) async throws {
        let (tickets, now, bell) = (self, clock.now(), bell)
        try await once(on: number, at: now) { tx in
            guard let ticket = try tx.ticket(number) else { throw TicketRefusal.noSuchTicket }
            var change = TicketChange(of: ticket, by: .agent(agent.id), at: now)
            try tickets.renewLink(&change, in: tx)
            _ = try tx.post(
                tickets.mails.link(change.ticket, to: try tickets.owner(of: ticket, in: tx)), from: tickets.mailbox(of: ticket), now: now)
            try tx.record(change)
            tx.onCommit { bell.ring() }
        }
    }

    func renewLink(_ change: inout TicketChange, in tx: Transaction) throws {
        try tx.revokeLinks(of: change.ticket.number, now: change.at)
        change.happen(.linkRenewed(generation: change.ticket.linkGeneration + 1))
        try tx.insertLink(digest: links.digest(of: change.ticket), ticket: change.ticket, now: change.at)
    }
}

extension Tickets {
    /// Writes down what came by phone, by letter or at the counter: ticket, confirmation and note in one commit.
    ///
    /// - Parameters:
    ///   - reach: how else the customer can be reached; becomes a note where it says anything.
    ///   - also: what is recorded with it.
    ///   - once: tells the form from the same one filled again; sent twice, it opens one ticket.
    func enter(
        _ request: Request, reach: String, once: String, by agent: Agent,
        also: @escaping @Sendable (Transaction, TicketNumber, Date) throws -> Void = { _, _, _ in }
    ) async throws -> TicketNumber {
        let (tickets, now, bell) = (self, clock.now(), bell)
        let digest = links.digest("entered/" + once)
        return try await database.write { tx in
            if let known = try tx.submission(digest) { return try TicketNumber(stored: known) }
            let ticket = try tickets.open(request, because: .enteredByAgent, by: agent, in: tx, at: now).ticket
            if !reach.isBlank {
                let note = Note(id: try tx.next(.message), ticket: ticket.number, agent: agent.id, body: reach, writtenAt: now)
                try tx.record(ticket.noting(note.id, text: reach, by: .agent(agent.id), at: now))
                try tx.insert(note, index: tickets.index)
            }
            try also(tx, ticket.number, now)
            try tx.insertSubmission(digest, ticket: ticket.number.rawValue, now: now)
            tx.onCommit { bell.ring() }
            return ticket.number
        }
    }
}
