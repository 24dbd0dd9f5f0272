import Foundation
import Mail
import Storage

/// What customers can do on the web. START HERE: everything about tickets is `Tickets`' doing; what is added here are the guards that a door
/// open to everybody needs. Each method that changes something is one transaction, guards included.
struct Frontdesk: Sendable {
    var tickets: Tickets
    var files: FileStore
    var receipts: Receipts
    var clock: Clock
    var seal: Seal
    var rules = FormRules()
    var forms: Forms
    var voices: Voices
    let gate = MinuteGate()

    /// A filled form that has no problems.
    struct Submission: Sendable {
        var form: RequestForm
        var type: RequestType
        var filled: FilledForm
        /// The form's address, read.
        var sender: Address
        var files: [UploadTicket]
        var stamp: FormStamp
        /// Where it comes from; nil where that cannot be known.
        var remote: IPAddress?
    }

    /// A stamp for a form that is given out now.
    /// - Parameter isFresh: false for a form that comes back filled: it may be sent again at once.
    func newStamp(isFresh: Bool = true) -> FormStamp {
        var random = SystemRandomNumberGenerator()
        let token: (UInt64, UInt64) = (random.next(), random.next())
        let issuedAt = isFresh ? clock.now() : clock.now().addingTimeInterval(-rules.fewestSeconds)
        return FormStamp(issuedAt: issuedAt, token: withUnsafeBytes(of: token) { Base32.text($0) })
    }

    /// Opens a ticket. The same form with the same content sent again opens none: it is told of the first one.
    /// - Throws: `TooMany`, and `LinkRefusal.revoked` for a form whose ticket has got another link since, or went on elsewhere.
    func submit(_ submission: Submission) async throws -> Tickets.Receipt {
        let (form, now) = (submission.form, clock.now())
        let request = Tickets.Request(
            sender: submission.sender, name: form.name, subject: form.subject(rules, submission.type, submission.filled), text: form.text,
            language: form.language, channel: .web, files: submission.files.map(Tickets.NewFile.init), queue: submission.type.queue,
            mail: nil,
            filled: submission.filled.fields(of: submission.type, voices[form.language]))
        let digest = Tickets.name([submission.stamp.token] + form.content(files: submission.files))
        return try await tickets.database.writeUntilKnown { [self] tx in
            if let known = try tx.submission(digest) { return try receipt(of: TicketNumber(stored: known), in: tx) }
            try hit("request", by: submission.sender.key, most: rules.perAddress, in: tx, at: now)
            if let remote = submission.remote { try hit("request from", by: "\(remote.network)", most: rules.perNetwork, in: tx, at: now) }
            let bell = tickets.bell
            tx.onCommit { bell.ring() }
            let receipt = try tickets.open(request, because: .webForm, in: tx, at: now)
            try tx.insertSubmission(digest, ticket: receipt.ticket.number.rawValue, now: now)
            return receipt
        }
    }

    /// Adds what a customer writes on the private page; sent twice from one form, it is added once.
    /// - Throws: `TooMany`.
    func add(text: String, files: [UploadTicket], stamp: FormStamp?, to number: TicketNumber) async throws {
        let now = clock.now()
        let name = stamp.map { Tickets.name([$0.token, "\(number)", text] + files.map(\.digest)) } ?? UUID().uuidString
        try await tickets.once(name, on: number, at: now) { [self] tx in
            try hit("message", by: "\(number)", most: rules.perTicket, in: tx, at: now)
            _ = try tickets.add(text: text, files: files.map(Tickets.NewFile.init), on: number, in: tx, at: now)
        }
    }

    /// Mails a lost link, if number and address belong together. Found or not, it takes one write: the time taken tells nothing either.
    /// - Throws: `TooMany`.
    func mailLink(number: String, address: String, from remote: IPAddress?) async throws {
        let now = clock.now()
        try await tickets.database.write { [self] tx in
            // where the network is not known, everybody shares one name, which must not lock everybody out
            let most = remote == nil ? Int.max : rules.lostPerNetwork
            try hit("lost link from", by: remote.map { "\($0.network)" } ?? "", most: most, in: tx, at: now)
            try tickets.mailLink(number: number, address: address, in: tx, at: now)
        }
    }

    /// What a private link shows.
    /// - Throws: `LinkRefusal`.
    func view(link token: String) async throws -> CustomerView {
        switch try await tickets.open(link: token) {
        case .view(let view): return view
        case .revoked: throw LinkRefusal.revoked
        case .unknown: throw LinkRefusal.unknown
        }
    }

    /// A file of the ticket that a private link opens.
    /// - Throws: `LinkRefusal`; `.unknown` also for a file of another ticket.
    func attachment(_ id: Int64, link token: String) async throws -> Attachment {
        let digest = tickets.links.digest(token)
        return try await tickets.database.read { db in
            guard let (number, isRevoked) = try db.ticket(link: digest) else { throw LinkRefusal.unknown }
            guard !isRevoked else { throw LinkRefusal.revoked }
            guard let attachment = try db.attachment(id), attachment.ticket == number else { throw LinkRefusal.unknown }
            return attachment
        }
    }

    /// The receipt of a file of the ticket that a private link opens, with the key that signed it.
    /// - Throws: `LinkRefusal`; `.unknown` also for a file that has no receipt, as an agent's.
    func receipt(_ id: Int64, link token: String) async throws -> (ticket: Ticket, signed: SignedReceipt, key: ReceiptKey) {
        let attachment = try await attachment(id, link: token)
        return try await tickets.database.read { db in
            guard let ticket = try db.ticket(attachment.ticket), let document = try db.receipt(attachment: id) else {
                throw LinkRefusal.unknown
            }
            let signed = try SignedReceipt(document)
            guard let key = try db.receiptKey(signed.receipt.key) else { throw LinkRefusal.unknown }
            return (ticket, signed, key)
        }
    }

    /// Counts a check of a receipt, for which a whole file may be read.
    /// - Throws: `TooMany`.
    func countCheck(from remote: IPAddress?) async throws {
        guard let remote else { return }
        let now = clock.now()
        try await tickets.database.write { [self] tx in
            try hit("check from", by: "\(remote.network)", most: rules.checksPerNetwork, in: tx, at: now)
        }
    }

    /// The receipt of a ticket that was opened before.
    private func receipt(of number: TicketNumber, in tx: Transaction) throws -> Tickets.Receipt {
        guard let ticket = try tx.ticket(number), let customer = try tx.customer(ticket.customer) else { throw TicketRefusal.noSuchTicket }
        // whoever has the old form must not learn a new link; nor is there anything to show when the message was moved elsewhere
        guard ticket.linkGeneration == 1, !ticket.isLinkRevoked, let message = try tx.messages(on: number).first else {
            throw LinkRefusal.revoked
        }
        let silence: Silence? = if case .withheld(let reason) = ticket.confirmation { reason } else { nil }
        let files = try tx.attachments(on: number).filter { $0.message == message.id }
        return Tickets.Receipt(
            ticket: ticket, customer: customer, message: message, files: files, fields: try tx.fields(ofMessage: message.id),
            silence: silence)
    }

    /// Counts a hit. The name holds a mark instead of the address itself, so that the database lists no visitors.
    func hit(_ what: String, by who: String, most: Int, times: Int = 1, in tx: Transaction, at now: Date) throws {
        let name = "\(what)/\(seal.mark("throttle", who, bits: 80))"
        guard try tx.hit(name, times: times, windowSeconds: FormRules.windowSeconds, now: now) > most else { return }
        throw TooMany(until: (try tx.windowStart(name) ?? now).addingTimeInterval(FormRules.windowSeconds))
    }
}

/// More within an hour than the rules allow.
struct TooMany: Error, Equatable {
    var until: Date
}

/// A private link that opens nothing.
enum LinkRefusal: Error, Equatable {
    /// It was good once.
    case revoked
    case unknown
}

extension Tickets.NewFile {
    init(_ ticket: UploadTicket) {
        let stored = StoredFile(digest: ticket.digest, sizeBytes: ticket.sizeBytes)
        self.init(stored: stored, name: ticket.name, contentType: ticket.type, contentID: nil)
    }
}
