import Foundation

/// How many of our promises were kept by the time that was said first.
struct KeptRate: Sendable, Equatable {
    var kept: Int
    var due: Int

    /// Below so many a share says more about chance than about us.
    static let fewest = 10

    /// In whole percent, rounded down: 99.6 % is not all.
    var percent: Int? { due == 0 ? nil : kept * 100 / due }

    static func + (a: KeptRate, b: KeptRate) -> KeptRate { KeptRate(kept: a.kept + b.kept, due: a.due + b.due) }
}

/// The rate of one month, in all and by team.
struct KeptMonth: Sendable, Equatable {
    /// `2026-11`, in the desk's time zone.
    var month: String
    var whole: KeptRate
    var teams: [String: KeptRate]

    /// - Parameter month: the month a moment falls into.
    /// - Returns: the months that have any, the newest first.
    static func months(_ promises: [(team: String, firstDueAt: Date, isKept: Bool)], month: (Date) -> String) -> [KeptMonth] {
        var months: [String: KeptMonth] = [:]
        for promise in promises {
            let name = month(promise.firstDueAt)
            let one = KeptRate(kept: promise.isKept ? 1 : 0, due: 1)
            var entry = months[name] ?? KeptMonth(month: name, whole: KeptRate(kept: 0, due: 0), teams: [:])
            entry.whole = entry.whole + one
            entry.teams[promise.team] = (entry.teams[promise.team] ?? KeptRate(kept: 0, due: 0)) + one
            months[name] = entry
        }
        return months.values.sorted { $0.month > $1.month }
    }
}
