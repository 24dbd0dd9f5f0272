import CSQLite

/// Brings what is in the write-ahead log into the database file, between transactions rather than inside a commit somebody waits for.
final class WALCheckpoints {
    /// Pages in the log (4 KiB each) from which on it is copied, so far as readers allow.
    static let due: Int32 = 4_000
    /// From here on, readers that always overlap have kept the log from starting anew; we wait for them a moment, or it would grow for
    /// ever.
    static let overdue: Int32 = 16_000
    /// How long to wait for readers, in milliseconds. Nobody can write meanwhile.
    static let patienceMs: Int32 = 100

    private let connection: OpaquePointer
    /// Written by SQLite's hook on each commit. At an address of its own, because SQLite keeps it.
    private let pages = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    /// Not before the log has this many pages; raised after each attempt, so that a long reader does not make every commit try.
    private var next = due

    init(_ connection: OpaquePointer) {
        self.connection = connection
        pages.initialize(to: 0)
        // This takes the place of SQLite's own automatic checkpoints.
        sqlite3_wal_hook(
            connection,
            { pages, _, _, count in
                pages?.assumingMemoryBound(to: Int32.self).pointee = count
                return SQLITE_OK
            }, pages)
    }

    func runIfDue() {
        let count = pages.pointee
        if count < Self.due { next = Self.due }
        guard count >= next else { return }
        if count >= Self.overdue {
            sqlite3_busy_timeout(connection, Self.patienceMs)
            sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_RESTART, nil, nil)
            sqlite3_busy_timeout(connection, SQLiteConnection.busyTimeoutMs)
        } else {
            sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        }
        next = count + Self.due / 4
    }

    /// Empties the log and ends; the connection is closed next.
    func runLast() {
        sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        sqlite3_wal_hook(connection, nil, nil)
        pages.deallocate()
    }
}
