import Dispatch
import Foundation

/// The one thread that writes. It puts everything that waits into one transaction, so that a hundred units share one wait for the disk.
///
///     BEGIN   [ SAVEPOINT  unit 1  RELEASE ]  [ SAVEPOINT  unit 2  ROLLBACK TO, RELEASE ]  ...  COMMIT   -> answer all
///
/// Nobody is answered before the commit, not even a unit that failed: what it saw may have come from a neighbour that is not durable.
final class GroupCommitWriter: Writer, @unchecked Sendable {  // `connection` is used by the writer's thread alone; `plan` is guarded by `lock`
    /// The most units in one transaction, and the time after which no further one is begun: bounds how long the first one waits for the
    /// last.
    static let batchLimit = 512
    static let batchTime = Duration.milliseconds(20)

    private let batchTime: Duration
    private let connection: any Connection
    private let dialect: Dialect
    private let meter: Meter
    private let queue = WorkQueue<WriteUnit>()
    private let others: DispatchGroup
    /// Left by the thread at its end.
    let finished = DispatchGroup()
    private let lock = NSLock()
    private var plan: FaultPlan?

    /// - Parameter others: the connection is closed after theirs, because the last one tidies up the file and has to be one that may write.
    init(_ connection: any Connection, dialect: Dialect, meter: Meter, batchTime: Duration, closingAfter others: DispatchGroup) {
        self.connection = connection
        self.dialect = dialect
        self.meter = meter
        self.batchTime = batchTime
        self.others = others
        finished.enter()
        let thread = Thread { [self] in work() }
        thread.name = "writer"
        thread.start()
    }

    var faults: FaultPlan? {
        get { lock.withLock { plan } }
        set { lock.withLock { plan = newValue } }
    }

    var depth: Int { queue.depth }

    func submit(_ unit: WriteUnit) {
        if !queue.put(unit) { unit.resume(throwing: StorageError.closed) }
    }

    /// Accepts nothing more; the thread ends when the accepted units are done.
    func stop() {
        queue.close()
    }

    private func work() {
        var batch = queue.take(Self.batchLimit)
        while !batch.isEmpty {
            connection.faults = faults
            let rest = commit(batch)
            connection.tidy()
            batch = rest.isEmpty ? queue.take(Self.batchLimit) : rest
        }
        connection.faults = nil
        others.wait()
        connection.close()
        finished.leave()
    }

    /// Makes a batch durable and answers its callers. Returns the units that were not begun: time was up, or the transaction broke down
    /// before them.
    private func commit(_ batch: [WriteUnit]) -> [WriteUnit] {
        var units = batch
        var begun = 0
        do {
            let deadline = ContinuousClock.now + batchTime
            try connection.rollBack()
            _ = try connection.run(dialect.beginWrite)
            repeat {
                begun += 1
                try perform(units[begun - 1])
                // Those who came meanwhile share the wait for the disk.
                if begun == units.count { units += queue.take(Self.batchLimit - begun, waiting: false) }
            } while begun < units.count && ContinuousClock.now < deadline
            _ = try connection.run(dialect.commit)
        } catch {
            try? connection.rollBack()
            // What keeps a transaction from beginning would meet all of them.
            if begun == 0 { begun = units.count }
            record(units[..<begun], isDurable: false)
            for unit in units[..<begun] { unit.resume(throwing: error) }
            return Array(units[begun...])
        }
        record(units[..<begun], isDurable: true)
        for unit in units[..<begun] { unit.conclude() }
        return Array(units[begun...])
    }

    /// Runs one unit. What it throws itself it fails with alone; this throws only if the whole transaction is lost.
    private func perform(_ unit: WriteUnit) throws {
        _ = try connection.run(dialect.savepoint)
        do {
            try unit.perform(connection)
        } catch {
            guard connection.isInTransaction else { throw error }
            unit.failAlone(error)
            _ = try connection.run(dialect.rollbackToSavepoint)
        }
        _ = try connection.run(dialect.release)
    }

    private func record(_ units: ArraySlice<WriteUnit>, isDurable: Bool) {
        let now = ContinuousClock.now
        let failed = isDurable ? units.count { $0.failure != nil } : units.count
        let oldest = units.first.map { now - $0.submitted } ?? .zero
        meter.update {
            $0.commits += isDurable ? 1 : 0
            $0.units += units.count - failed
            $0.failedUnits += failed
            $0.largestBatch = max($0.largestBatch, units.count)
            $0.longestWaitMs = max($0.longestWaitMs, oldest / .milliseconds(1))
        }
    }
}
