import NIOConcurrencyHelpers

/// Wakes the workers when work was promised, so that nobody waits for the next look at the clock.
final class Bell: Sendable {
    private struct State {
        var rings = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let state = NIOLockedValueBox(State())
    private let announce: @Sendable () -> Void

    /// - Parameter announce: tells the other processes on the same database; called after every ring of our own, on any thread. It must
    ///   return at once and may lose a call: whoever is not woken looks again within a second.
    init(announce: @escaping @Sendable () -> Void = {}) { self.announce = announce }

    /// How often it has rung; read it *before* looking for work and hand it to `wait`, so that a ring in between is not missed.
    var rings: Int { state.withLockedValue { $0.rings } }

    /// Work was promised here: wakes our own workers, and those of the other processes.
    func ring() {
        ringFromOutside()
        announce()
    }

    /// Work may be there, as another process or the clock says: wakes our own workers, and nobody else's, or it would never be quiet again.
    func ringFromOutside() {
        let waiting = state.withLockedValue { state in
            state.rings += 1
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns at the next ring, or at once when it has rung since `seen`.
    func wait(since seen: Int) async {
        await withCheckedContinuation { continuation in
            let missed = state.withLockedValue { state in
                guard state.rings == seen else { return true }
                state.waiting.append(continuation)
                return false
            }
            if missed { continuation.resume() }
        }
    }
}
