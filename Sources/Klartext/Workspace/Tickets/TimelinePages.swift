import Foundation
import Mail

extension WorkspacePages {
    /// The one timeline of a ticket.
    func timeline(_ file: TicketFile) -> HTML {
        let timeline = Timeline(
            messages: file.messages, notes: file.notes, letters: file.letters, history: file.history, promises: file.promiseHistory)
        return "<ol class=\"thread\">\n\(each: timeline.items, { item($0, file) })</ol>"
    }

    private func item(_ item: Timeline.Item, _ file: TicketFile) -> HTML {
        switch item {
        case .message(let message): message.isAutomatic ? automatic(message) : "<li>\(self.message(message, file))</li>\n"
        case .note(let note): self.note(note, file)
        case .letter(let letter): letterLine(letter)
        case .event(let entry): event(entry, file)
        case .promise(let entry): event(entry, file)
        }
    }

    /// What somebody said, with quotes folded, its files, and why it is here or how it left.
    /// - Parameter isCopy: whether the page shows it a second time; ids stand on a page once.
    func message(_ message: Message, _ file: TicketFile, isCopy: Bool = false) -> HTML {
        let isCustomer = if case .customer = message.author { true } else { false }
        let role = isCustomer ? "· " + channel(message.channel) : t(.deskTicketTo, ["name": file.customer.displayName])
        return """
            <article class="message \(isCustomer ? "from-customer" : "from-agent")"\(attribute: "id", isCopy ? nil : "m\(message.id)")>
            <header class="message-head"><h3>\(message.displayName) <span class="role">\(role)</span></h3> \
            \(when(message.writtenAt))</header>
            \(given(file.fields.filter { $0.message == message.id }, isCopy: isCopy))
            \(nature(file.natures[message.id], body: message.body))\
            \(CorrectionPages(t: t, icon: icon).said(message, among: file.messages, file.corrections) { text in
                folded(text, isForward: file.forwarded.contains(message.id))
            })
            \(files(file.attachments.filter { $0.message == message.id }, file, isCopy: isCopy))
            \(isCustomer ? filed(message) : delivery(file.letters.first { $0.id == message.letter }))
            \(isCopy ? nil : answerDoings(message, file))
            </article>
            """
    }

    /// A machine's answer: filed, never hidden, but folded.
    private func automatic(_ message: Message) -> HTML {
        """
        <li><details class="fold automatic" id="m\(Int(message.id))">
        <summary>\(t(.deskTicketAutomatic, ["address": message.authorAddress, "time": t.moments.short(message.writtenAt)]))</summary>
        <div class="quote prose">\(message.body)</div>
        \(filed(message))
        </details></li>

        """
    }

    /// A text as people read it: what is new is plain, what was carried along is one click away.
    /// - Parameter isForward: whether the mail's subject says that it was forwarded; then what is below is news.
    func folded(_ text: String, isForward: Bool = false) -> HTML {
        HTML.joined(
            Quoting.fold(text, isForward: isForward).segments.compactMap { segment in
                switch segment {
                case .text:
                    let text = segment.trimmed
                    return text.isEmpty ? nil : "<div class=\"prose\">\(text)</div>\n"
                case .quote: return fold(t(.deskTicketQuoted), segment.trimmed)
                case .signature: return fold(t(.deskTicketSignature), segment.trimmed)
                }
            })
    }

    private func fold(_ label: String, _ text: String) -> HTML {
        "<details class=\"fold\"><summary>\(label)</summary><div class=\"quote prose\">\(text)</div></details>\n"
    }

    /// Why a mail is here, and the ways to correct that and to see it as it came.
    private func filed(_ message: Message) -> HTML {
        let path = "\(message.ticket.deskPath)/messages/\(message.id)"
        let original: HTML? = message.inbox == nil ? nil : " <a href=\"\(href: path)/original\">\(t(.deskTicketOriginal))</a>"
        return """
            <p class="filed"><span>\(because(message.filedBecause))</span> <a href="\(href: path)/move">\(t(.deskTicketMove))</a>\
            \(original)</p>
            """
    }

    private func note(_ note: Note, _ file: TicketFile) -> HTML {
        """
        <li><article class="note" id="n\(Int(note.id))">
        <header class="message-head"><h3>\(file.agentName(note.agent))</h3> <span class="inside">\(icon("lock")) \
        \(t(.deskTicketInside))</span> \
        \(when(note.writtenAt))</header>
        <div class="prose">\(note.body)</div>
        </article></li>

        """
    }

    func channel(_ channel: Channel) -> String {
        switch channel {
        case .web: t(.deskTicketChannelWeb)
        case .mail: t(.deskTicketChannelMail)
        case .statusPage: t(.deskTicketChannelStatusPage)
        case .desk: t(.deskTicketChannelDesk)
        case .phone: t(.deskTicketChannelPhone)
        case .letter: t(.deskTicketChannelLetter)
        case .counter: t(.deskTicketChannelCounter)
        }
    }

    private func because(_ reason: FiledBecause) -> String {
        switch reason {
        case .webForm: t(.filedWebForm)
        case .statusPage: t(.filedStatusPage)
        case .newMail: t(.filedNewMail)
        case .replyAddress: t(.filedReplyAddress)
        case .answersOurLetter: t(.filedAnswersOurLetter)
        case .answersKnownMail: t(.filedAnswersKnownMail)
        case .numberFromParticipant: t(.filedNumberFromParticipant)
        case .filedByAgent: t(.filedFiledByAgent)
        case .movedByAgent: t(.filedMovedByAgent)
        case .agentWrote: ""
        case .enteredByAgent: t(.filedEnteredByAgent)
        }
    }
}

extension Message {
    /// What to call the author: the name, else the address.
    var displayName: String { authorName.isEmpty ? authorAddress : authorName }
}
