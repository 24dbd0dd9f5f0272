import Foundation

/// Why something cannot be done to a promise.
enum PromiseRefusal: Error, Equatable, Sendable {
    case emptyText
    /// The time lies in the past, or more than a year ahead.
    case badTime
    case emptyReason
    /// It was kept or taken back already.
    case settled
    case noSuchPromise
    /// It was found in an answer, and nobody has said whether it is one.
    case undecided
}

extension Promise {
    /// How long before it is due its owner is reminded, in open minutes.
    static let remindOwnerMinutes = 240
    /// And everybody else.
    static let remindEverybodyMinutes = 60
    /// The furthest time that can be promised.
    private static let longestSeconds = 366.0 * 86_400

    /// A new promise.
    static func making(_ making: PromiseEvent.Making, id: Int64, by actor: Actor, at now: Date) throws -> PromiseChange {
        guard !making.text.isBlank else { throw PromiseRefusal.emptyText }
        guard making.dueAt > now, making.dueAt < now.addingTimeInterval(longestSeconds) else { throw PromiseRefusal.badTime }
        return PromiseChange(making: making, id: id, by: actor, at: now)
    }

    /// Who is to be reminded now, if anybody who has not been.
    ///
    /// One that was missed concerns everybody at once. A promise for sooner than the usual lead reminds when half of its time is over: nobody has forgotten what was said a minute ago.
    func reminder(at now: Date, in calendar: BusinessCalendar) -> Reminded? {
        guard state == .open, dueAt > now else { return nil }
        let left = calendar.openMinutes(from: now, to: dueAt)
        let whole = calendar.openMinutes(from: madeAt, to: dueAt)
        let stage: Reminded =
            missed > 0 || left <= min(Self.remindEverybodyMinutes, whole / 4)
            ? .everybody : left <= min(Self.remindOwnerMinutes, whole / 2) ? .owner : .nobody
        return stage > reminded ? stage : nil
    }

    func reminding(_ whom: Reminded, by actor: Actor, at now: Date) -> PromiseChange {
        var change = PromiseChange(of: self, by: actor, at: now)
        change.happen(.reminded(whom))
        return change
    }

    /// The new time that is named when one has passed: half a working day later, a whole one from the second time on.
    func nextTime(after now: Date, in calendar: BusinessCalendar) -> Date { calendar.adding(openMinutes: missed == 0 ? 240 : 480, to: now) }

    /// The time came and it was not kept.
    /// - Parameter letter: the letter that tells the addressee; nil where none can be sent, which is a to-do then.
    func missing(next: Date, letter: Int64?, by actor: Actor, at now: Date) -> PromiseChange {
        var change = PromiseChange(of: self, by: actor, at: now)
        change.happen(.missed(next: next, letter: letter))
        return change
    }

    /// An agent names another time and says why.
    func moving(to time: Date, because reason: String, letter: Int64?, by actor: Actor, at now: Date) throws -> PromiseChange {
        guard state == .open else { throw PromiseRefusal.settled }
        guard !reason.isBlank else { throw PromiseRefusal.emptyReason }
        guard time > now, time < now.addingTimeInterval(Self.longestSeconds) else { throw PromiseRefusal.badTime }
        var change = PromiseChange(of: self, by: actor, at: now)
        change.happen(.moved(to: time, because: reason, letter: letter))
        return change
    }

    /// Done as promised; doing it twice does it once.
    func keeping(how: String, by actor: Actor, at now: Date) -> PromiseChange {
        var change = PromiseChange(of: self, by: actor, at: now)
        if state == .open { change.happen(.kept(how: how)) }
        return change
    }

    /// It will not be done, and the addressee reads why.
    func withdrawing(because reason: String, by actor: Actor, at now: Date) throws -> PromiseChange {
        guard state == .open else { throw PromiseRefusal.settled }
        guard !reason.isBlank else { throw PromiseRefusal.emptyReason }
        var change = PromiseChange(of: self, by: actor, at: now)
        change.happen(.withdrawn(because: reason))
        return change
    }

    func handing(to agent: Int64, by actor: Actor, at now: Date) throws -> PromiseChange {
        guard state == .open else { throw PromiseRefusal.settled }
        var change = PromiseChange(of: self, by: actor, at: now)
        if owner != agent { change.happen(.handedOver(to: agent)) }
        return change
    }

    func carrying(to about: String, by actor: Actor, at now: Date) -> PromiseChange {
        var change = PromiseChange(of: self, by: actor, at: now)
        if self.about != about { change.happen(.carriedOver(to: about)) }
        return change
    }
}
