import Foundation
import Storage

extension Transaction {
    func insertInboxEntry(_ id: Int64, _ arrival: Inbox.Arrival, _ file: StoredFile, at place: Ledger.Place, now: Date) throws {
        try enter(place, .received, by: 1)
        try run(
            """
            INSERT INTO inbox (id, digest, size_bytes, door, sender, recipients, received_at, state, reason, summary, day, mailbox, counted)
            VALUES (\(id), \(file.digest), \(file.sizeBytes), \(arrival.door), \(arrival.sender), \(arrival.recipients.joined(separator: "\n")), \(now),
                    'received', '', '', \(place.day), \(place.mailbox), 'received')
            """)
    }

    func insertRaw(_ raw: [UInt8], digest: String) throws {
        try run("INSERT INTO inbox_raw (digest, raw) VALUES (\(digest), \(raw)) ON CONFLICT (digest) DO NOTHING")
    }

    func insertFile(_ file: StoredFile, now: Date) throws {
        try run(
            "INSERT INTO file (digest, size_bytes, stored_at) VALUES (\(file.digest), \(file.sizeBytes), \(now)) ON CONFLICT (digest) DO NOTHING"
        )
    }

    /// Records what became of a mail; moves the held-mail counter with it.
    /// - Returns: false when the mail was not in one of the given states any more, so that nobody files it twice.
    func settleInbox(
        _ id: Int64, from states: [InboxEntry.State], to state: InboxEntry.State, reason: String, summary: InboxEntry.Summary,
        conversation: Int64?,
        by actor: Actor, now: Date
    ) throws -> Bool {
        guard let entry = try inboxEntry(id), states.contains(entry.state) else { return false }
        let text = String(decoding: try JSONEncoder.journal.encode(summary), as: UTF8.self)
        try run(
            """
            UPDATE inbox SET state = \(state.rawValue), reason = \(reason), summary = \(text), conversation = \(conversation),
                handled_at = \(now), handled_by = \(actor.text)
            WHERE id = \(id)
            """)
        try moveInLedger(entry, to: state)
        try count("held", by: (state == .held ? 1 : 0) - (entry.state == .held ? 1 : 0))
        return true
    }
}

extension Snapshot {
    func inboxEntry(digest: String) throws -> Int64? { try value("SELECT id FROM inbox WHERE digest = \(digest)") }
    func inboxEntry(_ id: Int64) throws -> InboxEntry? { try row("SELECT * FROM inbox WHERE id = \(id)").map(InboxEntry.init(row:)) }
    func raw(digest: String) throws -> [UInt8]? { try value("SELECT raw FROM inbox_raw WHERE digest = \(digest)") }

    /// Held mails after a number, oldest first.
    func heldMails(after id: Int64, limit: Int) throws -> [InboxEntry] {
        try rows("SELECT * FROM inbox WHERE state = 'held' AND id > \(id) ORDER BY id LIMIT \(limit)").map(InboxEntry.init(row:))
    }

    /// How many mails are in each state; `received` are those still to be sorted.
    func inboxLedger() throws -> [InboxEntry.State: Int] {
        var ledger: [InboxEntry.State: Int] = [:]
        for row in try rows("SELECT state, count(*) AS mails FROM inbox GROUP BY state") {
            if let state = InboxEntry.State(rawValue: try row["state"]) { ledger[state] = try row["mails"] }
        }
        return ledger
    }
}

extension InboxEntry {
    init(row: Row) throws {
        let (state, summary, recipients): (String, String, String) = try (row["state"], row["summary"], row["recipients"])
        let (day, mailbox, counted): (Int?, String, String) = try (row["day"], row["mailbox"], row["counted"])
        try self.init(
            id: row["id"], digest: row["digest"], sizeBytes: row["size_bytes"], door: row["door"], sender: row["sender"],
            recipients: recipients.split(separator: "\n").map(String.init), receivedAt: row["received_at"],
            state: State(rawValue: state) ?? .received,
            reason: row["reason"],
            summary: Summary(stored: summary),
            conversation: row["conversation"], handledAt: row["handled_at"],
            place: day.map { Ledger.Place(day: $0, mailbox: mailbox) }, counted: State(rawValue: counted), alarmAt: row["alarm_at"],
            alarms: row["alarms"])
    }
}

extension InboxEntry.Summary {
    /// As a row has it; of a mail that waits to be sorted there is none yet.
    init(stored text: String) throws {
        self = text.isEmpty ? .init() : try JSONDecoder.journal.decode(Self.self, from: Data(text.utf8))
    }
}

extension Snapshot {
    /// Whether any row names a stored file.
    func namesFile(_ digest: String) throws -> Bool {
        let named: Int? = try value(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM file WHERE digest = \(digest)) OR EXISTS (SELECT 1 FROM inbox WHERE digest = \(digest))
            """)
        return named != nil
    }

    /// All files that rows name, after a digest, in order.
    func fileDigests(after digest: String, limit: Int) throws -> [String] {
        try rows("SELECT digest FROM file WHERE digest > \(digest) ORDER BY digest LIMIT \(limit)").map { try $0["digest"] }
    }

    func fileCount() throws -> Int { try value("SELECT count(*) FROM file") ?? 0 }
}
