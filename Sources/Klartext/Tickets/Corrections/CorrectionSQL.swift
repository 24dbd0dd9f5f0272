import Foundation
import Storage

extension Transaction {
    /// Records what a message takes back. An answer is taken back once: the one who comes second is refused.
    func insert(_ correction: Correction) throws {
        let words = correction.words
        try run(
            """
            INSERT INTO correction (message, ticket, answer, wrong, right_words, action, made_at)
            VALUES (\(correction.message), \(correction.ticket.rawValue), \(correction.answer), \(words.wrong), \(words.right), \(words.action),
                \(correction.madeAt))
            """)
    }
}

extension Snapshot {
    /// What was taken back on a ticket, in the order in which it was.
    func corrections(on ticket: TicketNumber) throws -> [Correction] {
        try rows("SELECT * FROM correction WHERE ticket = \(ticket.rawValue) ORDER BY message").map(Correction.init(row:))
    }

    /// An answer of ours on a ticket, and whether it was taken back; nil for anything else.
    func answer(_ id: Int64, on ticket: TicketNumber) throws -> Ticket.GivenAnswer? {
        try row(
            """
            SELECT m.id, CASE WHEN c.message IS NULL THEN 0 ELSE 1 END AS is_corrected FROM message m LEFT JOIN correction c ON c.answer = m.id
            WHERE m.id = \(id) AND m.ticket = \(ticket.rawValue) AND m.author = 'agent'
            """
        ).map { try Ticket.GivenAnswer(message: $0["id"], isCorrected: $0["is_corrected"]) }
    }
}

extension Correction {
    fileprivate init(row: Row) throws {
        try self.init(
            message: row["message"], ticket: TicketNumber(stored: row["ticket"]), answer: row["answer"],
            words: Words(wrong: row["wrong"], right: row["right_words"], action: row["action"]), madeAt: row["made_at"])
    }
}
