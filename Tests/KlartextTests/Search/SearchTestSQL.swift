import Storage

@testable import Klartext

extension Transaction {
    /// As it is right after the upgrade: everything there, nothing to be found.
    func forgetSearch() throws { try run("DELETE FROM search_document") }

    /// Has FTS5 compare its index, with what it does not hold yet added, to the documents; throws where they differ. PostgreSQL needs no such
    /// proof: its column is computed.
    func proveIndex() throws {
        guard engine == .sqlite else { return }
        try run(
            """
            INSERT INTO search_index (rowid, text)
            SELECT d.id, d.text FROM search_recent r JOIN search_document d ON d.id = r.document ORDER BY d.id
            """)
        try run("DELETE FROM search_recent")
        try run("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
    }

    /// How SQLite carries out what the trigger does when the short list is full: a line for each step.
    func planOfFullList() throws -> [String] {
        let trigger: String = try value("SELECT sql FROM sqlite_master WHERE name = 'search_recent_full'") ?? ""
        guard let select = trigger.firstRange(of: "SELECT"), let end = trigger[select.lowerBound...].firstIndex(of: ";") else { return [] }
        return try rows("EXPLAIN QUERY PLAN \(raw: SQL(verbatim: String(trigger[select.lowerBound..<end])))").map { try $0["detail"] }
    }
}
