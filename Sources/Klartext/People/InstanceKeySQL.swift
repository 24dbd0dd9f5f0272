import Storage

extension Snapshot {
    /// The mark of the instance key that this database belongs to; nil where it has met none yet.
    func instanceKeyMark() throws -> String? { try value("SELECT value FROM instance WHERE name = 'key'") }
}

extension Transaction {
    /// Remembers the mark of the instance key, unless there is one already.
    /// - Returns: the mark that is remembered.
    func rememberInstanceKey(_ mark: String) throws -> String? {
        try run("INSERT INTO instance (name, value) VALUES ('key', \(mark)) ON CONFLICT (name) DO NOTHING")
        return try instanceKeyMark()
    }
}
