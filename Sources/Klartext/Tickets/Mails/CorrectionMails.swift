import Foundation
import Mail

/// What we write when we were wrong: said first, quoted, and without making anybody else share it.
extension TicketMails {
    func correction(
        _ words: Correction.Words, of answeredAt: Date, _ ticket: Ticket, to customer: Customer, agent: Agent, promises: [Promise],
        files: [NewLetter.Attachment], thread: [MessageID], at now: Date
    ) -> NewLetter {
        let t = voices[ticket.language]
        var blocks: [LetterBody.Block] = [
            .heading(t(.mailCorrectionHeading)), .paragraph(greeting(customer, t)),
            .paragraph(t(.mailCorrectionText, ["day": t.moments.day(answeredAt)])), .paragraph(t(.correctionWrong) + ":"),
            .quoted(words.wrong),
            .paragraph(t(.correctionRight) + ":\n" + words.right), .paragraph(t(.correctionAction) + ":\n" + words.action),
        ]
        blocks += ending(of: ticket, agent: agent, promises: promises, at: now, t)
        var letter = letter(
            ticket, "correction", to: customer, subject: "Re: " + ticket.subject, blocks, thread: thread, isAutomatic: false)
        letter.attachments = files
        return letter
    }

    /// The same as the text of a message: what is searched, and what is shown where nobody knows of corrections.
    func text(of words: Correction.Words, for ticket: Ticket) -> String {
        let t = voices[ticket.language]
        let parts = [(.correctionWrong, words.wrong), (.correctionRight, words.right), (TextKey.correctionAction, words.action)]
        return ([t(.mailCorrectionHeading)] + parts.map { "\(t($0.0)):\n\($0.1)" }).joined(separator: "\n\n")
    }
}

extension TextKey {
    static let mailCorrectionHeading = TextKey("mail.correction.heading")
    static let mailCorrectionText = TextKey("mail.correction.text")
    static let correctionWrong = TextKey("correction.wrong")
    static let correctionRight = TextKey("correction.right")
    static let correctionAction = TextKey("correction.action")
}
