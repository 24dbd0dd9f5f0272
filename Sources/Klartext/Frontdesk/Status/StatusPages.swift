import Foundation

extension FrontdeskPages {
    /// A customer's own page as it is to be shown.
    struct StatusPage: Sendable {
        var view: CustomerView
        var now: Date
        /// What has just been done here.
        var flash: Flash?
        /// What came back from a form that could not be taken.
        var text = ""
        var files = KeptFiles()
        var problems: [FormProblem] = []
        var stamp: FormStamp

        enum Flash: String, Sendable { case added, solved, notSolved, thanks }

        var allProblems: [FormProblem] { problems + files.problems }
    }

    func status(_ page: StatusPage, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let (view, ticket) = (page.view, page.view.ticket)
        let panel = StatePanel(view, at: page.now)
        let isAsked = if case .customer = panel.head { true } else { false }
        let forms = view.continuation == nil
        let later = Array(view.messages.dropFirst())
        let body: HTML = """
            \(page.flash.map { flash($0, view, t) })
            \(page.allProblems.isEmpty ? HTML() : summary(page.allProblems, t))
            \(about(ticket, t))
            \(state(panel, level: "h1", t))
            \(view.continuation.map { continuation($0, visit, t) })
            \(view.promises.isEmpty ? HTML() : section("promises", t(.statusPromises), promises(view.promises, t)))
            \(forms && !isAsked ? shortcuts(t) : HTML())
            \(forms && isAsked ? addSection(page, t(.statusAddAsked), visit, t) : HTML())
            \(view.messages.first.map { section("understood", t(.statusUnderstood), first($0, view, t)) })
            \(later.isEmpty ? HTML() : section("conversation", t(.statusConversation), thread(later, view, t)))
            \(forms && !isAsked ? addSection(page, t(.statusAdd), visit, t) : HTML())
            \(forms ? doings(ticket, visit, t) : HTML())
            \(view.attachments.isEmpty ? HTML() : section("files-received", t(.statusFiles), receipts(view.attachments, receipted: view.receipted, of: ticket, visit, t)))
            \(view.letters.isEmpty ? HTML() : letters(view, t))
            \(keep(ticket, visit, t))
            """
        let document = PublicPage(
            title: "#\(ticket.number): \(ticket.subject)", path: links.path(ticket),
            scripts: ["copy", "draft", "files", "localtime"],
            isPrivate: true,
            body: body)
        return layout.page(document, for: visit, t)
    }

    private func about(_ ticket: Ticket, _ t: Voice) -> HTML {
        let number: HTML = "<span class=\"number\">#\("\(ticket.number)")</span>"
        let day = HTML(text: t.moments.day(ticket.openedAt))
        return """
            <div class="stack tight">
            <p class="eyebrow">\(t.html(.statusEyebrow, ["number": number, "day": day]))</p>
            <p><strong>\(ticket.subject)</strong></p>
            </div>
            """
    }

    /// Where a merged ticket goes on.
    private func continuation(_ next: Ticket, _ visit: Visit, _ t: Voice) -> HTML {
        """
        <p><a class="btn primary" href="\(href: visit.link(links.path(next)))">\(t(.statusContinue)) \(layout.icon("right"))</a></p>
        """
    }

    private func shortcuts(_ t: Voice) -> HTML {
        """
        <nav class="cluster no-print" aria-label="\(t(.statusOnThisPage))">
        <a class="btn" href="#add">\(layout.icon("pen")) \(t(.statusAdd))</a>
        <a class="btn" href="#doings">\(layout.icon("check")) \(t(.statusSolvedOrNot))</a>
        </nav>
        """
    }

    private func flash(_ flash: StatusPage.Flash, _ view: CustomerView, _ t: Voice) -> HTML {
        let text =
            switch flash {
            case .added: t(.statusFlashAdded)
            case .solved: t(.statusFlashSolved)
            case .notSolved: t(.statusFlashNotSolved)
            case .thanks: t(.statusFlashThanks)
            }
        return """
            <div class="notice is-ok" role="status"\(attribute: "data-draft-sent", flash == .added ? draftName(view.ticket) : nil)>
            \(layout.icon("check"))
            <p><strong>\(text)</strong></p>
            </div>
            """
    }

    private func addSection(_ page: StatusPage, _ heading: String, _ visit: Visit, _ t: Voice) -> HTML {
        let ticket = page.view.ticket
        return """
            <section class="stack tight no-print" aria-labelledby="add">
            <h2 id="add">\(heading)</h2>
            <form class="panel stack" method="post" action="\(href: visit.link("\(links.path(ticket))/messages"))" enctype="multipart/form-data" \
            data-draft="\(draftName(ticket))">
            <input type="hidden" name="started" value="\(page.stamp.text(seal))">
            \(textField(page.text, t(.statusText), rows: 5, isRequired: false, page.problems, t))
            \(filesField(page.files, hint: t(.statusFilesHint, ["limit": t.moments.size(bytes: rules.fileBytes)]), t))
            <div class="form-end"><button class="btn primary">\(t(.statusSend))</button></div>
            </form>
            </section>
            """
    }

    /// The buttons, the likeliest first.
    private func doings(_ ticket: Ticket, _ visit: Visit, _ t: Voice) -> HTML {
        let isOpen = ticket.status == .open
        let solved = doing("solved", "check", t(.statusDoSolved), isOpen ? t(.statusDoSolvedText) : t(.statusDoSolvedAgain))
        let notSolved = doing("notSolved", "reopen", t(.statusDoNotSolved), isOpen ? t(.statusDoNotSolvedText) : t(.statusDoNotSolvedAgain))
        let thanks = doing("thanks", "thanks", t(.statusDoThanks), t(.statusDoThanksText))
        return """
            <section class="stack tight no-print" aria-labelledby="doings">
            <h2 id="doings">\(t(.statusDoings))</h2>
            <form class="panel" method="post" action="\(href: visit.link("\(links.path(ticket))/answer"))">
            <ul class="doings">
            \(isOpen ? solved : notSolved)
            \(isOpen ? notSolved : solved)
            \(thanks)
            </ul>
            </form>
            </section>
            """
    }

    private func doing(_ value: String, _ icon: String, _ label: String, _ explanation: String) -> HTML {
        """
        <li><button class="btn" name="answer" value="\(value)">\(layout.icon(icon)) \(label)</button><p>\(explanation)</p></li>
        """
    }

    private func draftName(_ ticket: Ticket) -> String { "t-\(ticket.number.rawValue)" }
}
