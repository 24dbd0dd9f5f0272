import Foundation

/// How long a component was in which state during one day on the page's clock.
struct ComponentDay: Sendable, Equatable {
    var day: LocalDay
    /// 86,400 but for the days when the clock changes, and less for today.
    var seconds: Int
    var degradedSeconds = 0
    var partialSeconds = 0
    var majorSeconds = 0
    var maintenanceSeconds = 0
    /// The incidents that touched it, the earliest first.
    var incidents: [PublicID] = []
}

/// How available a component was: `100 % - (1 × major outage + 0.5 × partial outage) / time`.
///
/// Being slow and announced maintenance are shown, and do not count as being away. Each vendor weighs a partial outage differently, so the formula
/// is printed below the figures.
enum Availability {
    static let daysShown = 90
    /// What a partial outage counts against a major one, in per cent.
    static let partialWeight = 50

    /// The last days of a component, the oldest first, today as the last one.
    /// - Parameters:
    ///   - spans: what incidents and maintenances say of it; where two say different things at a time, the worse is true.
    ///   - first: the first day that counts.
    static func days(_ spans: [ComponentSpan], from first: LocalDay, to now: Date, in clock: LocalClock) -> [ComponentDay] {
        let today = clock.day(at: now)
        let start = max(first, today.adding(days: 1 - daysShown))
        guard start <= today else { return [] }
        return (start.number...today.number).map { number in
            let day = LocalDay(number: number)
            let from = clock.seconds(day, minute: 0)
            let until = min(clock.seconds(day.adding(days: 1), minute: 0), now.wholeSeconds)
            return one(day, spans, from: from, until: max(from, until))
        }
    }

    private static func one(_ day: LocalDay, _ spans: [ComponentSpan], from: Int, until: Int) -> ComponentDay {
        let cut = spans.compactMap { span -> Cut? in
            let (start, end) = (max(span.from.wholeSeconds, from), min(span.until?.wholeSeconds ?? until, until))
            return start < end ? Cut(start: start, end: end, state: span.state) : nil
        }
        var result = ComponentDay(day: day, seconds: until - from)
        let edges = Set(cut.flatMap { [$0.start, $0.end] }).sorted()
        for (start, end) in zip(edges, edges.dropFirst()) {
            let worst = cut.filter { $0.start <= start && $0.end >= end }.map(\.state).max()
            result.add(end - start, in: worst ?? .operational)
        }
        // an incident of less than a second has touched its day as well
        let touching = spans.filter { span in
            let (start, end) = (span.from.wholeSeconds, span.until?.wholeSeconds ?? .max)
            return start < max(until, from + 1) && (end > from || start >= from)
        }
        for span in touching.sorted(by: { $0.from < $1.from }) {
            if let incident = span.incident, !result.incidents.contains(incident) { result.incidents.append(incident) }
        }
        return result
    }

    private struct Cut {
        var start: Int
        var end: Int
        var state: ComponentState
    }

    /// In hundredths of a per cent, rounded down: 9,999 at most where there was any outage at all.
    /// - Returns: nil where no time has passed yet.
    static func hundredths(seconds: Int, partialSeconds: Int, majorSeconds: Int) -> Int? {
        guard seconds > 0 else { return nil }
        let down = majorSeconds * 100 + partialSeconds * partialWeight
        let up = max(0, seconds * 100 - down)
        return min(up * 100 / seconds, down > 0 ? 9999 : 10_000)
    }

    /// What a component can do now: the worst that anything says of it.
    static func state(_ spans: [ComponentSpan], at now: Date) -> ComponentState {
        spans.filter { $0.from <= now && ($0.until.map { $0 > now } ?? true) }.map(\.state).max() ?? .operational
    }
}

extension ComponentDay {
    fileprivate mutating func add(_ seconds: Int, in state: ComponentState) {
        switch state {
        case .operational: break
        case .underMaintenance: maintenanceSeconds += seconds
        case .degradedPerformance: degradedSeconds += seconds
        case .partialOutage: partialSeconds += seconds
        case .majorOutage: majorSeconds += seconds
        }
    }
}
