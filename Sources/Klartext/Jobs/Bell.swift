import NIOConcurrencyHelpers

/// Wakes the workers when work was promised, so that nobody waits for the next look at the clock.
///
/// A ring wakes one hand of each lane, and a hand that has found work wakes the next: for one letter one hand gets up, for a hundred all do.
/// On a database with many processes most looks for work would otherwise be in vain.
final class Bell: Sendable {
    private struct State {
        var rings = 0
        var waiting: [Job.Lane: [CheckedContinuation<Void, Never>]] = [:]

        mutating func next(_ lane: Job.Lane) -> CheckedContinuation<Void, Never>? { waiting[lane, default: []].popLast() }
    }
    private let state = NIOLockedValueBox(State())
    private let announce: @Sendable () -> Void

    /// - Parameter announce: tells the other processes on the same database; called after every ring of our own, on any thread. It must
    ///   return at once and may lose a call: whoever is not woken looks again within a second.
    init(announce: @escaping @Sendable () -> Void = {}) { self.announce = announce }

    /// How often it has rung; read it *before* looking for work and hand it to `wait`, so that a ring in between is not missed.
    var rings: Int { state.withLockedValue { $0.rings } }

    /// How many hands wait.
    var waiting: Int { state.withLockedValue { $0.waiting.values.reduce(0) { $0 + $1.count } } }

    /// Work was promised here: wakes our own workers, and those of the other processes.
    func ring() {
        ringFromOutside()
        announce()
    }

    /// Work may be there, as another process or the clock says: wakes our own workers, and nobody else's, or it would never be quiet again.
    func ringFromOutside() {
        let woken = state.withLockedValue { state in
            state.rings += 1
            return Job.Lane.allCases.compactMap { state.next($0) }
        }
        for continuation in woken { continuation.resume() }
    }

    /// There was work in a lane, and may be more: wakes another hand of it, if one waits.
    func pass(_ lane: Job.Lane) {
        state.withLockedValue { $0.next(lane) }?.resume()
    }

    /// Wakes everybody, to go home.
    func ringForAll() {
        let woken = state.withLockedValue { state in
            state.rings += 1
            defer { state.waiting = [:] }
            return state.waiting.values.flatMap { $0 }
        }
        for continuation in woken { continuation.resume() }
    }

    /// Returns when a ring, or a hand of the same lane, wakes this one; at once when it has rung since `seen`.
    func wait(_ lane: Job.Lane, since seen: Int) async {
        await withCheckedContinuation { continuation in
            let missed = state.withLockedValue { state in
                guard state.rings == seen else { return true }
                state.waiting[lane, default: []].append(continuation)
                return false
            }
            if missed { continuation.resume() }
        }
    }
}
