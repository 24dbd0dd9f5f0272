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

extension Transaction {
    /// Seals the lines that are not sealed and old enough, at most `JournalSeal.mostLines` of them.
    /// - Returns: how many were sealed.
    func sealJournal(now: Date) throws -> Int {
        guard let seal = try seals(after: -1, newestFirst: true, limit: 1).first else { return 0 }
        let oldest = now.addingTimeInterval(-JournalSeal.ageSeconds)
        let lines = try rows(
            "SELECT sequence, hash, happened_at FROM journal WHERE sequence > \(seal.last) ORDER BY sequence LIMIT \(JournalSeal.mostLines)"
        ).map { try (sequence: $0["sequence"] as Int64, hash: $0["hash"] as String, at: $0["happened_at"] as Date) }.prefix {
            $0.at < oldest
        }
        guard let last = lines.last else { return 0 }
        let hash = JournalSeal.hash(after: seal.hash, last: last.sequence, lines: lines.map(\.hash))
        try run(
            """
            INSERT INTO journal_seal (number, sealed_at, last, hash) VALUES (\(seal.number + 1), \(now), \(last.sequence), \(hash))
            """)
        return lines.count
    }
}

extension Snapshot {
    /// Seals after a number.
    func seals(after number: Int64, newestFirst: Bool = false, limit: Int) throws -> [JournalSeal] {
        let order: SQL = newestFirst ? "DESC" : "ASC"
        return try rows("SELECT * FROM journal_seal WHERE number > \(number) ORDER BY number \(raw: order) LIMIT \(limit)").map {
            try JournalSeal(number: $0["number"], sealedAt: $0["sealed_at"], last: $0["last"], hash: $0["hash"])
        }
    }

    /// How the lines hang together: subject by subject, each in order, after a line of a subject.
    func links(afterSubject subject: String, line: Int64, limit: Int) throws -> [JournalLink] {
        try rows(
            """
            SELECT subject, sequence, previous, hash FROM journal WHERE (subject, sequence) > (\(subject), \(line))
            ORDER BY subject, sequence LIMIT \(limit)
            """
        ).map { try JournalLink(subject: $0["subject"], sequence: $0["sequence"], previous: $0["previous"], hash: $0["hash"]) }
    }

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

/// What chains a line to the one before it.
struct JournalLink: Sendable {
    var subject: String
    var sequence: Int64
    var previous: String
    var hash: String
}
