import Dispatch
import Foundation

/// A read on its way to a reader thread.
class ReadJob: @unchecked Sendable {  // handed from the caller's task to one thread, never shared
    let submitted = ContinuousClock.now

    /// Reads in one transaction. May be done again after a failure.
    final func perform(_ connection: any Connection) throws {
        try connection.open()
        _ = try connection.run(connection.dialect.beginRead)
        let snapshot = Snapshot(connection)
        defer { snapshot.end() }
        try execute(snapshot)
        _ = try connection.run(connection.dialect.commit)
    }

    func execute(_ snapshot: Snapshot) throws {}
    func resume() {}
    func fail(_ error: any Error) {}
}

final class Reading<Result: Sendable>: ReadJob, @unchecked Sendable {  // as every `ReadJob`: `result` is touched by one thread at a time
    private let body: @Sendable (Snapshot) throws -> Result
    private let continuation: CheckedContinuation<Result, any Error>
    private var result: Result?

    init(_ body: @escaping @Sendable (Snapshot) throws -> Result, _ continuation: CheckedContinuation<Result, any Error>) {
        self.body = body
        self.continuation = continuation
    }

    override func execute(_ snapshot: Snapshot) throws {
        result = try body(snapshot)
    }

    override func resume() {
        guard let result else { return fail(StorageError.closed) }
        continuation.resume(returning: result)
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

    init(_ connections: [any Connection], meter: Meter) {
        for (index, connection) in connections.enumerated() {
            let reader = Reader(connection, queue, meter)
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
    private let queue: WorkQueue<ReadJob>
    private let meter: Meter

    init(_ connection: any Connection, _ queue: WorkQueue<ReadJob>, _ meter: Meter) {
        self.connection = connection
        self.queue = queue
        self.meter = meter
    }

    func work() {
        while let job = queue.takeOne() {
            meter.update { $0.reads += 1 }
            perform(job)
        }
        connection.close()
    }

    private func perform(_ job: ReadJob) {
        var attempt = 0
        while true {
            attempt += 1
            do {
                try job.perform(connection)
                return job.resume()
            } catch {
                connection.recover(from: error)
                let pause = queue.isOpen ? Retry.pause(after: error, attempt: attempt, waited: .now - job.submitted) : nil
                guard let pause else { return job.fail(error) }
                Thread.sleep(forTimeInterval: pause / .seconds(1))
            }
        }
    }
}
