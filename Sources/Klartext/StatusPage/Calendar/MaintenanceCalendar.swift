import Foundation

/// Announced maintenance as a calendar one subscribes to (RFC 5545).
///
/// An event keeps its UID for good; SEQUENCE grows when its times or words change, so that calendars take the change over. One that is called off stays,
/// marked so: were it only gone, some calendars would keep it.
struct MaintenanceCalendar: Sendable {
    let status: PublishedStatus
    let voice: Voice

    var bytes: [UInt8] {
        var out: [UInt8] = []
        func line(_ name: String, _ value: String) { out += ContentLine.folded(name, value) }
        let title = ContentLine.escaped(voice(.statuspageCalendar, ["name": status.page.name]))
        line("BEGIN", "VCALENDAR")
        line("VERSION", "2.0")
        line("PRODID", "-//Klartext//Status//EN")
        line("CALSCALE", "GREGORIAN")
        line("METHOD", "PUBLISH")
        line("NAME", title)
        line("X-WR-CALNAME", title)
        line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
        line("X-PUBLISHED-TTL", "PT1H")
        for maintenance in status.maintenances where StatusAddress.isName(maintenance.id) { out += event(maintenance) }
        line("END", "VCALENDAR")
        return out
    }

    private func event(_ maintenance: PublishedMaintenance) -> [UInt8] {
        var out: [UInt8] = []
        func line(_ name: String, _ value: String) { out += ContentLine.folded(name, value) }
        let (language, address) = (voice.language, StatusAddress(status.page))
        line("BEGIN", "VEVENT")
        line("UID", "\(maintenance.id)@\(address.host)")
        // With METHOD this is when this form of the event came to be (3.8.7.2): the same for the same event, so the file stays the same.
        line("DTSTAMP", Instant.calendar(maintenance.updatedAt))
        line("CREATED", Instant.calendar(maintenance.createdAt))
        line("LAST-MODIFIED", Instant.calendar(maintenance.updatedAt))
        line("SEQUENCE", String(maintenance.sequence))
        line("DTSTART", Instant.calendar(maintenance.scheduledFor))
        // an end must be later than its beginning (3.8.2.2)
        line("DTEND", Instant.calendar(max(maintenance.scheduledUntil, maintenance.scheduledFor.addingTimeInterval(60))))
        line("SUMMARY", ContentLine.escaped("\(status.page.name): \(maintenance.name.read(in: language))"))
        let text = maintenance.updates.first.map { ContentLine.escaped($0.text.read(in: language)) } ?? ""
        if !text.isEmpty { line("DESCRIPTION", text) }
        let names = maintenance.components.compactMap(status.component).map { status.fullName(of: $0, in: language) }
        if !names.isEmpty { line("CATEGORIES", names.map(ContentLine.escaped).joined(separator: ",")) }
        line("STATUS", maintenance.isCancelled ? "CANCELLED" : "CONFIRMED")
        line("TRANSP", "TRANSPARENT")
        line("URL", address.maintenance(maintenance.id, language))
        line("END", "VEVENT")
        return out
    }
}
