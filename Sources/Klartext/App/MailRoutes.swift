import Foundation
import Mail

/// The mail door: one mail out of the inbox is sorted and handed to the one action it asks for.
struct MailRoutes: Sendable {
    var inbox: Inbox
    var tickets: Tickets
    var subscriptions: Subscriptions
    var files: FileStore
    var mailboxes: Mailboxes

    /// Sorts the mail a job names. Doing it again does nothing, since the entry is settled in the action's own commit.
    func sort(_ job: Job) async throws -> JobOutcome {
        let parameters = try job.decoded(as: SortMail.self)
        guard let entry = try await inbox.database.read({ db in try db.inboxEntry(parameters.entry) }), entry.state == .received else {
            return .finished
        }
        try await inbox.reading(entry) { email in
            guard let email else { return try await settle(entry, .held, HeldReason.unreadable.rawValue, .init()) }
            try await sort(email, entry)
        }
        return .finished
    }

    private func sort(_ email: Email, _ entry: InboxEntry) async throws {
        switch Sorting.sort(email, envelopeSender: entry.envelopeSender, recipients: entry.recipients, mailboxes: mailboxes) {
        case .report(let letter, let report):
            if try await !tickets.learn(report, of: letter, entry: entry) { try await hold(entry, .bounceOfUnknownLetter, email) }
        case .noticeReport(let notice, let report):
            try await subscriptions.learn(report, of: notice, entry: entry)
        case .correspondence(let mail):
            _ = try await tickets.receive(
                mail, text: email.text, emailID: email.messageID, files: try await store(email.attachments), entry: entry)
        case .machine(let reason):
            try await settle(entry, .machine, reason.rawValue, .init(email))
        case .held(let reason):
            try await hold(entry, reason, email)
        }
    }

    /// What an agent files when taking a held mail in hand.
    /// - Parameter owner: in whose name, where the mail names nobody but ourselves.
    /// - Returns: nil when there is nobody.
    func request(_ entry: InboxEntry, otherwise owner: Address?) async throws -> Tickets.Request? {
        try await inbox.reading(entry) { email in try await request(email, entry, otherwise: owner) }
    }

    private func request(_ email: Email?, _ entry: InboxEntry, otherwise owner: Address?) async throws -> Tickets.Request? {
        let named = email?.answerTo.first { mailboxes.recognise($0.mailbox) == .foreign }
        guard let sender = named ?? owner ?? Address(entry.sender) else { return nil }
        return Tickets.Request(
            sender: sender, name: sender.name ?? "", subject: Subject.parse(email?.subject ?? "").base, text: email?.text ?? "",
            language: nil,
            channel: .mail, files: try await store(email?.attachments ?? []),
            mailbox: mailboxes.mailbox(of: entry.recipients + (email?.to ?? []).map(\.mailbox))?.key,
            mail: Tickets.MailOrigin(
                inbox: entry.id, emailID: email?.messageID, isAutomatic: false, silence: nil))
    }

    private func hold(_ entry: InboxEntry, _ reason: HeldReason, _ email: Email) async throws {
        try await settle(entry, .held, reason.rawValue, .init(email))
    }

    private func settle(_ entry: InboxEntry, _ state: InboxEntry.State, _ reason: String, _ summary: InboxEntry.Summary) async throws {
        let now = inbox.clock.now()
        try await inbox.database.write { tx in
            _ = try tx.settleInbox(
                entry.id, from: [.received], to: state, reason: reason, summary: summary, conversation: nil, by: .system("sorting"),
                now: now)
        }
    }

    private func store(_ parts: [EmailPart]) async throws -> [Tickets.NewFile] {
        var stored: [Tickets.NewFile] = []
        for part in parts {
            stored.append(
                Tickets.NewFile(
                    stored: try await files.store(part.content), name: part.name, contentType: part.contentType, contentID: part.contentID))
        }
        return stored
    }
}

extension InboxEntry {
    /// The envelope's sender, where the door has an envelope.
    var envelopeSender: String? { door == "lmtp" ? sender : nil }
}
