import Foundation
import Mail
import Storage

/// What can be done with tickets. Each method is one transaction: it asks a rule what follows, and records state, journal, letters and jobs together.
struct Tickets: Sendable {
    var database: Database
    var clock: Clock
    var mailboxes: Mailboxes
    var links: TicketLinks
    var mails: TicketMails
    var voices: Voices
    var bell: Bell
    var receipts: Receipts
    /// What is written can be found at once.
    var index: SearchIndex
    /// By when customers hear from us.
    var policy: ContactPolicy

    /// A request as it comes through a door.
    struct Request: Sendable {
        var sender: Address
        var name: String
        var subject: String
        var text: String
        var language: Language?
        var channel: Channel
        var files: [NewFile]
        /// The key of the mailbox it came by; nil for the main one.
        var mailbox: String?
        /// Where it is to wait; nil for the mailbox's queue.
        var queue: String?
        /// The mail it came in.
        var mail: MailOrigin?
        /// What a form asked for beside the text.
        var filled: FilledFields?
        /// The customer's telephone number as `+4930123456`, where it was said.
        var phone: String?
    }

    /// Where a message that came by mail came from.
    struct MailOrigin: Sendable {
        var inbox: Int64
        var emailID: MessageID?
        var isAutomatic: Bool
        /// Why the mail itself forbids a confirmation.
        var silence: Silence?
    }

    /// A file that is stored and shall stand on a message.
    struct NewFile: Sendable, Equatable {
        var stored: StoredFile
        var name: String
        var contentType: String
        var contentID: String?
    }

    /// What the person who asked is told on the spot.
    struct Receipt: Sendable {
        var ticket: Ticket
        var customer: Customer
        var message: Message
        var files: [Attachment]
        var fields: [TicketField] = []
        /// Why there is no confirmation by mail, if there is none.
        var silence: Silence?
    }

    /// A customer asks: ticket, number, first message and confirmation in one commit.
    func open(_ request: Request) async throws -> Receipt {
        let (tickets, now, bell) = (self, clock.now(), bell)
        return try await database.write { tx in
            tx.onCommit { bell.ring() }
            return try tickets.open(request, because: .webForm, in: tx, at: now)
        }
    }

    /// The part of `open` that mail shares.
    func open(
        _ request: Request, because: FiledBecause, offer: TicketNumber? = nil, by agent: Agent? = nil, in tx: Transaction, at now: Date
    ) throws -> Receipt {
        let number = TicketNumber(sequence: try tx.next(.ticket))
        let mailbox = request.mailbox.map { mailboxes[$0] } ?? mailboxes.main
        let guess = LanguageGuess.guess(request.subject + " " + request.text)
        let language = request.language ?? guess ?? mailbox.language ?? voices.unknown
        let customer = try tx.customer(at: request.sender, name: request.name, language: language, index: index, now: now)
        if let phone = request.phone { try tx.learn(phone: phone, of: customer.id, index: index) }
        let id = try tx.next(.message)
        let queue = request.queue ?? mailbox.queue
        let opening = TicketEvent.Opening(
            number: number, customer: customer.id, subject: request.subject, language: request.language ?? customer.language,
            channel: request.channel,
            nextContactAt: policy.latest(after: now, in: queue), queue: queue, mailbox: mailbox.key)
        var change = Ticket.opening(
            opening, message: id, because: because, by: agent.map { .agent($0.id) } ?? .customer(customer.id), at: now)
        let message = Message(customer, id, on: number, request, because: because, at: now)
        let files = try receive(request.files, on: message, in: tx)
        let fields = request.filled?.fields(of: message) ?? []
        if let filled = request.filled { change.happen(.formFilled(message: id, form: filled.form, digest: fields.digest)) }
        let silence = try confirm(&change, customer, message, files, fields, request, in: tx)
        if let offer { try raise(.mayBelongTo(offer, message: id), &change, in: tx) }
        try tx.record(change)
        try record(message, with: files, fields, in: tx)
        try tx.addParticipant(customer.id, to: number)
        try tx.insertLink(digest: links.digest(of: change.ticket), ticket: change.ticket, now: now)
        return Receipt(
            ticket: change.ticket, customer: customer, message: message, files: files.attachments, fields: fields, silence: silence)
    }

    /// Posts the confirmation, or makes its absence a to-do with the reason.
    private func confirm(
        _ change: inout TicketChange, _ customer: Customer, _ message: Message, _ files: ReceivedFiles, _ fields: [TicketField],
        _ request: Request, in tx: Transaction
    ) throws -> Silence? {
        guard let silence = try silence(towards: request.sender, mail: request.mail?.silence, in: tx, at: change.at) else {
            let thread = request.mail?.emailID.map { [$0] } ?? []
            let letter = mails.confirmation(change.ticket, to: customer, message: message, files: files, fields: fields, thread: thread)
            change.happen(.confirmed(letter: try tx.post(letter, from: mailbox(of: change.ticket), now: change.at)))
            return nil
        }
        change.happen(.confirmationWithheld(because: silence))
        try raise(.notConfirmed(silence), &change, in: tx)
        return silence
    }

    func silence(towards sender: Address, mail: Silence?, in tx: Transaction, at now: Date) throws -> Silence? {
        if let mail { return mail }
        if sender.isNowhere { return .noAddress }
        return Confirming.silence(
            mail: sender.looksLikeNoReply ? .noReply : nil,
            lastHour: try tx.automaticLetters(to: sender, since: now.addingTimeInterval(-3600)),
            lastDay: try tx.automaticLetters(to: sender, since: now.addingTimeInterval(-86_400)),
            lastLetterFailed: try tx.lastLetterFailed(to: sender, since: now.addingTimeInterval(-30 * 86_400)))
    }

    /// Where letters about a ticket leave from.
    func mailbox(of ticket: Ticket) -> Mailbox { mailboxes[ticket.mailbox] }

    func raise(_ kind: TodoKind, _ change: inout TicketChange, in tx: Transaction) throws {
        change.happen(.todoRaised(todo: try tx.next(.todo), kind))
    }

    func newAttachments(_ files: [NewFile], on message: Message, at time: Date, in tx: Transaction) throws -> [Attachment] {
        try files.map { file in
            try tx.insertFile(file.stored, now: message.writtenAt)
            return Attachment(
                id: try tx.next(.attachment), ticket: message.ticket, message: message.id, digest: file.stored.digest, name: file.name,
                contentType: file.contentType, sizeBytes: file.stored.sizeBytes, contentID: file.contentID, addedAt: time)
        }
    }
}

extension Message {
    fileprivate init(
        _ customer: Customer, _ id: Int64, on ticket: TicketNumber, _ request: Tickets.Request, because: FiledBecause, at now: Date
    ) {
        self.init(
            id: id, ticket: ticket, author: .customer(customer.id), authorName: request.name,
            authorAddress: request.sender.isNowhere ? "" : request.sender.mailbox,
            channel: request.channel, body: request.text, isAutomatic: request.mail?.isAutomatic ?? false, writtenAt: now,
            inbox: request.mail?.inbox,
            emailID: request.mail?.emailID?.rawValue, filedBecause: because, letter: nil)
    }
}
