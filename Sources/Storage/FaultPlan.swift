import Foundation

/// Makes one statement of the writing connection fail, so that a test can try every place where a disk or a machine may give up.
///
/// Counted are all statements of transactions, including BEGIN, SAVEPOINT, RELEASE, ROLLBACK and COMMIT; reads on the reader pool are not.
/// Set it on
/// `Database.faults`, raise the number from 1 until `wasHit` stays false, and every place has been visited.
public final class FaultPlan: @unchecked Sendable {  // `seen` is guarded by `lock`
    public enum Kind: Sendable {
        /// The statement fails, the transaction stays open.
        case error
        /// The statement fails, and the whole transaction is rolled back, as engines do on a bad disk.
        case ioError
        /// The connection to the server breaks. SQLite has none: as `ioError` there.
        case cut
    }

    public enum Moment: Sendable, CaseIterable {
        /// The statement is not executed.
        case before
        /// The statement is executed, but its result lost. For a COMMIT: it is durable, and nobody knows.
        case after
    }

    public let failAtStatement: Int
    public let kind: Kind
    public let moment: Moment
    private let lock = NSLock()
    private var seen = 0

    /// - Parameter failAtStatement: which statement fails, counted from 1 from the moment the plan is set.
    public init(failAtStatement: Int, kind: Kind = .error, moment: Moment = .before) {
        self.failAtStatement = failAtStatement
        self.kind = kind
        self.moment = moment
    }

    /// How many statements were counted so far.
    public var statements: Int { lock.withLock { seen } }

    /// Whether the fault has happened.
    public var wasHit: Bool { statements >= failAtStatement }

    /// Counts one statement; true if it is the one to fail.
    func counts() -> Bool {
        lock.withLock {
            seen += 1
            return seen == failAtStatement
        }
    }

    /// The error a caller sees.
    var error: StorageError {
        .other(code: -1, message: "planned fault at statement \(failAtStatement)")
    }
}
