import Foundation
import Storage

extension Transaction {
    /// Appends one event to the journal, chained to the line before it about the same subject.
    ///
    /// Who appends has changed the subject's own row in this transaction, so that of two at once one is run again: a chain never forks.
    func append(_ event: some JournalEvent, about subject: String, by actor: Actor, at now: Date) throws {
        let previous: String =
            try value("SELECT hash FROM journal WHERE subject = \(subject) ORDER BY sequence DESC LIMIT 1") ?? JournalEntry.beginning
        let sequence = try next(.journal)
        let body = String(decoding: try JSONEncoder.journal.encode(event), as: UTF8.self)
        let hash = JournalEntry.hash(
            sequence: sequence, happenedAt: now, subject: subject, actor: actor.text, event: event.name, body: body, previous: previous)
        try run(
            """
            INSERT INTO journal (sequence, happened_at, subject, actor, event, body, previous, hash)
            VALUES (\(sequence), \(now), \(subject), \(actor.text), \(event.name), \(body), \(previous), \(hash))
            """)
    }
}

extension Snapshot {
    /// The lines about one subject, oldest first.
    func journal(about subject: String) throws -> [JournalEntry] {
        try rows("SELECT * FROM journal WHERE subject = \(subject) ORDER BY sequence").map(JournalEntry.init(row:))
    }

    /// Up to `limit` lines after a sequence number, oldest first.
    func journal(after sequence: Int64, limit: Int) throws -> [JournalEntry] {
        try rows("SELECT * FROM journal WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)").map(JournalEntry.init(row:))
    }
}

extension JournalEntry {
    init(row: Row) throws {
        try self.init(
            sequence: row["sequence"], happenedAt: row["happened_at"], subject: row["subject"], actor: row["actor"], event: row["event"],
            body: row["body"], previous: row["previous"], hash: row["hash"])
    }
}
