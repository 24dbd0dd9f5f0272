import Foundation
import NIOConcurrencyHelpers

/// The breakers of all destinations, in memory: each process finds out for itself, which costs it a few tries.
final class SubscriptionsBreakers: Sendable {
    private let all = NIOLockedValueBox<[String: Breaker]>([:])
    /// More are not told apart; a breaker that has never failed is not kept.
    private static let most = 10_000

    /// The name under which our own mail server stands.
    static let relay = ""

    /// - Returns: until when nothing is tried there; nil where it may be tried now.
    func closedUntil(_ destination: String, at now: Date) -> Date? {
        all.withLockedValue { $0[destination].flatMap { $0.mayTry(at: now) ? nil : $0.openUntil } }
    }

    func succeed(_ destination: String) { all.withLockedValue { _ = $0.removeValue(forKey: destination) } }

    func fail(_ destination: String, at now: Date) {
        all.withLockedValue { all in
            guard all.count < Self.most || all[destination] != nil else { return }
            all[destination, default: Breaker()].fail(at: now)
        }
    }
}
