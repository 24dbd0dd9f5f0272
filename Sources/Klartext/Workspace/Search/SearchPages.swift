import Foundation

extension WorkspacePages {
    /// What was found: the ticket whose number was typed, customers, then tickets by their newest words.
    func search(_ view: SearchView) -> DeskPage {
        guard !view.text.isBlank else {
            return DeskPage(title: t(.deskSearchTitle), body: "\(head(t(.deskSearchTitle)))\n\(hints("\(t(.deskSearchHint))"))")
        }
        let title = t(.deskSearchFor, ["text": view.text])
        return DeskPage(
            title: title, search: view.text,
            body: """
                \(head(title))
                \(notices(view))
                \(view.isEmpty ? nothing(view) : found(view))
                """)
    }

    private func found(_ view: SearchView) -> HTML {
        let covers = view.results.match.covers
        let hasOthers = view.named != nil || !view.customers.isEmpty
        return """
            \(view.named.map { section("named", t(.deskSearchNamed), list(row($0))) })
            \(view.customers.isEmpty ? nil : section("customers", t(.deskSearchCustomers), list(HTML.joined(view.customers.map { row($0, covers) }))))
            \(view.hits.isEmpty ? nil : section("tickets", hasOthers ? t(.deskSearchTickets) : nil, list(HTML.joined(view.hits.map { row($0, covers) }))))
            \(more(view.results.next.map { "/desk/search?q=\(Self.encoded(view.text))&before=\($0)" }))
            """
    }

    private func section(_ id: String, _ title: String?, _ content: HTML) -> HTML {
        guard let title else { return content }
        return "<section class=\"found\" aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(title)</h2>\n\(content)\n</section>"
    }

    private func list(_ rows: HTML) -> HTML { "<ol class=\"queue\">\n\(rows)</ol>" }

    private func row(_ hit: SearchView.Hit, _ covers: (String) -> Bool) -> HTML {
        let (ticket, document) = (hit.line.ticket, hit.document)
        let isNote = document.kind == .note
        return """
            <li class="mail-row">
            <div class="row-main"><a class="row-link" data-row href="\(href: ticket.number.deskPath)">\
            \(marked(SearchExcerpt(whole: subject(ticket.subject), covers)))</a>
            <p class="row-sub">\(number(ticket.number)) · <b>\(marked(SearchExcerpt(whole: hit.line.customerName, covers)))</b></p>
            <p class="row-text">\(isNote ? "<b>\(icon("lock")) \(t(.deskSearchNote))</b> " as HTML : nil)\
            \(marked(SearchExcerpt(of: document.body, covers)))</p></div>
            <span>\(chip(ticket))</span>
            <span class="row-fact end">\(document.writtenAt.map(when))</span>
            </li>

            """
    }

    private func row(_ line: TicketLine) -> HTML {
        """
        <li class="mail-row">
        <div class="row-main"><a class="row-link" data-row href="\(href: line.ticket.number.deskPath)">\(subject(line.ticket.subject))</a>
        <p class="row-sub">\(number(line.ticket.number)) · <b>\(line.customerName)</b> · \(line.excerpt)</p></div>
        <span>\(chip(line.ticket))</span>
        <span class="row-fact end">\(when(line.ticket.openedAt))</span>
        </li>

        """
    }

    private func row(_ customer: Customer, _ covers: (String) -> Bool) -> HTML {
        """
        <li class="mail-row">
        <div class="row-main"><a class="row-link" data-row href="\(href: customer.deskPath)">\
        \(marked(SearchExcerpt(whole: customer.displayName, covers)))</a></div>
        <span class="row-fact">\(icon("mail")) <span>\(marked(SearchExcerpt(whole: customer.hasMail ? customer.address : t(.customerHasNoMail), covers)))</span></span>
        </li>

        """
    }

    private func marked(_ excerpt: SearchExcerpt) -> HTML {
        HTML.joined(excerpt.pieces.map { $0.isMarked ? "<mark>\($0.text)</mark>" : "\($0.text)" })
    }

    /// What an agent should know before trusting the result.
    private func notices(_ view: SearchView) -> HTML {
        var notices: [HTML] = []
        if view.results.isIndexing { notices.append(notice("info", icon: "clock", "<p>\(t(.deskSearchIndexing))</p>")) }
        for term in view.corrected {
            let told = t.html(.deskSearchCorrected, ["typed": "\(term.typed)", "words": list(of: term.corrections)])
            notices.append(notice("info", icon: "info", "<p>\(told)</p>"))
        }
        return HTML.joined(notices, separator: "\n")
    }

    private func list(of words: [String]) -> HTML { HTML.joined(words.map { "<b>\($0)</b>" }, separator: ", ") }

    private func nothing(_ view: SearchView) -> HTML {
        guard view.isFirst else { return empty(t(.deskInboxEmpty)) }
        guard !view.results.match.terms.isEmpty else { return hints("\(t(.deskSearchNoWord))") }
        guard !view.lost.isEmpty else { return hints("\(t(.deskSearchNothing))") }
        return hints(t.html(.deskSearchLost, ["words": list(of: view.lost)]))
    }

    /// How to find what is there.
    private func hints(_ sentence: HTML) -> HTML {
        """
        <div class="empty panel">\(icon("search"))
        <p>\(sentence)</p>
        <ul class="hints">
        \(each: [.deskSearchHintWords, .deskSearchHintParts, .deskSearchHintNumber, .deskSearchHintPhrase] as [TextKey], { "<li>\(t($0))</li>\n" })</ul>
        </div>
        """
    }

    /// A customer's tickets, newest first.
    /// - Parameter lines: one more than a page shows, if there are more.
    func tickets(of customer: Customer, _ lines: [TicketLine]) -> DeskPage {
        let shown = lines.prefix(Workspace.linesPerPage)
        let next = lines.count > shown.count ? shown.last.map { "\(customer.deskPath)?before=\($0.ticket.number.rawValue)" } : nil
        let title = t(.deskFindTitle, ["name": customer.displayName])
        return DeskPage(
            title: title,
            body: """
                \(head(title, customer.name.isEmpty || !customer.hasMail ? nil : customer.address))
                \(shown.isEmpty ? empty(t(.deskInboxEmpty)) : list(HTML.joined(shown.map(row))))
                \(more(next))
                """)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7F}"))) ?? ""
    }
}

extension Customer {
    /// The page of the customer's tickets at the desk.
    var deskPath: String { "/desk/customers/\(id)" }
}
