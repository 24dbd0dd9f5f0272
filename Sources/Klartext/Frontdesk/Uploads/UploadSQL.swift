import Foundation
import Storage

extension Transaction {
    func insertUpload(_ upload: Upload) throws {
        try run(
            """
            INSERT INTO upload (id, name, type, size_bytes, received_bytes, parts, file, created_at)
            VALUES (\(upload.id), \(upload.name), \(upload.type), \(upload.sizeBytes), \(upload.receivedBytes), \(upload.parts), \(upload.file),
                \(upload.createdAt))
            """)
    }

    /// Adds a piece behind those that are here; false where another process has added one meanwhile.
    func insertUploadPart(_ part: StoredFile, of upload: Upload) throws -> Bool {
        let count = try run(
            """
            UPDATE upload SET received_bytes = received_bytes + \(part.sizeBytes), parts = parts + 1
            WHERE id = \(upload.id) AND received_bytes = \(upload.receivedBytes)
            """)
        guard count == 1 else { return false }
        try run(
            """
            INSERT INTO upload_part (upload, start, size_bytes, digest)
            VALUES (\(upload.id), \(upload.receivedBytes), \(part.sizeBytes), \(part.digest))
            """)
        return true
    }

    func finishUpload(_ id: String, file digest: String) throws { try run("UPDATE upload SET file = \(digest) WHERE id = \(id)") }

    /// Forgets some of the uploads that are too old to go on; their pieces are swept.
    /// - Returns: how many, at most `limit`.
    func deleteUploads(before time: Date, limit: Int) throws -> Int {
        let ids: [String] = try rows("SELECT id FROM upload WHERE created_at <= \(time) ORDER BY created_at LIMIT \(limit)").map {
            try $0["id"]
        }
        try run("DELETE FROM upload_part WHERE upload IN \(list: ids)")
        try run("DELETE FROM upload WHERE id IN \(list: ids)")
        return ids.count
    }
}

extension Snapshot {
    func upload(_ id: String) throws -> Upload? {
        try row("SELECT * FROM upload WHERE id = \(id)").map { row in
            try Upload(
                id: row["id"], name: row["name"], type: row["type"], sizeBytes: row["size_bytes"], receivedBytes: row["received_bytes"],
                parts: row["parts"], file: row["file"], createdAt: row["created_at"])
        }
    }

    /// The pieces of an upload, from its beginning.
    func uploadParts(_ id: String) throws -> [String] {
        try rows("SELECT digest FROM upload_part WHERE upload = \(id) ORDER BY start").map { try $0["digest"] }
    }
}
