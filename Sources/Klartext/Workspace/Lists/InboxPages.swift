import Foundation

extension WorkspacePages {
    /// A list of open tickets.
    /// - Parameters:
    ///   - lines: one more than a page shows, if there are more.
    ///   - missed: promises whose time has passed, of any list
    ///   - count: how many the list has in all.
    func inbox(_ list: TicketList, _ lines: [TicketLine], _ missed: [PromiseLine] = [], count: Int, _ agent: Agent) -> DeskPage {
        let (path, title) = place(of: list)
        let shown = lines.prefix(Workspace.linesPerPage)
        let more =
            lines.count > shown.count
            ? shown.last.map { "\(path)?after=\(InboxPosition(darkSince: $0.ticket.darkSince, number: $0.ticket.number).text)" } : nil
        guard !shown.isEmpty else {
            let text = if case .unassigned = list { t(.deskInboxAllAssigned) } else { t(.deskInboxEmpty) }
            return DeskPage(title: title, list: path, body: "\(head(title))\(missedPromises(missed))\(empty(text))")
        }
        return DeskPage(
            title: title, list: path,
            body: """
                \(head(title, t(.deskInboxCount, count: count)))
                \(missedPromises(missed))
                <div class="queue-head" aria-hidden="true"><span>\(t(.deskColumnSubject))</span><span>\(t(.deskColumnTurn))</span>\
                <span>\(t(.deskColumnNext))</span><span>\(t(.deskColumnDark))</span><span>\(t(.deskColumnAssignee))</span></div>
                <ol class="queue">
                \(each: shown, { line($0, agent) })</ol>
                \(self.more(more))
                """)
    }

    private func place(of list: TicketList) -> (path: String, title: String) {
        switch list {
        case .open: ("/desk", t(.deskInboxDark))
        case .us: ("/desk/us", t(.deskListUs))
        case .customer: ("/desk/customer", t(.deskListCustomer))
        case .thirdParty: ("/desk/third", t(.deskListThird))
        case .unassigned: ("/desk/unassigned", t(.deskListUnassigned))
        case .assigned: ("/desk/mine", t(.deskListMine))
        case .queue(let name): ("/desk/queues/\(name)", mailboxes.queue(name).title(t.language))
        }
    }

    private func line(_ line: TicketLine, _ agent: Agent) -> HTML {
        let ticket = line.ticket
        return """
            <li class="ticket-row">
            <div class="row-main"><a class="row-link" data-row href="\(href: ticket.number.deskPath)">\(subject(ticket.subject))</a>
            <p class="row-sub">\(number(ticket.number)) · <b>\(line.customerName)</b>\
            \(mailboxes.hasSeveralQueues ? " · \(mailboxes.queue(ticket.queue).title(t.language))" as HTML : nil)\
            \(line.hasTodo ? " · <b class=\"chip is-bad\">\(icon("task")) \(t(.deskInboxHasTodo))</b>" as HTML : nil) · \
            \(line.excerpt)</p></div>
            <span>\(chip(ticket.turn))</span>
            \(nextContact(ticket))
            \(dark(ticket))
            \(assignee(line, agent))
            </li>

            """
    }

    /// Whose turn it is.
    func chip(_ turn: Turn) -> HTML {
        switch turn {
        case .us: "<span class=\"chip is-us\">\(icon("house")) \(t(.deskTurnUs))</span>"
        case .customer: "<span class=\"chip is-customer\">\(icon("person")) \(t(.deskTurnCustomer))</span>"
        case .thirdParty: "<span class=\"chip is-thirdParty\">\(icon("third")) \(t(.deskTurnThird))</span>"
        }
    }

    /// Whose turn it is, or that it is over.
    func chip(_ ticket: Ticket) -> HTML {
        switch ticket.status {
        case .open: chip(ticket.turn)
        case .solved: "<span class=\"chip is-solved\">\(icon("check")) \(t(.deskStatusSolved))</span>"
        case .closed: "<span class=\"chip\">\(icon("check")) \(t(.deskStatusClosed))</span>"
        }
    }

    private func nextContact(_ ticket: Ticket) -> HTML {
        guard let next = ticket.nextContactAt else { return "<span class=\"row-fact\"></span>" }
        let label: HTML = "<span class=\"vh\">\(t(.deskNextContact)) </span>"
        guard next <= now else { return "<span class=\"row-fact\">\(icon("clock")) <span>\(label)\(when(next))</span></span>" }
        let overdue = t.html(.deskOverdueSince, ["duration": t.time(next, as: since(next))])
        return "<span class=\"row-fact is-overdue\">\(icon("alert")) <span>\(label)\(overdue)</span></span>"
    }

    /// More than a day without a word is marked.
    private func dark(_ ticket: Ticket) -> HTML {
        let isLong = now.timeIntervalSince(ticket.darkSince) > 86_400
        return """
            <span class="row-fact\(isLong ? " is-warn" : "")">\(icon("dark")) <span>\(since(ticket.darkSince)) \
            <span class="word">\(t(.deskDarkWord))</span></span></span>
            """
    }

    private func assignee(_ line: TicketLine, _ agent: Agent) -> HTML {
        guard let name = line.assigneeName else {
            return "<span class=\"row-fact is-warn\">\(icon("person")) \(t(.deskListUnassigned))</span>"
        }
        return "<span class=\"row-fact\">\(icon(line.ticket.assignee == agent.id ? "star" : "person")) \(name)</span>"
    }

    /// The way to the next page of a list.
    func more(_ path: String?) -> HTML? {
        path.map { "<p class=\"more\"><a class=\"btn\" href=\"\(href: $0)\">\(t(.deskInboxMore))</a></p>" }
    }
}
