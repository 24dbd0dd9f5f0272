import Foundation
import Storage

extension Transaction {
    /// Records a change whole: the rows, the journal, the page that is to be made anew.
    func record(_ change: Change<Maintenance>) throws {
        guard !change.events.isEmpty else { return }
        let maintenance = change.after
        if change.before == nil { try insert(maintenance) } else { try update(maintenance) }
        let before = change.before?.updates ?? []
        for (position, update) in maintenance.updates.enumerated() where before.count <= position || before[position] != update {
            try put(update, position, of: maintenance.id)
        }
        try tell(change)
        for telling in change.events.compactMap(\.telling) {
            try promise(TellOfMaintenance(maintenance: maintenance.id, telling: telling, saidAt: change.at), at: change.at, now: change.at)
        }
    }

    private func insert(_ maintenance: Maintenance) throws {
        let verification = maintenance.verification
        try run(
            """
            INSERT INTO maintenance (id, title_de, title_en, state, owner, scheduled_for, scheduled_until, effects, verifies, announced_at,
                changed_at, started_at, completed_at, cancelled_at, verification_by, verification_set_at, verification_owner_reminded,
                verification_alarms, sequence, reminded, series_rule, series_first_at, series_slot, has_continued, events)
            VALUES (\(maintenance.id), \(maintenance.title.de), \(maintenance.title.en), \(maintenance.state), \(maintenance.owner),
                \(maintenance.scheduledFor), \(maintenance.scheduledUntil), \(coded(maintenance.effects)), \(maintenance.verifies),
                \(maintenance.announcedAt), \(maintenance.changedAt), \(maintenance.startedAt), \(maintenance.completedAt),
                \(maintenance.cancelledAt), \(verification?.by), \(verification?.setAt), \(verification?.isOwnerReminded),
                \(verification?.alarms), \(maintenance.sequence), \(maintenance.reminded.rawValue), \(maintenance.series?.rule),
                \(maintenance.series?.firstAt), \(maintenance.series?.slot), \(maintenance.hasContinued), \(maintenance.events))
            """)
    }

    private func update(_ maintenance: Maintenance) throws {
        let verification = maintenance.verification
        try run(
            """
            UPDATE maintenance SET title_de = \(maintenance.title.de), title_en = \(maintenance.title.en), state = \(maintenance.state),
                owner = \(maintenance.owner), scheduled_for = \(maintenance.scheduledFor), scheduled_until = \(maintenance.scheduledUntil),
                effects = \(coded(maintenance.effects)), changed_at = \(maintenance.changedAt), started_at = \(maintenance.startedAt),
                completed_at = \(maintenance.completedAt), cancelled_at = \(maintenance.cancelledAt), verification_by = \(verification?.by),
                verification_set_at = \(verification?.setAt), verification_owner_reminded = \(verification?.isOwnerReminded),
                verification_alarms = \(verification?.alarms), sequence = \(maintenance.sequence),
                reminded = \(maintenance.reminded.rawValue), has_continued = \(maintenance.hasContinued), events = \(maintenance.events)
            WHERE id = \(maintenance.id)
            """)
    }

    private func coded(_ effects: [ComponentEffect]) throws -> String {
        String(decoding: try JSONEncoder.journal.encode(effects), as: UTF8.self)
    }

    private func put(_ update: MaintenanceUpdate, _ position: Int, of maintenance: PublicID) throws {
        try run(
            """
            INSERT INTO maintenance_update (id, maintenance, place, state, text_de, text_en, written_at, changed_at, display_at)
            VALUES (\(update.id), \(maintenance), \(position), \(update.state), \(update.text.de), \(update.text.en), \(update.writtenAt),
                \(update.changedAt), \(update.displayAt))
            ON CONFLICT (id) DO UPDATE SET text_de = excluded.text_de, text_en = excluded.text_en, changed_at = excluded.changed_at
            """)
    }
}

extension Snapshot {
    func maintenance(_ id: PublicID) throws -> Maintenance? { try maintenances("WHERE id = \(id)").first }

    /// All there ever were, the earliest first.
    func maintenances() throws -> [Maintenance] { try maintenances("") }

    /// Those that the clock makes something of: what is not over, and what may be followed by the next one of its series.
    func maintenancesToWatch() throws -> [Maintenance] {
        try maintenances("WHERE state <> 'completed' OR (series_rule IS NOT NULL AND has_continued = 0)")
    }

    func maintenances(after id: String, limit: Int) throws -> [Maintenance] {
        try maintenances("WHERE id IN (SELECT p.id FROM maintenance p WHERE p.id > \(id) ORDER BY p.id LIMIT \(limit))").sorted {
            $0.id < $1.id
        }
    }

    private func maintenances(_ which: SQL) throws -> [Maintenance] {
        let narrowed: SQL = which.text.isEmpty ? "" : "WHERE maintenance IN (SELECT id FROM maintenance \(raw: which))"
        let updates = try rows("SELECT * FROM maintenance_update \(raw: narrowed) ORDER BY maintenance, place").map {
            try (maintenance: $0["maintenance"] as PublicID, update: MaintenanceUpdate(row: $0))
        }
        let updatesOf = Dictionary(grouping: updates, by: \.maintenance).mapValues { $0.map(\.update) }
        return try rows("SELECT * FROM maintenance \(raw: which) ORDER BY scheduled_for, id").map { row in
            try Maintenance(row: row, updates: updatesOf[row["id"]] ?? [])
        }
    }
}

extension Maintenance {
    fileprivate init(row: Row, updates: [MaintenanceUpdate]) throws {
        let (effects, rule, reminded): (String, String?, Int) = try (row["effects"], row["series_rule"], row["reminded"])
        let series = try rule.map { try MaintenanceSeries(rule: $0, firstAt: row["series_first_at"], slot: row["series_slot"]) }
        try self.init(
            id: row["id"], title: PublicText(row: row, "title"), state: row["state"], owner: row["owner"],
            scheduledFor: row["scheduled_for"], scheduledUntil: row["scheduled_until"],
            effects: JSONDecoder.journal.decode([ComponentEffect].self, from: Data(effects.utf8)), verifies: row["verifies"],
            announcedAt: row["announced_at"], changedAt: row["changed_at"], startedAt: row["started_at"],
            completedAt: row["completed_at"], cancelledAt: row["cancelled_at"], verification: Deadline(row: row, "verification"),
            updates: updates, sequence: row["sequence"], reminded: Lead(rawValue: reminded) ?? .none, series: series,
            hasContinued: row["has_continued"], events: row["events"])
    }
}

extension MaintenanceUpdate {
    fileprivate init(row: Row) throws {
        try self.init(
            id: row["id"], state: row["state"], text: PublicText(row: row, "text"), writtenAt: row["written_at"],
            changedAt: row["changed_at"], displayAt: row["display_at"])
    }
}
