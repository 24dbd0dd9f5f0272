import Foundation

/// What was, month by month.
extension StatusFrame {
    /// The months, the newest first, with how much there was in each.
    var history: HTML {
        page(
            Page(
                title: t(.statuspageHistory), path: "history/",
                body: """
                    <h1>\(t(.statuspageHistory))</h1>
                    <ul class="rows">
                    \(each: StatusMonths(status, t).all.reversed(), monthRow)</ul>

                    """))
    }

    private func monthRow(_ month: StatusMonths.Month) -> HTML {
        let (incidents, maintenances) = (month.incidents.count, month.maintenances.count)
        let parts = [
            incidents > 0 ? t(.statuspageIncidents, count: incidents) : nil,
            maintenances > 0 ? t(.statuspageMaintenances, count: maintenances) : nil,
        ].compactMap { $0 }
        return """
            <li><p class="part"><a href="\(link(StatusAddress.month(month.id, language)))">\(month.name(in: language))</a> \
            <span class="soft">\(parts.isEmpty ? t(.statuspageNothingInMonth) : parts.joined(separator: ", "))</span></p></li>

            """
    }

    /// One month, for good.
    func month(_ month: StatusMonths.Month, before: StatusMonths.Month?, after: StatusMonths.Month?) -> HTML {
        let title = month.name(in: language)
        return page(
            Page(
                title: title, path: "history/\(month.id)/",
                body: """
                    <h1>\(title)</h1>
                    \(month.isEmpty ? "<p class=\"soft\">\(t(.statuspageNothingInMonth))</p>" : HTML())
                    \(month.incidents.isEmpty ? HTML() : "<h2>\(t(.statuspageIncidentsTitle))</h2>\n<ul class=\"rows\">\n\(each: month.incidents, row)</ul>")
                    \(month.maintenances.isEmpty ? HTML() : planned(month.maintenances))
                    <nav class="months" aria-label="\(t(.statuspageOtherMonths))">\(neighbour(before, "←"))
                    <a href="\(link(StatusAddress.history(language)))">\(t(.statuspageHistory))</a>
                    \(neighbour(after, "→"))</nav>

                    """))
    }

    private func planned(_ maintenances: [PublishedMaintenance]) -> HTML {
        """
        <h2>\(t(.statuspageMaintenance))</h2>
        <ul class="rows">
        \(each: maintenances, { maintenance in
            """
            <li><h3><a href="\(link(StatusAddress.maintenance(maintenance.id, language)))">\(name(maintenance.name))</a></h3>
            <p>\(state(of: maintenance)) \(window(maintenance))</p></li>

            """
        })</ul>
        """
    }

    private func neighbour(_ month: StatusMonths.Month?, _ arrow: String) -> HTML {
        guard let month else { return HTML() }
        return """
            <a href="\(link(StatusAddress.month(month.id, language)))"><span aria-hidden="true">\(arrow)</span> \(month.name(in: language))</a>
            """
    }
}
