import Foundation
import Mail
import Storage

/// What Klartext does by itself so that no customer is left in the dark: promises and next contacts whose time has come.
extension Tickets {
    /// What one round did.
    struct Round: Sendable, Equatable {
        var missedPromises = 0
        var nothingNew = 0
        /// What could not be done, and why; the next round tries again.
        var failures: [String] = []
    }

    /// So many go in one commit: enough to share it, few enough that nobody else who writes waits long.
    private static let batch = 50

    /// Tells every customer whose time has come, promises first: their letter is the contact, too.
    func keepWord() async throws -> Round {
        let (tickets, now) = (self, clock.now())
        var round = Round()
        var promise: (dueAt: Date, id: Int64)?
        while true {
            let due = try await database.read { [promise] db in try db.openPromises(dueBy: now, after: promise, limit: Self.batch) }
            guard let last = due.last else { break }
            round.missedPromises += await each(due.map(\.id), "promise", &round.failures) { tx, id in
                try tickets.miss(promise: id, in: tx, at: now)
            }
            promise = (last.dueAt, last.id)
        }
        var place: (dueAt: Date, number: Int64)?
        while true {
            let due = try await database.read { [place] db in try db.openTickets(dueBy: now, after: place, limit: Self.batch) }
            guard let last = due.last, let time = last.nextContactAt else { break }
            round.nothingNew += await each(due.map(\.number.rawValue), "ticket", &round.failures) { tx, number in
                try tickets.sayNothingNew(number, in: tx, at: now)
            }
            place = (time, last.number.rawValue)
        }
        return round
    }

    /// Does something to many in one commit; where that fails, to each in one of its own, so that none waits for another's fault.
    ///
    /// Doing it again is harmless, also where the first commit's fate is unknown: who was told is not due any more.
    /// - Returns: for how many it was done.
    private func each(
        _ ids: [Int64], _ what: String, _ failures: inout [String], _ act: @escaping @Sendable (Transaction, Int64) throws -> Bool
    ) async -> Int {
        let bell = bell
        let all: @Sendable ([Int64]) async throws -> Int = { [database] ids in
            try await database.write { tx in
                tx.onCommit { bell.ring() }
                return try ids.filter { try act(tx, $0) }.count
            }
        }
        if let done = try? await all(ids) { return done }
        var done = 0
        for id in ids {
            do { done += try await all([id]) } catch { failures.append("\(what) \(id): \(error)") }
        }
        return done
    }

    /// Tells the customer that a promise was not kept, with a new time.
    /// - Returns: false when it was settled or moved meanwhile.
    private func miss(promise id: Int64, in tx: Transaction, at now: Date) throws -> Bool {
        guard let promise = try tx.promise(id), promise.state == .open, promise.dueAt <= now,
            let ticket = try tx.ticket(about: promise)
        else { return false }
        let actor = Actor.system("promises")
        let next = promise.nextTime(after: now, in: policy.calendar(of: ticket.queue))
        let customer = try owner(of: ticket, in: tx)
        let silence = try silence(towards: customer.mailAddress, mail: nil, in: tx, at: now)
        let letter =
            try silence == nil
            ? tx.post(
                mails.missed(promise, next: next, ticket, to: customer, thread: thread(of: ticket, in: tx)), from: mailbox(of: ticket),
                now: now)
            : nil
        var change = ticket.breakingPromise(next: next, letter: letter, by: actor, at: now)
        if let silence { try raise(untold: silence, &change, in: tx) }
        try tx.record(change)
        try tx.record(promise.missing(next: next, letter: letter, by: actor, at: now))
        try tx.promise(RemindAgents(), at: now, now: now)
        return true
    }

    /// Tells the customer that there is nothing new.
    private func sayNothingNew(_ number: Int64, in tx: Transaction, at now: Date) throws -> Bool {
        guard let number = TicketNumber(rawValue: number), let ticket = try tx.ticket(number), let said = ticket.nothingNew(at: now, policy)
        else {
            return false
        }
        let actor = Actor.system("dark time")
        let customer = try owner(of: ticket, in: tx)
        let silence = try silence(towards: customer.mailAddress, mail: nil, in: tx, at: now)
        let after = ticket.saying(said, letter: 0, by: actor, at: now).ticket
        let letter =
            try silence == nil
            ? tx.post(
                mails.nothingNew(said, after, to: customer, thread: thread(of: ticket, in: tx), at: now), from: mailbox(of: ticket),
                now: now)
            : nil
        var change = ticket.saying(said, letter: letter, by: actor, at: now)
        if let silence { try raise(untold: silence, &change, in: tx) }
        try tx.record(change)
        if said.alarmsEverybody { try tx.promise(RemindAgents(), at: now, now: now) }
        return true
    }

    /// The customer could not be told: one to-do says so until somebody has seen to it.
    private func raise(untold silence: Silence, _ change: inout TicketChange, in tx: Transaction) throws {
        let isRaised = try tx.todos(on: change.ticket.number).contains {
            if case .notTold = $0.kind { $0.doneAt == nil } else { false }
        }
        if !isRaised { try raise(.notTold(silence), &change, in: tx) }
    }
}

extension Snapshot {
    /// The ticket that a promise is about; where it went on elsewhere, that one.
    func ticket(about promise: Promise) throws -> Ticket? {
        guard let number = TicketNumber(subject: promise.about) else { return nil }
        return try ticket(number)
    }
}

extension TicketNumber {
    /// The number in a ticket's name in the journal.
    init?(subject: String) {
        let prefix = "ticket/"
        guard subject.utf8.starts(with: prefix.utf8), let raw = Int64(subject.dropFirst(prefix.count)) else { return nil }
        self.init(rawValue: raw)
    }
}
