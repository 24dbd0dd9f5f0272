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
        var raw: [UInt8]
        /// Why a person has to look, where that is known at the door already: then nobody sorts it.
        var held: Held?

        struct Held: Sendable {
            var reason: HeldReason
            var summary: InboxEntry.Summary
        }
    }

    /// Keeps a mail durably and promises to sort it. The same bytes arriving again are the same mail: a server that did not hear our answer tries again.
    /// - Returns: the entry's number. When this returns, the mail is on disk.
    @discardableResult func keep(_ arrival: Arrival) async throws -> Int64 {
        let digest = Hexadecimal.text(SHA256.hash(data: arrival.raw))
        let isInline = arrival.raw.count <= Self.inlineBytes
        let stored = isInline ? nil : try await files.store(arrival.raw)
        let (now, bell) = (clock.now(), bell)
        let place = ledger.place(of: arrival.recipients, at: now)
        return try await database.writeUntilKnown { tx in
            if let known = try tx.inboxEntry(digest: digest) { return known }
            let id = try tx.next(.inbox)
            if let stored { try tx.insertFile(stored, now: now) } else { try tx.insertRaw(arrival.raw, digest: digest) }
            try tx.insertInboxEntry(id, arrival, digest: digest, at: place, now: now)
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

    /// The mail, read whole; nil where its bytes do not have the form of one. A file that cannot be had now throws: that is no fault of the mail.
    func email(_ entry: InboxEntry) async throws -> Email? {
        let raw = try await raw(entry)
        return try? Email(parsing: raw, limits: .taking(sizeBytes: raw.count))
    }

    /// The mail's bytes as they came. They were let in at their size, whatever the limit is today.
    func raw(_ entry: InboxEntry) async throws -> [UInt8] {
        if let inline = try await database.read({ db in try db.raw(digest: entry.digest) }) { return inline }
        return try await files.bytes(entry.digest, limitBytes: entry.sizeBytes)
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
