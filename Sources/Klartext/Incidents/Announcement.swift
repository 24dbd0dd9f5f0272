import Foundation

/// Something worth knowing that disturbs nobody.
struct Announcement: Chronicle {
    static let kind = "announcement"

    let id: PublicID
    var title: PublicText
    var text: PublicText
    var publishedAt: Date
    var changedAt: Date
    /// When it leaves the page; nil: it stays.
    var until: Date?
    var withdrawnAt: Date?
    /// How many journal entries have made this state.
    var events: Int

    func isShown(at now: Date) -> Bool { withdrawnAt == nil && (until.map { $0 > now } ?? true) }
}

/// What the journal may say of an announcement. Its state is the fold of these.
enum AnnouncementEvent: ChronicleEvent {
    case published(title: PublicText, text: PublicText, until: Date?)
    case reworded(title: PublicText, text: PublicText)
    /// It leaves the page at another time.
    case limited(until: Date?)
    case withdrawn(because: String)

    var isPublic: Bool { true }

    var name: String {
        switch self {
        case .published: "published"
        case .reworded: "reworded"
        case .limited: "limited"
        case .withdrawn: "withdrawn"
        }
    }
}

/// Why something cannot be done to an announcement.
enum AnnouncementRefusal: Error, Equatable, Sendable {
    case emptyTitle
    case emptyText
    case tooLong
    /// It would be over already.
    case badEnd
    case emptyReason
    case withdrawn
    case noSuchAnnouncement
}

extension Announcement {
    init?(beginningWith event: AnnouncementEvent, id: PublicID, at now: Date) {
        guard case .published(let title, let text, let until) = event else { return nil }
        self.init(id: id, title: title, text: text, publishedAt: now, changedAt: now, until: until, events: 1)
    }

    func applying(_ event: AnnouncementEvent, at now: Date) -> Announcement {
        var announcement = self
        announcement.events += 1
        announcement.changedAt = now
        switch event {
        case .published: break
        case .reworded(let title, let text): (announcement.title, announcement.text) = (title, text)
        case .limited(let until): announcement.until = until
        case .withdrawn: announcement.withdrawnAt = now
        }
        return announcement
    }

    static func publishing(_ title: PublicText, _ text: PublicText, until: Date?, id: PublicID, by actor: Actor, at now: Date) throws
        -> Change<Announcement>
    {
        try check(title, text)
        if let until, until <= now { throw AnnouncementRefusal.badEnd }
        let event = AnnouncementEvent.published(title: title, text: text, until: until)
        guard let change = Change<Announcement>(beginningWith: event, id: id, by: actor, at: now) else {
            throw AnnouncementRefusal.noSuchAnnouncement
        }
        return change
    }

    func rewording(_ title: PublicText, _ text: PublicText, by actor: Actor, at now: Date) throws -> Change<Announcement> {
        try Self.check(title, text)
        return try changing(title == self.title && text == self.text ? nil : .reworded(title: title, text: text), by: actor, at: now)
    }

    func limiting(until: Date?, by actor: Actor, at now: Date) throws -> Change<Announcement> {
        if let until, until <= now { throw AnnouncementRefusal.badEnd }
        return try changing(until == self.until ? nil : .limited(until: until), by: actor, at: now)
    }

    /// It is taken off the page; what it said stays in the journal.
    func withdrawing(because reason: String, by actor: Actor, at now: Date) throws -> Change<Announcement> {
        guard !reason.isBlank else { throw AnnouncementRefusal.emptyReason }
        return try changing(.withdrawn(because: reason), by: actor, at: now)
    }

    private func changing(_ event: AnnouncementEvent?, by actor: Actor, at now: Date) throws -> Change<Announcement> {
        guard withdrawnAt == nil else { throw AnnouncementRefusal.withdrawn }
        var change = Change(of: self, by: actor, at: now)
        if let event { change.happen(event) }
        return change
    }

    private static func check(_ title: PublicText, _ text: PublicText) throws {
        guard title.isSaid else { throw AnnouncementRefusal.emptyTitle }
        guard text.isSaid else { throw AnnouncementRefusal.emptyText }
        guard title.isWithin(bytes: Incident.mostTitleBytes), text.isWithin(bytes: Incident.mostTextBytes) else {
            throw AnnouncementRefusal.tooLong
        }
    }
}
