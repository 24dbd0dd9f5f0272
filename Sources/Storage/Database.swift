import Dispatch

/// A database: many readers at once, each with a consistent view, and one writer that makes many units of work durable together.
///
/// `read` and `write` take *synchronous* closures, so that nothing can be awaited while a transaction is open.
public final class Database: Sendable {
    /// How much a commit waits for.
    public enum Synchronous: String, Sendable, CaseIterable {
        /// Nothing: a power cut may lose and damage. For throw-away databases only.
        case off = "OFF"
        /// A power cut may lose the last commits, never damage.
        case normal = "NORMAL"
        /// What was answered is on the disk.
        case full = "FULL"
    }

    /// What the transaction of a write sees of what others commit meanwhile. SQLite has one writer: there it is all the same.
    public enum View: Sendable {
        /// The database as it was at one moment. Where others have changed what the closure changes, it is run again.
        case snapshot
        /// Each statement sees what was committed before it. For writes of independent statements, such as taking the next free job.
        case latest
    }

    let dialect: Dialect
    private let path: String?
    private let writer: any Writer
    private let readers: ReaderPool
    private let meter: Meter
    private let wire: Wire

    /// Which engine this is.
    public var engine: Engine { dialect.engine }

    init(_ dialect: Dialect, path: String?, meter: Meter, writer: any Writer, readers: ReaderPool, wire: Wire) {
        self.dialect = dialect
        self.path = path
        self.meter = meter
        self.writer = writer
        self.readers = readers
        self.wire = wire
    }

    deinit {
        wire.stop()
        readers.stop()
        writer.stop()
    }

    /// Opens an SQLite file, making it (readable by its owner alone) where it is not there.
    ///
    /// - Parameters:
    ///   - path: a file on a local disk; beside it SQLite keeps `-wal` and `-shm`.
    ///   - readers: how many reads run at once, 1 to 64, each with a thread and a connection.
    /// - Throws: `StorageError.cannotOpen`, or `.unreadable` where the file is no database.
    public static func sqlite(path: String, readers: Int = 2, synchronous: Synchronous = .full) throws -> Database {
        try sqlite(path: path, readers: readers, synchronous: synchronous, batchTime: GroupCommitWriter.batchTime)
    }

    /// - Parameter batchTime: after this no further unit is begun in a transaction.
    static func sqlite(path: String, readers: Int, synchronous: Synchronous, batchTime: Duration) throws -> Database {
        let writer = try SQLiteConnection.writer(path: path, synchronous: synchronous)
        var opened: [SQLiteConnection] = []
        do {
            for _ in 0..<min(max(readers, 1), 64) { opened.append(try SQLiteConnection.reader(path: path)) }
        } catch {
            for connection in opened + [writer] { connection.close() }
            throw error
        }
        let meter = Meter()
        let pool = ReaderPool(opened, meter: meter)
        let committer = GroupCommitWriter(writer, dialect: .sqlite, meter: meter, batchTime: batchTime, closingAfter: pool.finished)
        return Database(.sqlite, path: path, meter: meter, writer: committer, readers: pool, wire: Wire(nil))
    }

    /// Opens a database on a PostgreSQL server, which other processes may use at the same time.
    ///
    /// Each thread connects when it first has something to do, and again when its connection was lost; what waits for the server meanwhile
    /// is told `StorageError.unavailable` after 20 seconds.
    ///
    /// - Parameters:
    ///   - readers: how many reads run at once, 1 to 64.
    ///   - writers: how many writes run at once, 1 to 64. With the wire for announcements, a process holds `readers + writers + 1` connections.
    /// - Throws: `StorageError.unavailable` where the server does not answer now.
    public static func postgreSQL(_ address: PostgreSQLAddress, readers: Int = 4, writers: Int = 4) throws -> Database {
        let first = PostgreSQLConnection(address, takesShare: false)
        try first.open()
        let meter = Meter()
        let reading = [first] + (1..<min(max(readers, 1), 64)).map { _ in PostgreSQLConnection(address, takesShare: false) }
        let writing = (0..<min(max(writers, 1), 64)).map { _ in PostgreSQLConnection(address, takesShare: true) }
        return Database(
            .postgreSQL, path: nil, meter: meter, writer: WriterPool(writing, meter: meter), readers: ReaderPool(reading, meter: meter),
            wire: Wire(address))
    }

    /// Reads on a thread of the reader pool; sees everything whose `write` has returned before.
    ///
    /// - Throws: what `body` throws, or `StorageError`.
    public func read<Result: Sendable>(_ body: @escaping @Sendable (Snapshot) throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { readers.submit(Reading(body, $0)) }
    }

    /// Writes, and returns when it is durable. Where `body` throws, nothing of it stays.
    ///
    /// On SQLite everything that waits is committed together, each unit in a savepoint of its own; if the commit fails, it fails for all. On
    /// PostgreSQL several units run at once, and `body` runs again where another has changed the same rows, so that it must do nothing that
    /// a rollback does not undo. A unit once handed in is completed even if its task is cancelled. `body` runs on a writer's thread: whatever
    /// is slow belongs outside.
    ///
    /// - Throws: what `body` throws, or `StorageError`.
    public func write<Result: Sendable>(
        seeing view: View = .snapshot, _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { writer.submit(Writing(view, body, $0)) }
    }

    /// Writes what does nothing where it is done already: by a key of its own that it finds again, or since nothing is left to change. Where
    /// the server was lost while it committed, so that nobody knows, `body` runs once more, on a fresh view.
    ///
    /// - Throws: what `write` throws; `.fateUnknown` only where the server was lost three times.
    public func writeUntilKnown<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
        for _ in 1...2 {
            do { return try await write(body) } catch StorageError.fateUnknown {}
        }
        return try await write(body)
    }

    /// Completes what was accepted, brings the file up to date and closes it. `read` and `write` throw `StorageError.closed` from the call
    /// on.
    public func close() async {
        wire.stop()
        readers.stop()
        writer.stop()
        for group in [wire.finished, readers.finished, writer.finished] {
            await withCheckedContinuation { continuation in
                group.notify(queue: .global()) { continuation.resume() }
            }
        }
    }

    /// Tells all processes on this database that there is something to do. Soon, not at once; an announcement may get lost with a connection,
    /// so whoever waits for one looks from time to time as well. On SQLite nobody hears it.
    public func announce() {
        wire.announce()
    }

    /// Has `body` called, on a thread of its own, whenever a process has announced something, this one included. Set it once.
    public func onAnnouncement(_ body: @escaping @Sendable () -> Void) {
        wire.listen(body)
    }

    /// Copies the database, as it is at one moment, to a new file, while reading and writing go on. On the disk when this returns.
    ///
    /// - Throws: `StorageError.cannotOpen` where the file cannot be made or is there already, or the database is no file; `.full` where it
    ///   has no room.
    public func backup(to target: String) async throws {
        guard let path else { throw StorageError.cannotOpen(path: target, message: "a PostgreSQL database is copied by its own tools") }
        try await SQLiteBackup.run(from: path, to: target)
    }

    public var statistics: Statistics {
        var result = meter.current
        result.depth = writer.depth
        return result
    }

    /// For tests: which statement of the writing connection is to fail. In force from the next transaction on.
    public var faults: FaultPlan? {
        get { writer.faults }
        set { writer.faults = newValue }
    }
}
