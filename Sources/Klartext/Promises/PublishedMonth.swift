import Foundation

/// What became of the promises of one month, as everybody may read it. A promise counts in the month in which it was first due.
struct PublishedMonth: Sendable, Equatable {
    /// `2026-11`, in the desk's time zone.
    var month: String
    /// Kept by the time that was said first.
    var kept = 0
    /// Not kept by then: kept later, still open, or taken back when it was too late.
    var late = 0
    /// Taken back before it was due.
    var withdrawn = 0

    /// With fewer there is no share: one promise would be a fifth of it, and could be somebody's who is known.
    static let fewestForShare = 5

    var given: Int { kept + late + withdrawn }

    /// Of those that were to be kept, in whole percent, rounded down: 99.6 % is not all. Nil where they are too few.
    var percent: Int? { kept + late < Self.fewestForShare ? nil : kept * 100 / (kept + late) }

    /// All of them together.
    static func sum(_ months: [PublishedMonth]) -> PublishedMonth {
        months.reduce(into: PublishedMonth(month: "")) { sum, month in
            sum.kept += month.kept
            sum.late += month.late
            sum.withdrawn += month.withdrawn
        }
    }

    /// The months up to a given one, the newest first: "2026-02", "2026-01", "2025-12".
    static func names(endingWith month: String, count: Int) -> [String] {
        let parts = month.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2 else { return [] }
        let last = parts[0] * 12 + parts[1] - 1
        return (0..<count).map { back in
            let (year, month) = ((last - back) / 12, (last - back) % 12 + 1)
            return "\(year)-\(month < 10 ? "0" : "")\(month)"
        }
    }
}
