import Foundation

/// Somebody who asked to be told of incidents: by mail, or a machine by webhook. No account stands behind it, only an address that was confirmed.
///
/// The address itself is not part of this value and not of the journal either: it is erased when it is not needed any more, the history stays.
struct Subscriber: Sendable, Equatable {
    enum State: String, Codable, Sendable {
        /// Asked for, and not confirmed from the address itself.
        case asked
        case confirmed
        case left
        /// The address is erased; what remains says that there was one.
        case forgotten
    }

    enum Channel: String, Codable, Sendable { case mail, webhook }

    /// How a subscription ended.
    enum Ending: String, Codable, Sendable {
        /// By the button of a mail program (RFC 8058).
        case oneClick
        case page
        /// The address takes no mail.
        case bounces
        /// The webhook did not answer for a day.
        case unreachable
        case neverConfirmed
        /// It ended long ago.
        case longOver
    }

    /// What is told, and how.
    struct Wishes: Codable, Sendable, Equatable {
        var language: Language
        /// An IANA name; times are said in this zone.
        var timeZone: String
        var scope: SubscriptionScope
        /// Waits for what is not said in this language yet, and does not read the other one meanwhile.
        var waitsForLanguage = false
    }

    var id: Int64
    var channel: Channel
    /// What holds; of one that was never confirmed what was asked for first.
    var wishes: Wishes
    /// What waits to be confirmed.
    var pending: Wishes?
    var state: State
    var askedAt: Date
    /// When the letter, or the challenge, that asks for confirmation was written last.
    var invitedAt: Date?
    var confirmedAt: Date?
    var endedAt: Date?
    var ending: Ending?
    /// Raised when the private link is to be another one.
    var linkGeneration: Int
    /// How many journal entries have made this state.
    var events: Int
}

extension Subscriber {
    init(_ asking: SubscriberEvent.Asking, id: Int64, at now: Date) {
        self.init(
            id: id, channel: asking.channel, wishes: asking.wishes, pending: asking.wishes, state: .asked, askedAt: now, linkGeneration: 1,
            events: 1)
    }

    /// The subscriber after one more event. The only place where the state changes.
    func applying(_ event: SubscriberEvent, at now: Date) -> Subscriber {
        var subscriber = self
        subscriber.events += 1
        switch event {
        case .asked(let asking):
            (subscriber.pending, subscriber.askedAt) = (asking.wishes, now)
            guard state == .left else { break }
            (subscriber.state, subscriber.endedAt, subscriber.ending) = (.asked, nil, nil)
            subscriber.wishes = asking.wishes
        case .invited: subscriber.invitedAt = now
        case .confirmed(let wishes):
            (subscriber.state, subscriber.confirmedAt) = (.confirmed, now)
            (subscriber.wishes, subscriber.pending) = (wishes, nil)
        case .changed(let wishes): subscriber.wishes = wishes
        case .left(let ending):
            (subscriber.state, subscriber.endedAt, subscriber.ending, subscriber.pending) = (.left, now, ending, nil)
        case .forgotten(let ending):
            (subscriber.state, subscriber.pending) = (.forgotten, nil)
            (subscriber.endedAt, subscriber.ending) = (endedAt ?? now, self.ending ?? ending)
        }
        return subscriber
    }

    /// The subscriber that a journal tells of.
    /// - Returns: nil when the journal does not begin with a question.
    static func folded(_ id: Int64, _ journal: [(event: SubscriberEvent, at: Date)]) -> Subscriber? {
        guard let first = journal.first, case .asked(let asking) = first.event else { return nil }
        return journal.dropFirst().reduce(Subscriber(asking, id: id, at: first.at)) { $0.applying($1.event, at: $1.at) }
    }

    /// The name in the journal.
    var subject: String { Self.subject(id) }

    static func subject(_ id: Int64) -> String { "subscriber/\(id)" }
}
