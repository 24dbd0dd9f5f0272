import Foundation

/// The page itself: on most days one sentence, and below it what it rests on.
extension StatusFrame {
    static let daysOfRecent = 14

    var home: HTML {
        page(
            Page(
                title: t(status.sentenceKey), path: "", data: pageData,
                body: HTML.joined([
                    head, incidents, maintenances(.statuspageRunning, "running", status.runningMaintenances),
                    maintenances(.statuspageComing, "coming", status.comingMaintenances), announcements, components, kept, recent,
                    subscribe,
                ])))
    }

    /// The sentence, and when it was true.
    private var head: HTML {
        """
        <section class="head is-\(status.worst.rawValue)">
        \(Self.sign(status.worst))
        <h1>\(t(status.sentenceKey))</h1>
        \(age)</section>

        """
    }

    /// How old this is: on the page for everybody, and for the script, which says so when it has become old.
    var age: HTML {
        let time: HTML = "<time datetime=\"\(Instant.rfc3339(status.asOf))\" data-age>\(t.moments.second(status.asOf))</time>"
        return """
            <p class="age">\(t.html(.statuspageAsOf, ["time": time]))</p>
            <p class="old" role="status" hidden data-old>\(t(.statuspageOld))</p>

            """
    }

    private var announcements: HTML {
        let shown = status.announcements.filter { $0.until.map { $0 > status.asOf } ?? true }
        return HTML.joined(
            shown.map { announcement in
                """
                <section class="card" id="n-\(announcement.id)"><h2>\(name(announcement.title))</h2>
                \(prose(announcement.text))<p class="soft">\(moment(announcement.publishedAt))</p></section>

                """
            })
    }

    private var incidents: HTML { HTML.joined(status.openIncidents.map(openIncident)) }

    private func openIncident(_ incident: PublishedIncident) -> HTML {
        let affected = names(incident.components).map { "<p>\(t.html(.statuspageAffects, ["names": $0]))</p>\n" as HTML }
        return """
            <article class="card is-\(incident.impact.tone.rawValue)" aria-labelledby="i-\(incident.id)">
            <h2 id="i-\(incident.id)"><a href="\(link(StatusAddress.incident(incident.id, language)))">\(name(incident.name))</a></h2>
            <p>\(state(of: incident))</p>
            \(promise(incident))\(affected)\(updates(Array(incident.updates.prefix(3)), debts: incident.translationDue))\
            \(incident.updates.count > 3 ? more(incident) : HTML())</article>

            """
    }

    private func more(_ incident: PublishedIncident) -> HTML {
        "<p><a href=\"\(link(StatusAddress.incident(incident.id, language)))\">\(t(.statuspageAllUpdates, count: incident.updates.count))</a></p>\n"
    }

    private func maintenances(_ title: TextKey, _ id: String, _ maintenances: [PublishedMaintenance]) -> HTML {
        guard !maintenances.isEmpty else { return HTML() }
        return """
            <section class="card is-under_maintenance" aria-labelledby="\(id)">
            <h2 id="\(id)">\(t(title))</h2>
            <ul class="rows">
            \(each: maintenances, planned)</ul>
            </section>

            """
    }

    private func planned(_ maintenance: PublishedMaintenance) -> HTML {
        """
        <li><h3><a href="\(link(StatusAddress.maintenance(maintenance.id, language)))">\(name(maintenance.name))</a></h3>
        <p>\(state(of: maintenance)) \(window(maintenance))</p>
        \(names(maintenance.components).map { "<p class=\"soft\">\(t.html(.statuspageAffects, ["names": $0]))</p>\n" as HTML })\
        \(maintenance.updates.first.map { prose($0.text) })</li>

        """
    }

    /// From when until when, the zone once where both ends have the same.
    func window(_ maintenance: PublishedMaintenance) -> HTML {
        let (from, until) = (maintenance.scheduledFor, maintenance.scheduledUntil)
        let isOneDay = t.moments.day(from) == t.moments.day(until)
        return "\(moment(from)) – \(isOneDay ? time(until, as: t.moments.clockInZone(until)) : moment(until))"
    }

    private var kept: HTML {
        guard status.updatesPromised > 0 else { return HTML() }
        let text = t(
            .statuspageKept, ["kept": String(status.updatesInTime), "made": String(status.updatesPromised)])
        return "<p class=\"kept\">\(text)</p>\n"
    }

    /// What is over, of the last two weeks.
    private var recent: HTML {
        let since = status.asOf.addingTimeInterval(-Double(Self.daysOfRecent) * 86_400)
        let over = status.incidents.filter { !$0.state.isOpen && ($0.resolvedAt ?? $0.updatedAt) > since }.prefix(10)
        return """
            <section aria-labelledby="past">
            <h2 id="past">\(t(.statuspageRecent))</h2>
            \(over.isEmpty ? "<p class=\"soft\">\(t(.statuspageNothing, count: Self.daysOfRecent))</p>" : "<ul class=\"rows\">\n\(each: over, row)</ul>")
            <p><a href="\(link(StatusAddress.history(language)))">\(t(.statuspageHistory))</a></p>
            </section>

            """
    }

    /// One line of a list: name, when, how long, how it stands.
    func row(_ incident: PublishedIncident) -> HTML {
        let lasted = t(.statuspageLasted, ["duration": t.moments.spokenDuration(seconds: incident.seconds(at: status.asOf))])
        return """
            <li><h3><a href="\(link(StatusAddress.incident(incident.id, language)))">\(name(incident.name))</a></h3>
            <p>\(state(of: incident)) \(moment(incident.startedAt)), \(lasted)</p></li>

            """
    }

    private var subscribe: HTML {
        """
        <section aria-labelledby="told">
        <h2 id="told">\(t(.statuspageSubscribe))</h2>
        <ul class="links">
        <li><a href="\(href: "\(status.page.deskURL)/subscribe?lang=\(language.rawValue)")">\(t(.statuspageByMail))</a></li>
        <li><a href="\(link("\(language.rawValue)/updates.atom"))">\(t(.statuspageByUpdates))</a></li>
        <li><a href="\(link("\(language.rawValue)/history.atom"))">\(t(.statuspageByHistory))</a> (<a href="\(link("\(language.rawValue)/history.rss"))">RSS</a>)</li>
        <li><a href="\(link("\(language.rawValue)/maintenance.ics"))">\(t(.statuspageByCalendar))</a></li>
        <li><a href="\(link("api/v2/summary.json"))">\(t(.statuspageByProgram))</a></li>
        </ul>
        </section>

        """
    }
}
