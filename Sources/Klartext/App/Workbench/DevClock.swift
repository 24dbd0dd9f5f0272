import Foundation
import NIOConcurrencyHelpers

/// A clock that can be put forward, so that a week of promises can be watched in a minute. In development alone.
///
/// It never goes back, not even by a restart: how far it is ahead is kept beside the data.
final class DevClock: Sendable {
    /// Promises are looked at, and reminders sent, as finely as this when time is made to pass.
    static let stepSeconds = 900.0
    /// The furthest that it can be put forward at once.
    static let mostSeconds = 8 * 86_400.0

    private let path: String
    private let aheadSeconds: NIOLockedValueBox<Double>

    /// - Parameter directory: the data directory.
    init(directory: String) {
        path = directory + "/dev-clock"
        let kept = try? String(contentsOfFile: path, encoding: .utf8)
        aheadSeconds = NIOLockedValueBox(kept.flatMap { Double($0) } ?? 0)
    }

    var clock: Clock { Clock { [self] in Date().addingTimeInterval(aheadSeconds.withLockedValue { $0 }).wholeMilliseconds } }

    /// Puts the clock forward; to a time that is over it does nothing.
    func put(forwardTo time: Date) throws {
        let ahead = aheadSeconds.withLockedValue { ahead in
            ahead = max(ahead, time.timeIntervalSinceNow)
            return ahead
        }
        try Data("\(ahead)".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    /// The moments at which to stop on the way: each quarter of an hour, and the end.
    static func steps(from start: Date, to end: Date) -> [Date] {
        let first = (start.timeIntervalSince1970 / stepSeconds).rounded(.down) + 1
        let steps = stride(from: first * stepSeconds, to: end.timeIntervalSince1970, by: stepSeconds)
        return steps.map { Date(timeIntervalSince1970: $0) } + (end > start ? [end] : [])
    }
}
