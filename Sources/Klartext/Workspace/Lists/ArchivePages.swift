import Foundation

extension WorkspacePages {
    /// Solved tickets.
    /// - Parameter lines: one more than a page shows, if there are more.
    func solved(_ lines: [TicketLine]) -> DeskPage {
        let shown = lines.prefix(Workspace.linesPerPage)
        let more = lines.count > shown.count ? shown.last.map { "/desk/solved?before=\($0.ticket.number.rawValue)" } : nil
        let title = t(.deskListSolved)
        guard !shown.isEmpty else {
            return DeskPage(title: title, list: "/desk/solved", body: "\(head(title))\(empty(t(.deskInboxEmpty)))")
        }
        return DeskPage(
            title: title, list: "/desk/solved",
            body: """
                \(head(title, t(.deskSolvedCount)))
                <ol class="queue">
                \(each: shown, { row($0.ticket, about: $0.customerName) })</ol>
                \(self.more(more))
                """)
    }

    private func row(_ ticket: Ticket, about name: String) -> HTML {
        let solved = ticket.solvedAt.map { t.html(.deskSolvedAt, ["time": when($0)]) }
        return """
            <li class="mail-row">
            <div class="row-main"><a class="row-link" data-row href="\(href: ticket.number.deskPath)">\(subject(ticket.subject))</a>
            <p class="row-sub">\(number(ticket.number)) · <b>\(name)</b>\
            \(ticket.cause.isEmpty ? nil : " · \(ticket.cause)")</p></div>
            <span>\(chip(ticket))</span>
            <span class="row-fact end">\(solved ?? when(ticket.openedAt))</span>
            </li>

            """
    }
}
