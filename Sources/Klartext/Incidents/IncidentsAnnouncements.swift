import Foundation
import Storage

/// What can be done with announcements. Each method is one transaction.
extension Incidents {
    @discardableResult func publish(
        _ title: PublicText, _ text: PublicText, until: Date?, id: PublicID = draw(), by actor: Actor
    ) async throws -> Announcement {
        let (now, bell) = (clock.now(), bell)
        return try await database.writeUntilKnown { tx in
            if let there = try tx.announcement(id) { return there }
            let change = try Announcement.publishing(title, text, until: until, id: id, by: actor, at: now)
            try tx.record(change)
            tx.onCommit { bell.ring() }
            return change.after
        }
    }

    @discardableResult func reword(announcement id: PublicID, _ title: PublicText, _ text: PublicText, by actor: Actor) async throws
        -> Announcement
    {
        try await changeAnnouncement(id) { try $0.rewording(title, text, by: actor, at: $1) }
    }

    /// - Parameter until: when it leaves the page; nil: it stays.
    @discardableResult func limit(announcement id: PublicID, until: Date?, by actor: Actor) async throws -> Announcement {
        try await changeAnnouncement(id) { try $0.limiting(until: until, by: actor, at: $1) }
    }

    @discardableResult func withdraw(announcement id: PublicID, because reason: String, by actor: Actor) async throws -> Announcement {
        try await changeAnnouncement(id) { announcement, now in
            if announcement.withdrawnAt != nil { return Change(of: announcement, by: actor, at: now) }
            return try announcement.withdrawing(because: reason, by: actor, at: now)
        }
    }

    private func changeAnnouncement(_ id: PublicID, _ rule: @escaping @Sendable (Announcement, Date) throws -> Change<Announcement>)
        async throws -> Announcement
    {
        let (now, bell) = (clock.now(), bell)
        return try await database.writeUntilKnown { tx in
            guard let announcement = try tx.announcement(id) else { throw AnnouncementRefusal.noSuchAnnouncement }
            let change = try rule(announcement, now)
            try tx.record(change)
            tx.onCommit { bell.ring() }
            return change.after
        }
    }
}
