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

    /// What a transaction that writes sees of others.
    public enum View: Sendable {
        /// One state throughout, as it was at the beginning; two that would contradict each other are run one after the other.
        case snapshot
        /// Each statement sees what is committed by then: for work that is claimed by conditional updates, where waiting for the
        /// conflict would cost more than meeting it. Engines with one writer make no difference.
        case latest
    }

    let dialect: Dialect
    private let path: String
    private let writer: GroupCommitWriter
    private let readers: ReaderPool
    private let meter: Meter

    private init(path: String, dialect: Dialect, writer: any Connection, readers: [any Connection], batchTime: Duration) {
        self.path = path
        self.dialect = dialect
        meter = Meter()
        self.readers = ReaderPool(readers, dialect: dialect, meter: meter)
        self.writer = GroupCommitWriter(
            writer, dialect: dialect, meter: meter, batchTime: batchTime, closingAfter: self.readers.finished)
    }

    deinit {
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
        return Database(path: path, dialect: .sqlite, writer: writer, readers: opened, batchTime: batchTime)
    }

    /// Reads on a thread of the reader pool; sees everything whose `write` has returned before.
    ///
    /// - Throws: what `body` throws, or `StorageError`.
    public func read<Result: Sendable>(_ body: @escaping @Sendable (Snapshot) throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { readers.submit(Reading(body, $0)) }
    }

    /// Writes, and returns when it is durable. Where `body` throws, nothing of it stays.
    ///
    /// Everything that waits is committed together, each unit in a savepoint of its own. A unit once handed in is completed even if its
    /// task is
    /// cancelled. `body` runs on the writer's thread: whatever is slow belongs outside.
    ///
    /// - Throws: what `body` throws, or `StorageError`; if the commit fails, it fails for all units in it.
    public func write<Result: Sendable>(
        seeing view: View = .snapshot, _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { writer.submit(Writing(body, $0)) }
    }

    /// Completes what was accepted, brings the file up to date and closes it. `read` and `write` throw `StorageError.closed` from the call
    /// on.
    public func close() async {
        readers.stop()
        writer.stop()
        await withCheckedContinuation { continuation in
            writer.finished.notify(queue: .global()) { continuation.resume() }
        }
    }

    /// Copies the database, as it is at one moment, to a new file, while reading and writing go on. On the disk when this returns.
    ///
    /// - Throws: `StorageError.cannotOpen` where the file cannot be made or is there already, `.full` where it has no room.
    public func backup(to target: String) async throws {
        try await SQLiteBackup.run(from: path, to: target)
    }

    /// Which engine this is.
    public var engine: Engine { dialect.engine }

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
