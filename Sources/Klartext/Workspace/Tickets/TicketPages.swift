import Foundation

extension WorkspacePages {
    /// What was just done, said once at the top of the page.
    enum Done: Sendable {
        case replied, corrected, noted, entered
        /// A message came here from another ticket, and can go back.
        case moved(message: Int64, from: TicketNumber)
        /// It waits in another queue now, and can go back.
        case queued(from: String)
    }

    /// A ticket: its facts, the timeline, the composer, and beside it what the customer sees.
    /// - Parameters:
    ///   - drafts: what is being written; kept when something was refused.
    ///   - seePath: where the customer's page is.
    func ticket(_ file: TicketFile, _ drafts: TicketDrafts, done: Done? = nil, uploadLimitBytes: Int) -> DeskPage {
        let ticket = file.ticket
        return DeskPage(
            title: "#\(ticket.number) \(subject(ticket.subject))", scripts: ["files", "draft", "copy", "promises"],
            body: """
                <div class="ticket">
                \(ticketHead(file))
                <div class="stack">
                \(done.map { self.done($0, file) })
                \(official(file))
                \(drafts.refusal.map(refused))
                \(drafts.reply.isOvertaken ? conflict(file, seen: drafts.reply.seen) : problems(drafts.reply, uploadLimitBytes))
                <h2 class="vh">\(t(.deskTicketHistory))</h2>
                \(timeline(file))
                \(composer(file, drafts, uploadLimitBytes: uploadLimitBytes))
                </div>
                \(margin(file, drafts))
                </div>
                """)
    }

    private func ticketHead(_ file: TicketFile) -> HTML {
        let ticket = file.ticket
        return """
            <header class="ticket-head stack">
            <div class="stack tight">
            <p class="eyebrow">\(number(ticket.number)) · \(file.customer.displayName) · \
            \(t.html(.deskTicketSince, ["time": stamp(ticket.openedAt)]))</p>
            <h1>\(subject(ticket.subject))</h1>
            </div>
            <dl class="facts">
            <div><dt>\(t(.deskTicketStatus))</dt><dd>\(status(ticket))</dd></div>
            \(openFacts(ticket))
            \(mailboxes.hasSeveralQueues ? queueForm(ticket) : nil)
            <div><dt><label for="assignee">\(t(.deskColumnAssignee))</label></dt><dd>\(assignForm(file))</dd></div>
            </dl>
            </header>
            """
    }

    private func status(_ ticket: Ticket) -> HTML {
        let merged = ticket.mergedInto.map { " · \(t.html(.deskTicketMergedInto, ["number": link($0)]))" as HTML }
        return "\(chip(ticket.status))\(merged)"
    }

    private func chip(_ status: Ticket.Status) -> HTML {
        switch status {
        case .open: HTML(text: t(.deskStatusOpen))
        case .solved: "<span class=\"chip is-solved\">\(icon("check")) \(t(.deskStatusSolved))</span>"
        case .closed: HTML(text: t(.deskStatusClosed))
        }
    }

    private func openFacts(_ ticket: Ticket) -> HTML? {
        guard ticket.status == .open, let next = ticket.nextContactAt else { return nil }
        let isOverdue = next <= now
        let detail: String? =
            switch ticket.turn {
            case .us: nil
            case .customer(let question): t(.deskTicketAskedFor, ["question": question])
            case .thirdParty(let name): t(.deskTicketWaitingFor, ["name": name])
            }
        return """
            <div><dt>\(t(.deskColumnTurn))</dt><dd>\(chip(ticket.turn)) \(detail)</dd></div>
            <div><dt>\(t(.deskColumnNext))</dt><dd\(isOverdue ? " class=\"is-overdue\"" as HTML : nil)>\
            \(icon(isOverdue ? "alert" : "clock")) \(when(next))</dd></div>
            <div><dt>\(t(.deskTicketDarkSince))</dt><dd>\(icon("dark")) \(since(ticket.darkSince))</dd></div>
            """
    }

    private func assignForm(_ file: TicketFile) -> HTML {
        let assignee = file.ticket.assignee
        let agents = file.agents.filter { $0.disabledAt == nil || $0.id == assignee }
        return """
            <form class="assign" method="post" action="\(href: file.ticket.number.deskPath)/assign">
            <select id="assignee" name="agent">
            <option value="">\(t(.deskNobody))</option>
            \(each: agents, { option($0, isChosen: $0.id == assignee) })</select>
            <button class="btn compact">\(t(.deskTicketAssign))</button>
            <input class="why" type="text" name="because" maxlength="500" placeholder="\(t(.deskTicketAssignWhy))"
            aria-label="\(t(.deskTicketAssignWhy))">
            </form>
            """
    }

    private func queueForm(_ ticket: Ticket) -> HTML {
        let queues = mailboxes.queues.map(\.name)
        return """
            <div><dt><label for="queue">\(t(.deskColumnQueue))</label></dt><dd>
            <form class="assign" method="post" action="\(href: ticket.number.deskPath)/queue">
            <select id="queue" name="queue">
            \(each: queues.contains(ticket.queue) ? queues : [ticket.queue] + queues, { option(queue: $0, isChosen: $0 == ticket.queue) })</select>
            <button class="btn compact">\(t(.deskTicketQueue))</button>
            </form></dd></div>
            """
    }

    private func option(queue name: String, isChosen: Bool) -> HTML {
        "<option value=\"\(name)\"\(attribute: "selected", if: isChosen)>\(mailboxes.queue(name).title(t.language))</option>\n"
    }

    private func option(_ agent: Agent, isChosen: Bool) -> HTML {
        "<option value=\"\(Int(agent.id))\"\(attribute: "selected", if: isChosen)>\(agent.name)</option>\n"
    }

    /// The browser forgets the draft of what has arrived.
    private func arrived(_ draft: String, icon sign: String, _ text: String) -> HTML {
        "<div class=\"notice is-ok\" role=\"status\" data-draft-sent=\"\(draft)\">\(icon(sign))\n<p>\(text)</p></div>"
    }

    private func done(_ done: Done, _ file: TicketFile) -> HTML {
        let number = file.ticket.number
        switch done {
        case .replied: return arrived("reply-\(number.rawValue)", icon: "send", t(.deskTicketSentReply))
        case .corrected: return arrived("reply-\(number.rawValue)", icon: "send", t(.deskCorrectSent))
        case .entered:
            return notice(
                "ok", icon: "check", role: "status",
                """
                <p>\(t(.entryDone)) <a class="btn compact" href="\(href: number.deskPath)/slip">\(icon("print")) \(t(.entrySlip))</a></p>
                """)
        case .noted: return arrived("note-\(number.rawValue)", icon: "lock", t(.deskTicketSentNote))
        case .queued(let source):
            return notice(
                "ok", icon: "right", role: "status",
                """
                <p>\(t(.deskTicketQueued, ["queue": mailboxes.queue(file.ticket.queue).title(t.language)]))</p>
                <form method="post" action="\(href: number.deskPath)/queue">
                <input type="hidden" name="queue" value="\(source)">
                <button class="btn compact">\(t(.deskTicketQueueBack, ["queue": mailboxes.queue(source).title(t.language)]))</button></form>
                """)
        case .moved(let message, let source):
            return notice(
                "ok", icon: "right", role: "status",
                """
                <p>\(t(.deskTicketMoved))</p>
                <form method="post" action="\(href: number.deskPath)/messages/\(Int(message))/move">
                <input type="hidden" name="target" value="\(source.description)">
                <button class="btn compact">\(t(.deskTicketUndo, ["number": "#\(source)"]))</button></form>
                """)
        }
    }
}
