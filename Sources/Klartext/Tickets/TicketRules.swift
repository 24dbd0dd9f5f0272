import Foundation

/// Why something cannot be done to a ticket.
enum TicketRefusal: Error, Equatable, Sendable {
    /// Somebody answered, or the customer wrote, after the page was loaded.
    case overtaken(by: Int64)
    case emptyText
    case emptyCause
    case emptyQuestion
    case emptyThirdParty
    /// The next contact lies in the past, or more than a year ahead.
    case badNextContact
    case notOpen
    case alreadyOpen
    case noSuchTicket
    case noSuchMessage
    case sameTicket
    /// A held mail names nobody, and nobody was named for it.
    case noSender
    case noSuchQueue
    /// Nobody said which answer was wrong.
    case noAnswer
    /// The three parts of a correction.
    case emptyWrong, emptyRight, emptyAction
    /// The answer was taken back before; what took it back can be corrected.
    case alreadyCorrected
}

/// What is to be after a reply.
enum AfterReply: Sendable, Equatable {
    case turn(Turn, nextContactAt: Date)
    case solved(cause: String)

    /// The same, with the next contact no later than what is promised.
    func noLater(than promised: Date?) -> AfterReply {
        guard case .turn(let turn, let next) = self, let promised, promised < next else { return self }
        return .turn(turn, nextContactAt: promised)
    }
}

extension Ticket {
    /// A new ticket with its first message.
    static func opening(_ opening: TicketEvent.Opening, message: Int64, because: FiledBecause, by actor: Actor, at now: Date)
        -> TicketChange
    {
        var change = TicketChange(opening: opening, by: actor, at: now)
        change.happen(.customerWrote(message: message, because: because))
        return change
    }

    /// The customer writes: it is our turn, and we will be in touch by the policy's time unless we promised to be earlier. A solved ticket opens again.
    func receiving(message: Int64, because: FiledBecause, by actor: Actor, at now: Date, contactBy latest: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        change.happen(.customerWrote(message: message, because: because))
        if status != .open {
            change.happen(.reopened(.customerWrote, nextContactAt: latest))
        } else {
            if turn != .us { change.happen(.turnPassed(to: .us)) }
            if let planned = nextContactAt, planned > latest { change.happen(.nextContactSet(latest)) }
        }
        return change
    }

    /// A machine answers for the customer: kept on the ticket, and nothing else changes.
    func receivingFromMachine(message: Int64, because: FiledBecause, by actor: Actor, at now: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        change.happen(.machineWrote(message: message, because: because))
        return change
    }

    /// An agent answers.
    /// - Throws: `TicketRefusal.overtaken` when the agent has not seen the newest message, or why the answer cannot stand as it is.
    ///
    /// - Parameter also: what happens with it, before the turn passes.
    func replying(
        text: String, message: Int64, letter: Int64, then after: AfterReply, seen: Int64, by actor: Actor, at now: Date,
        also: (inout TicketChange) -> Void = { _ in }
    ) throws -> TicketChange {
        guard seen == lastMessage else { throw TicketRefusal.overtaken(by: lastMessage) }
        guard !text.isBlank else { throw TicketRefusal.emptyText }
        var change = TicketChange(of: self, by: actor, at: now)
        if status != .open, case .turn(_, let next) = after { change.happen(.reopened(.agent, nextContactAt: next)) }
        if assignee == nil, let agent = actor.agentID { change.happen(.assigned(to: agent)) }
        change.happen(.replied(message: message, letter: letter))
        also(&change)
        switch after {
        case .turn(let turn, let next): try change.pass(to: turn, nextContactAt: next)
        case .solved(let cause): try change.solve(cause: cause)
        }
        return change
    }

    /// The turn passes, or the next contact moves, without a word to the customer.
    func passing(to turn: Turn, nextContactAt: Date, by actor: Actor, at now: Date) throws -> TicketChange {
        guard status == .open else { throw TicketRefusal.notOpen }
        var change = TicketChange(of: self, by: actor, at: now)
        try change.pass(to: turn, nextContactAt: nextContactAt)
        return change
    }

    /// An agent writes down something that stays in the house.
    func noting(_ note: Int64, text: String, by actor: Actor, at now: Date) throws -> TicketChange {
        guard !text.isBlank else { throw TicketRefusal.emptyText }
        var change = TicketChange(of: self, by: actor, at: now)
        change.happen(.noted(note: note))
        return change
    }

    /// - Parameter reason: why it is handed over, in the agent's words; blank where they gave none.
    func assigning(to agent: Int64?, because reason: String = "", by actor: Actor, at now: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        if agent != assignee { change.happen(.assigned(to: agent, because: reason.isBlank ? nil : reason)) }
        return change
    }

    /// Another team takes it; the customer need not know, and never hears from us later for it.
    /// - Parameter latest: by when a customer hears from us who writes to that queue now; nil where nothing is to be reckoned anew.
    func queueing(to queue: String, by actor: Actor, at now: Date, contactBy latest: Date? = nil) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        guard queue != self.queue else { return change }
        change.happen(.queued(to: queue))
        if status == .open, turn == .us, let latest, let planned = nextContactAt, planned > latest {
            change.happen(.nextContactSet(latest))
        }
        return change
    }

    /// Solved by an agent, with a cause that the customer is told by the letter.
    func solving(cause: String, letter: Int64, by actor: Actor, at now: Date) throws -> TicketChange {
        guard status == .open else { throw TicketRefusal.notOpen }
        var change = TicketChange(of: self, by: actor, at: now)
        try change.solve(cause: cause)
        change.happen(.informed(letter: letter))
        return change
    }

    /// The customer says that it is solved; doing it twice does it once.
    func solvedByCustomer(by actor: Actor, at now: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        if status == .open { change.happen(.solved(cause: "")) }
        return change
    }

    /// The customer says that it is not solved: it is ours again, whoever's turn it was. Said of what is ours already, it changes nothing.
    func notSolvedByCustomer(by actor: Actor, at now: Date, contactBy latest: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        if status != .open {
            change.happen(.reopened(.customerSaysNotSolved, nextContactAt: latest))
        } else if turn != .us {
            change.happen(.turnPassed(to: .us))
            if let planned = nextContactAt, planned > latest { change.happen(.nextContactSet(latest)) }
        }
        return change
    }

    /// An agent takes it up again.
    func reopening(_ reason: ReopenReason, nextContactAt: Date, by actor: Actor, at now: Date) throws -> TicketChange {
        guard status != .open else { throw TicketRefusal.alreadyOpen }
        guard nextContactAt > now else { throw TicketRefusal.badNextContact }
        var change = TicketChange(of: self, by: actor, at: now)
        change.happen(.reopened(reason, nextContactAt: nextContactAt))
        return change
    }

    /// The customer says thank you; a solved ticket stays solved.
    func thanking(by actor: Actor, at now: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        change.happen(.thanked)
        return change
    }

    /// A message is moved away; when it was the last of the customer's, the ticket goes on where the message went.
    func losing(message: Int64, to target: TicketNumber, isLast: Bool, by actor: Actor, at now: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        change.happen(.messageMovedOut(message: message, to: target))
        if isLast { change.happen(.merged(into: target)) }
        return change
    }

    /// A message is moved here; it needs an answer like any other.
    func gaining(message: Int64, from source: TicketNumber, by actor: Actor, at now: Date, contactBy latest: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        change.happen(.messageMovedIn(message: message, from: source))
        if status != .open {
            change.happen(.reopened(.customerWrote, nextContactAt: latest))
        } else if turn != .us {
            change.happen(.turnPassed(to: .us))
        }
        return change
    }

    /// A letter failed for good: what it told, the customer does not know. A ticket that was solved by it is not solved.
    func missing(letter: Int64, _ failure: LetterFailure, todo: Int64, at now: Date, contactBy latest: Date) -> TicketChange {
        var change = TicketChange(of: self, by: .system("outbox"), at: now)
        change.happen(.letterFailed(letter: letter, failure))
        change.happen(.todoRaised(todo: todo, .customerDoesNotKnow(letter: letter, failure)))
        // Who has no address is told another way: that is work, and not a reason to begin again.
        if failure == .noAddress { return change }
        if status != .open {
            change.happen(.reopened(.letterFailed, nextContactAt: latest))
        } else if turn != .us {
            change.happen(.turnPassed(to: .us))
        }
        return change
    }
}

extension TicketChange {
    fileprivate mutating func pass(to turn: Turn, nextContactAt next: Date) throws {
        switch turn {
        case .customer(let question) where question.isBlank: throw TicketRefusal.emptyQuestion
        case .thirdParty(let name) where name.isBlank: throw TicketRefusal.emptyThirdParty
        case .us, .customer, .thirdParty: break
        }
        guard next > at, next < at.addingTimeInterval(366 * 86_400) else { throw TicketRefusal.badNextContact }
        if ticket.turn != turn { happen(.turnPassed(to: turn)) }
        if ticket.nextContactAt != next { happen(.nextContactSet(next)) }
    }

    fileprivate mutating func solve(cause: String) throws {
        guard !cause.isBlank else { throw TicketRefusal.emptyCause }
        happen(.solved(cause: cause))
    }
}
