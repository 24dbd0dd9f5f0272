import Foundation

/// The conversation on a customer's page. Of agents it shows the name and never the address.
extension FrontdeskPages {
    /// The first message, as what we understood.
    func first(_ message: Message, _ view: CustomerView, _ t: Voice) -> HTML { article(message, view, t) }

    func thread(_ messages: [Message], _ view: CustomerView, _ t: Voice) -> HTML {
        "<ol class=\"thread\">\n\(each: messages, { "<li>\n\(message($0, view, t))\n</li>\n" })</ol>"
    }

    private func message(_ message: Message, _ view: CustomerView, _ t: Voice) -> HTML {
        guard message.isAutomatic else { return article(message, view, t) }
        return """
            <details class="fold automatic">
            <summary>\(layout.icon("machine")) \(t.html(.statusAutomatic, ["time": t.stamp(message.writtenAt)]))</summary>
            <div class="quote prose">\(message.body)</div>
            \(files(of: message, view, t))
            </details>
            """
    }

    private func article(_ message: Message, _ view: CustomerView, _ t: Voice) -> HTML {
        let isAgent = if case .agent = message.author { true } else { false }
        return """
            <article class="message \(isAgent ? "from-agent" : "from-customer")" id="m\(Int(message.id))">
            <header class="message-head">
            <h3>\(author(message, view, t))</h3>
            \(t.stamp(message.writtenAt))
            </header>
            \(given(view.fields.filter { $0.message == message.id }))
            \(CorrectionPages(t: t, icon: layout.icon).said(message, among: view.messages, view.corrections) { prose($0, t) })
            \(files(of: message, view, t))
            \(foot(message, view, t))
            </article>
            """
    }

    /// Who wrote. The ticket's own customer is "you" with the name given with this message: somebody who knows no more than an address learns no
    /// name from us.
    private func author(_ message: Message, _ view: CustomerView, _ t: Voice) -> HTML {
        switch message.author {
        case .agent: "\(message.authorName) <span class=\"role\">· \(company)</span>"
        case .customer(view.customer.id):
            message.authorName.isEmpty || message.channel == .statusPage
                ? HTML(text: t(.statusYou)) : "\(message.authorName) <span class=\"role\">· \(t(.statusYou))</span>"
        case .customer: HTML(text: message.authorName.isEmpty ? message.authorAddress : message.authorName)
        }
    }

    private func files(of message: Message, _ view: CustomerView, _ t: Voice) -> HTML {
        let files = view.attachments.filter { $0.message == message.id }
        guard !files.isEmpty else { return HTML() }
        let names = HTML.joined(files.map { "<a href=\"#files-received\">\($0.name)</a>" }, separator: ", ")
        return """
            <div class="message-foot">\(layout.icon("clip")) <span>\(t.html(.statusMessageFiles, ["names": names], count: files.count))</span></div>
            """
    }

    private func foot(_ message: Message, _ view: CustomerView, _ t: Voice) -> HTML {
        if let letter = view.letters.first(where: { $0.id == message.letter }) {
            return "<div class=\"message-foot\">\(delivery(letter, view, t))</div>"
        }
        return message.channel == .mail ? "<div class=\"message-foot\"><span>\(t(.statusByMail))</span></div>" : HTML()
    }
}
