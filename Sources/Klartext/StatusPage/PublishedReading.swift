import Foundation

/// What is asked of a published status again and again.
extension PublishedStatus {
    /// Those on which we still work.
    var openIncidents: [PublishedIncident] { incidents.filter(\.state.isOpen) }

    /// Announced and not begun, the next first.
    var comingMaintenances: [PublishedMaintenance] { maintenances.filter { $0.state == .scheduled && !$0.isCancelled } }

    var runningMaintenances: [PublishedMaintenance] {
        maintenances.filter { ($0.state == .inProgress || $0.state == .verifying) && !$0.isCancelled }
    }

    func component(_ id: String) -> PublishedComponent? { components.first { $0.id == id } }

    /// Those at the top of the page: groups, and components without one.
    var topComponents: [PublishedComponent] { components.filter { $0.group == nil } }

    func members(of group: PublishedComponent) -> [PublishedComponent] { components.filter { $0.group == group.id } }

    /// "Konto – Anmeldung": the group first, as Statuspage names a component in an update.
    func fullName(of component: PublishedComponent, in language: Language, separator: String = " – ") -> String {
        let name = component.name.read(in: language)
        guard let group = component.group.flatMap(self.component) else { return name }
        return group.name.read(in: language) + separator + name
    }
}

extension PublishedIncident {
    /// Whether we said when the next update comes, and let it pass.
    func isLate(at now: Date) -> Bool { state.isOpen && (nextUpdateBy.map { $0 < now } ?? false) }

    /// From the beginning to the end, or until now.
    func seconds(at now: Date) -> Int { max(0, (resolvedAt ?? now).wholeSeconds - startedAt.wholeSeconds) }
}

extension PublishedMaintenance {
    var isCancelled: Bool { cancelledAt != nil }
}

extension PublishedComponent {
    /// Hundredths of a per cent in which the days counted were without an outage, 0 to 10,000, rounded down: never 10,000 with any outage.
    ///
    /// A major outage counts whole, a partial one half; slowness and maintenance are no outage. nil where nothing was counted.
    var availability: Int? {
        Availability.hundredths(
            seconds: days.reduce(0) { $0 + $1.seconds }, partialSeconds: days.reduce(0) { $0 + $1.partialSeconds },
            majorSeconds: days.reduce(0) { $0 + $1.majorSeconds })
    }
}

extension Int {
    /// Hundredths as a number with two decimal places, `9998` as "99.98" or "99,98".
    func hundredths(point: String) -> String {
        let rest = abs(self % 100)
        return "\(self / 100)\(point)\(rest < 10 ? "0" : "")\(rest)"
    }
}
