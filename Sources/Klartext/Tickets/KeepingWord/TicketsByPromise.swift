import Foundation
import Mail
import Storage

/// What agents do with promises about tickets. Whoever changes what a customer was told tells the customer in the same commit.
extension Tickets {
    /// A promise as an agent words it.
    struct NewPromise: Sendable, Equatable {
        var channel: PromiseChannel
        var text: String
        var thirdParty: String?
        var owner: Int64
        var dueAt: Date
    }

    /// Promises something outside of an answer, on the phone for instance; the customer has it in writing.
    func promise(_ new: NewPromise, about number: TicketNumber, by agent: Agent) async throws {
        try await letting(number, by: agent) { tickets, tx, ticket, customer, now in
            let promise = try tickets.make(new, about: ticket, by: .agent(agent.id), in: tx, at: now)
            let thread = try tickets.thread(of: ticket, in: tx)
            let letter = try tx.post(
                tickets.mails.promised(promise, ticket, to: customer, thread: thread), from: tickets.mailbox(of: ticket), now: now)
            var change = ticket.expecting(promise.dueAt, by: .agent(agent.id), at: now)
            change.happen(.informed(letter: letter))
            try tx.record(change)
        }
    }

    /// Records a promise; the caller tells the customer.
    func make(_ new: NewPromise, about ticket: Ticket, by actor: Actor, in tx: Transaction, at now: Date) throws -> Promise {
        let making = PromiseEvent.Making(
            about: ticket.number.subject, channel: new.channel, text: new.text, thirdParty: new.thirdParty, owner: new.owner,
            addressee: ticket.customer, dueAt: new.dueAt)
        let change = try Promise.making(making, id: try tx.next(.promise), by: actor, at: now)
        try tx.record(change)
        return change.promise
    }

    /// Records that promises about a ticket are kept by what is being done to it; those of other tickets are left alone.
    func keep(_ ids: [Int64], about ticket: Ticket, by actor: Actor, in tx: Transaction, at now: Date) throws {
        for id in ids {
            guard let promise = try tx.promise(id), promise.about == ticket.number.subject else { continue }
            try tx.record(promise.keeping(how: "", by: actor, at: now))
        }
    }

    /// It is done, as promised.
    func keep(promise id: Int64, how: String, by agent: Agent) async throws {
        let now = clock.now()
        try await database.write { tx in
            guard let promise = try tx.promise(id) else { throw PromiseRefusal.noSuchPromise }
            try tx.record(promise.keeping(how: how, by: .agent(agent.id), at: now))
        }
    }

    /// Names another time, and tells the customer why.
    func move(promise id: Int64, to time: Date, because reason: String, by agent: Agent) async throws {
        try await letting(promise: id, by: agent) { tickets, tx, promise, ticket, customer, now in
            let actor = Actor.agent(agent.id)
            let after = try promise.moving(to: time, because: reason, letter: nil, by: actor, at: now).promise
            let thread = try tickets.thread(of: ticket, in: tx)
            let letter = try tx.post(
                tickets.mails.moved(after, because: reason, ticket, to: customer, thread: thread), from: tickets.mailbox(of: ticket),
                now: now)
            try tx.record(promise.moving(to: time, because: reason, letter: letter, by: actor, at: now))
            var change = ticket.expecting(time, by: actor, at: now)
            change.happen(.informed(letter: letter))
            try tx.record(change)
        }
    }

    /// Takes a promise back, and tells the customer why.
    func withdraw(promise id: Int64, because reason: String, by agent: Agent) async throws {
        try await letting(promise: id, by: agent) { tickets, tx, promise, ticket, customer, now in
            let actor = Actor.agent(agent.id)
            try tx.record(promise.withdrawing(because: reason, by: actor, at: now))
            let thread = try tickets.thread(of: ticket, in: tx)
            let letter = try tx.post(
                tickets.mails.withdrawn(promise, because: reason, ticket, to: customer, thread: thread), from: tickets.mailbox(of: ticket),
                now: now)
            var change = TicketChange(of: ticket, by: actor, at: now)
            change.happen(.informed(letter: letter))
            try tx.record(change)
        }
    }

    /// Somebody else sees to it.
    func hand(promise id: Int64, to owner: Int64, by agent: Agent) async throws {
        let now = clock.now()
        try await database.write { tx in
            guard let promise = try tx.promise(id), let chosen = try tx.agent(owner), chosen.disabledAt == nil else {
                throw PromiseRefusal.noSuchPromise
            }
            try tx.record(promise.handing(to: owner, by: .agent(agent.id), at: now))
        }
    }

    private func letting(
        _ number: TicketNumber, by agent: Agent, _ act: @escaping @Sendable (Tickets, Transaction, Ticket, Customer, Date) throws -> Void
    ) async throws {
        let (tickets, now, bell) = (self, clock.now(), bell)
        try await once(on: number, at: now) { tx in
            guard let ticket = try tx.ticket(number) else { throw TicketRefusal.noSuchTicket }
            try act(tickets, tx, ticket, try tickets.owner(of: ticket, in: tx), now)
            tx.onCommit { bell.ring() }
        }
    }

    private func letting(
        promise id: Int64, by agent: Agent,
        _ act: @escaping @Sendable (Tickets, Transaction, Promise, Ticket, Customer, Date) throws -> Void
    ) async throws {
        let (tickets, now, bell) = (self, clock.now(), bell)
        let about = try await database.read { db in try db.promise(id).flatMap { try db.ticket(about: $0) } }
        guard let number = about?.number else { throw PromiseRefusal.noSuchPromise }
        try await once(on: number, at: now) { tx in
            guard let promise = try tx.promise(id), let ticket = try tx.ticket(about: promise) else { throw PromiseRefusal.noSuchPromise }
            try act(tickets, tx, promise, ticket, try tickets.owner(of: ticket, in: tx), now)
            tx.onCommit { bell.ring() }
        }
    }
}
