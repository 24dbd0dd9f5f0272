import Foundation
import Mail

/// What a letter is to say: rendered as text and as HTML from the same blocks, so that the two never differ.
struct LetterBody: Codable, Sendable, Equatable {
    enum Block: Codable, Sendable, Equatable {
        case heading(String)
        /// The number, large enough to be read out on the phone.
        case number(label: String, number: String)
        case paragraph(String)
        /// What somebody wrote, kept line by line.
        case quoted(String)
        case facts([Fact])
        /// The receipt for files.
        case files(label: String, [File])
        /// A link that opens a page with a button; no link changes anything by itself.
        case link(label: String, url: String)
        /// Small print.
        case remark(String)
    }

    struct Fact: Codable, Sendable, Equatable {
        var label: String
        var value: String
    }

    struct File: Codable, Sendable, Equatable {
        var name: String
        /// As people read it, `412 kB`.
        var size: String
        /// SHA-256, 64 hexadecimal digits.
        var digest: String
        /// When it came, in words; nil in letters of earlier versions.
        var received: String?
    }

    /// A small text that goes along as a file. What is larger, or bytes, is an attachment.
    struct Document: Codable, Sendable, Equatable {
        var name: String
        var contentType: String
        var text: String
    }

    var blocks: [Block]
    /// nil for none, as in letters of earlier versions.
    var documents: [Document]?
}

/// A letter that is to be sent: everything but its number and Message-ID, which `post` gives it.
///
/// Internal notes are another type and have no way to become one of these.
struct NewLetter: Sendable {
    var conversation: Int64?
    /// Why it is written, such as `confirmation` or `reply`.
    var kind: String
    var language: Language
    var recipient: Address
    var recipientName: String
    var subject: String
    var body: LetterBody
    var attachments: [Attachment] = []
    /// The Message-IDs of the conversation so far, oldest first; the last one is answered.
    var thread: [MessageID] = []
    /// Written by Klartext, not by a person: marked `Auto-Submitted` (RFC 3834, section 5).
    var isAutomatic: Bool

    struct Attachment: Sendable, Equatable {
        var digest: String
        var name: String
        var contentType: String
    }
}

/// A letter we send, with what is known of its fate. What it says is read apart from it: pages show the fate of many letters and the text of one.
struct Letter: Sendable, Equatable {
    /// Queued → accepted (by the next mail server) → delivered (where a report says so); or delayed and tried again; or failed.
    enum State: String, Sendable, Codable {
        case queued, delayed, accepted, delivered, failed

        var isUnderway: Bool { self == .queued || self == .delayed }
    }

    /// What was reported of an accepted letter while nobody knows yet, or ever will, whether it arrived (RFC 3464 section 2.3.3).
    enum Report: String, Sendable, Codable {
        /// The other server has it, could not deliver it yet, and keeps trying.
        case delayed
        /// Handed to a server that does not report: nothing more will be heard.
        case relayed
        /// Given to a list, which hands it on to its members: nothing more will be heard.
        case expanded
    }
    /// The kind of letters to addresses that somebody typed and nobody has confirmed: that one fails is nobody's to-do.
    static let toStrangers = "subscription"

    var id: Int64
    var conversation: Int64?
    var kind: String
    var language: Language
    var recipient: String
    var recipientName: String
    var subject: String
    var replyTo: String?
    var messageID: String
    var thread: [String]
    var isAutomatic: Bool
    var writtenAt: Date
    var state: State
    var stateAt: Date
    /// Nil where nothing was reported, and where the state says it.
    var report: Report?
    /// The key of the mailbox it leaves from.
    var mailbox: String
    /// The server that took it, or refused it last.
    var server: String
    /// Its reply code.
    var code: Int?
    /// What it said, in its own words.
    var detail: String
    var attempts: Int
    var dismissedAt: Date?
}

/// What a letter says and carries.
struct LetterContent: Sendable, Equatable {
    var body: LetterBody
    var attachments: [Attachment]

    struct Attachment: Sendable, Equatable {
        var digest: String
        var name: String
        var contentType: String
        var sizeBytes: Int
    }

    /// The names of all files that go along.
    var fileNames: [String] { attachments.map(\.name) + (body.documents ?? []).map(\.name) }
}

/// One try to send a letter.
struct LetterAttempt: Sendable, Equatable {
    var attempt: Int
    var attemptedAt: Date
    var outcome: String
    var code: Int?
    var detail: String
    /// The report's entry in the inbox, where it was a report that told of it.
    var inbox: Int64?
}
