import Foundation

/// The documents of Statuspage's public API, version 2, below `api/v2/`.
struct StatuspageDocuments: Sendable {
    private let status: PublishedStatus
    private let objects: StatuspageObjects
    /// As many as Statuspage lists.
    private static let mostListed = 50

    init(_ status: PublishedStatus) {
        self.status = status
        objects = StatuspageObjects(status)
    }

    /// Path below the page's address, and the document.
    var all: [(path: String, document: JSONText)] {
        let maintenances = latest(status.maintenances)
        return [
            ("api/v2/summary.json", summary),
            ("api/v2/status.json", ["page": objects.page, "status": objects.rollup]),
            ("api/v2/components.json", ["page": objects.page, "components": .list(status.components.map(objects.component))]),
            (
                "api/v2/incidents.json",
                incidents(status.incidents.prefix(Self.mostListed).map { objects.incident($0, hasPostmortem: true) })
            ),
            ("api/v2/incidents/unresolved.json", incidents(status.openIncidents.map { objects.incident($0) })),
            ("api/v2/scheduled-maintenances.json", scheduled(maintenances)),
            ("api/v2/scheduled-maintenances/upcoming.json", scheduled(status.comingMaintenances)),
            ("api/v2/scheduled-maintenances/active.json", scheduled(status.runningMaintenances)),
        ]
    }

    private var summary: JSONText {
        [
            "page": objects.page,
            "components": .list(status.components.map(objects.component)),
            "incidents": .list(status.openIncidents.map { objects.incident($0) }),
            "scheduled_maintenances": .list((status.runningMaintenances + status.comingMaintenances).map(objects.maintenance)),
            "status": objects.rollup,
        ]
    }

    private func incidents(_ incidents: [JSONText]) -> JSONText { ["page": objects.page, "incidents": .list(incidents)] }

    private func scheduled(_ maintenances: [PublishedMaintenance]) -> JSONText {
        ["page": objects.page, "scheduled_maintenances": .list(maintenances.map(objects.maintenance))]
    }

    /// The newest by the time for which they are announced.
    private func latest(_ maintenances: [PublishedMaintenance]) -> [PublishedMaintenance] {
        Array(maintenances.sorted { $0.scheduledFor > $1.scheduledFor }.prefix(Self.mostListed))
    }
}
