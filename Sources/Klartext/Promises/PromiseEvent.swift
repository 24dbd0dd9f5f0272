import Foundation

/// What the journal may say of a promise. Its state is the fold of these.
enum PromiseEvent: JournalEvent, Equatable {
    case made(Making)
    /// The owner, or everybody, was told that it is due soon.
    case reminded(Promise.Reminded)
    /// The time came and it was not kept; the addressee was told so by a letter, or why not, and a new time is set.
    case missed(next: Date, letter: Int64?)
    /// An agent set another time before it was due, and the addressee was told.
    case moved(to: Date, because: String, letter: Int64?)
    case handedOver(to: Int64)
    /// What it was about goes on elsewhere.
    case carriedOver(to: String)
    case kept(how: String)
    case withdrawn(because: String)

    struct Making: Codable, Equatable, Sendable {
        var about: String
        var channel: PromiseChannel
        var text: String
        var thirdParty: String?
        var owner: Int64
        var addressee: Int64
        var dueAt: Date
    }

    var name: String {
        switch self {
        case .made: "promised"
        case .reminded: "reminded"
        case .missed: "missed"
        case .moved: "moved"
        case .handedOver: "handedOver"
        case .carriedOver: "carriedOver"
        case .kept: "kept"
        case .withdrawn: "withdrawn"
        }
    }
}

/// What a rule decided of a promise: the events that follow, and the promise as it is after them.
struct PromiseChange: Sendable, Equatable {
    /// Nil for a promise that did not exist.
    let before: Promise?
    private(set) var promise: Promise
    private(set) var events: [PromiseEvent]
    let actor: Actor
    let at: Date

    init(of promise: Promise, by actor: Actor, at now: Date) {
        (before, self.promise, events, self.actor, at) = (promise, promise, [], actor, now)
    }

    init(making: PromiseEvent.Making, id: Int64, by actor: Actor, at now: Date) {
        (before, promise, events, self.actor, at) = (nil, Promise(making, id: id, at: now), [.made(making)], actor, now)
    }

    mutating func happen(_ event: PromiseEvent) {
        events.append(event)
        promise = promise.applying(event, at: at)
    }
}
