import Foundation

extension WorkspacePages {
    /// A promise with the ticket that it is about.
    struct PromiseLine: Sendable {
        var promise: Promise
        var line: TicketLine?
        var ownerName: String
    }

    /// What was promised and is to be kept, and how many promises were kept.
    func promises(_ lines: [PromiseLine], isMine: Bool, months: [KeptMonth]) -> DeskPage {
        let title = t(.deskListPromises)
        return DeskPage(
            title: title, list: isMine ? "" : "/desk/promises",
            body: """
                \(head(title, t(.promiseIntro)))
                <p class="cluster"><a class="btn compact"\(attribute: "aria-current", isMine ? nil : "page") href="/desk/promises">\(t(.promiseAll))</a>
                <a class="btn compact"\(attribute: "aria-current", isMine ? "page" : nil) href="/desk/promises?of=me">\(t(.deskListMine))</a></p>
                \(lines.isEmpty ? empty(t(.promiseNone)) : "<ol class=\"queue\">\n\(each: lines, row)</ol>" as HTML)
                \(keptRates(months))
                """)
    }

    private func row(_ line: PromiseLine) -> HTML {
        let promise = line.promise
        let isMissed = promise.missed > 0
        let ticket = TicketNumber(subject: promise.about)
        let path = "\(ticket?.deskPath ?? "/desk")#promise-\(promise.id)"
        return """
            <li class="mail-row">
            <div class="row-main"><a class="row-link" data-row href="\(href: path)">\(promise.text)</a>
            <p class="row-sub">\(ticket.map(number)) · <b>\(line.line?.customerName)</b> · \(subject(line.line?.ticket.subject ?? ""))</p></div>
            <span class="row-fact\(isMissed ? " is-overdue" : "")">\(icon(isMissed ? "alert" : "clock")) <span>\(when(promise.dueAt))\
            \(isMissed ? " · \(t(.promiseMissedChip))" as HTML : nil)</span></span>
            <span class="row-fact end">\(promise.thirdParty ?? line.ownerName)</span>
            </li>

            """
    }

    /// Missed promises stand above every list: these customers were let down once.
    func missedPromises(_ lines: [PromiseLine]) -> HTML? {
        guard !lines.isEmpty else { return nil }
        return """
            <section class="missed" aria-labelledby="missed">
            <h2 id="missed">\(icon("alert")) \(t(.promiseMissedTitle, count: lines.count))</h2>
            <ol class="queue">
            \(each: lines, row)</ol>
            </section>
            """
    }

    private func keptRates(_ months: [KeptMonth]) -> HTML? {
        guard !months.isEmpty else { return nil }
        let teams = Array(Set(months.flatMap { $0.teams.keys })).sorted()
        return """
            <section aria-labelledby="kept"><h2 id="kept">\(t(.promiseRateTitle))</h2>
            <p class="hint">\(t(.promiseRateHint))</p>
            <table class="rates"><thead><tr><th scope="col">\(t(.promiseRateMonth))</th><th scope="col">\(t(.promiseRateAll))</th>\
            \(each: teams, { "<th scope=\"col\">\($0.isEmpty ? t(.promiseRateNoTeam) : $0)</th>" })</tr></thead>
            <tbody>
            \(each: months, { month($0, teams) })</tbody></table></section>
            """
    }

    private func month(_ month: KeptMonth, _ teams: [String]) -> HTML {
        """
        <tr><th scope="row">\(month.month)</th><td>\(rate(month.whole))</td>\
        \(each: teams, { team in "<td>\(rate(month.teams[team] ?? KeptRate(kept: 0, due: 0)))</td>" })</tr>

        """
    }

    private func rate(_ rate: KeptRate) -> String {
        rate.percent.map { t(.promiseRateOf, ["percent": "\($0)", "kept": "\(rate.kept)", "due": "\(rate.due)"]) } ?? "–"
    }
}
