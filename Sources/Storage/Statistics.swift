import Foundation

/// What the database has done since it was opened.
public struct Statistics: Sendable, Hashable {
    /// Transactions that became durable. One carries many units.
    public var commits = 0
    /// Units of work that became durable.
    public var units = 0
    /// Units that failed, alone or with their transaction.
    public var failedUnits = 0
    /// Reads, failed ones included.
    public var reads = 0
    /// Units that wait now.
    public var depth = 0
    /// The most units one transaction has carried.
    public var largestBatch = 0
    /// The longest that a unit waited from being handed in to being durable or failed, in milliseconds.
    public var longestWaitMs = 0.0
}

/// Where writer and readers count.
final class Meter: @unchecked Sendable {  // `statistics` is guarded by `lock`
    private let lock = NSLock()
    private var statistics = Statistics()

    func update(_ change: (inout Statistics) -> Void) {
        lock.withLock { change(&statistics) }
    }

    var current: Statistics { lock.withLock { statistics } }
}
