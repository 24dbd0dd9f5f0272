import Foundation

/// A unit of work on its way to the writer's thread, and its outcome on the way back.
class WriteUnit: @unchecked Sendable {  // handed from the caller's task to the writer's thread, never shared
    let submitted = ContinuousClock.now
    let view: Database.View
    private(set) var transaction: Transaction?
    private(set) var failure: (any Error)?

    init(view: Database.View) {
        self.view = view
    }

    /// Runs the closure in the transaction, or savepoint, that the writer has begun. May be done again after a failure.
    final func perform(_ connection: any Connection) throws {
        let transaction = Transaction(connection)
        self.transaction = transaction
        defer { transaction.end() }
        try execute(transaction)
        try transaction.checkOpen()
        try connection.checkDeferred()
    }

    /// Notes that the unit failed alone; the caller learns it after the commit.
    final func failAlone(_ error: any Error) {
        failure = error
    }

    /// Answers the caller: the transaction is durable, and this unit part of it unless it failed alone.
    final func conclude() {
        if let failure { return resume(throwing: failure) }
        transaction?.runCommitActions()
        resume()
    }

    func execute(_ transaction: Transaction) throws {}
    func resume() {}
    func resume(throwing error: any Error) {}
}

final class Writing<Result: Sendable>: WriteUnit, @unchecked Sendable {
    private let body: @Sendable (Transaction) throws -> Result
    private let continuation: CheckedContinuation<Result, any Error>
    private var result: Result?

    init(
        _ view: Database.View, _ body: @escaping @Sendable (Transaction) throws -> Result,
        _ continuation: CheckedContinuation<Result, any Error>
    ) {
        self.body = body
        self.continuation = continuation
        super.init(view: view)
    }

    override func execute(_ transaction: Transaction) throws {
        result = try body(transaction)
    }

    override func resume() {
        guard let result else { return resume(throwing: StorageError.closed) }
        continuation.resume(returning: result)
    }

    override func resume(throwing error: any Error) {
        continuation.resume(throwing: error)
    }
}
