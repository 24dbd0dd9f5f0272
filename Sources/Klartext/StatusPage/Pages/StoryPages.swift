import Foundation

/// The page of one incident, for good: its address never changes, whatever becomes of it.
extension StatusFrame {
    func incident(_ incident: PublishedIncident) -> HTML {
        page(
            Page(
                title: incident.name.read(in: language), path: "incidents/\(incident.id)/", data: incidentData(incident),
                body: """
                    <article>
                    <h1>\(name(incident.name))</h1>
                    <p>\(state(of: incident))</p>
                    \(promise(incident))\(incident.state.isOpen ? age : HTML())\(facts(of: incident))
                    \(incident.isBackfilled ? "<p class=\"soft\">\(t(.statuspageBackfilled))</p>\n" : HTML())\
                    \(postmortem(incident))<h2>\(t(.statuspageUpdates))</h2>
                    \(updates(incident.updates, debts: incident.translationDue))</article>

                    """))
    }

    private func facts(of incident: PublishedIncident) -> HTML {
        let duration = t.moments.spokenDuration(seconds: incident.seconds(at: status.asOf))
        return facts([
            (.statuspageBegan, moment(incident.startedAt)), (.statuspageEnded, incident.resolvedAt.map(moment)),
            (.statuspageDuration, incident.resolvedAt == nil ? nil : HTML(text: duration)),
            (.statuspageImpact, HTML(text: t(incident.impact.textKey))), (.statuspageAffected, names(incident.components)),
        ])
    }

    private func facts(_ rows: [(TextKey, HTML?)]) -> HTML {
        let told = rows.compactMap { key, value in value.map { (key, $0) } }
        return "<dl>\n\(each: told, { key, value in "<div><dt>\(t(key))</dt><dd>\(value)</dd></div>\n" })</dl>"
    }

    private func postmortem(_ incident: PublishedIncident) -> HTML {
        guard let text = incident.postmortem, text.missing.count < Language.allCases.count else { return HTML() }
        return """
            <section class="card" id="postmortem" aria-labelledby="cause"><h2 id="cause">\(t(.statuspagePostmortem))</h2>
            \(prose(text))\(incident.postmortemAt.map { "<p class=\"soft\">\(moment($0))</p>\n" as HTML })</section>

            """
    }

    func maintenance(_ maintenance: PublishedMaintenance) -> HTML {
        page(
            Page(
                title: maintenance.name.read(in: language), path: "maintenances/\(maintenance.id)/", data: maintenanceData(maintenance),
                body: """
                    <article>
                    <h1>\(name(maintenance.name))</h1>
                    <p>\(state(of: maintenance))</p>
                    \(facts(of: maintenance))
                    <h2>\(t(.statuspageUpdates))</h2>
                    \(updates(maintenance.updates))\
                    <p><a href="\(link("\(language.rawValue)/maintenance.ics"))">\(t(.statuspageByCalendar))</a></p>
                    </article>

                    """))
    }

    private func facts(of maintenance: PublishedMaintenance) -> HTML {
        facts([
            (.statuspagePlanned, window(maintenance)), (.statuspageBegan, maintenance.startedAt.map(moment)),
            (.statuspageEnded, maintenance.completedAt.map(moment)), (.statuspageCancelledAt, maintenance.cancelledAt.map(moment)),
            (.statuspageAffected, names(maintenance.components)),
        ])
    }
}
