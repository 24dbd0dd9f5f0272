import Foundation
import NIOConcurrencyHelpers

/// A time zone's offset from UTC at any moment, without asking the zone's tables each time.
///
/// A lookup in Foundation costs microseconds, and a page has a hundred dates. So whole UTC days are remembered, except the few in which
/// the offset changes.
final class ZoneOffsets: Sendable {
    let timeZone: TimeZone
    private let days = NIOLockedValueBox<[Int: Int]>([:])
    /// Eleven years of days; beyond that the memory starts anew.
    private static let maximumDays = 4096

    init(_ timeZone: TimeZone) { self.timeZone = timeZone }

    /// Seconds to add to UTC.
    func offsetSeconds(at secondsSinceEpoch: Int) -> Int {
        let day = CivilTime(secondsSinceEpoch: secondsSinceEpoch).dayNumber
        if let known = days.withLockedValue({ $0[day] }) { return known }
        let start = ask(day * 86_400)
        guard start == ask((day + 1) * 86_400) else { return ask(secondsSinceEpoch) }
        days.withLockedValue { days in
            if days.count >= Self.maximumDays { days.removeAll() }
            days[day] = start
        }
        return start
    }

    private func ask(_ seconds: Int) -> Int {
        timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }
}
