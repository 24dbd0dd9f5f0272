import Foundation

extension WorkspacePages {
    /// Beside a ticket: what its customer sees, what is to be done, who it is, and what else can be done.
    func margin(_ file: TicketFile, _ drafts: TicketDrafts) -> HTML {
        let todos = file.todos.filter { $0.doneAt == nil }
        return """
            <aside class="margin" aria-label="\(t(.deskTicketMargin))">
            \(section("seen", t(.deskTicketSeen), seen(file)))
            \(todos.isEmpty ? nil : section("todo", t(.deskListTodo), HTML.joined(todos.map { panel($0, file) }, separator: "\n")))
            \(section("promises", t(.promisePanel), promisePanels(file, drafts)))
            \(section("person", file.customer.displayName, person(file.customer)))
            \(file.otherTickets.isEmpty ? nil : section("others", t(.deskTicketOthers), others(file.otherTickets)))
            \(section("more", t(.deskTicketMore), more(file.ticket, drafts)))
            </aside>
            """
    }

    private func section(_ id: String, _ title: String, _ content: HTML) -> HTML {
        "<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(title)</h2>\n\(content)\n</section>\n"
    }

    /// The four answers exactly as the customer reads them, in the customer's words, said in the agent's language.
    private func seen(_ file: TicketFile) -> HTML {
        let ticket = file.ticket
        let answers = ticket.answers(answered: file.isAnswered, at: now)
        let words = AnswerWords(answers, ticket: ticket, t)
        // as on the customer's page: what did not arrive, or came too late, is said first
        let isMissing = ticket.status == .open && file.letters.last?.state == .failed
        let head =
            isMissing
            ? t(.todoCustomerDoesNotKnow, ["name": file.customer.displayName])
            : answers.isLate || ticket.status != .open ? words.state : words.turn
        let tone =
            switch ticket.turn {
            case _ where ticket.status != .open: "solved"
            case _ where isMissing || answers.isLate: "bad"
            case .us: "us"
            case .customer: "customer"
            case .thirdParty: "thirdParty"
            }
        let byWhen = words.byWhen.map { "<dt>\(t(.answersByWhen))</dt><dd>\($0)</dd>" as HTML }
        let page: HTML =
            ticket.isLinkRevoked
            ? "<p>\(t(.deskTicketLinkIsRevoked))</p>"
            : "<p><a href=\"\(href: ticket.number.deskPath)/customer-page\">\(t(.deskTicketSeePage))</a></p>"
        return """
            <div class="seen is-\(tone)">
            <p>\(head)</p>
            <dl><dt>\(t(.answersState))</dt><dd>\(words.state)</dd>
            <dt>\(t(.answersNext))</dt><dd>\(words.next)</dd>
            \(byWhen)</dl>
            \(page)
            </div>
            """
    }

    private func person(_ customer: Customer) -> HTML {
        let language = customer.language == .de ? t(.deskLanguageOfDe) : t(.deskLanguageOfEn)
        return """
            <p class="small">\(customer.hasMail ? "<a href=\"\(href: "mailto:\(customer.address)")\">\(customer.address)</a>" : HTML(text: t(.customerHasNoMail)))<br>\
            \(customer.phone.isEmpty ? nil : "<a href=\"\(href: "tel:\(customer.phone)")\">\(customer.phone)</a><br>" as HTML)\
            <span class="muted">\(language)</span></p>
            """
    }

    private func others(_ tickets: [Ticket]) -> HTML {
        """
        <ul class="rows small">
        \(each: tickets, { other($0) })</ul>
        """
    }

    private func other(_ ticket: Ticket) -> HTML {
        """
        <li class="stack tight"><a href="\(href: ticket.number.deskPath)">\(subject(ticket.subject))</a> \
        <span class="cluster">\(number(ticket.number)) \(chip(ticket))\
        \(ticket.official == nil ? nil : " <span class=\"chip is-info\">\(icon("pin")) \(t(.deskOfficial))</span>" as HTML)</span></li>

        """
    }

    /// What can be done without a reply.
    private func more(_ ticket: Ticket, _ drafts: TicketDrafts) -> HTML {
        let path = ticket.number.deskPath
        return """
            <div class="stack tight">
            <p><a class="btn compact" href="\(href: path)/slip">\(icon("print")) \(t(.entrySlip))</a></p>
            \(ticket.status == .open ? passForm(ticket, drafts) : reopenForm(path))
            <form class="stack tight" method="post" action="\(href: path)/link">
            <button class="btn compact" name="do" value="renew">\(icon("link")) \(t(.deskComposeRenewLink))</button>
            \(ticket.isLinkRevoked ? nil : revokeButton)
            </form>
            </div>
            """
    }

    private func reopenForm(_ path: String) -> HTML {
        """
        <form class="stack tight" method="post" action="\(href: path)/reopen">
        <button class="btn compact">\(icon("reopen")) \(t(.deskComposeReopen))</button>
        </form>
        """
    }

    private var revokeButton: HTML {
        "<button class=\"btn compact\" name=\"do\" value=\"revoke\">\(icon("lock")) \(t(.deskComposeRevokeLink))</button>"
    }

    private func passForm(_ ticket: Ticket, _ drafts: TicketDrafts) -> HTML {
        let path = ticket.number.deskPath
        let hasPassProblem = !drafts.pass.problems.isEmpty
        let hasSolveProblem = drafts.refusal == .emptyCause
        return """
            <details class="fold"\(attribute: "open", if: hasPassProblem)><summary>\(t(.deskComposePass))</summary>
            <form class="stack tight" method="post" action="\(href: path)/turn">
            \(after(drafts.pass, prefix: "pass-", maySolve: false))
            <button class="btn compact">\(t(.deskComposePassButton))</button>
            </form></details>
            <details class="fold"\(attribute: "open", if: hasSolveProblem)><summary>\(t(.deskComposeSolve))</summary>
            <form class="stack tight" method="post" action="\(href: path)/solve">
            <div class="field\(hasSolveProblem ? " invalid" : "")">
            <label for="solve-cause">\(t(.deskComposeCause))</label>
            <p class="hint" id="solve-hint">\(t(.deskComposeSolveHint))</p>
            <input type="text" id="solve-cause" name="cause" maxlength="500" aria-describedby="solve-hint" value="\(drafts.cause)">
            </div>
            <button class="btn compact">\(icon("check")) \(t(.deskComposeSolveButton))</button>
            </form></details>
            """
    }
}
