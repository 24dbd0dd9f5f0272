import Dispatch
import Foundation

/// A read on its way to a reader thread.
class ReadJob: @unchecked Sendable {  // handed from the caller's task to one thread, never shared
    func perform(_ connection: any Connection, _ dialect: Dialect) {}
    func fail(_ error: any Error) {}
}

final class Reading<Result: Sendable>: ReadJob, @unchecked Sendable {
    private let body: @Sendable (Snapshot) throws -> Result
    private let continuation: CheckedContinuation<Result, any Error>

    init(_ body: @escaping @Sendable (Snapshot) throws -> Result, _ continuation: CheckedContinuation<Result, any Error>) {
        self.body = body
        self.continuation = continuation
    }

    override func perform(_ connection: any Connection, _ dialect: Dialect) {
        do {
            _ = try connection.run(dialect.beginRead)
            let snapshot = Snapshot(connection)
            defer { snapshot.end() }
            let result = try body(snapshot)
            _ = try connection.run(dialect.commit)
            continuation.resume(returning: result)
        } catch {
            if connection.isInTransaction { _ = try? connection.run(dialect.rollback) }
            continuation.resume(throwing: error)
        }
    }

    override func fail(_ error: any Error) {
        continuation.resume(throwing: error)
    }
}

/// Threads that read, each with a connection of its own, fed from one queue: a long read holds up nobody while another thread is free.
final class ReaderPool: Sendable {
    private let queue = WorkQueue<ReadJob>()
    /// Left by each thread at its end.
    let finished = DispatchGroup()

    init(_ connections: [any Connection], dialect: Dialect, meter: Meter) {
        for (index, connection) in connections.enumerated() {
            let reader = Reader(connection, dialect, queue, meter)
            finished.enter()
            let thread = Thread { [finished] in
                reader.work()
                finished.leave()
            }
            thread.name = "reader-\(index + 1)"
            thread.start()
        }
    }

    func submit(_ job: ReadJob) {
        if !queue.put(job) { job.fail(StorageError.closed) }
    }

    /// Accepts nothing more; the threads end when the accepted reads are done.
    func stop() {
        queue.close()
    }
}

/// One thread's part of the pool.
private final class Reader: @unchecked Sendable {  // made by one thread, then used by its own alone
    private let connection: any Connection
    private let dialect: Dialect
    private let queue: WorkQueue<ReadJob>
    private let meter: Meter

    init(_ connection: any Connection, _ dialect: Dialect, _ queue: WorkQueue<ReadJob>, _ meter: Meter) {
        self.connection = connection
        self.dialect = dialect
        self.queue = queue
        self.meter = meter
    }

    func work() {
        while let job = queue.takeOne() {
            meter.update { $0.reads += 1 }
            job.perform(connection, dialect)
        }
        connection.close()
    }
}
