import Foundation
import NIOConcurrencyHelpers

/// Counts how often one network asks within a minute, in memory: asking changes nothing, and so it must not cost a write.
///
/// Each process counts for itself; several of them let so many times more through, which does no harm.
final class MinuteGate: Sendable {
    private let counts = NIOLockedValueBox<(minute: Int, hits: [String: Int])>((0, [:]))

    /// More networks than that within a minute are no longer told apart, so that the list cannot grow without end.
    static let mostNetworks = 20_000

    /// - Returns: whether there is room for one more.
    func lets(_ network: String, most: Int, at now: Date) -> Bool {
        let minute = Int(now.timeIntervalSince1970 / 60)
        return counts.withLockedValue { counts in
            if counts.minute != minute { counts = (minute, [:]) }
            let name = counts.hits.count < Self.mostNetworks || counts.hits[network] != nil ? network : ""
            counts.hits[name, default: 0] += 1
            return counts.hits[name, default: 0] <= most
        }
    }
}
