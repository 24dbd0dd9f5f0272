import Foundation

extension WorkspacePages {
    /// Everything an agent has to look at.
    /// - Parameters:
    ///   - todos: one more than a page shows, if there are more.
    ///   - lines: the tickets they stand on.
    ///   - held: mails that have been held for longer than a working day; one more than is shown, if there are more.
    ///   - missedCalls: how many calls are to be returned.
    func todos(_ todos: [Todo], _ lines: [TicketLine], held: [InboxEntry] = [], missedCalls count: Int = 0) -> DeskPage {
        let shown = todos.prefix(Workspace.linesPerPage)
        let more = todos.count > shown.count ? shown.last.map { "/desk/todo?after=\($0.id)" } : nil
        let title = t(.deskListTodo)
        guard !shown.isEmpty || !held.isEmpty else {
            return DeskPage(
                title: title, list: "/desk/todo", body: "\(head(title))\(missedCalls(count))\(count > 0 ? nil : empty(t(.todoEmpty)))")
        }
        return DeskPage(
            title: title, list: "/desk/todo",
            body: """
                \(head(title, t(.todoIntro)))
                \(held.isEmpty ? nil : overdue(held))
                \(missedCalls(count))
                <ol class="queue">
                \(each: shown, { todo in row(todo, lines.first { $0.ticket.number == todo.ticket }) })</ol>
                \(self.more(more))
                """)
    }

    /// How many held mails stand above the to-dos.
    static let mostHeldShown = 10

    /// Mails that nobody has decided about for longer than a working day: above everything else.
    private func overdue(_ held: [InboxEntry]) -> HTML {
        """
        <section class="stack tight" aria-labelledby="held">
        <h2 id="held" class="is-bad">\(icon("alert")) \(t(.todoHeld))</h2>
        <ol class="queue">
        \(each: held.prefix(Self.mostHeldShown), heldRow)</ol>
        \(held.count > Self.mostHeldShown ? "<p><a href=\"/desk/held\">\(t(.todoHeldAll))</a></p>" as HTML : nil)
        </section>
        """
    }

    private func heldRow(_ entry: InboxEntry) -> HTML {
        """
        <li class="mail-row">
        <div class="row-main"><a class="row-link" data-row href="/desk/held/\(Int(entry.id))">\(subject(entry.summary.subject))</a>
        <p class="row-sub"><b>\(entry.summary.from.isEmpty ? t(.deskNoSender) : entry.summary.from)</b></p></div>
        <span class="chip is-failed">\(icon("pause")) \(t(.todoHeldSince, ["time": since(entry.receivedAt)]))</span>
        <span class="row-fact end">\(when(entry.receivedAt))</span>
        </li>

        """
    }

    private func row(_ todo: Todo, _ line: TicketLine?) -> HTML {
        """
        <li class="mail-row">
        <div class="row-main"><a class="row-link" data-row href="\(href: todo.ticket.deskPath)#todo">\
        \(title(todo.kind, name: line?.customerName ?? "?"))</a>
        <p class="row-sub">\(number(todo.ticket)) · <b>\(subject(line?.ticket.subject ?? ""))</b></p></div>
        \(chip(todo.kind))
        <span class="row-fact end">\(when(todo.raisedAt))</span>
        </li>

        """
    }

    private func title(_ kind: TodoKind, name: String) -> String {
        switch kind {
        case .notConfirmed: t(.todoNotConfirmed, ["name": name])
        case .customerDoesNotKnow: t(.todoCustomerDoesNotKnow, ["name": name])
        case .mayBelongTo(let number, _): t(.todoMayBelongTo, ["number": "#\(number)"])
        case .notTold: t(.todoNotTold, ["name": name])
        }
    }

    private func chip(_ kind: TodoKind) -> HTML {
        switch kind {
        case .notConfirmed(let reason), .notTold(let reason): "<span class=\"row-fact is-warn\">\(icon("alert")) \(silence(reason))</span>"
        case .customerDoesNotKnow(_, let failure): "<span class=\"chip is-failed\">\(icon("mail-failed")) \(self.failure(failure))</span>"
        case .mayBelongTo: "<span class=\"chip is-info\">\(icon("info")) \(t(.todoMayBelongToChip))</span>"
        }
    }

    /// A to-do beside its ticket, with what can be done.
    func panel(_ todo: Todo, _ file: TicketFile) -> HTML {
        let name = file.customer.displayName
        switch todo.kind {
        case .notConfirmed(let reason):
            return notice(
                "warn", icon: "alert",
                """
                <p><strong>\(t(.todoNotConfirmed, ["name": name])).</strong> \(t(.todoNotConfirmedText, ["reason": silence(reason)]))</p>
                <div class="cluster">\(reason == .noAddress ? slipButton(todo.ticket) : nil)
                \(done(todo, t(.todoDone)))</div>
                """)
        case .customerDoesNotKnow(let id, let failure):
            let letter = file.letters.first { $0.id == id }
            return notice(
                "bad", icon: "mail-failed",
                """
                <div class="stack tight">
                <p><strong>\(t(.todoCustomerDoesNotKnow, ["name": name])).</strong> \
                \(t(.todoCustomerDoesNotKnowText, ["reason": self.failure(failure)]))</p>
                \(letter.map { reach($0, failure, file, from: .ticket) })
                <div class="cluster"><a class="btn compact" href="/desk/letters/\(Int(id))">\(t(.deskTicketLetter))</a>
                \(done(todo, t(.todoDone)))</div>
                </div>
                """)
        case .notTold(let reason):
            return notice(
                "bad", icon: "alert",
                """
                <p><strong>\(t(.todoNotTold, ["name": name])).</strong> \(t(.todoNotToldText, ["reason": silence(reason)]))</p>
                \(done(todo, t(.todoDone)))
                """)
        case .mayBelongTo(let number, let message):
            return notice(
                "info", icon: "info",
                """
                <p><strong>\(t.html(.todoMayBelongTo, ["number": link(number)])).</strong> \
                \(t(.todoMayBelongToText, ["number": "#\(number)"]))</p>
                <form method="post" action="\(href: todo.ticket.deskPath)/messages/\(Int(message))/move">
                <input type="hidden" name="target" value="\(number.description)">
                <button class="btn compact">\(t(.todoMayBelongToMove))</button></form>
                \(done(todo, t(.todoMayBelongToStay)))
                """)
        }
    }

    private func slipButton(_ number: TicketNumber) -> HTML {
        "<a class=\"btn compact\" href=\"\(href: number.deskPath)/slip\">\(icon("print")) \(t(.entrySlip))</a>"
    }

    private func done(_ todo: Todo, _ label: String) -> HTML {
        """
        <form method="post" action="\(href: todo.ticket.deskPath)/todos/\(Int(todo.id))/done"><button class="btn compact">\
        \(label)</button></form>
        """
    }

    /// Why no confirmation was sent, as a sentence.
    func silence(_ reason: Silence) -> String {
        switch reason {
        case .automatic: t(.todoSilenceAutomatic)
        case .bulk: t(.todoSilenceBulk)
        case .noReply: t(.todoSilenceNoReply)
        case .askedForSilence: t(.todoSilenceAskedForSilence)
        case .tooMany: t(.todoSilenceTooMany)
        case .bounced: t(.todoSilenceBounced)
        case .noAddress: t(.todoSilenceNoAddress)
        }
    }

    /// What a to-do was about, in the words of the timeline.
    func what(_ kind: TodoKind) -> String {
        switch kind {
        case .notConfirmed: t(.todoWhatNotConfirmed)
        case .customerDoesNotKnow: t(.todoWhatCustomerDoesNotKnow)
        case .mayBelongTo: t(.todoWhatMayBelongTo)
        case .notTold: t(.todoWhatNotTold)
        }
    }
}
