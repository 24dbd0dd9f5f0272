import Foundation
import Storage

/// Asking the index. What differs between the engines stands here, beside one another: FTS5 says MATCH, PostgreSQL says @@, and what FTS5 does
/// not hold yet is read word by word.
extension Snapshot {
    /// A document that was found.
    struct Found: Sendable, Equatable {
        var document: SearchDocument.Name
        /// Nil for a customer.
        var ticket: Int64?
    }

    /// Documents that hold all of it, newest first.
    /// - Parameters:
    ///   - range: of the documents' ids; customers are below zero.
    ///   - limit: the most that are returned.
    func documents(matching match: SearchMatch, in range: Range<Int64>, limit: Int) throws -> [Found] {
        guard match.isPossible, !range.isEmpty else { return [] }
        switch engine {
        case .postgreSQL:
            return try walkedOrLookedUp(match.tsquery, in: range, limit: limit)
        case .sqlite:
            let indexed = try rows(
                """
                SELECT d.id, d.kind, d.ticket FROM search_index i JOIN search_document d ON d.id = i.rowid
                WHERE i.search_index MATCH \(match.fts5) AND i.rowid >= \(range.lowerBound) AND i.rowid < \(range.upperBound)
                ORDER BY i.rowid DESC LIMIT \(limit)
                """
            ).map(Found.init(row:))
            let recent = try recentDocuments(matching: match, in: range)
            return Array((indexed + recent).sorted { $0.document.id > $1.document.id }.prefix(limit))
        }
    }

    /// What SQLite's index does not hold yet: 63 documents at most.
    private func recentDocuments(matching match: SearchMatch, in range: Range<Int64>) throws -> [Found] {
        try rows(
            """
            SELECT d.id, d.kind, d.ticket, d.text FROM search_recent r JOIN search_document d ON d.id = r.document
            WHERE d.id >= \(range.lowerBound) AND d.id < \(range.upperBound)
            """
        ).filter { match.holds(words: try $0["text"]) }.map(Found.init(row:))
    }

    /// Which of some tickets have a document in a range of ids that holds all of it.
    func tickets(among tickets: [Int64], matching match: SearchMatch, in range: Range<Int64>) throws -> Set<Int64> {
        guard match.isPossible, !tickets.isEmpty, !range.isEmpty else { return [] }
        let asked = Set(tickets)
        return try Set(documents(matching: match, in: range, limit: .max).compactMap(\.ticket).filter(asked.contains))
    }

    /// Whether documents still wait to be written, as after an upgrade.
    func isIndexing() throws -> Bool {
        try row(
            "SELECT 1 FROM job WHERE lane = \(IndexDocuments.lane.rawValue) AND died_at IS NULL AND kind = \(IndexDocuments.kind) LIMIT 1")
            != nil
    }
}

extension Snapshot.Found {
    init(row: Row) throws {
        let kind: String = try row["kind"]
        try self.init(document: .init(id: row["id"], kind: SearchDocument.Kind(rawValue: kind) ?? .message), ticket: row["ticket"])
    }
}

extension SearchMatch {
    /// As FTS5 reads it (sqlite.org/fts5.html, 3). Words hold letters and digits alone, so that nothing can end the quotes.
    var fts5: String { joined(quote: "\"", prefix: "*", or: " OR ", and: " AND ") }

    /// As `tsquery` reads it (PostgreSQL 15, 8.11.2).
    var tsquery: String { joined(quote: "'", prefix: ":*", or: " | ", and: " & ") }

    private func joined(quote: String, prefix: String, or: String, and: String) -> String {
        terms.map { term in
            let words = term.words.map { quote + $0 + quote } + term.prefixes.map { quote + $0 + quote + prefix }
            return "(" + words.joined(separator: or) + ")"
        }.joined(separator: and)
    }
}
