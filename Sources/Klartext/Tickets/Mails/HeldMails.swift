import Foundation
import Mail
import Storage

/// Mail that waits for a person: it can be filed, made a ticket, answered, or set aside; it cannot vanish.
extension Tickets {
    /// Files a held mail on a ticket.
    func fileHeld(_ entry: InboxEntry, _ mail: Request, on number: TicketNumber, by agent: Agent) async throws {
        try await settleHeld(entry, mail, Threading.Decision(ticket: number, because: .filedByAgent), by: agent)
    }

    /// Makes a ticket of a held mail.
    func openHeld(_ entry: InboxEntry, _ mail: Request, by agent: Agent) async throws {
        try await settleHeld(entry, mail, Threading.Decision(because: .filedByAgent), by: agent)
    }

    private func settleHeld(_ entry: InboxEntry, _ mail: Request, _ decision: Threading.Decision, by agent: Agent) async throws {
        let (tickets, now, bell) = (self, clock.now(), bell)
        try await database.writeUntilKnown { tx in
            guard let current = try tx.inboxEntry(entry.id), current.state == .held else { return }
            if let number = decision.ticket, try tx.ticket(number) == nil { throw TicketRefusal.noSuchTicket }
            let number = try tickets.file(mail, decision, in: tx, at: now)
            _ = try tx.settleInbox(
                entry.id, from: [.held], to: .filed, reason: FiledBecause.filedByAgent.rawValue, summary: entry.summary,
                conversation: number.rawValue,
                by: .agent(agent.id), now: now)
            tx.onCommit { bell.ring() }
        }
    }

    /// Sets a held mail aside as machine mail: kept, and nobody need act.
    func setAside(_ entry: InboxEntry, by agent: Agent) async throws {
        let now = clock.now()
        try await database.writeUntilKnown { tx in
            _ = try tx.settleInbox(
                entry.id, from: [.held], to: .machine, reason: "set aside", summary: entry.summary, conversation: nil, by: .agent(agent.id),
                now: now)
        }
    }

    /// Refuses a held mail with an answer to its sender.
    func refuse(_ entry: InboxEntry, text: String, to sender: Address, name: String, subject: String, emailID: MessageID?, by agent: Agent)
        async throws
    {
        guard !text.isBlank else { throw TicketRefusal.emptyText }
        let (tickets, now, bell) = (self, clock.now(), bell)
        let mailbox = mailboxes.mailbox(of: entry.recipients) ?? mailboxes.main
        try await database.writeUntilKnown { tx in
            let language = LanguageGuess.guess(text) ?? tickets.voices.unknown
            let settled = try tx.settleInbox(
                entry.id, from: [.held], to: .refused, reason: "answered", summary: entry.summary, conversation: nil, by: .agent(agent.id),
                now: now)
            guard settled else { return }
            let letter = tickets.mails.answerToHeld(
                text, to: sender, name: name, subject: subject, language: language, agent: agent, mailbox: mailbox,
                thread: emailID.map { [$0] } ?? [])
            _ = try tx.post(letter, from: mailbox, now: now)
            tx.onCommit { bell.ring() }
        }
    }
}
