import Foundation
import Mail

/// What letters say of files, and the receipts that go along with them.
extension TicketMails {
    /// Files that came to a ticket, with their receipts.
    func filesReceived(_ ticket: Ticket, to customer: Customer, files: Tickets.ReceivedFiles, thread: [MessageID]) -> NewLetter {
        let t = voices[ticket.language]
        let count = files.attachments.count
        let blocks: [LetterBody.Block] =
            [
                .heading(t(.mailReceiptHeading, count: count)), .paragraph(greeting(customer, t)),
                .paragraph(t(.mailReceiptText, ["number": "\(ticket.number)"], count: count)),
            ] + self.blocks(files, t) + closing(ticket, t)
        var letter = letter(ticket, "receipt", to: customer, subject: "Re: " + ticket.subject, blocks, thread: thread, isAutomatic: true)
        enclose(files, in: &letter)
        return letter
    }

    /// The facts of each file, and what their receipts are good for.
    func blocks(_ files: Tickets.ReceivedFiles, _ t: Voice) -> [LetterBody.Block] {
        guard !files.isEmpty else { return [] }
        let count = files.attachments.count
        return [
            .files(label: t(.mailFilesReceived, count: count), files.attachments.map { fact($0, t) }),
            .paragraph(t(.mailReceiptEnclosed, ["address": links.base + "/verify"], count: count)),
        ]
    }

    /// The receipts go along as files, so that they can be checked when neither we nor the mail's links are there any more.
    func enclose(_ files: Tickets.ReceivedFiles, in letter: inout NewLetter) {
        guard !files.isEmpty else { return }
        letter.body.documents = files.receipts.map { signed in
            LetterBody.Document(
                name: signed.receipt.documentName, contentType: "application/json", text: String(decoding: signed.document, as: UTF8.self))
        }
    }

    private func fact(_ file: Attachment, _ t: Voice) -> LetterBody.File {
        .init(
            name: file.name, size: t.moments.size(bytes: file.sizeBytes), digest: file.digest,
            received: t(.mailReceivedAt, ["time": t.moments.moment(file.addedAt)]))
    }
}

extension TextKey {
    static let mailReceiptHeading = TextKey("mail.receipt.heading")
    static let mailReceiptText = TextKey("mail.receipt.text")
    static let mailReceiptEnclosed = TextKey("mail.receipt.enclosed")
    static let mailReceivedAt = TextKey("mail.receivedAt")
}
