import CSQLite
import Foundation

/// Copies a database page by page while it is in use. https://sqlite.org/backup.html
enum SQLiteBackup {
    /// Copies on a thread of its own, because it may take minutes.
    static func run(from source: String, to target: String) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let thread = Thread { continuation.resume(with: Result { try copy(from: source, to: target) }) }
            thread.name = "backup"
            thread.start()
        }
    }

    /// The target appears under its name only when it is whole and on the disk.
    private static func copy(from source: String, to target: String) throws {
        let part = target + ".part"
        guard access(target, F_OK) != 0 else { throw StorageError.cannotOpen(path: target, message: "is there already") }
        unlink(part)
        try SQLiteFile.create(part)
        do {
            try copyPages(from: source, to: part)
            try SQLiteFile.sync(part)
        } catch {
            unlink(part)
            throw error
        }
        guard rename(part, target) == 0 else {
            throw StorageError.cannotOpen(path: target, message: String(cString: strerror(errno)))
        }
        try SQLiteFile.sync(URL(filePath: target).deletingLastPathComponent().path)
    }

    private static func copyPages(from source: String, to target: String) throws {
        let reader = try SQLiteConnection.open(path: source, flags: SQLITE_OPEN_READONLY)
        defer { sqlite3_close_v2(reader) }
        sqlite3_busy_timeout(reader, SQLiteConnection.busyTimeoutMs)
        let writer = try SQLiteConnection.open(path: target, flags: SQLITE_OPEN_READWRITE)
        defer { sqlite3_close_v2(writer) }
        guard let backup = sqlite3_backup_init(writer, "main", reader, "main") else { throw SQLiteFailure.error(writer) }
        // All pages in one step, which is one read transaction: one moment's state, and no starting again whenever somebody writes.
        let code = sqlite3_backup_step(backup, -1)
        sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else {
            throw SQLiteFailure.error(code: code, message: "backup: \(String(cString: sqlite3_errstr(code)))")
        }
    }
}
