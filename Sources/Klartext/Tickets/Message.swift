import Foundation

/// What was said between a customer and us; both sides see it.
struct Message: Sendable, Equatable {
    enum Author: Sendable, Equatable {
        case customer(Int64)
        case agent(Int64)
    }

    var id: Int64
    var ticket: TicketNumber
    var author: Author
    var authorName: String
    var authorAddress: String
    var channel: Channel
    /// The whole text, quotes and signature included; they are folded when shown.
    var body: String
    /// A machine wrote it on the customer's behalf: shown folded.
    var isAutomatic: Bool
    var writtenAt: Date
    /// The mail it came in.
    var inbox: Int64?
    /// That mail's Message-ID.
    var emailID: String?
    var filedBecause: FiledBecause
    /// The letter it left in.
    var letter: Int64?
}

/// What agents say among themselves. Another type than `Message`: nothing that sends mail takes one.
struct Note: Sendable, Equatable {
    var id: Int64
    var ticket: TicketNumber
    var agent: Int64
    var body: String
    var writtenAt: Date
}

/// A file on a message, with the receipt's facts.
struct Attachment: Sendable, Equatable {
    var id: Int64
    var ticket: TicketNumber
    var message: Int64
    /// SHA-256, 64 hexadecimal digits.
    var digest: String
    var name: String
    var contentType: String
    var sizeBytes: Int
    /// The Content-ID by which an HTML mail shows it.
    var contentID: String?
    var addedAt: Date
}

/// Something an agent has to look at.
struct Todo: Sendable, Equatable {
    var id: Int64
    var ticket: TicketNumber
    var kind: TodoKind
    var raisedAt: Date
    var doneAt: Date?
}
