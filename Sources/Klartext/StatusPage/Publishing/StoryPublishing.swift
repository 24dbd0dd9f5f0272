import Foundation

extension StatusPublishing {
    /// - Parameter shown: the components that the public knows of.
    func published(_ incident: Incident, _ shown: Set<PublicID>) -> PublishedIncident {
        PublishedIncident(
            id: incident.id.text, name: incident.title, state: incident.state, impact: incident.impact, createdAt: incident.openedAt,
            updatedAt: incident.changedAt, startedAt: incident.startedAt, monitoringAt: incident.monitoringAt,
            resolvedAt: incident.resolvedAt, nextUpdateBy: incident.nextUpdate?.by,
            translationDue: incident.owing.compactMap { update in
                update.debt.map { PublishedDebt(language: $0.language, update: update.id.text, by: $0.deadline.by) }
            }, components: incident.components.filter(shown.contains).map(\.text),
            updates: incident.updates.reversed().map { published($0, shown) }, postmortem: incident.postmortem,
            postmortemAt: incident.postmortemAt, isBackfilled: incident.isBackfilled)
    }

    private func published(_ update: IncidentUpdate, _ shown: Set<PublicID>) -> PublishedUpdate {
        PublishedUpdate(
            id: update.id.text, state: update.state.rawValue, text: update.text, createdAt: update.writtenAt, updatedAt: update.changedAt,
            displayAt: update.displayAt,
            components: update.turns.filter { shown.contains($0.component) }.map {
                PublishedTurn(component: $0.component.text, from: $0.from, to: $0.to)
            }, nextUpdateBy: update.nextUpdateBy, minutesLate: update.minutesLate)
    }

    func published(_ maintenance: Maintenance, _ shown: Set<PublicID>) -> PublishedMaintenance {
        PublishedMaintenance(
            id: maintenance.id.text, name: maintenance.title, state: maintenance.state, createdAt: maintenance.announcedAt,
            updatedAt: maintenance.changedAt, scheduledFor: maintenance.scheduledFor, scheduledUntil: maintenance.scheduledUntil,
            startedAt: maintenance.startedAt, completedAt: maintenance.completedAt, cancelledAt: maintenance.cancelledAt,
            components: maintenance.components.filter(shown.contains).map(\.text),
            updates: maintenance.updates.reversed().map { update in
                PublishedUpdate(
                    id: update.id.text, state: update.state.rawValue, text: update.text, createdAt: update.writtenAt,
                    updatedAt: update.changedAt, displayAt: update.displayAt, components: [])
            }, sequence: maintenance.sequence)
    }
}
