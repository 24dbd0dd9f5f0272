import Foundation
import Mail
import Storage

/// A letter that did not arrive goes out again.
extension Tickets {
    /// Sends a failed letter once more, to the same or to another address, and takes it off the list with its to-do. Asked for twice, it is done once.
    /// - Throws: `TicketRefusal.noSuchTicket` where no ticket stands behind the letter: there is nobody whom it would be to.
    func resend(letter id: Int64, to address: Address, by agent: Agent) async throws {
        let (tickets, now, bell) = (self, clock.now(), bell)
        try await database.writeUntilKnown { tx in
            guard let letter = try tx.letter(id), let content = try tx.letterContent(id), letter.state == .failed, letter.dismissedAt == nil
            else {
                return
            }
            guard let ticket = try letter.conversation.flatMap(TicketNumber.init(rawValue:)).flatMap({ try tx.ticket($0) }) else {
                throw TicketRefusal.noSuchTicket
            }
            let again = tickets.mails.again(letter, content, to: address, of: ticket)
            let sent = try tx.post(again, from: tickets.mailboxes[letter.mailbox], now: now)
            var change = TicketChange(of: ticket, by: .agent(agent.id), at: now)
            change.happen(.resent(letter: id, as: sent, to: address.mailbox))
            try tickets.settle(letter, &change, in: tx)
            try tx.record(change)
            tx.onCommit { bell.ring() }
        }
    }

    /// Takes a failed letter off the list, and its to-do with it.
    func settle(_ letter: Letter, _ change: inout TicketChange, in tx: Transaction) throws {
        try tx.dismissLetter(letter, now: change.at)
        for todo in try tx.todos(on: change.ticket.number) where todo.doneAt == nil {
            guard case .customerDoesNotKnow(letter.id, _) = todo.kind, try tx.finishTodo(todo.id, by: change.actor, now: change.at) != nil
            else {
                continue
            }
            change.happen(.todoDone(todo: todo.id))
        }
    }
}

extension TicketMails {
    /// The same letter with a word that it was sent before. What it says of times was true then.
    func again(_ letter: Letter, _ content: LetterContent, to address: Address, of ticket: Ticket) -> NewLetter {
        let t = voices[letter.language]
        var body = content.body
        body.blocks.insert(.remark(t(.mailAgain, ["time": t.moments.moment(letter.writtenAt)])), at: 0)
        return NewLetter(
            conversation: ticket.number.rawValue, kind: letter.kind, language: letter.language, recipient: address,
            recipientName: letter.recipientName, subject: letter.subject, body: body,
            attachments: content.attachments.map { .init(digest: $0.digest, name: $0.name, contentType: $0.contentType) },
            thread: letter.thread.map(MessageID.init(rawValue:)), isAutomatic: letter.isAutomatic)
    }
}
