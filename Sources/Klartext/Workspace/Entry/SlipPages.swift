import Foundation

extension WorkspacePages {
    /// What somebody takes home who has no mail: number, the four answers and the private page, on one sheet of paper, in the customer's language.
    /// - Parameter url: the ticket's private page.
    func slip(_ file: TicketFile, url: String, _ t: Voice) -> HTML {
        let ticket = file.ticket
        let words = AnswerWords(ticket.answers(answered: file.isAnswered, at: now), ticket: ticket, t)
        let byWhen: HTML? = words.byWhen.map { "<dt>\(t(.answersByWhen))</dt><dd>\($0)</dd>" }
        return layout.document(
            title: t(.slipTitle, ["number": "\(ticket.number)"]),
            """
            <main id="main" class="wrap narrow stack slip">
            <p class="no-print"><a class="back" href="\(href: ticket.number.deskPath)">\(icon("left")) #\(ticket.number.description)</a> \
            \(t(.slipPrint))</p>
            <p><strong>\(mailboxes[ticket.mailbox].company)</strong></p>
            <h1>\(t(.mailConfirmationHeading))</h1>
            <p>\(t(.mailNumber))</p>
            <p class="slip-number">#\(ticket.number.description)</p>
            <p>\(file.customer.displayName) · \(t.stamp(ticket.openedAt))<br>\(subject(ticket.subject))</p>
            <dl class="slip-answers">
            <dt>\(t(.answersState))</dt><dd>\(words.state)</dd>
            <dt>\(t(.answersTurn))</dt><dd>\(words.turn)</dd>
            <dt>\(t(.answersNext))</dt><dd>\(words.next)</dd>
            \(byWhen)
            </dl>
            \(slipLink(ticket, url, t))
            </main>
            """, t)
    }

    /// Where to look; nothing where the page was locked.
    private func slipLink(_ ticket: Ticket, _ url: String, _ t: Voice) -> HTML? {
        guard !ticket.isLinkRevoked else { return nil }
        let code = QRCode(url)?.svg(label: t(.slipCode))
        return """
            <div class="slip-page">
            \(code)
            <div class="stack tight"><p>\(t(.slipPage))</p>
            <p class="slip-link">\(url)</p></div>
            </div>
            """
    }
}
