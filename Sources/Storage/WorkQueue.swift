import Foundation

/// Jobs on their way from many tasks to a few threads. First in, first out; unbounded, since the callers wait and are bounded themselves.
final class WorkQueue<Job: Sendable>: @unchecked Sendable {  // everything below is guarded by `condition`
    private let condition = NSCondition()
    private var jobs: [Job] = []
    /// The jobs before it are taken: moving the rest up for each one taken would make a long queue quadratic.
    private var head = 0
    private var isClosed = false

    /// Adds a job; false where the queue is closed.
    func put(_ job: Job) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { return false }
        jobs.append(job)
        condition.signal()
        return true
    }

    /// Takes up to `limit` jobs; waits for the first unless `waiting` is false. Empty where the queue is closed and drained, or nothing is
    /// there.
    func take(_ limit: Int, waiting: Bool = true) -> [Job] {
        condition.lock()
        defer { condition.unlock() }
        while waiting && head == jobs.count && !isClosed { condition.wait() }
        let end = min(jobs.count, head + limit)
        let taken = Array(jobs[head..<end])
        head = end
        if head == jobs.count {
            jobs.removeAll(keepingCapacity: jobs.count <= 1024)
            head = 0
        }
        return taken
    }

    /// Takes one job, waiting for it; nil where the queue is closed and drained.
    func takeOne() -> Job? {
        take(1).first
    }

    /// Whether it accepts jobs.
    var isOpen: Bool { condition.withLock { !isClosed } }

    /// How many jobs wait.
    var depth: Int {
        condition.withLock { jobs.count - head }
    }

    /// Accepts nothing more; what was accepted is still handed out.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.broadcast()
    }
}
