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
}
