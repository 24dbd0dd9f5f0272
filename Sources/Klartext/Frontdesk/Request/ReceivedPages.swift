import Foundation

extension FrontdeskPages {
    /// "We have it": the answer to a form that was taken, in the same response.
    func received(_ receipt: Tickets.Receipt, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let ticket = receipt.ticket
        let body: HTML = """
            <div class="stack tight" data-draft-sent="request">
            <h1>\(t(.receivedHeading))</h1>
            <p class="number big" id="number">#\("\(ticket.number)")</p>
            <div class="cluster">
            <p class="muted">\(t(.receivedNumber))</p>
            \(copyButton(of: "number", t(.receivedCopyNumber), t))
            </div>
            </div>
            \(state(StatePanel(CustomerView(receipt), at: ticket.openedAt), level: "h2", t))
            \(keep(ticket, visit, t))
            \(confirmation(receipt, t))
            \(section("understood", t(.statusUnderstood), understood(ticket, receipt.message, receipt.fields, t)))
            \(receipt.files.isEmpty ? HTML() : section("files", t(.receivedFiles), receipts(receipt.files, receipted: Set(receipt.files.map(\.id)), of: ticket, visit, t)))
            """
        let page = PublicPage(
            title: t(.receivedTitle, ["number": "#\(ticket.number)"]), path: links.path(ticket), scripts: ["copy", "draft", "localtime"],
            isPrivate: true,
            body: body)
        return layout.page(page, for: visit, t)
    }

    /// What was asked, as we have it.
    func understood(_ ticket: Ticket, _ message: Message, _ fields: [TicketField], _ t: Voice) -> HTML {
        """
        <div class="message from-customer">
        <p><strong>\(ticket.subject)</strong></p>
        \(given(fields))
        \(prose(message.body, t))
        </div>
        """
    }

    /// Whether there will be a mail, and if not, why.
    private func confirmation(_ receipt: Tickets.Receipt, _ t: Voice) -> HTML {
        guard let silence = receipt.silence else {
            let address: HTML = "<b>\(receipt.message.authorAddress)</b>"
            let sentence = t.html(.receivedConfirmation, ["address": address])
            return "<p class=\"delivery is-queued\">\(layout.icon("mail")) <span>\(sentence)</span></p>"
        }
        let reason =
            switch silence {
            case .noReply: t(.receivedSilentNoReply)
            case .tooMany: t(.receivedSilentTooMany)
            case .bounced: t(.receivedSilentBounced)
            case .noAddress: t(.receivedSilentNoAddress)
            case .automatic, .bulk, .askedForSilence: t(.receivedSilentOther)
            }
        return notice("is-warn", "alert", "<p>\(reason) \(t(.receivedSilent))</p>")
    }
}

extension CustomerView {
    /// A ticket at the moment it was opened.
    fileprivate init(_ receipt: Tickets.Receipt) {
        self.init(
            ticket: receipt.ticket, customer: receipt.customer, messages: [receipt.message], attachments: receipt.files,
            fields: receipt.fields, letters: [], promises: [])
    }
}
