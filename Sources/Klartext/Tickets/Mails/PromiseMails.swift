import Foundation
import Mail

/// The letters about what was promised, and about there being nothing new. They say what is so, not how sorry a company can be.
extension TicketMails {
    /// The time we named has come, and there is nothing new.
    func nothingNew(_ said: NothingNew, _ ticket: Ticket, to customer: Customer, thread: [MessageID], at now: Date) -> NewLetter {
        let t = voices[ticket.language]
        let blocks: [LetterBody.Block] = [
            .heading(t(.mailNothingNewHeading)), .paragraph(greeting(customer, t)),
            .paragraph(
                t(.mailNothingNewNamed, ["number": "\(ticket.number)", "time": t.moments.moment(said.named)]) + " " + sentence(said, t)),
            .paragraph(t(.mailNothingNewNext, ["time": t.moments.moment(said.next)])), .facts(answers(ticket, answered: true, at: now, t)),
        ]
        return letter(
            ticket, "nothing new", to: customer, subject: "Re: " + ticket.subject, blocks + closing(ticket, t), thread: thread,
            isAutomatic: true)
    }

    private func sentence(_ said: NothingNew, _ t: Voice) -> String {
        switch said.sentence {
        case .withUs: t(.mailNothingNewWithUs)
        case .waitingForYou(let question): t(.mailNothingNewWaitingForYou, ["question": question])
        case .waitingForOthers(let name): t(.mailNothingNewWaitingForOthers, ["name": name])
        case .nobodyActed: t(.mailNothingNewNobodyActed)
        case .stillNobody(let times, let since): t(.mailNothingNewStillNobody, ["times": "\(times)", "time": t.moments.day(since)])
        }
    }

    /// A promise made outside of an answer, on the phone for instance.
    func promised(_ promise: Promise, _ ticket: Ticket, to customer: Customer, thread: [MessageID]) -> NewLetter {
        let t = voices[ticket.language]
        return about(
            promise, ticket, "promised", to: customer, thread,
            [
                .heading(t(.mailPromisedHeading)), .paragraph(greeting(customer, t)), .facts([fact(promise, t)]),
                .paragraph(t(.mailPromisedText)),
            ], t)
    }

    /// The time has come and it was not kept.
    /// - Parameters:
    ///   - promise: as it was before
    ///   - next: the new time
    func missed(_ promise: Promise, next: Date, _ ticket: Ticket, to customer: Customer, thread: [MessageID]) -> NewLetter {
        let t = voices[ticket.language]
        let was = t.moments.moment(promise.dueAt)
        let said: String =
            switch (promise.thirdParty, promise.missed) {
            case (let name?, _): t(.mailMissedByOthers, ["name": name, "text": promise.text, "time": was])
            case (nil, 0): t(.mailMissedFirst, ["text": promise.text, "time": was])
            case (nil, let missed):
                t(
                    .mailMissedAgain,
                    ["text": promise.text, "time": was, "first": t.moments.moment(promise.firstDueAt), "times": "\(missed + 1)"])
            }
        return about(
            promise, ticket, "promise missed", to: customer, thread,
            [
                .heading(t(promise.thirdParty == nil ? .mailMissedHeading : .mailMissedHeadingOthers)), .paragraph(greeting(customer, t)),
                .paragraph(said), .facts([.init(label: t(.promiseNewTime), value: t.moments.moment(next))]), .paragraph(t(.mailMissedText)),
            ], t)
    }

    /// Another time, told before the first one came.
    func moved(_ promise: Promise, because reason: String, _ ticket: Ticket, to customer: Customer, thread: [MessageID]) -> NewLetter {
        let t = voices[ticket.language]
        return about(
            promise, ticket, "promise moved", to: customer, thread,
            [
                .heading(t(.mailMovedHeading)), .paragraph(greeting(customer, t)), .paragraph(t(.mailMovedText, ["text": promise.text])),
                .facts([
                    .init(label: t(.promiseNewTime), value: t.moments.moment(promise.dueAt)),
                    .init(label: t(.promiseReason), value: reason),
                ]),
            ], t)
    }

    /// It will not be done.
    func withdrawn(_ promise: Promise, because reason: String, _ ticket: Ticket, to customer: Customer, thread: [MessageID]) -> NewLetter {
        let t = voices[ticket.language]
        return about(
            promise, ticket, "promise withdrawn", to: customer, thread,
            [
                .heading(t(.mailWithdrawnHeading)), .paragraph(greeting(customer, t)),
                .paragraph(t(.mailWithdrawnText, ["text": promise.text])),
                .facts([.init(label: t(.promiseReason), value: reason)]),
            ], t)
    }

    /// A promise as a line of a letter.
    func fact(_ promise: Promise, _ t: Voice) -> LetterBody.Fact {
        .init(
            label: promise.thirdParty.map { t(.promisePromisedBy, ["name": $0]) } ?? t(.promisePromised),
            value: t(.promiseUntil, ["text": promise.text, "time": t.moments.moment(promise.dueAt)]))
    }

    private func about(
        _ promise: Promise, _ ticket: Ticket, _ kind: String, to customer: Customer, _ thread: [MessageID], _ blocks: [LetterBody.Block],
        _ t: Voice
    ) -> NewLetter {
        letter(ticket, kind, to: customer, subject: "Re: " + ticket.subject, blocks + closing(ticket, t), thread: thread, isAutomatic: true)
    }
}
