import Storage

extension Snapshot {
    /// How many rows tell of uploads and of their pieces.
    func uploadRows() throws -> Int {
        try value("SELECT (SELECT count(*) FROM upload) + (SELECT count(*) FROM upload_part)") ?? 0
    }
}
