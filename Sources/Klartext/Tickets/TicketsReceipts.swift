import Foundation
import Mail
import Storage

/// Files that customers send are receipted: whoever sent one can prove it.
extension Tickets {
    /// The files of a customer's message, each with its receipt, in the same order.
    struct ReceivedFiles: Sendable {
        var attachments: [Attachment]
        var receipts: [SignedReceipt]

        var isEmpty: Bool { attachments.isEmpty }

        /// Those that `isWanted`, with their receipts.
        func filter(_ isWanted: (Attachment) -> Bool) -> ReceivedFiles {
            let kept = zip(attachments, receipts).filter { isWanted($0.0) }
            return ReceivedFiles(attachments: kept.map(\.0), receipts: kept.map(\.1))
        }
    }

    /// Takes the files of a message in. They stand on it once `record` has been called.
    func receive(_ files: [NewFile], on message: Message, in tx: Transaction) throws -> ReceivedFiles {
        // A mail may have waited for an agent to file it; it was received when it came.
        let arrivedAt = try message.inbox.flatMap { try tx.inboxEntry($0)?.receivedAt } ?? message.writtenAt
        let attachments = try newAttachments(files, on: message, at: arrivedAt, in: tx)
        let arrivals = attachments.map {
            Receipts.Arrival(
                ticket: "\(message.ticket)", fileName: $0.name, sizeBytes: $0.sizeBytes, sha256: $0.digest, receivedAt: $0.addedAt)
        }
        return ReceivedFiles(attachments: attachments, receipts: try receipts.sign(arrivals, in: tx, at: message.writtenAt))
    }

    /// Records a customer's message with its files and their receipts.
    func record(_ message: Message, with files: ReceivedFiles, _ fields: [TicketField] = [], in tx: Transaction) throws {
        try tx.insert(message, with: files.attachments, fields, index: index)
        for (attachment, receipt) in zip(files.attachments, files.receipts) { try tx.insertReceipt(receipt, attachment: attachment.id) }
    }

    /// Mails the receipts of files that came to a ticket we have: nobody is left to guess whether a proof arrived.
    ///
    /// Within the caps of all automatic letters, and not for what comes with every mail of some people: pictures within the text, and files that
    /// are on the ticket already, such as the logo of a company.
    func acknowledge(_ files: ReceivedFiles, of request: Request, on change: TicketChange, in tx: Transaction) throws {
        let known = Set(try tx.attachments(on: change.ticket.number).map(\.digest))
        let new = files.filter { $0.contentID == nil && !known.contains($0.digest) }
        let customer = try owner(of: change.ticket, in: tx)
        guard !new.isEmpty, try silence(towards: customer.mailAddress, mail: request.mail?.silence, in: tx, at: change.at) == nil else {
            return
        }
        let thread = try thread(of: change.ticket, in: tx)
        _ = try tx.post(
            mails.filesReceived(change.ticket, to: customer, files: new, thread: thread), from: mailbox(of: change.ticket), now: change.at)
    }
}
