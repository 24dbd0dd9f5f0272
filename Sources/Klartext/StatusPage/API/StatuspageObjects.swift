import Foundation

/// The objects of Statuspage's public API, version 2: exactly its keys and no others, since strict clients fail on what they do not know.
///
/// Texts are English, as its clients expect; where nobody has written English yet, German is better than nothing.
struct StatuspageObjects: Sendable {
    let status: PublishedStatus
    private let address: StatusAddress

    init(_ status: PublishedStatus) {
        self.status = status
        address = StatusAddress(status.page)
    }

    var page: JSONText {
        [
            "id": .text(status.page.id), "name": .text(status.page.name), "url": .text(status.page.url),
            "time_zone": .text(status.page.timeZone), "updated_at": .time(status.page.updatedAt),
        ]
    }

    var rollup: JSONText {
        ["indicator": .text(status.overall.indicator), "description": .text(status.overall.description)]
    }

    func component(_ component: PublishedComponent) -> JSONText {
        let description = component.description.read(in: .en)
        var members: [JSONText.Member] = [
            .init(name: "id", value: .text(component.id)),
            .init(name: "name", value: .text(component.name.read(in: .en))),
            .init(name: "status", value: .text(component.state.rawValue)),
            .init(name: "created_at", value: .time(component.createdAt)),
            .init(name: "updated_at", value: .time(component.updatedAt)),
            .init(name: "position", value: .number(component.position)),
            .init(name: "description", value: JSONText(description.isBlank ? nil : description)),
            .init(name: "showcase", value: .bool(!component.isGroup)),
            .init(name: "start_date", value: JSONText(component.startDay)),
            .init(name: "group_id", value: JSONText(component.group)),
            .init(name: "page_id", value: .text(status.page.id)),
            .init(name: "group", value: .bool(component.isGroup)),
            .init(name: "only_show_if_degraded", value: .bool(component.isShownOnlyIfDegraded)),
        ]
        if component.isGroup {
            members.append(.init(name: "components", value: .list(status.members(of: component).map { .text($0.id) })))
        }
        return .object(members)
    }

    /// Components that are named but no longer published are left out.
    func components(_ ids: [String]) -> JSONText { .list(ids.compactMap(status.component).map(component)) }

    /// - Parameter hasPostmortem: in the list of all incidents alone, what happened is told with them.
    func incident(_ incident: PublishedIncident, hasPostmortem: Bool = false) -> JSONText {
        let own: [JSONText.Member] = [
            .init(name: "id", value: .text(incident.id)),
            .init(name: "name", value: .text(incident.name.read(in: .en))),
            .init(name: "status", value: .text(incident.state.rawValue)),
            .init(name: "created_at", value: .time(incident.createdAt)),
            .init(name: "updated_at", value: .time(incident.updatedAt)),
            .init(name: "monitoring_at", value: .time(incident.monitoringAt)),
            .init(name: "resolved_at", value: .time(incident.resolvedAt)),
            .init(name: "impact", value: .text(incident.impact.rawValue)),
            .init(name: "shortlink", value: .text(address.incident(incident.id, .en))),
            .init(name: "started_at", value: .time(incident.startedAt)),
            .init(name: "page_id", value: .text(status.page.id)),
            .init(name: "incident_updates", value: updates(incident.updates, of: incident.id, isTold: !incident.isBackfilled)),
            .init(name: "components", value: components(incident.components)),
        ]
        return .object(own + (hasPostmortem ? postmortem(incident) : []))
    }

    private func postmortem(_ incident: PublishedIncident) -> [JSONText.Member] {
        let body = incident.postmortem?.read(in: .en)
        return [
            .init(name: "postmortem_body", value: JSONText(body)),
            .init(name: "postmortem_body_last_updated_at", value: .time(incident.postmortemAt)),
            .init(name: "postmortem_ignored", value: .bool(false)),
            .init(name: "postmortem_notified_subscribers", value: .bool(body != nil && !incident.isBackfilled)),
            .init(name: "postmortem_notified_twitter", value: .bool(false)),
            .init(name: "postmortem_published_at", value: .time(incident.postmortemAt)),
        ]
    }

    func maintenance(_ maintenance: PublishedMaintenance) -> JSONText {
        [
            "id": .text(maintenance.id),
            "name": .text(maintenance.name.read(in: .en)),
            "status": .text(maintenance.state.rawValue),
            "created_at": .time(maintenance.createdAt),
            "updated_at": .time(maintenance.updatedAt),
            "monitoring_at": .null,
            "resolved_at": .time(maintenance.completedAt ?? maintenance.cancelledAt),
            "impact": "maintenance",
            "shortlink": .text(address.maintenance(maintenance.id, .en)),
            "started_at": .time(maintenance.startedAt ?? maintenance.scheduledFor),
            "page_id": .text(status.page.id),
            "incident_updates": updates(maintenance.updates, of: maintenance.id, isTold: true),
            "components": components(maintenance.components),
            "scheduled_for": .time(maintenance.scheduledFor),
            "scheduled_until": .time(maintenance.scheduledUntil),
        ]
    }

    private func updates(_ updates: [PublishedUpdate], of id: String, isTold: Bool) -> JSONText {
        .list(
            updates.map { update in
                [
                    "id": .text(update.id),
                    "status": .text(update.state),
                    "body": .text(update.text.read(in: .en)),
                    "incident_id": .text(id),
                    "created_at": .time(update.createdAt),
                    "updated_at": .time(update.updatedAt),
                    "display_at": .time(update.displayAt),
                    "affected_components": affected(update.components),
                    "deliver_notifications": .bool(isTold),
                    "custom_tweet": .null,
                    "tweet_id": .null,
                ]
            })
    }

    private func affected(_ turns: [PublishedTurn]) -> JSONText {
        let told: [JSONText] = turns.compactMap { turn in
            guard let component = status.component(turn.component) else { return nil }
            return [
                "code": .text(turn.component),
                "name": .text(status.fullName(of: component, in: .en, separator: " - ")),
                "old_status": .text(turn.from.rawValue),
                "new_status": .text(turn.to.rawValue),
            ]
        }
        return told.isEmpty ? .null : .list(told)
    }
}
