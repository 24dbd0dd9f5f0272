import Foundation

extension WorkspacePages {
    /// The official answer on top of a ticket: what every agent holds to, since when, and who said so.
    func official(_ file: TicketFile) -> HTML? {
        guard let (message, actor, at) = file.official else { return nil }
        let name = if case .agent(let id) = actor { file.agentName(id) } else { t(.eventSystem) }
        let words = CorrectionPages(t: t, icon: icon).said(message, among: file.messages, file.corrections) { folded($0) }
        return """
            <section class="official" aria-labelledby="official">
            <header class="cluster spread"><h2 id="official">\(icon("pin")) \(t(.deskOfficial))</h2>
            <span class="muted small">\(t.html(.deskOfficialBy, ["name": HTML(text: name), "time": when(at)]))</span></header>
            \(words)
            <div class="filed"><span>\(t(.deskOfficialHint))</span> <a href="#m\(Int(message.id))">\(t(.deskOfficialSee))</a>
            <form method="post" action="\(href: file.ticket.number.deskPath)/official"><button class="linklike" name="do" value="unpin">\
            \(t(.deskOfficialUnpin))</button></form></div>
            </section>
            """
    }

    /// The same in short, where somebody writes.
    func officialReminder(_ file: TicketFile) -> HTML? {
        guard let message = file.official?.message else { return nil }
        let own = file.corrections.first { $0.message == message.id }
        return """
            <p class="reminder small">\(icon("pin")) <strong>\(t(.deskOfficial)):</strong> \
            \(beginning(of: own?.words.right ?? message.body, scalars: 160)) <a href="#official">\(t(.deskOfficialSee))</a></p>
            """
    }
}
