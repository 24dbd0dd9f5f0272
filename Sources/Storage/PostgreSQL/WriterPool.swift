import Dispatch
import Foundation

/// Threads that write, each with a connection of its own and a transaction for each unit; the server makes commits that meet durable together.
///
/// A unit sees the database as it was at one moment. Where somebody else has meanwhile changed a row that it changes, the server refuses, and
/// the unit is run again on a fresh view: what two units do to one ticket is what they would do one after the other.
final class WriterPool: Writer, @unchecked Sendable {  // `plan` is guarded by `lock`
    private let queue = WorkQueue<WriteUnit>()
    private let meter: Meter
    let finished = DispatchGroup()
    private let lock = NSLock()
    private var plan: FaultPlan?

    init(_ connections: [PostgreSQLConnection], meter: Meter) {
        self.meter = meter
        for (index, connection) in connections.enumerated() {
            finished.enter()
            let desk = Held(connection)
            let thread = Thread { [self] in
                work(desk.connection)
                finished.leave()
            }
            thread.name = "writer-\(index + 1)"
            thread.start()
        }
    }

    /// A connection on its way to the one thread that uses it.
    private struct Held: @unchecked Sendable {  // made by the caller, who lets go of it; then used by one thread alone
        let connection: PostgreSQLConnection
        init(_ connection: PostgreSQLConnection) { self.connection = connection }
    }

    var faults: FaultPlan? {
        get { lock.withLock { plan } }
        set { lock.withLock { plan = newValue } }
    }

    var depth: Int { queue.depth }

    func submit(_ unit: WriteUnit) {
        if !queue.put(unit) { unit.resume(throwing: StorageError.closed) }
    }

    func stop() {
        queue.close()
    }

    private func work(_ connection: PostgreSQLConnection) {
        while let unit = queue.takeOne() {
            connection.faults = faults
            carryOut(unit, on: connection)
            connection.faults = nil
        }
        connection.close()
    }

    private func carryOut(_ unit: WriteUnit, on connection: PostgreSQLConnection) {
        var attempt = 0
        while true {
            attempt += 1
            do {
                try perform(unit, on: connection)
                record(unit, isDurable: true)
                return unit.conclude()
            } catch {
                connection.recover(from: error)
                let pause = queue.isOpen ? Retry.pause(after: error, attempt: attempt, waited: .now - unit.submitted) : nil
                guard let pause else {
                    record(unit, isDurable: false)
                    return unit.resume(throwing: error)
                }
                Thread.sleep(forTimeInterval: pause / .seconds(1))
            }
        }
    }

    private func perform(_ unit: WriteUnit, on connection: PostgreSQLConnection) throws {
        try connection.open()
        let dialect = connection.dialect
        _ = try connection.run(unit.view == .latest ? dialect.beginLatest : dialect.beginWrite)
        try unit.perform(connection)
        do {
            _ = try connection.run(dialect.commit)
        } catch StorageError.unavailable(let message) {
            // The order to commit may have arrived or not. Trying again here could do it twice.
            connection.close()
            throw StorageError.fateUnknown(message: message)
        }
    }

    private func record(_ unit: WriteUnit, isDurable: Bool) {
        let waited = (ContinuousClock.now - unit.submitted) / .milliseconds(1)
        meter.update {
            $0.commits += isDurable ? 1 : 0
            $0.units += isDurable ? 1 : 0
            $0.failedUnits += isDurable ? 0 : 1
            $0.largestBatch = max($0.largestBatch, 1)
            $0.longestWaitMs = max($0.longestWaitMs, waited)
        }
    }
}
