import Foundation
import Mail

/// What somebody typed about a held mail, kept when it could not be done.
struct HeldDraft: Sendable {
    var number: String?
    var text: String?
    /// Whose the ticket is to be, where the mail does not say.
    var address: String?
    var refusal: TicketRefusal?
}

extension WorkspacePages {
    /// - Parameter entries: one more than a page shows, if there are more.
    func held(_ entries: [InboxEntry]) -> DeskPage {
        let shown = entries.prefix(Workspace.linesPerPage)
        let more = entries.count > shown.count ? shown.last.map { "/desk/held?after=\($0.id)" } : nil
        let title = t(.heldTitle)
        guard !shown.isEmpty else {
            return DeskPage(title: title, list: "/desk/held", body: "\(head(title, t(.heldIntro)))\(empty(t(.heldEmpty)))")
        }
        return DeskPage(
            title: title, list: "/desk/held",
            body: """
                \(head(title, t(.heldIntro)))
                <ol class="queue">
                \(each: shown, heldLine)</ol>
                \(self.more(more))
                """)
    }

    private func heldLine(_ entry: InboxEntry) -> HTML {
        let from = entry.summary.from.isEmpty ? t(.deskNoSender) : entry.summary.from
        return """
            <li class="mail-row">
            <div class="row-main"><a class="row-link" data-row href="/desk/held/\(Int(entry.id))">\(subject(entry.summary.subject))</a>
            <p class="row-sub"><b>\(from)</b> · \(entry.summary.text)</p></div>
            <span class="chip is-warn">\(icon("alert")) \(reason(entry).short)</span>
            <span class="row-fact end">\(when(entry.receivedAt))</span>
            </li>

            """
    }

    /// A held mail and the ways out.
    /// - Parameter canAnswer: whether there is anybody who would get an answer.
    func held(_ mail: OriginalMail, _ draft: HeldDraft, canAnswer: Bool) -> DeskPage {
        let (entry, title) = (mail.entry, subject(mail.email?.subject ?? mail.entry.summary.subject))
        return DeskPage(
            title: title, list: "/desk/held",
            body: """
                <div class="narrow stack">
                \(back("/desk/held", HTML(text: t(.heldTitle))))
                <h1>\(title)</h1>
                \(draft.refusal.map(refused))
                \(entry.state == .held ? why(entry) : settled(entry))
                \(mailArticle(mail))
                \(entry.state == .held ? decisions(mail, draft, canAnswer: canAnswer) : nil)
                </div>
                """)
    }

    private func why(_ entry: InboxEntry) -> HTML {
        let (short, long) = reason(entry)
        return notice("warn", icon: "pause", "<h2>\(t(.heldHeading, ["reason": short]))</h2>\n<p>\(long)</p>")
    }

    private func settled(_ entry: InboxEntry) -> HTML {
        let number = entry.conversation.flatMap(TicketNumber.init(rawValue:))
        return notice("ok", icon: "check", "<p>\(t(.heldSettled)) \(number.map { t.html(.heldSettledTicket, ["number": link($0)]) })</p>")
    }

    func sender(_ mail: OriginalMail) -> String {
        guard let from = mail.email?.from.first else { return t(.deskNoSender) }
        return from.name.map { "\($0) <\(from.mailbox)>" } ?? from.mailbox
    }

    private func mailArticle(_ mail: OriginalMail) -> HTML {
        let (entry, email) = (mail.entry, mail.email)
        let named = email.map { ($0.to + $0.cc).prefix(20).map(\.mailbox) } ?? []
        let recipients = named.isEmpty ? entry.recipients : named
        let received = t.html(
            .heldReceivedBy,
            ["time": when(entry.receivedAt), "door": HTML(text: entry.door), "size": HTML(text: t.moments.size(bytes: entry.sizeBytes))])
        return """
            <article class="message from-customer">
            <dl class="headers">
            <dt>\(t(.heldFrom))</dt><dd>\(sender(mail))</dd>
            <dt>\(t(.heldTo))</dt><dd>\(recipients.joined(separator: ", "))</dd>
            \(email?.date.map { "<dt>\(t(.heldDated))</dt><dd>\(when($0))</dd>\n" as HTML })\
            <dt>\(t(.heldReceived))</dt><dd>\(received)</dd>
            </dl>
            \(nature(email?.nature, body: email?.text ?? ""))\
            \(folded(email?.text ?? entry.summary.text, isForward: email.map { Subject.parse($0.subject).isForward } ?? false))
            \(fileNames(mail))
            <details class="fold"><summary>\(t(.heldHeaders))</summary>
            <pre class="raw" tabindex="0" aria-label="\(t(.heldHeaders))">\(mail.header)</pre></details>
            <p class="filed"><span>\(t(.heldKept)) <code>\(String(entry.digest.prefix(16))) …</code></span> \
            <a href="/desk/held/\(Int(entry.id))/original">\(t(.deskTicketOriginal))</a></p>
            </article>
            """
    }

    private func fileNames(_ mail: OriginalMail) -> HTML? {
        guard let files = mail.email?.attachments, !files.isEmpty else { return nil }
        let names = files.map(\.name).joined(separator: ", ")
        return "<div class=\"message-foot\">\(icon("clip")) <span>\(t(.heldFiles, ["names": names]))</span></div>"
    }

    private func decisions(_ mail: OriginalMail, _ draft: HeldDraft, canAnswer: Bool) -> HTML {
        let path = "/desk/held/\(mail.entry.id)"
        let named = draft.number ?? Subject.parse(mail.email?.subject ?? "").ticketNumber ?? ""
        return """
            <h2>\(t(.heldDecide))</h2>
            <div class="decisions">
            <form class="panel" method="post" action="\(href: path)/file">
            <h3>\(t(.heldFile))</h3>
            <div class="field"><label for="file-on">\(t(.heldFileNumber))</label>
            <input type="text" id="file-on" name="number" inputmode="numeric" autocomplete="off" maxlength="32" required value="\(named)">\
            </div>
            <button class="btn primary">\(t(.heldFileButton))</button>
            </form>
            <form class="panel" method="post" action="\(href: path)/open">
            <h3>\(t(.heldOpen))</h3>
            \(canAnswer ? "<p class=\"small muted\">\(t(.heldOpenText))</p>" as HTML : ownerField(draft))
            <button class="btn">\(t(.heldOpenButton))</button>
            </form>
            \(refuseForm(path, draft, canAnswer: canAnswer))
            <form class="panel" method="post" action="\(href: path)/machine">
            <h3>\(t(.heldMachine))</h3>
            <p class="small muted">\(t(.heldMachineText))</p>
            <button class="btn">\(t(.heldMachineButton))</button>
            </form>
            </div>
            """
    }

    private func ownerField(_ draft: HeldDraft) -> HTML {
        """
        <div class="field"><label for="open-for">\(t(.heldOpenFor))</label>
        <input type="email" id="open-for" name="address" autocomplete="off" maxlength="254" required value="\(draft.address ?? "")"></div>
        """
    }

    private func refuseForm(_ path: String, _ draft: HeldDraft, canAnswer: Bool) -> HTML {
        guard canAnswer else {
            return "<div class=\"panel stack tight\"><h3>\(t(.heldRefuse))</h3>\n<p class=\"small muted\">\(t(.heldRefuseNobody))</p></div>"
        }
        return """
            <form class="panel" method="post" action="\(href: path)/refuse">
            <h3>\(t(.heldRefuse))</h3>
            <div class="field"><label for="refusal">\(t(.heldRefuseText))</label>
            <textarea id="refusal" name="text" rows="4" maxlength="20000" required>
            \(draft.text ?? t(.heldRefuseDraft))</textarea></div>
            <button class="btn">\(t(.heldRefuseButton))</button>
            </form>
            """
    }

    /// Why a mail waits, in a word and in a sentence.
    private func reason(_ entry: InboxEntry) -> (short: String, long: String) {
        switch HeldReason(rawValue: entry.reason) {
        case .unreadable: (t(.heldReasonUnreadable), t(.heldWhyUnreadable))
        case .noSender: (t(.heldReasonNoSender), t(.heldWhyNoSender))
        case .ownMail: (t(.heldReasonOwnMail), t(.heldWhyOwnMail))
        case .bounceOfUnknownLetter: (t(.heldReasonBounceOfUnknownLetter), t(.heldWhyBounceOfUnknownLetter))
        case .loop: (t(.heldReasonLoop), t(.heldWhyLoop))
        case .forwardedByAgent: (t(.heldReasonForwardedByAgent), t(.heldWhyForwardedByAgent))
        case .tooLarge: (t(.heldReasonTooLarge), t(.heldWhyTooLarge))
        case nil: (t(.heldReasonOther), t(.heldWhyOther))
        }
    }
}
