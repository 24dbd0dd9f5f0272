import Foundation
import Logging
import Mail
import Storage

/// Sends letters: renders the stored letter to bytes, hands it to the mail server, records the truth of what became of it.
struct Outbox: Sendable {
    var database: Database
    var files: FileStore
    var clock: Clock
    var mailboxes: Mailboxes
    /// Nil where no mail server is configured: letters then wait in the outbox, where the development mail catcher shows them.
    var carrier: (any LetterCarrier)?
    var logger: Logger
    /// Called in the transaction that records a failure, so that what depends on the letter learns of it in the same commit.
    var onFailure: @Sendable (Transaction, Letter, LetterFailure, Date) throws -> Void

    /// A letter is given up after this long; five days is what RFC 5321, section 4.5.4.1, asks of a mail server, but a customer should not wait in the dark.
    static let patienceSeconds: Double = 2 * 86_400

    /// What the mail server said.
    enum Answer: Sendable {
        case taken(SMTPAcceptance)
        case refused(SMTPFailure)
    }

    /// Tries to send one letter, in three steps: read it, hand it over, record the answer. Between two of them the machine may die, or
    /// another process take over because we were taken for dead.
    ///
    /// What was sent already is not sent again: the letter's state prevents it. A crash, or a takeover, between the server's yes and our commit may
    /// double it, under the same Message-ID. `ProtocolTests` goes through all ways in which these steps can meet.
    func send(_ job: Job) async throws -> JobOutcome {
        guard let letter = try await database.read({ db in try Self.letter(of: job, in: db) }) else { return .finished }
        if Address(letter.recipient)?.isNowhere == true {
            let now = clock.now()
            return try await database.write { tx in try recordNowhere(letter.id, in: tx, at: now) }
        }
        guard let carrier else {
            // the catcher shows it where it is; asked again when a mail server may have been configured
            return .putOff(until: clock.now().addingTimeInterval(3600), because: "no mail server is configured")
        }
        let answer = try await hand(letter, to: carrier)
        let now = clock.now()
        guard case .taken = answer else { return try await database.write { tx in try record(answer, to: letter.id, in: tx, at: now) } }
        // a yes that is not known to be recorded would send the letter again
        return try await database.writeUntilKnown { tx in try record(answer, to: letter.id, in: tx, at: now) }
    }

    /// The letter a job is about; nil where nothing is left to do.
    static func letter(of job: Job, in db: Snapshot) throws -> Letter? {
        guard let letter = try db.letter(job.decoded(as: SendLetter.self).letter), letter.state.isUnderway else { return nil }
        return letter
    }

    private func hand(_ letter: Letter, to carrier: any LetterCarrier) async throws -> Answer {
        do {
            let draft = try await render(letter)
            let acceptance = try await carrier.carry(
                draft.rendered(),
                envelope: Envelope(
                    from: mailboxes[letter.mailbox].returnPath(letter: letter.id), to: [letter.recipient],
                    needsSMTPUTF8: draft.needsSMTPUTF8,
                    envelopeID: mailboxes[letter.mailbox].envelopeID(letter: letter.id), requestsDeliveryReports: true))
            return .taken(acceptance)
        } catch let failure as SMTPFailure {
            logger.notice("a letter was not taken", metadata: ["letter": "\(letter.id)", "failure": "\(failure)"])
            return .refused(failure)
        }
    }

    /// Records the truth of what became of a letter, and what is to become of its job.
    func record(_ answer: Answer, to letter: Int64, in tx: Transaction, at now: Date) throws -> JobOutcome {
        // asked again inside the transaction: a bounce, or a process that took over, may have overtaken us
        guard let letter = try tx.letter(letter), letter.state.isUnderway else { return .finished }
        switch answer {
        case .taken(let acceptance):
            let reply = acceptance.reply
            try tx.recordAttempt(letter, state: .accepted, server: acceptance.server, code: reply.code, detail: reply.text, now: now)
            return .finished
        case .refused(let failure):
            return try record(failure, to: letter, in: tx, at: now)
        }
    }

    /// A letter to somebody without an address stays with us: a person has to tell what it says.
    private func recordNowhere(_ letter: Int64, in tx: Transaction, at now: Date) throws -> JobOutcome {
        guard let letter = try tx.letter(letter), letter.state.isUnderway else { return .finished }
        try tx.recordAttempt(letter, state: .failed, server: "", code: nil, detail: "", now: now)
        try onFailure(tx, letter, .noAddress, now)
        return .finished
    }

    private func record(_ failure: SMTPFailure, to letter: Letter, in tx: Transaction, at now: Date) throws -> JobOutcome {
        let isOver = failure.isPermanent || now.timeIntervalSince(letter.writtenAt) > Self.patienceSeconds
        let detail = failure.reply.map { [$0.enhanced, $0.text].compactMap { $0 }.joined(separator: " ") } ?? "\(failure)"
        try tx.recordAttempt(
            letter, state: isOver ? .failed : .delayed, server: letter.server, code: failure.reply?.code, detail: detail, now: now)
        if isOver { try onFailure(tx, letter, LetterFailure(failure), now) }
        guard !isOver else { return .finished }
        return .putOff(until: now.addingTimeInterval(JobRetry.pauseSeconds(afterAttempt: letter.attempts + 1)), because: detail)
    }

    /// The stored letter as a mail; the same letter always gives the same bytes.
    func render(_ letter: Letter) async throws -> Draft {
        guard let content = try await database.read({ db in try db.letterContent(letter.id) }) else {
            throw SMTPFailure.unsupported("letter \(letter.id) is gone")
        }
        var parts: [Draft.Attachment] = []
        for attachment in content.attachments {
            let bytes = try await files.bytes(attachment.digest, limitBytes: attachment.sizeBytes)
            parts.append(Draft.Attachment(name: attachment.name, contentType: attachment.contentType, bytes: bytes))
        }
        for document in content.body.documents ?? [] {
            parts.append(Draft.Attachment(name: document.name, contentType: document.contentType, bytes: Array(document.text.utf8)))
        }
        guard let recipient = Address(letter.recipient, name: letter.recipientName.isEmpty ? nil : letter.recipientName) else {
            throw SMTPFailure.unsupported("\(letter.recipient) is not an address")
        }
        let mailbox = mailboxes[letter.mailbox]
        // foreign Message-IDs may be anything; only well-formed ones go out again
        let thread = letter.thread.map(MessageID.init(rawValue:)).filter(\.isValid)
        let from = Address(mailbox.address.mailbox, name: mailbox.company) ?? mailbox.address
        return Draft(
            from: from, to: [recipient], replyTo: letter.replyTo.flatMap { Address($0, name: mailbox.company) },
            subject: letter.subject, messageID: MessageID(rawValue: letter.messageID),
            inReplyTo: thread.last, references: thread,
            date: letter.writtenAt, text: LetterLayout.text(content.body, signature: mailbox.signature(letter.language)),
            html: String(
                decoding: LetterLayout.html(
                    content.body, company: mailbox.company, signature: mailbox.signature(letter.language), language: letter.language
                ).bytes, as: UTF8.self),
            attachments: parts,
            headers: letter.isAutomatic ? [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")] : [])
    }
}

/// What takes letters to the world: SMTP in production.
protocol LetterCarrier: Sendable {
    func carry(_ bytes: [UInt8], envelope: Envelope) async throws -> SMTPAcceptance
}

extension SMTPClient: LetterCarrier {
    func carry(_ bytes: [UInt8], envelope: Envelope) async throws -> SMTPAcceptance { try await send(bytes, envelope: envelope) }
}

/// Sends one letter.
struct SendLetter: JobParameters {
    static let kind = "send letter"
    static let lane = Job.Lane.letters
    var letter: Int64
    var key: String { "send-letter/\(letter)" }
}

/// Why a letter did not arrive, in terms a customer understands.
enum LetterFailure: String, Codable, Sendable {
    case mailboxFull, noSuchAddress, noSuchDomain, blocked, tooLarge, unreachable, noAddress, other
    /// Asked for patience until ours ended; encryption that could not be had; a server on the way that does not pass it on for us.
    case greylisted, noTLS, relayDenied

    init(_ reason: BounceReason) {
        self =
            switch reason {
            case .mailboxFull: .mailboxFull
            case .noSuchAddress: .noSuchAddress
            case .noSuchDomain: .noSuchDomain
            case .blocked: .blocked
            case .tooLarge: .tooLarge
            case .greylisted: .greylisted
            case .noTLS: .noTLS
            case .relayDenied: .relayDenied
            case .temporary: .unreachable
            case .other: .other
            }
    }

    /// From what was in the way when the letter was given up.
    init(_ failure: SMTPFailure) {
        switch failure {
        case .tls: self = .noTLS
        case .authentication: self = .relayDenied
        case .connection, .timeout: self = .unreachable
        case .unsupported: self = .other
        case .refused(let reply, _):
            let reason = BounceReason(status: reply.enhanced ?? "\(reply.code / 100).0.0", diagnostic: "\(reply.code) \(reply.text)")
            // what a server says of us, and a word too general to tell anything, is not about the letter
            if [530, 534, 535, 538].contains(reply.code) {
                self = reason == .noTLS ? .noTLS : .relayDenied
            } else {
                self = failure.isPermanent || reason != .other ? LetterFailure(reason) : .unreachable
            }
        }
    }
}
