import NIOConcurrencyHelpers

/// Wakes the workers of a lane when work was promised, so that nobody waits for the next look at the clock.
final class Bell: Sendable {
    private struct State {
        var rings = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let state = NIOLockedValueBox(State())

    /// How often it has rung; read it *before* looking for work and hand it to `wait`, so that a ring in between is not missed.
    var rings: Int { state.withLockedValue { $0.rings } }

    func ring() {
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
