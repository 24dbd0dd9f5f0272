import CSQLite
import Foundation

/// A connection to an SQLite file.
///
/// Opened without SQLite's own mutex, since one thread uses it at a time.
final class SQLiteConnection: Connection {
    /// How long to wait for another process that writes, in milliseconds.
    static let busyTimeoutMs: Int32 = 10_000

    let dialect = Dialect.sqlite
    /// There is one writer.
    let share = 0
    var faults: FaultPlan?
    private let handle: OpaquePointer
    private let statements: StatementCache
    private let checkpoints: WALCheckpoints?

    private init(path: String, flags: Int32, writes: Bool) throws {
        handle = try Self.open(path: path, flags: flags)
        statements = StatementCache(handle)
        checkpoints = writes ? WALCheckpoints(handle) : nil
        sqlite3_busy_timeout(handle, Self.busyTimeoutMs)
    }

    /// The connection that writes; makes the file where it is not there.
    static func writer(path: String, synchronous: Database.Synchronous) throws -> SQLiteConnection {
        try SQLiteFile.create(path)
        let connection = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READWRITE, writes: true)
        do {
            let mode: String = try connection.rows("PRAGMA journal_mode = WAL", limit: 1).first?[0] ?? ""
            guard mode == "wal" else { throw StorageError.cannotOpen(path: path, message: "no write-ahead log possible there") }
            try connection.script(
                """
                PRAGMA synchronous = \(synchronous.rawValue);
                PRAGMA foreign_keys = ON;
                PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -16000
                """
            )
        } catch {
            connection.close()
            throw error
        }
        return connection
    }

    /// A connection that can only read. The file must have been opened by a writer before.
    static func reader(path: String) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READONLY, writes: false)
        do {
            try connection.script("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000")
        } catch {
            connection.close()
            throw error
        }
        return connection
    }

    /// Opens a handle; on failure nothing is left open.
    static func open(path: String, flags: Int32) throws -> OpaquePointer {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let handle else {
            let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(handle)
            throw StorageError.cannotOpen(path: path, message: message)
        }
        return handle
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    func rows(_ sql: SQL, limit: Int) throws -> [Row] {
        try countingFaults {
            let statement = try statements.statement(sql.text)
            defer { statement.reset() }
            try statement.bind(sql.values)
            return try statement.rows(limit: limit)
        }
    }

    func run(_ sql: SQL) throws -> Int {
        try countingFaults {
            let statement = try statements.statement(sql.text)
            defer { statement.reset() }
            try statement.bind(sql.values)
            // sqlite3_changes keeps the count of an earlier statement after one that changes no rows, such as DDL.
            let before = sqlite3_total_changes64(handle)
            try statement.finish()
            return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
        }
    }

    func script(_ text: String) throws {
        try countingFaults {
            guard !text.utf8.contains(0) else { throw StorageError.other(code: Int(SQLITE_MISUSE), message: "a statement contains NUL") }
            guard sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK else { throw SQLiteFailure.error(handle) }
        }
    }

    func checkDeferred() throws {
        var violated: Int32 = 0
        var highest: Int32 = 0
        sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &violated, &highest, 0)
        if violated != 0 { throw StorageError.foreignKey(message: "FOREIGN KEY constraint failed at the end of a unit") }
    }

    /// It is open as long as it lives.
    func open() {}

    func rollBack() throws {
        if isInTransaction { _ = try run(dialect.rollback) }
    }

    func tidy() {
        checkpoints?.runIfDue()
    }

    func close() {
        statements.removeAll()
        checkpoints?.runLast()
        sqlite3_close_v2(handle)
    }

    @inline(__always)
    private func countingFaults<Result>(_ body: () throws -> Result) throws -> Result {
        guard let faults, faults.counts() else { return try body() }
        if faults.moment == .after { _ = try body() }
        if faults.kind != .error && isInTransaction { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
        throw faults.error
    }
}
