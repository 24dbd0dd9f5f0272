import Foundation

/// Why something cannot be done to a subscription.
enum SubscriptionRefusal: Error, Equatable, Sendable {
    /// Neither everything nor anything in particular.
    case nothingChosen
    case noSuchZone
    case badAddress
    /// No web address that we would send to.
    case badWebhook
    /// More within an hour than the rules allow.
    case tooMany(until: Date)
    /// The link opens nothing (any more).
    case unknownLink
    /// What was asked for has waited for too long: it has to be asked for again.
    case expired
    /// It ended.
    case over
}

extension Subscriber {
    /// Between two letters to one address that ask for confirmation, however often somebody types it.
    static let invitationSeconds: Double = 3600
    /// After that, what nobody confirmed is forgotten.
    static let patienceSeconds: Double = 7 * 86_400
    /// After that, the address of somebody who left is erased.
    static let rememberSeconds: Double = 30 * 86_400

    static func asking(_ asking: SubscriberEvent.Asking, id: Int64, at now: Date) throws -> SubscriberChange {
        guard !asking.wishes.scope.isEmpty else { throw SubscriptionRefusal.nothingChosen }
        var change = SubscriberChange(asking: asking, id: id, at: now)
        change.happen(.invited)
        return change
    }

    /// The address was typed again: by its owner who lost the letter, by a stranger, or for something else.
    func asking(_ wishes: Wishes, at now: Date) throws -> SubscriberChange {
        guard !wishes.scope.isEmpty else { throw SubscriptionRefusal.nothingChosen }
        var change = SubscriberChange(of: self, at: now)
        let isCovered = state == .confirmed && self.wishes.scope.covers(wishes.scope)
        let isPending = pending == wishes && state == .asked
        // asked hourly at most, so that nobody fills the journal by asking
        let mayInvite = invitedAt.map { now.timeIntervalSince($0) >= Self.invitationSeconds } ?? true
        if mayInvite || state == .left, !isCovered, !isPending || now.timeIntervalSince(askedAt) >= Self.invitationSeconds {
            change.happen(.asked(.init(channel: channel, wishes: wishes)))
        }
        if mayInvite { change.happen(.invited) }
        return change
    }

    /// Whoever holds the link says yes; saying it twice says it once.
    func confirming(at now: Date) throws -> SubscriberChange {
        guard state == .asked || state == .confirmed else { throw SubscriptionRefusal.over }
        var change = SubscriberChange(of: self, at: now)
        guard let pending else { return change }
        guard now.timeIntervalSince(askedAt) <= Self.patienceSeconds else { throw SubscriptionRefusal.expired }
        var wishes = pending
        if state == .confirmed { wishes.scope = self.wishes.scope.joined(with: pending.scope) }
        change.happen(.confirmed(wishes))
        return change
    }

    func changing(to wishes: Wishes, at now: Date) throws -> SubscriberChange {
        guard state == .confirmed else { throw SubscriptionRefusal.over }
        guard !wishes.scope.isEmpty else { throw SubscriptionRefusal.nothingChosen }
        var change = SubscriberChange(of: self, at: now)
        if self.wishes != wishes { change.happen(.changed(wishes)) }
        return change
    }

    /// No more of this one incident or maintenance; the rest stays. Whoever asked for nothing else has left with it.
    func leaving(_ story: PublicID, at now: Date) -> SubscriberChange {
        var change = SubscriberChange(of: self, at: now)
        guard state == .confirmed else { return change }
        var wishes = wishes
        wishes.scope = wishes.scope.leaving(story)
        if wishes.scope.isEmpty { return leaving(.page, at: now) }
        if wishes != self.wishes { change.happen(.changed(wishes)) }
        return change
    }

    /// Nothing more at all; leaving twice leaves once.
    func leaving(_ ending: Ending, at now: Date) -> SubscriberChange {
        var change = SubscriberChange(of: self, at: now)
        if state == .asked || state == .confirmed { change.happen(.left(ending)) }
        return change
    }

    /// Erases the address when nobody needs it any more.
    func forgetting(at now: Date) -> SubscriberChange {
        var change = SubscriberChange(of: self, at: now)
        switch state {
        case .asked where now.timeIntervalSince(askedAt) > Self.patienceSeconds: change.happen(.forgotten(.neverConfirmed))
        case .left where now.timeIntervalSince(endedAt ?? now) > Self.rememberSeconds: change.happen(.forgotten(.longOver))
        default: break
        }
        return change
    }
}
