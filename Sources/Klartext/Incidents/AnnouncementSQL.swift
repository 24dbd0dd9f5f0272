import Foundation
import Storage

extension Transaction {
    /// Records a change whole: the row, the journal, the page that is to be made anew.
    func record(_ change: Change<Announcement>) throws {
        guard !change.events.isEmpty else { return }
        let announcement = change.after
        try run(
            """
            INSERT INTO announcement (id, title_de, title_en, text_de, text_en, published_at, changed_at, leaves_at, withdrawn_at, events)
            VALUES (\(announcement.id), \(announcement.title.de), \(announcement.title.en), \(announcement.text.de), \(announcement.text.en),
                \(announcement.publishedAt), \(announcement.changedAt), \(announcement.until), \(announcement.withdrawnAt),
                \(announcement.events))
            ON CONFLICT (id) DO UPDATE SET title_de = excluded.title_de, title_en = excluded.title_en, text_de = excluded.text_de,
                text_en = excluded.text_en, changed_at = excluded.changed_at, leaves_at = excluded.leaves_at,
                withdrawn_at = excluded.withdrawn_at, events = excluded.events
            """)
        try tell(change)
    }
}

extension Snapshot {
    func announcement(_ id: PublicID) throws -> Announcement? {
        try row("SELECT * FROM announcement WHERE id = \(id)").map(Announcement.init(row:))
    }

    /// All there ever were, the newest first.
    func announcements() throws -> [Announcement] {
        try rows("SELECT * FROM announcement ORDER BY published_at DESC, id").map(Announcement.init(row:))
    }
}

extension Announcement {
    init(row: Row) throws {
        try self.init(
            id: row["id"], title: PublicText(row: row, "title"), text: PublicText(row: row, "text"), publishedAt: row["published_at"],
            changedAt: row["changed_at"], until: row["leaves_at"], withdrawnAt: row["withdrawn_at"], events: row["events"])
    }
}
