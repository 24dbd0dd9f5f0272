import Foundation
import Storage

extension Transaction {
    /// Records a change whole: the row, the journal, the page that is to be made anew.
    func record(_ change: Change<Component>) throws {
        guard !change.events.isEmpty else { return }
        let component = change.after
        try run(
            """
            INSERT INTO component (id, is_group, member_of, name_de, name_en, description_de, description_en, position, is_hidden,
                only_if_degraded, start_day, added_at, changed_at, retired_at, events)
            VALUES (\(component.id), \(component.isGroup), \(component.group), \(component.name.de), \(component.name.en),
                \(component.description.de), \(component.description.en), \(component.position), \(component.isHidden),
                \(component.isShownOnlyIfDegraded), \(component.startDay?.description), \(component.addedAt), \(component.changedAt),
                \(component.retiredAt), \(component.events))
            ON CONFLICT (id) DO UPDATE SET member_of = excluded.member_of, name_de = excluded.name_de, name_en = excluded.name_en,
                description_de = excluded.description_de, description_en = excluded.description_en, position = excluded.position,
                is_hidden = excluded.is_hidden, only_if_degraded = excluded.only_if_degraded, start_day = excluded.start_day,
                changed_at = excluded.changed_at, retired_at = excluded.retired_at, events = excluded.events
            """)
        try tell(change)
    }
}

extension Snapshot {
    /// All components and groups there ever were, in no order that means something.
    func components() throws -> [Component] {
        try rows("SELECT * FROM component ORDER BY added_at, id").map(Component.init(row:))
    }

    func component(_ id: PublicID) throws -> Component? {
        try row("SELECT * FROM component WHERE id = \(id)").map(Component.init(row:))
    }

    /// Whether an incident that is open, or has left the component disturbed, concerns it.
    func isTouchedByIncident(_ component: PublicID) throws -> Bool {
        try row(
            """
            SELECT 1 FROM incident_moment m JOIN incident i ON i.id = m.incident
            WHERE m.component = \(component) AND (i.resolved_at IS NULL OR (m.became <> 'operational'
                AND NOT EXISTS (SELECT 1 FROM incident_moment l
                    WHERE l.incident = m.incident AND l.component = m.component AND l.place > m.place)))
            LIMIT 1
            """) != nil
    }
}

extension Component {
    init(row: Row) throws {
        let startDay: String? = try row["start_day"]
        try self.init(
            id: row["id"], isGroup: row["is_group"], group: row["member_of"], name: PublicText(row: row, "name"),
            description: PublicText(row: row, "description"), position: row["position"], isHidden: row["is_hidden"],
            isShownOnlyIfDegraded: row["only_if_degraded"], startDay: startDay.flatMap { LocalDay($0) }, addedAt: row["added_at"],
            changedAt: row["changed_at"], retiredAt: row["retired_at"], events: row["events"])
    }
}
