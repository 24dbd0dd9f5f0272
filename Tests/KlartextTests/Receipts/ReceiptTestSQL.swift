import Storage

extension Snapshot {
    /// The secret halves as they lie in the database, oldest key first.
    func sealedKeys() throws -> [String?] { try rows("SELECT sealed FROM receipt_key ORDER BY number").map { try $0["sealed"] } }
}

extension Transaction {
    /// What somebody with access to the database might do.
    func swapReceipts(_ one: Int64, _ other: Int64) throws {
        let documents: [String?] = try [one, other].map { id in try value("SELECT document FROM receipt WHERE attachment = \(id)") }
        for (id, document) in zip([other, one], documents) { try run("UPDATE receipt SET document = \(document) WHERE attachment = \(id)") }
    }
}
