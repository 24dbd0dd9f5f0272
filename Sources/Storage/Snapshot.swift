/// A consistent view of the database: every statement in it sees the same state, whatever others write meanwhile.
///
/// Valid only inside the closure it was handed to; it throws `StorageError.closed` afterwards.
public class Snapshot {
    private let connection: any Connection
    /// Why nothing more may be run: the closure is over, or the engine has given up the transaction. Without this, statements after such an
    /// error would each commit alone.
    private var refusal: (any Error)?

    init(_ connection: any Connection) {
        self.connection = connection
    }

    /// Which engine this is, for the few statements that differ.
    public final var engine: Engine { dialect.engine }
    final var dialect: Dialect { connection.dialect }

    /// The last number of a sequence that was handed out.
    public final func lastNumber(of sequence: String) throws -> Int64 {
        try value(dialect.lastNumber(sequence)) ?? 0
    }

    /// What the engine finds wrong with its own pages, indexes and references, in words; empty where all is well.
    public final func unsoundness() throws -> [String] {
        try dialect.soundness.flatMap { try rows($0) }.map { try $0[0] }
    }

    /// All rows of a statement. Bound it with LIMIT where a table can grow.
    public final func rows(_ sql: SQL) throws -> [Row] {
        try perform { try $0.rows(sql, limit: .max) }
    }

    /// The first row, or nil where there is none.
    public final func row(_ sql: SQL) throws -> Row? {
        try perform { try $0.rows(sql, limit: 1) }.first
    }

    /// The first column of the first row; nil where there is no row, or where it is NULL.
    public final func value<Value: SQLConvertible>(_ sql: SQL) throws -> Value? {
        guard let row = try row(sql) else { return nil }
        let value: Value? = try row[0]
        return value
    }

    final func perform<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        try checkOpen()
        do {
            let result = try body(connection)
            if !connection.isInTransaction { refusal = StorageError.other(code: 21, message: "a statement ended the transaction") }
            return result
        } catch {
            if !connection.isInTransaction { refusal = error }
            throw error
        }
    }

    /// Throws the error that ended the transaction, in case the closure has ignored it.
    final func checkOpen() throws {
        if let refusal { throw refusal }
    }

    /// Called when the closure is over.
    final func end() {
        refusal = StorageError.closed
    }
}

/// A unit of work: all of it becomes durable, or nothing.
public final class Transaction: Snapshot {
    private var commitActions: [@Sendable () -> Void] = []

    /// Runs a statement and returns how many rows it inserted, updated or deleted.
    @discardableResult
    public func run(_ sql: SQL) throws -> Int {
        try perform { try $0.run(sql) }
    }

    /// The next number of a sequence. Numbers rise, and none is handed out twice; one whose transaction failed may be missing for ever.
    public func nextNumber(of sequence: String) throws -> Int64 {
        guard let number: Int64 = try value(dialect.nextNumber(sequence)) else { throw Self.missing(sequence) }
        return number
    }

    /// Has a sequence go on after `last`.
    public func setNumber(of sequence: String, to last: Int64) throws {
        guard let _: Int64 = try value(dialect.setNumber(sequence, last)) else { throw Self.missing(sequence) }
    }

    private static func missing(_ sequence: String) -> StorageError {
        .other(code: 0, message: "the sequence \(sequence) is missing")
    }

    /// A small number that no other transaction has at this moment: whoever counts in a row of its own waits for nobody.
    public var share: Int { get throws { try perform { $0.share } } }

    /// Runs several statements without parameters.
    func script(_ text: String) throws {
        try perform { try $0.script(text) }
    }

    /// Has `body` called once this transaction is durable, before the caller goes on; never after a rollback.
    ///
    /// It runs on the writer's thread, so that it has to be short: wake somebody, count something.
    public func onCommit(_ body: @escaping @Sendable () -> Void) {
        commitActions.append(body)
    }

    func runCommitActions() {
        for action in commitActions { action() }
    }
}
