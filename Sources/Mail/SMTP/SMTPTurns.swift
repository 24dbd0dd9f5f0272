/// First come, first served, for a fixed number at a time.
struct SMTPTurns {
    private var free: Int
    private var nextTicket = 0
    private var waiting: [(ticket: Int, continuation: CheckedContinuation<Void, any Error>)] = []

    init(count: Int) { free = count }

    /// Nil when it is your turn already, else a ticket to wait with.
    mutating func take() -> Int? {
        if free > 0 {
            free -= 1
            return nil
        }
        nextTicket += 1
        return nextTicket
    }

    mutating func wait(_ ticket: Int, _ continuation: CheckedContinuation<Void, any Error>) {
        waiting.append((ticket, continuation))
    }

    mutating func giveUp(_ ticket: Int) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: index).continuation.resume(throwing: CancellationError())
    }

    /// Passes a turn on.
    mutating func next() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().continuation.resume() }
    }
}
