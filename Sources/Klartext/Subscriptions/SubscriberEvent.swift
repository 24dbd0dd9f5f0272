import Foundation

/// What the journal may say of a subscriber. The state is the fold of these; nobody's address is in it.
enum SubscriberEvent: JournalEvent, Equatable {
    /// Somebody typed the address into the form: the first time, or again.
    case asked(Asking)
    /// A letter, or a challenge, that asks for confirmation was written.
    case invited
    /// Whoever reads mail at the address wants it; these wishes hold from here on.
    case confirmed(Subscriber.Wishes)
    case changed(Subscriber.Wishes)
    case left(Subscriber.Ending)
    /// The address was erased.
    case forgotten(Subscriber.Ending)

    struct Asking: Codable, Equatable, Sendable {
        var channel: Subscriber.Channel
        var wishes: Subscriber.Wishes
    }

    var name: String {
        switch self {
        case .asked: "asked"
        case .invited: "invited"
        case .confirmed: "confirmed"
        case .changed: "changed"
        case .left: "left"
        case .forgotten: "forgotten"
        }
    }
}

/// What a rule decided of a subscriber: the events that follow, and what they make.
struct SubscriberChange: Sendable, Equatable {
    /// Nil for one that did not exist.
    let before: Subscriber?
    private(set) var subscriber: Subscriber
    private(set) var events: [SubscriberEvent]
    let at: Date

    init(of subscriber: Subscriber, at now: Date) { (before, self.subscriber, events, at) = (subscriber, subscriber, [], now) }

    init(asking: SubscriberEvent.Asking, id: Int64, at now: Date) {
        (before, subscriber, events, at) = (nil, Subscriber(asking, id: id, at: now), [.asked(asking)], now)
    }

    mutating func happen(_ event: SubscriberEvent) {
        events.append(event)
        subscriber = subscriber.applying(event, at: at)
    }

    /// Whether a letter, or a challenge, that asks for confirmation has to be written now.
    var invites: Bool { events.contains(.invited) }
}
