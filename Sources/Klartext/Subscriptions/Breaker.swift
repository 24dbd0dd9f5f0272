import Foundation

/// Keeps a destination that fails from costing all others their turn: after some failures in a row nothing is tried there for a while, and for
/// longer each time. Pure: the time is handed in.
struct Breaker: Sendable, Equatable {
    /// So many failures in a row are no hiccup.
    static let mostFailures = 5
    static let firstPauseSeconds: Double = 60
    static let longestPauseSeconds: Double = 1800

    private(set) var failures = 0
    /// Nothing is tried before.
    private(set) var openUntil: Date?

    func mayTry(at now: Date) -> Bool { openUntil.map { $0 <= now } ?? true }

    mutating func succeed() { self = Breaker() }

    mutating func fail(at now: Date) {
        failures += 1
        guard failures >= Self.mostFailures else { return }
        // One pause for the hands that were still trying when it opened.
        guard mayTry(at: now) else { return }
        let times = Double(1 << min(failures - Self.mostFailures, 10))
        openUntil = now.addingTimeInterval(min(Self.firstPauseSeconds * times, Self.longestPauseSeconds))
    }
}
