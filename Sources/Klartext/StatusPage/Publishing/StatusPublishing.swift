import Foundation

/// What of all that is recorded the public is told, and how: the one place where the record becomes ``PublishedStatus``.
struct StatusPublishing: Sendable {
    let record: StatusRecord
    let site: StatusSite
    /// The page's clock on the wall.
    let wall: LocalClock
    let now: Date

    /// Kept and late promises of so many days are counted.
    static let daysCounted: Double = 90

    var status: PublishedStatus {
        let shown = shown
        let ids = Set(shown.map(\.id))
        let kept = record.incidents.flatMap { $0.kept(at: now) }.filter { $0.by > now.addingTimeInterval(-Self.daysCounted * 86_400) }
        return PublishedStatus(
            page: PublishedPage(
                id: site.id.text, name: site.name, url: site.url, deskURL: site.deskURL, timeZone: site.timeZone,
                updatedAt: record.changedAt ?? now),
            asOf: now, components: published(shown), incidents: record.incidents.map { published($0, ids) },
            maintenances: record.maintenances.map { published($0, ids) },
            announcements: record.announcements.filter { $0.isShown(at: now) }.map(published), updatesPromised: kept.count,
            updatesInTime: kept.filter(\.isInTime).count)
    }

    private func published(_ announcement: Announcement) -> PublishedAnnouncement {
        PublishedAnnouncement(
            id: announcement.id.text, title: announcement.title, text: announcement.text, publishedAt: announcement.publishedAt,
            until: announcement.until)
    }
}
