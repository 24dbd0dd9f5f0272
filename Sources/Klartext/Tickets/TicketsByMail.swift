import Foundation
import Mail
import Storage

/// Mail that has been sorted: filed on the ticket it belongs to, or on a new one.
extension Tickets {
    /// What became of a mail.
    enum Filing: Sendable, Equatable {
        case filed(TicketNumber)
        case held(HeldReason)
        /// It had been dealt with before.
        case alreadyDone
    }

    /// Files a mail; the inbox entry is settled in the same commit, so that a mail is filed exactly once.
    func receive(_ mail: Correspondence, text: String, emailID: MessageID?, files: [NewFile], entry: InboxEntry) async throws -> Filing {
        let (tickets, now, bell) = (self, clock.now(), bell)
        let summary = InboxEntry.Summary(from: mail.sender.mailbox, subject: mail.subject, text: String(text.prefix(300)))
        return try await database.writeUntilKnown { tx in
            guard let current = try tx.inboxEntry(entry.id), current.state == .received else { return .alreadyDone }
            tx.onCommit { bell.ring() }
            if try tickets.isLooping(mail, in: tx, at: now) {
                _ = try tx.settleInbox(
                    entry.id, from: [.received], to: .held, reason: HeldReason.loop.rawValue, summary: summary, conversation: nil,
                    by: .system("sorting"), now: now)
                return .held(.loop)
            }
            let decision = Threading.decide(try tickets.evidence(mail, in: tx))
            let request = Request(mail, text: text, emailID: emailID, files: files, entry: entry)
            let number = try tickets.file(request, decision, in: tx, at: now)
            _ = try tx.settleInbox(
                entry.id, from: [.received], to: .filed, reason: decision.because.rawValue, summary: summary, conversation: number.rawValue,
                by: .system("sorting"), now: now)
            return .filed(number)
        }
    }

    func file(_ request: Request, _ decision: Threading.Decision, in tx: Transaction, at now: Date) throws -> TicketNumber {
        guard let number = decision.ticket, let ticket = try tx.ticket(number) else {
            return try open(request, because: decision.because, offer: decision.offer, in: tx, at: now).ticket.number
        }
        return try add(request, to: ticket, because: decision.because, in: tx, at: now).ticket.number
    }

    /// What the database knows about where a mail belongs.
    private func evidence(_ mail: Correspondence, in tx: Transaction) throws -> Threading.Evidence {
        var evidence = Threading.Evidence()
        evidence.replyAddresses = try existing(mail.conversations, in: tx)
        evidence.answeredLetters = try existing(mail.letters.compactMap { try tx.conversation(ofLetter: $0) }, in: tx)
        evidence.answeredMails = try tx.tickets(holding: mail.answers.map(\.rawValue)).compactMap { try continued($0, in: tx) }
        if let number = mail.numberInSubject.flatMap({ TicketNumber($0) }), let named = try continued(number, in: tx) {
            evidence.numberInSubject = named
            if let customer = try tx.customer(key: mail.sender.key) {
                evidence.senderTakesPart = try tx.takesPart(customer: customer.id, in: named)
            }
        }
        return evidence
    }

    private func existing(_ numbers: [Int64], in tx: Transaction) throws -> [TicketNumber] {
        try numbers.compactMap(TicketNumber.init(rawValue:)).compactMap { try continued($0, in: tx) }
    }

    /// The ticket itself, or where it goes on when it was merged into another; nil when there is none.
    private func continued(_ number: TicketNumber, in tx: Transaction) throws -> TicketNumber? {
        var current = number
        // merged into one that was merged: a chain longer than this would be a circle
        for _ in 0..<10 {
            guard let ticket = try tx.ticket(current) else { return nil }
            guard let next = ticket.mergedInto else { return current }
            current = next
        }
        return current
    }

    /// Whether a machine keeps opening tickets: then the next one waits for a person.
    private func isLooping(_ mail: Correspondence, in tx: Transaction, at now: Date) throws -> Bool {
        guard mail.silence == .automatic || mail.silence == .noReply || mail.silence == .bulk, mail.conversations.isEmpty,
            mail.letters.isEmpty,
            let customer = try tx.customer(key: mail.sender.key)
        else { return false }
        return try tx.ticketsOpened(by: customer.id, since: now.addingTimeInterval(-600)) >= Confirming.mostMachineTicketsPerTenMinutes
    }

    /// A letter's fate as a report tells it, settled with the report's inbox entry in one commit. Reports are machine mail: they are kept with their
    /// letter, and never stand in a ticket's conversation.
    /// - Returns: false when there is no such letter.
    func learn(_ report: DeliveryReport, of letterID: Int64, entry: InboxEntry) async throws -> Bool {
        let (tickets, now, bell) = (self, clock.now(), bell)
        return try await database.writeUntilKnown { tx in
            guard let current = try tx.inboxEntry(entry.id), current.state == .received else { return true }
            guard let letter = try tx.letter(letterID) else { return false }
            let (action, fate) = (report.action(for: letter.recipient), letter.fate(after: report))
            let detail = report.summary(for: letter.recipient)
            try tx.recordReport(letter, action, fate: fate, detail: detail, inbox: entry.id, now: now)
            if fate?.state == .failed {
                try tickets.letterFailed(letter, LetterFailure(report.reason(for: letter.recipient)), in: tx, at: now)
            }
            tx.onCommit { bell.ring() }
            let summary = InboxEntry.Summary(from: entry.sender, subject: "\(letter.recipient): \(action.rawValue)", text: detail)
            return try tx.settleInbox(
                entry.id, from: [.received], to: .machine, reason: "report: \(action.rawValue)", summary: summary,
                conversation: letter.conversation, by: .system("sorting"), now: now)
        }
    }

    /// A letter did not arrive: its ticket says so and becomes work, in the transaction that records the failure.
    func letterFailed(_ letter: Letter, _ failure: LetterFailure, in tx: Transaction, at now: Date) throws {
        guard let number = letter.conversation.flatMap(TicketNumber.init(rawValue:)), let ticket = try tx.ticket(number) else { return }
        let todo = try tx.next(.todo)
        try tx.record(
            ticket.missing(letter: letter.id, failure, todo: todo, at: now, contactBy: policy.latest(after: now, in: ticket.queue)))
    }
}

extension Tickets.Request {
    init(_ mail: Correspondence, text: String, emailID: MessageID?, files: [Tickets.NewFile], entry: InboxEntry) {
        let subject = Subject.parse(mail.subject).base
        self.init(
            sender: mail.sender, name: mail.senderName, subject: subject, text: text, language: nil, channel: .mail, files: files,
            mailbox: mail.mailbox,
            mail: Tickets.MailOrigin(inbox: entry.id, emailID: emailID, isAutomatic: mail.isAutomatic, silence: mail.silence))
    }
}
