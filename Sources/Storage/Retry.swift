import Foundation

/// Whether a transaction that failed is tried again, and when.
enum Retry {
    /// For how long a server that is away is waited for: a restart takes seconds, and so does promoting a standby.
    static let patience = Duration.seconds(20)

    /// How long to pause before the next attempt; nil where another cannot help.
    ///
    /// A row that is there already may have been brought by somebody else since our transaction began; a fresh one sees it, and what the
    /// closure then does about it is right. So it gets a second chance, and after a third failure it is believed.
    static func pause(after error: any Error, attempt: Int, waited: Duration) -> Duration? {
        switch error as? StorageError {
        case .conflict where attempt < 40: .microseconds(Int.random(in: 0...min(100_000, 200 << min(attempt, 10))))
        case .unique where attempt < 3: .zero
        case .unavailable where waited < patience: .milliseconds(Int.random(in: 50...200))
        default: nil
        }
    }
}

extension Connection {
    /// Makes the connection fit for the next transaction: rolled back, or closed where it is not to be trusted any more.
    func recover(from error: any Error) {
        if case .unavailable = error as? StorageError { return close() }
        do { try rollBack() } catch { if dialect.engine == .postgreSQL { close() } }
    }
}
