import Foundation

/// What a customer is told when the time that we named comes and there is no news.
///
/// Each sentence is true of what is known then, and none comes twice in a row unless somebody of us has acted in between: who hears the same words again
/// knows that a machine is talking to itself.
struct NothingNew: Sendable, Equatable {
    enum Sentence: Sendable, Equatable {
        /// It lies with us and is not done.
        case withUs
        case waitingForYou(question: String)
        case waitingForOthers(name: String)
        /// Nobody of us has acted since the last such sentence.
        case nobodyActed
        /// And again: the how-manieth time, and since when nothing true was to be told.
        case stillNobody(times: Int, since: Date)
    }

    var sentence: Sentence
    /// The time that we had named.
    var named: Date
    /// By when the next news comes.
    var next: Date
    /// Whether everybody of us is told, and not the owner alone.
    var alarmsEverybody: Bool {
        switch sentence {
        case .nobodyActed, .stillNobody: true;
        default: false
        }
    }
}

extension Ticket {
    /// What to tell the customer now; nil while the time that we named has not come.
    func nothingNew(at now: Date, _ policy: ContactPolicy) -> NothingNew? {
        guard status == .open, let named = nextContactAt, named <= now else { return nil }
        let sentence: NothingNew.Sentence =
            switch (nothingNew, turn) {
            case (0, .us): .withUs
            case (0, .customer(let question)): .waitingForYou(question: question)
            case (0, .thirdParty(let name)): .waitingForOthers(name: name)
            case (1, _): .nobodyActed
            default: .stillNobody(times: nothingNew + 1, since: darkSince)
            }
        return NothingNew(sentence: sentence, named: named, next: policy.next(afterNothingNew: nothingNew, in: queue, at: now))
    }

    /// The customer is told so, which is no news: the dark time goes on.
    func saying(_ said: NothingNew, letter: Int64?, by actor: Actor, at now: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        change.happen(.saidNothingNew(letter: letter))
        change.happen(.nextContactSet(said.next))
        return change
    }

    /// Something that was promised about it was not kept: it is ours, whoever's turn it was, and what was solved is not.
    /// - Parameter next: the new time of the promise
    func breakingPromise(next: Date, letter: Int64?, by actor: Actor, at now: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        if status != .open { change.happen(.reopened(.promiseMissed, nextContactAt: next)) }
        change.happen(.saidNothingNew(letter: letter))
        if turn != .us { change.happen(.turnPassed(to: .us)) }
        if change.ticket.nextContactAt.map({ $0 > next || $0 <= now }) ?? true { change.happen(.nextContactSet(next)) }
        return change
    }

    /// The next contact is no later than what was promised.
    func expecting(_ promised: Date, by actor: Actor, at now: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        if status == .open, let next = nextContactAt, next > promised { change.happen(.nextContactSet(promised)) }
        return change
    }

    func warning(by actor: Actor, at now: Date) -> TicketChange {
        var change = TicketChange(of: self, by: actor, at: now)
        change.happen(.ownerWarned)
        return change
    }
}
