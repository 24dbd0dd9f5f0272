import Foundation

/// What was told, by the months in the page's zone: from the first month in which anything began to the present one, none left out.
struct StatusMonths: Sendable {
    struct Month: Sendable {
        let year: Int
        let month: Int
        /// The newest first.
        var incidents: [PublishedIncident] = []
        var maintenances: [PublishedMaintenance] = []

        /// `2026-11`.
        var id: String { String(CivilTime(year: year, month: month, day: 1).isoDay.prefix(7)) }
        var isEmpty: Bool { incidents.isEmpty && maintenances.isEmpty }

        func name(in language: Language) -> String { Moments.month(CivilTime(year: year, month: month, day: 1), in: language) }
    }

    /// The oldest first.
    let all: [Month]
    /// A date that slipped by a century does not make a thousand pages: twenty years.
    private static let most = 240

    init(_ status: PublishedStatus, _ voice: Voice) {
        func number(_ date: Date) -> Int {
            let time = voice.moments.civil(date)
            return time.year * 12 + time.month - 1
        }
        let last = number(status.asOf)
        let beginnings = status.incidents.map(\.startedAt) + status.maintenances.map(\.scheduledFor)
        let first = max(last - Self.most + 1, min(beginnings.map(number).min() ?? last, last))
        let incidents = Dictionary(grouping: status.incidents) { number($0.startedAt) }
        let maintenances = Dictionary(grouping: status.maintenances) { number($0.scheduledFor) }
        all = (first...last).map { number in
            Month(
                year: number / 12, month: number % 12 + 1,
                incidents: (incidents[number] ?? []).sorted { $0.startedAt > $1.startedAt },
                maintenances: (maintenances[number] ?? []).sorted { $0.scheduledFor > $1.scheduledFor })
        }
    }
}
