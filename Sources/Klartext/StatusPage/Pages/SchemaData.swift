import Foundation

/// What search engines may know, in schema.org's words. Only what is true of it: an incident is an announcement, a maintenance an event.
extension StatusFrame {
    private var organization: JSONText {
        ["@type": "Organization", "name": .text(status.page.name), "url": .text(status.page.deskURL)]
    }

    private var address: StatusAddress { StatusAddress(status.page) }

    var pageData: JSONText {
        [
            "@context": "https://schema.org", "@type": "WebPage", "name": .text("\(status.page.name) \(t(.statuspageTitle))"),
            "url": .text(address.home(language)), "inLanguage": .text(language.rawValue),
            "description": .text(t(status.sentenceKey)), "dateModified": .time(status.page.updatedAt), "publisher": organization,
        ]
    }

    func incidentData(_ incident: PublishedIncident) -> JSONText {
        [
            "@context": "https://schema.org", "@type": "SpecialAnnouncement", "name": .text(incident.name.read(in: language)),
            "text": .text(incident.updates.first?.text.read(in: language) ?? ""), "url": .text(address.incident(incident.id, language)),
            "datePosted": .time(incident.createdAt), "dateModified": .time(incident.updatedAt), "expires": .time(incident.resolvedAt),
            "inLanguage": .text(language.rawValue), "publisher": organization,
        ]
    }

    func maintenanceData(_ maintenance: PublishedMaintenance) -> JSONText {
        let url = address.maintenance(maintenance.id, language)
        let state = maintenance.isCancelled ? "EventCancelled" : "EventScheduled"
        return [
            "@context": "https://schema.org", "@type": "Event", "name": .text(maintenance.name.read(in: language)),
            "description": .text(maintenance.updates.first?.text.read(in: language) ?? ""), "url": .text(url),
            "startDate": .time(maintenance.scheduledFor), "endDate": .time(maintenance.scheduledUntil),
            "eventStatus": .text("https://schema.org/\(state)"),
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            "location": ["@type": "VirtualLocation", "url": .text(url)], "organizer": organization,
        ]
    }
}
