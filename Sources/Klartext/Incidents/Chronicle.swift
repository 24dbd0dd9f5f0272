import Foundation

/// Something whose state is the fold of what its journal tells: a component, an incident, a maintenance, an announcement.
protocol Chronicle: Sendable, Equatable {
    associatedtype Event: ChronicleEvent

    /// The first word of its name in the journal, `incident` in `incident/4k2jx8v0q1zt`.
    static var kind: String { get }
    var id: PublicID { get }

    /// - Returns: nil when nothing can begin with this event.
    init?(beginningWith event: Event, id: PublicID, at now: Date)
    /// The same after one more event. The only place where its state changes.
    func applying(_ event: Event, at now: Date) -> Self
}

/// What the journal may say of such a thing.
protocol ChronicleEvent: JournalEvent, Equatable {
    /// Whether the public sees something else after it.
    var isPublic: Bool { get }
}

extension Chronicle {
    /// Its name in the journal.
    var subject: String { Self.subject(id) }

    static func subject(_ id: PublicID) -> String { "\(kind)/\(id)" }

    /// What a journal tells of.
    /// - Returns: nil when the journal does not begin with a beginning.
    static func folded(_ id: PublicID, _ journal: [(event: Event, at: Date)]) -> Self? {
        guard let first = journal.first, let beginning = Self(beginningWith: first.event, id: id, at: first.at) else { return nil }
        return journal.dropFirst().reduce(beginning) { $0.applying($1.event, at: $1.at) }
    }
}

/// What a rule decided: the events that follow, and what they make of the subject.
struct Change<Subject: Chronicle>: Sendable, Equatable {
    /// Nil for what did not exist.
    let before: Subject?
    private(set) var after: Subject
    private(set) var events: [Subject.Event]
    let actor: Actor
    let at: Date

    init(of subject: Subject, by actor: Actor, at now: Date) {
        (before, after, events, self.actor, at) = (subject, subject, [], actor, now)
    }

    /// - Returns: nil when nothing can begin with this event.
    init?(beginningWith event: Subject.Event, id: PublicID, by actor: Actor, at now: Date) {
        guard let subject = Subject(beginningWith: event, id: id, at: now) else { return nil }
        (before, after, events, self.actor, at) = (nil, subject, [event], actor, now)
    }

    mutating func happen(_ event: Subject.Event) {
        events.append(event)
        after = after.applying(event, at: at)
    }
}
