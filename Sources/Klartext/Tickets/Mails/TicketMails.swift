import Foundation
import Mail

/// The letters about tickets. Each takes what the customer may know; none can be given an internal note, which is another type.
struct TicketMails: Sendable {
    var voices: Voices
    var links: TicketLinks
    var mailboxes: Mailboxes

    /// "We have it": number, what we understood, whose turn it is, by when we are in touch, and where to look.
    func confirmation(
        _ ticket: Ticket, to customer: Customer, message: Message, files: Tickets.ReceivedFiles, fields: [TicketField], thread: [MessageID]
    )
        -> NewLetter
    {
        let t = voices[ticket.language]
        var blocks: [LetterBody.Block] = [
            .heading(t(.mailConfirmationHeading)), .number(label: t(.mailNumber), number: "\(ticket.number)"),
            .facts(answers(ticket, answered: false, at: ticket.openedAt, t)), .link(label: t(.mailSeeStatus), url: links.url(ticket)),
            .paragraph(t(.mailUnderstood)),
        ]
        if !fields.isEmpty { blocks.append(.facts(fields.map { .init(label: $0.label, value: $0.shownInMail) })) }
        blocks.append(.quoted([ticket.subject, excerpt(message.body)].filter { !$0.isEmpty }.joined(separator: "\n\n")))
        blocks += self.blocks(files, t) + [.remark(t(.mailHowToAnswer))]
        var letter = letter(ticket, "confirmation", to: customer, subject: ticket.subject, blocks, thread: thread, isAutomatic: true)
        enclose(files, in: &letter)
        return letter
    }

    /// An agent's answer.
    func reply(
        _ ticket: Ticket, to customer: Customer, text: String, agent: Agent, promises: [Promise] = [], files: [NewLetter.Attachment],
        thread: [MessageID],
        at now: Date
    ) -> NewLetter {
        let t = voices[ticket.language]
        let blocks = [.paragraph(text)] + ending(of: ticket, agent: agent, promises: promises, at: now, t)
        var letter = letter(ticket, "reply", to: customer, subject: "Re: " + ticket.subject, blocks, thread: thread, isAutomatic: false)
        letter.attachments = files
        return letter
    }

    /// What stands below every answer: who gives it, what it promises, and what is to be.
    func ending(of ticket: Ticket, agent: Agent, promises: [Promise], at now: Date, _ t: Voice) -> [LetterBody.Block] {
        var blocks: [LetterBody.Block] = [.paragraph(agent.name + "\n" + mailboxes[ticket.mailbox].company)]
        if !ticket.cause.isEmpty, ticket.status == .solved { blocks.append(.facts([.init(label: t(.answersCause), value: ticket.cause)])) }
        if !promises.isEmpty { blocks.append(.facts(promises.map { fact($0, t) })) }
        blocks.append(.facts(answers(ticket, answered: true, at: now, t)))
        return blocks + closing(ticket, t)
    }

    /// It is solved, and why it happened.
    func solved(_ ticket: Ticket, to customer: Customer, cause: String, thread: [MessageID]) -> NewLetter {
        let t = voices[ticket.language]
        let blocks: [LetterBody.Block] =
            [
                .heading(t(.mailSolvedHeading)), .paragraph(greeting(customer, t)),
                .paragraph(t(.mailSolvedText, ["number": "\(ticket.number)"])),
                .facts([.init(label: t(.answersCause), value: cause)]), .paragraph(t(.mailSolvedAsk)),
            ] + closing(ticket, t)
        return letter(ticket, "solved", to: customer, subject: "Re: " + ticket.subject, blocks, thread: thread, isAutomatic: true)
    }

    /// It is open again.
    func reopened(_ ticket: Ticket, to customer: Customer, files: Tickets.ReceivedFiles, thread: [MessageID], at now: Date) -> NewLetter {
        let t = voices[ticket.language]
        let blocks: [LetterBody.Block] =
            [
                .heading(t(.mailReopenedHeading)), .paragraph(greeting(customer, t)),
                .paragraph(t(.mailReopenedText, ["number": "\(ticket.number)"])),
                .facts(answers(ticket, answered: true, at: now, t)),
            ] + self.blocks(files, t) + closing(ticket, t)
        var letter = letter(ticket, "reopened", to: customer, subject: "Re: " + ticket.subject, blocks, thread: thread, isAutomatic: true)
        enclose(files, in: &letter)
        return letter
    }

    /// A lost link, mailed again.
    func link(_ ticket: Ticket, to customer: Customer) -> NewLetter {
        let t = voices[ticket.language]
        let blocks: [LetterBody.Block] =
            [
                .heading(t(.mailLinkHeading)), .paragraph(greeting(customer, t)),
                .paragraph(t(.mailLinkText, ["number": "\(ticket.number)"])),
            ] + closing(ticket, t)
        return letter(ticket, "link", to: customer, subject: ticket.subject, blocks, thread: [], isAutomatic: true)
    }

    /// An answer to a held mail that became no ticket.
    func answerToHeld(
        _ text: String, to recipient: Address, name: String, subject: String, language: Language, agent: Agent, mailbox: Mailbox,
        thread: [MessageID]
    ) -> NewLetter {
        NewLetter(
            conversation: nil, kind: "answer", language: language, recipient: recipient, recipientName: name, subject: "Re: " + subject,
            body: LetterBody(blocks: [.paragraph(text), .paragraph(agent.name + "\n" + mailbox.company)]), thread: thread,
            isAutomatic: false)
    }

    func letter(
        _ ticket: Ticket, _ kind: String, to customer: Customer, subject: String, _ blocks: [LetterBody.Block], thread: [MessageID],
        isAutomatic: Bool
    ) -> NewLetter {
        NewLetter(
            conversation: ticket.number.rawValue, kind: kind, language: ticket.language,
            recipient: customer.mailAddress, recipientName: customer.name,
            subject: "\(subject) \(ticket.number.tag)", body: LetterBody(blocks: blocks), thread: thread, isAutomatic: isAutomatic)
    }

    func greeting(_ customer: Customer, _ t: Voice) -> String {
        customer.name.isEmpty ? t(.mailGreeting) : t(.mailGreetingByName, ["name": customer.name])
    }

    func closing(_ ticket: Ticket, _ t: Voice) -> [LetterBody.Block] {
        [.link(label: t(.mailSeeStatus), url: links.url(ticket)), .remark(t(.mailHowToAnswer))]
    }

    /// State, turn, next step and time in plain words, as on the status page.
    func answers(_ ticket: Ticket, answered: Bool, at now: Date, _ t: Voice) -> [LetterBody.Fact] {
        let words = AnswerWords(ticket.answers(answered: answered, at: now), ticket: ticket, t)
        var facts: [LetterBody.Fact] = [
            .init(label: t(.answersState), value: words.state), .init(label: t(.answersTurn), value: words.turn),
            .init(label: t(.answersNext), value: words.next),
        ]
        if let byWhen = words.byWhen { facts.append(.init(label: t(.answersByWhen), value: byWhen)) }
        return facts
    }

    /// Enough of what was written to recognise it.
    private func excerpt(_ text: String) -> String {
        let visible = Quoting.fold(text).visible
        let scalars = visible.unicodeScalars.prefix(2000)
        return scalars.count < visible.unicodeScalars.count ? String(String.UnicodeScalarView(scalars)) + " …" : visible
    }
}

/// The four answers in words: the same on the page and in the letter.
struct AnswerWords: Sendable, Equatable {
    var state: String
    var turn: String
    var next: String
    var byWhen: String?

    init(_ answers: FourAnswers, ticket: Ticket, _ t: Voice) {
        state =
            switch answers.state {
            case .received: t(.stateReceived)
            case .inProgress: t(.stateInProgress)
            case .waitingForYou: t(.stateWaitingForYou)
            case .waitingForOthers: t(.stateWaitingForOthers)
            case .solvedByUs: t(.stateSolvedByUs)
            case .solvedByYou: t(.stateSolvedByYou)
            case .late: t(.stateLate)
            }
        switch answers.turn {
        case .us: (turn, next) = (t(.turnUs), answers.state == .received ? t(.nextWeRead) : t(.nextWeAnswer))
        case .you(let question): (turn, next) = (t(.turnYou), t(.nextYouAnswer, ["question": question]))
        case .others(let name): (turn, next) = (t(.turnOthers, ["name": name]), t(.nextOthers, ["name": name]))
        case .nobody: (turn, next) = (t(.turnNobody), t(.nextNothing))
        }
        byWhen = answers.byWhen.map { answers.isLate ? t(.byWhenLate, ["time": t.moments.moment($0)]) : t.moments.moment($0) }
    }
}
