import Foundation

extension WorkspacePages {
    /// What came and what became of it, by mailbox and day, the newest first.
    /// - Parameter hasUnsorted: whether there are mails that should have been sorted long ago.
    func ledger(_ lines: [LedgerLine], _ ledger: Ledger, hasUnsorted: Bool) -> DeskPage {
        let open = lines.reduce(0) { $0 + abs($1.unaccounted) }
        return DeskPage(
            title: t(.ledgerTitle), list: "/desk/mailboxes",
            body: """
                <div class="stack">
                \(back("/desk/mailboxes", HTML(text: t(.deskListMailboxes))))
                \(head(t(.ledgerTitle), t(.ledgerIntro)))
                \(open == 0 ? balanced : unbalanced(open, hasUnsorted))
                \(lines.isEmpty ? empty(t(.ledgerEmpty)) : HTML.joined(mailboxes.all.compactMap { book($0.key, lines, ledger) }, separator: "\n"))
                </div>
                """)
    }

    private var balanced: HTML { notice("ok", icon: "check", "<p>\(t(.ledgerBalanced))</p>") }

    private func unbalanced(_ count: Int, _ hasUnsorted: Bool) -> HTML {
        notice(
            "bad", icon: "alert",
            """
            <p><strong>\(t(.ledgerUnbalanced, count: count))</strong> \(hasUnsorted ? nil : t(.ledgerAskCheck))</p>
            \(hasUnsorted ? "<p><a href=\"/desk/mailboxes/unsorted\">\(t(.ledgerSeeThem))</a></p>" as HTML : nil)
            """)
    }

    /// The days of one mailbox, and all of them together.
    private func book(_ mailbox: String, _ lines: [LedgerLine], _ ledger: Ledger) -> HTML? {
        let own = lines.filter { $0.mailbox == mailbox || !isKnown($0.mailbox) && mailbox == mailboxes.main.key }
        guard let sum = LedgerLine.sum(own) else { return nil }
        let columns = [t(.ledgerReceived), t(.ledgerFiled), t(.ledgerHeld), t(.ledgerMachine), t(.ledgerRefused), t(.ledgerUnaccounted)]
        return """
            <section class="panel stack tight" aria-label="\(mailbox)">
            <h2>\(mailbox)</h2>
            <table class="ledger" role="table"><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">\(t(.ledgerDay))</th>\
            \(each: columns, { "<th scope=\"col\" role=\"columnheader\">\($0)</th>" })</tr></thead>
            <tbody role="rowgroup">
            \(row(t(.ledgerTotal, count: Ledger.shownDays), sum, columns, isSum: true))\
            \(each: own, { row(t.moments.day(ledger.noon(of: $0.day)), $0, columns) })</tbody></table>
            </section>
            """
    }

    /// A mailbox that is not configured any more is told with the main one.
    private func isKnown(_ mailbox: String) -> Bool { mailboxes.all.contains { $0.key == mailbox } }

    private func row(_ name: String, _ line: LedgerLine, _ columns: [String], isSum: Bool = false) -> HTML {
        let numbers = [line.received, line.filed, line.held, line.machine, line.refused]
        let cells = zip(columns, numbers).map { "<td role=\"cell\" data-label=\"\($0)\">\($1)</td>" as HTML }
        let sorting: HTML? = line.underway == 0 ? nil : "<small>\(t(.ledgerUnderway, count: line.underway))</small>"
        return """
            <tr role="row"\(attribute: "class", isSum ? "is-sum" : nil)><th scope="row" role="rowheader">\(name)\(sorting)</th>\
            \(HTML.joined(cells, separator: ""))<td role="cell" data-label="\(columns[5])"\
            \(attribute: "class", line.unaccounted == 0 ? nil : "is-bad")>\(line.unaccounted)</td></tr>

            """
    }

    /// Mails that should have been sorted long ago.
    func unsorted(_ entries: [InboxEntry]) -> DeskPage {
        DeskPage(
            title: t(.ledgerOpenTitle), list: "/desk/mailboxes",
            body: """
                \(back("/desk/mailboxes/ledger", HTML(text: t(.ledgerTitle))))
                \(head(t(.ledgerOpenTitle), t(.ledgerOpenIntro)))
                \(entries.isEmpty ? empty(t(.ledgerOpenEmpty)) : "<ol class=\"queue\">\n\(each: entries, unsortedLine)</ol>")
                """)
    }

    private func unsortedLine(_ entry: InboxEntry) -> HTML {
        """
        <li class="mail-row">
        <div class="row-main"><a class="row-link" data-row href="/desk/held/\(Int(entry.id))/original">\
        \(entry.sender.isEmpty ? t(.deskNoSender) : entry.sender)</a>
        <p class="row-sub">\(entry.recipients.joined(separator: ", ")) · \(t.moments.size(bytes: entry.sizeBytes))</p></div>
        <span class="chip is-failed">\(icon("alert")) \(t(.ledgerUnaccounted))</span>
        <span class="row-fact end">\(when(entry.receivedAt))</span>
        </li>

        """
    }
}
