import Foundation

/// A request of a customer and everything that followed. Open tickets always have a next contact: nobody is left in the dark.
struct Ticket: Sendable, Equatable {
    enum Status: String, Codable, Sendable { case open, solved, closed }

    /// Whether the customer was told that we have the request, or why not.
    enum Confirmation: Equatable, Sendable {
        case letter(Int64)
        case withheld(Silence)
    }

    var number: TicketNumber
    var subject: String
    var customer: Int64
    var language: Language
    var channel: Channel
    /// The name of the queue it waits in.
    var queue: String
    /// The key of the mailbox its letters leave from; the main one where there is none of that key.
    var mailbox: String
    var status: Status
    var turn: Turn
    /// When the customer hears from us at the latest; never nil while open.
    var nextContactAt: Date?
    var assignee: Int64?
    /// Since when the customer has had no true news from us; it never pauses.
    var darkSince: Date
    var openedAt: Date
    var solvedAt: Date?
    /// Who says it is solved.
    var solvedBy: SolvedBy?
    /// Why it happened and what was done, in words the customer reads.
    var cause: String
    /// Where a closed ticket goes on.
    var mergedInto: TicketNumber?
    var linkGeneration: Int
    var isLinkRevoked: Bool
    /// The message that all agents hold to, if one was pinned.
    var official: Int64?
    /// The newest message; a reply written before it came is stopped.
    var lastMessage: Int64
    var confirmation: Confirmation?
    /// Whether its owner was told that the next contact is near.
    var contactWarned: Bool
    /// How often the customer was told that there is nothing new since one of us last did something here.
    var nothingNew: Int
    /// How many journal entries have made this state.
    var events: Int

    enum SolvedBy: String, Codable, Sendable { case agent, customer }
}

/// Whose move it is while a ticket is open.
enum Turn: Codable, Equatable, Sendable {
    case us
    /// The customer was asked for something.
    case customer(askedFor: String)
    /// Somebody else has to act; we ask again at the next contact.
    case thirdParty(name: String)
}

extension Ticket {
    /// The ticket an opening makes.
    init(_ opening: TicketEvent.Opening, at now: Date) {
        self.init(
            number: opening.number, subject: opening.subject, customer: opening.customer, language: opening.language,
            channel: opening.channel, queue: opening.queue ?? Queue.generalName, mailbox: opening.mailbox ?? "",
            status: .open, turn: .us, nextContactAt: opening.nextContactAt, assignee: nil, darkSince: now, openedAt: now, solvedAt: nil,
            solvedBy: nil, cause: "", mergedInto: nil, linkGeneration: 1, isLinkRevoked: false, official: nil, lastMessage: 0,
            confirmation: nil,
            contactWarned: false,
            nothingNew: 0, events: 1
        )
    }

    /// The ticket after one more event. The only place where a ticket's state changes.
    func applying(_ event: TicketEvent, by actor: Actor, at now: Date) -> Ticket {
        var ticket = self
        ticket.events += 1
        if actor.agentID != nil { ticket.nothingNew = 0 }
        switch event {
        case .opened, .formFilled, .noted, .thanked, .letterFailed, .todoRaised, .todoDone: break
        case .confirmed(let letter): ticket.confirmation = .letter(letter)
        case .confirmationWithheld(let reason): ticket.confirmation = .withheld(reason)
        case .customerWrote(let message, _), .machineWrote(let message, _): ticket.lastMessage = message
        case .replied(let message, _):
            ticket.lastMessage = message
            ticket.darkSince = now
        case .informed, .resent: ticket.darkSince = now
        case .corrected(let answer, let correction): if official == answer { ticket.official = correction }
        case .pinned(let answer): ticket.official = answer
        case .unpinned: ticket.official = nil
        case .assigned(let agent, _): ticket.assignee = agent
        case .turnPassed(let turn): ticket.turn = turn
        case .queued(let queue): ticket.queue = queue
        case .nextContactSet(let time): (ticket.nextContactAt, ticket.contactWarned) = (time, false)
        case .ownerWarned: ticket.contactWarned = true
        case .saidNothingNew: ticket.nothingNew += 1
        case .solved(let cause):
            ticket.status = .solved
            ticket.solvedAt = now
            ticket.cause = cause
            ticket.solvedBy = actor.agentID == nil ? .customer : .agent
            ticket.nextContactAt = nil
            ticket.turn = .us
        case .reopened(_, let nextContactAt):
            ticket.status = .open
            ticket.mergedInto = nil
            ticket.solvedAt = nil
            ticket.solvedBy = nil
            ticket.turn = .us
            (ticket.nextContactAt, ticket.contactWarned) = (nextContactAt, false)
            ticket.darkSince = now
        case .linkRenewed(let generation):
            ticket.linkGeneration = generation
            ticket.isLinkRevoked = false
        case .linkRevoked: ticket.isLinkRevoked = true
        case .messageMovedOut: break
        case .messageMovedIn(let message, _): ticket.lastMessage = max(lastMessage, message)
        case .merged(let target):
            ticket.status = .closed
            ticket.mergedInto = target
            ticket.nextContactAt = nil
            ticket.turn = .us
        }
        return ticket
    }

    /// The ticket that a journal tells of.
    /// - Returns: nil when the journal does not begin with an opening.
    static func folded(_ journal: [(event: TicketEvent, actor: Actor, at: Date)]) -> Ticket? {
        guard let first = journal.first, case .opened(let opening) = first.event else { return nil }
        return journal.dropFirst().reduce(Ticket(opening, at: first.at)) { $0.applying($1.event, by: $1.actor, at: $1.at) }
    }

    /// The lists of the inbox that show this ticket; counters move with them.
    var lists: Set<TicketList> {
        guard status == .open else { return [] }
        let turnList: TicketList =
            switch turn {
            case .us: .us
            case .customer: .customer
            case .thirdParty: .thirdParty
            }
        return [.open, turnList, .queue(queue), assignee.map(TicketList.assigned(to:)) ?? .unassigned]
    }
}

/// A list of open tickets in the inbox, sorted by how long the customer has been in the dark.
enum TicketList: Hashable, Sendable {
    case open, us, customer, thirdParty, unassigned
    case assigned(to: Int64)
    case queue(String)

    /// The counter's name.
    var name: String {
        switch self {
        case .open: "open"
        case .us: "us"
        case .customer: "customer"
        case .thirdParty: "thirdParty"
        case .unassigned: "unassigned"
        case .assigned(let agent): "assigned/\(agent)"
        case .queue(let name): "queue/\(name)"
        }
    }
}
