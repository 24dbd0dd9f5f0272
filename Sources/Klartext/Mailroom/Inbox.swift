import Crypto
import Foundation
import Logging
import Mail
import Storage

/// Where every mail arrives, whatever door it came by: the raw bytes are kept first, and only then anybody is told "accepted".
struct Inbox: Sendable {
    var database: Database
    var files: FileStore
    var clock: Clock
    var bell: Bell
    var ledger: Ledger

    /// Larger mails are kept as files, so that the database stays small enough to copy and quick to read.
    static let inlineBytes = 64 * 1024

    /// A mail as it comes through a door.
    struct Arrival: Sendable {
        /// `lmtp`, `pipe` or `imap`.
        var door: String
        /// The envelope sender; empty for bounces, and for doors that have no envelope.
        var sender: String
        var recipients: [String]
        var content: Content
        /// Why a person has to look, where that is known at the door already: then nobody sorts it.
        var held: Held?

        init(door: String, sender: String, recipients: [String], content: Content, held: Held? = nil) {
            (self.door, self.sender, self.recipients, self.content, self.held) = (door, sender, recipients, content, held)
        }

        init(door: String, sender: String, recipients: [String], raw: [UInt8], held: Held? = nil) {
            self.init(door: door, sender: sender, recipients: recipients, content: .bytes(raw), held: held)
        }

        /// The mail byte for byte.
        enum Content: Sendable {
            case bytes([UInt8])
            /// Written whole; ``Inbox/keep(_:)`` ends it. Whoever gives up before that aborts it.
            case spooled(FileSink)
        }

        struct Held: Sendable {
            var reason: HeldReason
            var summary: InboxEntry.Summary
        }
    }

    /// Keeps a mail durably and promises to sort it. The same bytes arriving again are the same mail: a server that did not hear our answer tries again.
    /// - Returns: the entry's number. When this returns, the mail is on disk.
    @discardableResult func keep(_ arrival: Arrival) async throws -> Int64 {
        let kept = try await settle(arrival.content)
        let (now, bell) = (clock.now(), bell)
        let place = ledger.place(of: arrival.recipients, at: now)
        return try await database.writeUntilKnown { tx in
            if let known = try tx.inboxEntry(digest: kept.file.digest) { return known }
            let id = try tx.next(.inbox)
            if let raw = kept.inline { try tx.insertRaw(raw, digest: kept.file.digest) } else { try tx.insertFile(kept.file, now: now) }
            try tx.insertInboxEntry(id, arrival, kept.file, at: place, now: now)
            if let held = arrival.held {
                _ = try tx.settleInbox(
                    id, from: [.received], to: .held, reason: held.reason.rawValue, summary: held.summary, conversation: nil,
                    by: .system("inbox"), now: now)
            } else {
                try tx.promise(SortMail(entry: id), at: now, now: now)
            }
            tx.onCommit { bell.ring() }
            return id
        }
    }

    /// Makes what is large durable as a file; what is small goes into the database with the entry.
    private func settle(_ content: Arrival.Content) async throws -> (file: StoredFile, inline: [UInt8]?) {
        switch content {
        case .bytes(let raw) where raw.count <= Self.inlineBytes:
            (StoredFile(digest: Hexadecimal.text(SHA256.hash(data: raw)), sizeBytes: raw.count), raw)
        case .bytes(let raw): (try await files.store(raw), nil)
        case .spooled(let sink): (try await sink.finish(), nil)
        }
    }
}

/// Sorts one mail out of the inbox.
struct SortMail: JobParameters {
    static let kind = "sort mail"
    static let lane = Job.Lane.sorting
    var entry: Int64
    var key: String { "sort-mail/\(entry)" }
}

/// A mail in the inbox's book, with what became of it.
struct InboxEntry: Sendable, Equatable {
    /// Every mail is exactly one of these once it has been sorted: nothing is dropped.
    enum State: String, Sendable {
        case received, filed, held, machine, refused
    }

    var id: Int64
    var digest: String
    var sizeBytes: Int
    var door: String
    var sender: String
    var recipients: [String]
    var receivedAt: Date
    var state: State
    /// Why it was held, or recognised as machine mail, or refused; a word from a fixed list, then perhaps `: ` and detail.
    var reason: String
    /// From and subject, for lists.
    var summary: Summary
    var conversation: Int64?
    var handledAt: Date?
    /// Where it stands in the ledger; nil where a version without one has kept it, until it is entered.
    var place: Ledger.Place?
    /// As what it stands there.
    var counted: State?
    /// When agents are told next that it waits, while it is held.
    var alarmAt: Date?
    /// How often they were told.
    var alarms: Int

    struct Summary: Codable, Sendable, Equatable {
        var from = ""
        var subject = ""
        var text = ""
    }
}

extension InboxEntry.Summary {
    init(_ email: Email) {
        self.init(
            from: email.from.first?.mailbox ?? email.sender?.mailbox ?? "", subject: String(email.subject.prefix(300)),
            text: String(email.text.prefix(300)))
    }
}
