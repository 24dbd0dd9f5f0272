import Foundation
import Mail
import Storage

/// Answers of agents, and answers that take earlier ones back.
extension Tickets {
    /// An answer as the agent wrote it.
    struct Answer: Sendable {
        /// Empty for a correction, which has its own words.
        var text: String
        var files: [NewFile]
        var then: AfterReply
        /// The newest message that was on the page.
        var seen: Int64
        /// What the answer promises.
        var promises: [NewPromise] = []
        /// Promises that it keeps.
        var keeps: [Int64] = []
        /// Where it takes an earlier answer back.
        var correction: NewCorrection?
    }

    /// "We were wrong", as the agent wrote it.
    struct NewCorrection: Sendable, Equatable {
        /// The message that was wrong.
        var answer: Int64
        var words: Correction.Words
    }

    /// Answers the customer: message, letter, turn and promises in one commit. The same answer to the same page sent again is sent once.
    /// - Throws: `TicketRefusal.overtaken` when somebody else answered or the customer wrote meanwhile, `PromiseRefusal` when something cannot be
    ///   promised; nothing is sent then.
    func reply(_ answer: Answer, to number: TicketNumber, by agent: Agent) async throws {
        let (tickets, now, bell) = (self, clock.now(), bell)
        try await once(answer.name(to: number, by: agent), on: number, at: now) { tx in
            guard let ticket = try tx.ticket(number) else { throw TicketRefusal.noSuchTicket }
            tx.onCommit { bell.ring() }
            try tickets.reply(answer, to: ticket, by: agent, in: tx, at: now)
        }
    }

    private func reply(_ answer: Answer, to ticket: Ticket, by agent: Agent, in tx: Transaction, at now: Date) throws {
        let id = try tx.next(.message)
        let wrong = try answer.correction.flatMap { try tx.answer($0.answer, on: ticket.number) }
        let change = { (letter: Int64) in try answer.change(of: ticket, wrong, message: id, letter: letter, by: .agent(agent.id), at: now) }
        // decided first on a letter number that is not taken yet: the letter tells the state after the reply
        let after = try change(0).ticket
        for file in answer.files { try tx.insertFile(file.stored, now: now) }
        let promises = try answer.promises.map { try make($0, about: ticket, by: .agent(agent.id), in: tx, at: now) }
        try keep(answer.keeps, about: ticket, by: .agent(agent.id), in: tx, at: now)
        let letter = try tx.post(
            letter(answer, after, from: agent, promises: promises, thread: thread(of: ticket, in: tx), in: tx, at: now),
            from: mailbox(of: ticket), now: now)
        let text = answer.correction.map { mails.text(of: $0.words, for: ticket) } ?? answer.text
        let message = Message(
            id: id, ticket: ticket.number, author: .agent(agent.id), authorName: agent.name, authorAddress: agent.address, channel: .desk,
            body: text, isAutomatic: false, writtenAt: now, inbox: nil, emailID: nil, filedBecause: .agentWrote, letter: letter)
        try tx.record(change(letter))
        try tx.insert(message, with: newAttachments(answer.files, on: message, at: now, in: tx), index: index)
        if let made = answer.correction {
            try tx.insert(Correction(message: id, ticket: ticket.number, answer: made.answer, words: made.words, madeAt: now))
        }
    }

    private func letter(
        _ answer: Answer, _ ticket: Ticket, from agent: Agent, promises: [Promise], thread: [MessageID], in tx: Transaction, at now: Date
    ) throws -> NewLetter {
        let customer = try owner(of: ticket, in: tx)
        let files = answer.files.map(NewLetter.Attachment.init)
        guard let correction = answer.correction else {
            return mails.reply(
                ticket, to: customer, text: answer.text, agent: agent, promises: promises, files: files, thread: thread, at: now)
        }
        let answeredAt = try tx.message(correction.answer)?.writtenAt ?? now
        return mails.correction(
            correction.words, of: answeredAt, ticket, to: customer, agent: agent, promises: promises, files: files, thread: thread, at: now)
    }

    /// Makes an answer the official one; the one that was it before is no longer.
    func pin(_ answer: Int64, on number: TicketNumber, by agent: Agent) async throws {
        let now = clock.now()
        try await once(on: number, at: now) { tx in
            guard let ticket = try tx.ticket(number) else { throw TicketRefusal.noSuchTicket }
            try tx.record(ticket.pinning(tx.answer(answer, on: number), by: .agent(agent.id), at: now))
        }
    }

    func unpin(_ number: TicketNumber, by agent: Agent) async throws {
        try await change(number) { ticket, now in ticket.unpinning(by: .agent(agent.id), at: now) }
    }
}

extension Tickets.Answer {
    /// What follows from it.
    /// - Parameter wrong: the answer that it takes back, if it does and there is one.
    fileprivate func change(
        of ticket: Ticket, _ wrong: Ticket.GivenAnswer?, message: Int64, letter: Int64, by actor: Actor, at now: Date
    ) throws -> TicketChange {
        let then = then.noLater(than: promises.map(\.dueAt).min())
        guard let correction else {
            return try ticket.replying(text: text, message: message, letter: letter, then: then, seen: seen, by: actor, at: now)
        }
        return try ticket.correcting(wrong, correction.words, message: message, letter: letter, then: then, seen: seen, by: actor, at: now)
    }

    /// Two answers are never the same: the first one is the newest message on the page of the second.
    fileprivate func name(to number: TicketNumber, by agent: Agent) -> String {
        let corrected = correction.map { ["\($0.answer)", $0.words.wrong, $0.words.right, $0.words.action] } ?? []
        return Tickets.name(
            ["reply", "\(number)", "\(agent.id)", "\(seen)", "\(then)", text] + corrected + files.flatMap { [$0.stored.digest, $0.name] })
    }
}

extension NewLetter.Attachment {
    init(_ file: Tickets.NewFile) { self.init(digest: file.stored.digest, name: file.name, contentType: file.contentType) }
}
