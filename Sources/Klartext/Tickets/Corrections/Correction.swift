import Foundation

/// We were wrong: a message that takes an earlier answer of ours back. The answer stays to be read, struck through; nothing that was said is hidden.
struct Correction: Sendable, Equatable {
    /// What we own up to, each part in words that the customer reads.
    struct Words: Sendable, Equatable {
        /// What was wrong, as the customer has read it.
        var wrong: String
        /// What is right.
        var right: String
        /// What we do now.
        var action: String
    }

    /// The message that corrects.
    var message: Int64
    var ticket: TicketNumber
    /// The answer that was wrong; it may have been a correction itself.
    var answer: Int64
    var words: Words
    var madeAt: Date
}

extension Ticket {
    /// An answer of ours, as far as it matters to whoever corrects or pins it.
    struct GivenAnswer: Sendable, Equatable {
        var message: Int64
        var isCorrected: Bool
    }

    /// An agent takes an earlier answer back. All that holds for an answer holds for this one, and where the wrong one was official, this one is.
    /// - Parameter wrong: nil where there is no such answer on this ticket.
    func correcting(
        _ wrong: GivenAnswer?, _ words: Correction.Words, message: Int64, letter: Int64, then after: AfterReply, seen: Int64,
        by actor: Actor,
        at now: Date
    ) throws -> TicketChange {
        guard seen == lastMessage else { throw TicketRefusal.overtaken(by: lastMessage) }
        guard let wrong else { throw TicketRefusal.noSuchMessage }
        guard !wrong.isCorrected else { throw TicketRefusal.alreadyCorrected }
        guard !words.wrong.isBlank else { throw TicketRefusal.emptyWrong }
        guard !words.right.isBlank else { throw TicketRefusal.emptyRight }
        guard !words.action.isBlank else { throw TicketRefusal.emptyAction }
        return try replying(text: words.right, message: message, letter: letter, then: after, seen: seen, by: actor, at: now) { change in
            change.happen(.corrected(answer: wrong.message, by: message))
        }
    }

    /// One answer is the official one: what every agent says, until another one is.
    /// - Parameter answer: nil where there is no such answer on this ticket.
    func pinning(_ answer: GivenAnswer?, by actor: Actor, at now: Date) throws -> TicketChange {
        guard let answer else { throw TicketRefusal.noSuchMessage }
        guard !answer.isCorrected else { throw TicketRefusal.alreadyCorrected }
        var change = TicketChange(of: self, by: actor, at: now)
        if official != answer.message { change.happen(.pinned(answer: answer.message)) }
        return change
    }

    /// No answer is official any more; where none was, nothing happens.
    func unpinning(by actor: Actor, at now: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        if let official { change.happen(.unpinned(answer: official)) }
        return change
    }
}
