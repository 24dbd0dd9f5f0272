import Foundation
import Mail

/// What kind of mail has come, decided before anybody asks which ticket it belongs to. Pure: the same mail is always sorted the same way.
enum Sorting: Sendable {
    /// A report about the fate of a letter of ours; the letter is known by the envelope sender or the envelope's name that it was sent with, or by the
    /// Message-ID that the report quotes.
    case report(letter: Int64, DeliveryReport)
    /// The same of a notice to somebody who asked to be told of incidents, known by its envelope sender.
    case noticeReport(notice: Int64, DeliveryReport)
    /// Somebody writes, or a machine writes on somebody's behalf.
    case correspondence(Correspondence)
    /// Nobody needs to act, and it is kept.
    case machine(MachineReason)
    /// A person has to look.
    case held(HeldReason)
}

/// A mail that belongs on a ticket, with what it says about which.
struct Correspondence: Sendable {
    var sender: Address
    var senderName: String
    /// Conversations whose signed reply address is among the recipients.
    var conversations: [Int64]
    /// Letters of ours whose signed Message-ID it answers, nearest first.
    var letters: [Int64]
    /// All Message-IDs it answers, nearest first.
    var answers: [MessageID]
    /// The number in the subject; anybody can write one.
    var numberInSubject: String?
    var subject: String
    /// The key of the mailbox it came by.
    var mailbox: String
    /// Written by a machine in answer to a letter (an absence note): filed folded, never answered.
    var isAutomatic: Bool
    /// Why no confirmation may be sent, if none may.
    var silence: Silence?
}

/// Why a mail must not be answered by a machine (RFC 3834, section 2).
enum Silence: String, Codable, Sendable {
    /// It says itself that a machine wrote it.
    case automatic
    /// It says it is bulk or list mail.
    case bulk
    /// It comes from an address that takes no answers.
    case noReply
    /// It asks for no automatic answers.
    case askedForSilence
    /// So many confirmations went to this address lately that more would feed a loop.
    case tooMany
    /// Mail to the address bounced.
    case bounced
    /// Whoever called, wrote a letter or stood at the counter has no mail address.
    case noAddress
}

/// Why a mail is kept without anybody having to act.
enum MachineReason: String, Codable, Sendable {
    case readReceipt, autoReplyToNothing, reportWithoutLetter, deliveredReport
}

/// Why a mail waits for a person.
enum HeldReason: String, Codable, Sendable, CaseIterable {
    case unreadable, noSender, ownMail, bounceOfUnknownLetter, loop, forwardedByAgent, tooLarge
}

extension Sorting {
    /// Sorts a mail.
    ///
    /// - Parameters:
    ///   - email: the mail, parsed
    ///   - envelopeSender: the envelope's sender, empty for null, nil when the door has no envelope
    ///   - recipients: the envelope's recipients
    static func sort(_ email: Email, envelopeSender: String?, recipients: [String], mailboxes: Mailboxes) -> Sorting {
        // Where a mail was fetched there is no envelope; what the last server wrote down of it is in the header.
        let named = recipients + email.headers("Delivered-To") + email.to.map(\.mailbox) + email.cc.map(\.mailbox)
        let addressed = named.map(mailboxes.recognise)
        let ownIDs = (email.inReplyTo + email.references.reversed()).compactMap(mailboxes.letter(of:))
        let reported = addressed.compactMap { recipient in if case .letter(let id) = recipient { id } else { nil } }.first

        let automation = email.automation(envelopeSender: envelopeSender)
        let notice = addressed.compactMap { recipient in if case .notice(let id) = recipient { id } else { nil } }.first
        if case .bounce(let report) = automation, let notice { return .noticeReport(notice: notice, report) }
        if case .bounce(let report) = automation { return sortReport(report, returnedTo: reported, answers: ownIDs, mailboxes: mailboxes) }
        if let ownID = email.messageID, mailboxes.letter(of: ownID) != nil { return .held(.ownMail) }
        guard let sender = correspondent(email) else { return .held(.noSender) }
        if isReadReceipt(email) { return .machine(.readReceipt) }

        let conversations = addressed.compactMap { recipient in if case .conversation(let number) = recipient { number } else { nil } }
        let threads = !conversations.isEmpty || !ownIDs.isEmpty
        if case .autoReply = automation, !threads { return .machine(.autoReplyToNothing) }
        if mailboxes.isOurs(sender) { return .held(.ownMail) }
        return .correspondence(
            Correspondence(
                sender: sender, senderName: sender.name ?? "", conversations: unique(conversations),
                letters: unique(ownIDs + [reported].compactMap { $0 }), answers: unique(email.inReplyTo + email.references.reversed()),
                numberInSubject: Subject.parse(email.subject).ticketNumber, subject: email.subject,
                mailbox: (mailboxes.mailbox(of: named) ?? mailboxes.main).key, isAutomatic: threads && isAutomatic(automation),
                silence: silence(email, envelopeSender)))
    }

    private static func sortReport(_ report: DeliveryReport, returnedTo: Int64?, answers: [Int64], mailboxes: Mailboxes) -> Sorting {
        let named = report.originalEnvelopeID.flatMap(mailboxes.letter(ofEnvelope:))
        let quoted = report.originalMessageID.flatMap(mailboxes.letter(of:))
        guard let letter = returnedTo ?? named ?? quoted ?? answers.first else { return .held(.bounceOfUnknownLetter) }
        return .report(letter: letter, report)
    }

    private static func isReadReceipt(_ email: Email) -> Bool {
        (email.header("Content-Type") ?? "").lowercased().utf8.starts(with: "multipart/report".utf8)
    }

    private static func isAutomatic(_ automation: Automation) -> Bool {
        switch automation {
        case .autoReply, .machine: true
        case .human, .bulk, .bounce: false
        }
    }

    /// Who is to be answered: web forms write in their own name and name the customer in Reply-To. A list's Reply-To is the list, not the person.
    private static func correspondent(_ email: Email) -> Address? {
        let author = email.from.first ?? email.sender
        guard email.header("List-Id") == nil, let wanted = email.replyTo.first(where: { !$0.looksLikeNoReply }) else {
            return author ?? email.replyTo.first
        }
        return wanted.name == nil && author?.key == wanted.key ? author : wanted
    }

    private static func silence(_ email: Email, _ envelopeSender: String?) -> Silence? {
        guard let refusal = email.answerRefusal(envelopeSender: envelopeSender) else { return nil }
        switch refusal {
        case .automatic: return .automatic
        case .bulk, .listAddress: return .bulk
        case .suppressed: return .askedForSilence
        case .noSender, .emptyReturnPath, .noReplyAddress: return .noReply
        }
    }

    private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { seen.insert($0).inserted }
    }
}
