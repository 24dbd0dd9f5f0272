import Foundation

/// What the journal may say of a ticket. A ticket's state is the fold of these, so nothing can happen to a ticket that its journal does not tell.
enum TicketEvent: JournalEvent, Equatable {
    case opened(Opening)
    case confirmed(letter: Int64)
    case confirmationWithheld(because: Silence)
    /// The message came with a form; the digest names what was filled in, without telling it.
    case formFilled(message: Int64, form: String, digest: String)
    case customerWrote(message: Int64, because: FiledBecause)
    /// A machine answered for the customer; filed folded, changes nobody's turn.
    case machineWrote(message: Int64, because: FiledBecause)
    case replied(message: Int64, letter: Int64)
    /// We were wrong: the message takes an earlier answer back.
    case corrected(answer: Int64, by: Int64)
    /// What all agents hold to from now on.
    case pinned(answer: Int64)
    case unpinned(answer: Int64)
    case noted(note: Int64)
    /// Handed over; whoever takes it on reads why.
    case assigned(to: Int64?, because: String? = nil)
    case turnPassed(to: Turn)
    case nextContactSet(Date)
    /// The owner, or everybody where there is none, was told that the next contact is near.
    case ownerWarned
    /// The time we named came without news, and the customer was told so; no letter where none can be sent, which is a to-do then.
    case saidNothingNew(letter: Int64?)
    /// It waits in another queue now.
    case queued(to: String)
    case solved(cause: String)
    case reopened(ReopenReason, nextContactAt: Date)
    case thanked
    case informed(letter: Int64)
    case linkRenewed(generation: Int)
    case linkRevoked
    case messageMovedOut(message: Int64, to: TicketNumber)
    case messageMovedIn(message: Int64, from: TicketNumber)
    /// Its last message moved to another ticket, where it goes on.
    case merged(into: TicketNumber)
    case letterFailed(letter: Int64, LetterFailure)
    /// A letter that did not arrive went out again, as another one.
    case resent(letter: Int64, as: Int64, to: String)
    case todoRaised(todo: Int64, TodoKind)
    case todoDone(todo: Int64)

    struct Opening: Codable, Equatable, Sendable {
        var number: TicketNumber
        var customer: Int64
        var subject: String
        var language: Language
        var channel: Channel
        var nextContactAt: Date
        /// The queue it waits in; `general` where nil, as before there were several.
        var queue: String?
        /// The mailbox it came by; the main one where nil.
        var mailbox: String?
    }

    /// The case's name.
    var name: String {
        switch self {
        case .opened: "opened"
        case .confirmed: "confirmed"
        case .confirmationWithheld: "confirmationWithheld"
        case .formFilled: "formFilled"
        case .customerWrote: "customerWrote"
        case .machineWrote: "machineWrote"
        case .replied: "replied"
        case .corrected: "corrected"
        case .pinned: "pinned"
        case .unpinned: "unpinned"
        case .noted: "noted"
        case .assigned: "assigned"
        case .turnPassed: "turnPassed"
        case .nextContactSet: "nextContactSet"
        case .ownerWarned: "ownerWarned"
        case .saidNothingNew: "saidNothingNew"
        case .queued: "queued"
        case .solved: "solved"
        case .reopened: "reopened"
        case .thanked: "thanked"
        case .informed: "informed"
        case .linkRenewed: "linkRenewed"
        case .linkRevoked: "linkRevoked"
        case .messageMovedOut: "messageMovedOut"
        case .messageMovedIn: "messageMovedIn"
        case .merged: "merged"
        case .letterFailed: "letterFailed"
        case .resent: "resent"
        case .todoRaised: "todoRaised"
        case .todoDone: "todoDone"
        }
    }
}

/// How something reached us.
enum Channel: String, Codable, Sendable {
    case web, mail, statusPage, desk
    /// Somebody called, sent a letter, or stood at the counter.
    case phone, letter, counter
}

/// Why a solved ticket is open again.
enum ReopenReason: String, Codable, Sendable {
    case customerWrote, customerSaysNotSolved, agent, letterFailed
    /// Something that was promised beside the solution was not kept.
    case promiseMissed
}

/// What an agent has to look at, beyond answering.
enum TodoKind: Codable, Sendable, Equatable {
    /// The customer got no confirmation, and why.
    case notConfirmed(Silence)
    /// A letter failed for good: the customer does not know what we wrote.
    case customerDoesNotKnow(letter: Int64, LetterFailure)
    /// The mail names a ticket in which its sender takes no part.
    case mayBelongTo(TicketNumber, message: Int64)
    /// A time we named has passed, and the customer could not be told so by letter.
    case notTold(Silence)
}
