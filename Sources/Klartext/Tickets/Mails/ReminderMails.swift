import Foundation
import Mail

/// What an agent has to see to before a customer is let down.
struct Reminder: Sendable, Equatable {
    enum What: Sendable, Equatable {
        /// The customer expects to hear from us.
        case contact
        case promise(text: String)
        /// The time has passed, nobody acted, and the customer was told so.
        case nobodyActed
    }

    var what: What
    var ticket: TicketNumber
    var subject: String
    var dueAt: Date
}

extension TicketMails {
    /// At most so many lines in one letter: who has more to see to looks at the desk.
    static let mostReminders = 20

    /// One letter to an agent for all that is due soon.
    func reminder(_ reminders: [Reminder], to agent: Agent, address: Address) -> NewLetter {
        let t = voices[agent.language]
        let shown = reminders.prefix(Self.mostReminders)
        var blocks: [LetterBody.Block] = [.heading(t(.mailReminderHeading, count: reminders.count))]
        blocks.append(
            .facts(
                shown.map { reminder in
                    .init(
                        label: t.moments.moment(reminder.dueAt), value: "#\(reminder.ticket) \(reminder.subject): \(what(reminder.what, t))"
                    )
                }))
        if reminders.count > shown.count { blocks.append(.paragraph(t(.mailReminderMore, count: reminders.count - shown.count))) }
        blocks.append(.link(label: t(.mailReminderLink), url: links.base + "/desk/promises"))
        return NewLetter(
            conversation: nil, kind: "reminder", language: agent.language, recipient: address, recipientName: agent.name,
            subject: t(.mailReminderHeading, count: reminders.count), body: LetterBody(blocks: blocks), thread: [], isAutomatic: true)
    }

    private func what(_ what: Reminder.What, _ t: Voice) -> String {
        switch what {
        case .contact: t(.mailReminderContact)
        case .promise(let text): t(.mailReminderPromise, ["text": text])
        case .nobodyActed: t(.mailReminderNobodyActed)
        }
    }
}
