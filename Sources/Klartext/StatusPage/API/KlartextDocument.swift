import Foundation

/// What Statuspage's format has no place for: `api/v2/klartext.json`.
///
/// Both languages, by when the next update was promised, how often such a promise was kept, and the days behind each percentage. Keys are
/// only ever added to it.
struct KlartextDocument: Sendable {
    let status: PublishedStatus
    /// How availability is counted, in words.
    let formula: PublicText

    var document: JSONText {
        [
            "page": StatuspageObjects(status).page,
            "as_of": .time(status.asOf),
            "languages": .list(Language.allCases.map { .text($0.rawValue) }),
            "updates_promised": ["days": .number(90), "made": .number(status.updatesPromised), "kept": .number(status.updatesInTime)],
            "availability": [
                "formula": text(formula), "weight_of_partial_outage": .text("0.5"), "weight_of_major_outage": .text("1"),
                "components": .list(status.components.filter { !$0.isGroup }.map(availability)),
            ],
            "incidents": .list(status.incidents.prefix(50).map(incident)),
            "maintenances": .list(status.maintenances.suffix(50).map(maintenance)),
            "announcements": .list(status.announcements.map(announcement)),
        ]
    }

    private func text(_ text: PublicText) -> JSONText {
        .object(
            Language.allCases.map { JSONText.Member(name: $0.rawValue, value: JSONText(text.has($0) ? text[$0] : nil)) })
    }

    private func availability(_ component: PublishedComponent) -> JSONText {
        [
            "id": .text(component.id), "name": text(component.name),
            "percent": JSONText(component.availability?.hundredths(point: ".")),
            "days": .list(
                component.days.map { day in
                    [
                        "day": .text(day.day), "seconds": .number(day.seconds), "partial_outage_seconds": .number(day.partialSeconds),
                        "major_outage_seconds": .number(day.majorSeconds), "degraded_seconds": .number(day.degradedSeconds),
                        "maintenance_seconds": .number(day.maintenanceSeconds), "incidents": .list(day.incidents.map(JSONText.text)),
                    ]
                }),
        ]
    }

    private func incident(_ incident: PublishedIncident) -> JSONText {
        [
            "id": .text(incident.id), "name": text(incident.name), "next_update_by": .time(incident.nextUpdateBy),
            "is_late": .bool(incident.isLate(at: status.asOf)), "is_backfilled": .bool(incident.isBackfilled),
            "translation_due": .list(
                incident.translationDue.map { debt in
                    ["language": .text(debt.language.rawValue), "update": .text(debt.update), "by": .time(debt.by)]
                }),
            "updates": .list(incident.updates.map(update)),
            "postmortem": incident.postmortem.map(text) ?? .null,
        ]
    }

    private func maintenance(_ maintenance: PublishedMaintenance) -> JSONText {
        [
            "id": .text(maintenance.id), "name": text(maintenance.name), "cancelled_at": .time(maintenance.cancelledAt),
            "sequence": .number(maintenance.sequence), "updates": .list(maintenance.updates.map(update)),
        ]
    }

    private func update(_ update: PublishedUpdate) -> JSONText {
        [
            "id": .text(update.id), "text": text(update.text), "next_update_by": .time(update.nextUpdateBy),
            "minutes_late": update.minutesLate.map(JSONText.number) ?? .null,
        ]
    }

    private func announcement(_ announcement: PublishedAnnouncement) -> JSONText {
        [
            "id": .text(announcement.id), "title": text(announcement.title), "text": text(announcement.text),
            "published_at": .time(announcement.publishedAt), "until": .time(announcement.until),
        ]
    }
}
