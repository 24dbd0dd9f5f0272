import Foundation
import Storage

extension Transaction {
    /// Records a change whole: the rows, the journal, the page that is to be made anew. Of updates and moments only those that are others now.
    func record(_ change: Change<Incident>) throws {
        guard !change.events.isEmpty else { return }
        let incident = change.after
        if change.before == nil { try insert(incident) } else { try update(incident) }
        let (updates, moments) = (change.before?.updates ?? [], change.before?.moments ?? [])
        for (position, update) in incident.updates.enumerated() where updates.count <= position || updates[position] != update {
            try put(update, position, of: incident.id)
        }
        for (position, moment) in incident.moments.enumerated() where moments.count <= position || moments[position] != moment {
            try put(moment, position, of: incident.id)
        }
        try tell(change)
        guard !incident.isBackfilled else { return }
        for event in change.events {
            if let telling = event.telling {
                try promise(TellOfIncident(incident: incident.id, telling: telling), at: change.at, now: change.at)
            }
            guard case .corrected(let update, _, _) = event else { continue }
            try promise(RewordUpdate(incident: incident.id, update: update, events: incident.events), at: change.at, now: change.at)
        }
    }

    private func insert(_ incident: Incident) throws {
        let next = incident.nextUpdate
        try run(
            """
            INSERT INTO incident (id, title_de, title_en, state, worst_impact, impact_by_hand, owner, started_at, opened_at, changed_at,
                monitoring_at, resolved_at, next_update_by, next_update_set_at, next_update_owner_reminded, next_update_alarms,
                postmortem_de, postmortem_en, postmortem_at, is_backfilled, asked_at, events)
            VALUES (\(incident.id), \(incident.title.de), \(incident.title.en), \(incident.state), \(incident.worstImpact),
                \(incident.impactByHand), \(incident.owner), \(incident.startedAt), \(incident.openedAt), \(incident.changedAt),
                \(incident.monitoringAt), \(incident.resolvedAt), \(next?.by), \(next?.setAt), \(next?.isOwnerReminded), \(next?.alarms),
                \(incident.postmortem?.de), \(incident.postmortem?.en), \(incident.postmortemAt), \(incident.isBackfilled),
                \(incident.askedAt), \(incident.events))
            """)
    }

    private func update(_ incident: Incident) throws {
        let next = incident.nextUpdate
        try run(
            """
            UPDATE incident SET title_de = \(incident.title.de), title_en = \(incident.title.en), state = \(incident.state),
                worst_impact = \(incident.worstImpact), impact_by_hand = \(incident.impactByHand), owner = \(incident.owner),
                started_at = \(incident.startedAt), changed_at = \(incident.changedAt), monitoring_at = \(incident.monitoringAt),
                resolved_at = \(incident.resolvedAt), next_update_by = \(next?.by), next_update_set_at = \(next?.setAt),
                next_update_owner_reminded = \(next?.isOwnerReminded), next_update_alarms = \(next?.alarms),
                postmortem_de = \(incident.postmortem?.de), postmortem_en = \(incident.postmortem?.en),
                postmortem_at = \(incident.postmortemAt), asked_at = \(incident.askedAt), events = \(incident.events)
            WHERE id = \(incident.id)
            """)
    }

    private func put(_ update: IncidentUpdate, _ position: Int, of incident: PublicID) throws {
        let (debt, deadline) = (update.debt, update.debt?.deadline)
        try run(
            """
            INSERT INTO incident_update (id, incident, place, state, text_de, text_en, written_at, changed_at, display_at, next_update_by,
                minutes_late, debt_language, debt_state, debt_by, debt_set_at, debt_owner_reminded, debt_alarms, debt_settled_at,
                debt_minutes_late)
            VALUES (\(update.id), \(incident), \(position), \(update.state), \(update.text.de), \(update.text.en), \(update.writtenAt),
                \(update.changedAt), \(update.displayAt), \(update.nextUpdateBy), \(update.minutesLate), \(debt?.language.rawValue),
                \(debt?.state.rawValue), \(deadline?.by), \(deadline?.setAt), \(deadline?.isOwnerReminded), \(deadline?.alarms),
                \(debt?.settledAt), \(debt?.minutesLate))
            ON CONFLICT (id) DO UPDATE SET text_de = excluded.text_de, text_en = excluded.text_en, changed_at = excluded.changed_at,
                debt_state = excluded.debt_state, debt_owner_reminded = excluded.debt_owner_reminded, debt_alarms = excluded.debt_alarms,
                debt_settled_at = excluded.debt_settled_at, debt_minutes_late = excluded.debt_minutes_late
            """)
    }

    private func put(_ moment: ComponentMoment, _ position: Int, of incident: PublicID) throws {
        try run(
            """
            INSERT INTO incident_moment (incident, place, component, at, was, became, told_by)
            VALUES (\(incident), \(position), \(moment.component), \(moment.at), \(moment.from), \(moment.to), \(moment.update))
            ON CONFLICT (incident, place) DO UPDATE SET at = excluded.at
            """)
    }
}

extension Snapshot {
    func incident(_ id: PublicID) throws -> Incident? { try incidents("WHERE id = \(id)").first }

    /// All incidents there ever were, the newest first by the time they began.
    func incidents() throws -> [Incident] { try incidents("") }

    /// Those on which we still work, and those that owe somebody a language; the earliest due first.
    func incidentsToWatch() throws -> [Incident] {
        try incidents(
            "WHERE next_update_by IS NOT NULL OR id IN (SELECT u.incident FROM incident_update u WHERE u.debt_state = 'open')")
    }

    /// Those that are open.
    func openIncidents() throws -> [Incident] { try incidents("WHERE next_update_by IS NOT NULL") }

    func incidents(after id: String, limit: Int) throws -> [Incident] {
        try incidents("WHERE id IN (SELECT p.id FROM incident p WHERE p.id > \(id) ORDER BY p.id LIMIT \(limit))").sorted { $0.id < $1.id }
    }

    /// Incidents with all that belongs to them, in three statements however many they are.
    private func incidents(_ which: SQL) throws -> [Incident] {
        let chosen: SQL = "SELECT id FROM incident \(raw: which)"
        let all: Bool = which.text.isEmpty
        let narrowed: SQL = all ? "" : "WHERE incident IN (\(raw: chosen))"
        let moments = try rows("SELECT * FROM incident_moment \(raw: narrowed) ORDER BY incident, place").map {
            try (incident: $0["incident"] as PublicID, moment: ComponentMoment(row: $0))
        }
        let momentsOf = Dictionary(grouping: moments, by: \.incident).mapValues { $0.map(\.moment) }
        let updates = try rows("SELECT * FROM incident_update \(raw: narrowed) ORDER BY incident, place").map { row in
            let incident: PublicID = try row["incident"]
            return (incident: incident, update: try IncidentUpdate(row: row, momentsOf[incident] ?? []))
        }
        let updatesOf = Dictionary(grouping: updates, by: \.incident).mapValues { $0.map(\.update) }
        return try rows("SELECT * FROM incident \(raw: which) ORDER BY started_at DESC, id").map { row in
            let id: PublicID = try row["id"]
            return try Incident(row: row, updates: updatesOf[id] ?? [], moments: momentsOf[id] ?? [])
        }
    }
}

extension Incident {
    fileprivate init(row: Row, updates: [IncidentUpdate], moments: [ComponentMoment]) throws {
        let postmortemDE: String? = try row["postmortem_de"]
        try self.init(
            id: row["id"], title: PublicText(row: row, "title"), state: row["state"], worstImpact: row["worst_impact"],
            impactByHand: row["impact_by_hand"], owner: row["owner"], startedAt: row["started_at"], openedAt: row["opened_at"],
            changedAt: row["changed_at"], monitoringAt: row["monitoring_at"], resolvedAt: row["resolved_at"],
            nextUpdate: Deadline(row: row, "next_update"), updates: updates, moments: moments,
            postmortem: postmortemDE == nil ? nil : PublicText(row: row, "postmortem"), postmortemAt: row["postmortem_at"],
            isBackfilled: row["is_backfilled"], askedAt: row["asked_at"], events: row["events"])
    }
}

extension IncidentUpdate {
    fileprivate init(row: Row, _ moments: [ComponentMoment]) throws {
        let id: PublicID = try row["id"]
        try self.init(
            id: id, state: row["state"], text: PublicText(row: row, "text"), writtenAt: row["written_at"], changedAt: row["changed_at"],
            displayAt: row["display_at"],
            turns: moments.filter { $0.update == id }.map { ComponentTurn(component: $0.component, from: $0.from, to: $0.to) },
            nextUpdateBy: row["next_update_by"], minutesLate: row["minutes_late"], debt: LanguageDebt(row: row))
    }
}

extension LanguageDebt {
    fileprivate init?(row: Row) throws {
        let (language, state): (String?, String?) = try (row["debt_language"], row["debt_state"])
        guard let language = language.flatMap(Language.init(rawValue:)), let state = state.flatMap(State.init(rawValue:)),
            let deadline = try Deadline(row: row, "debt")
        else { return nil }
        self.init(
            language: language, deadline: deadline, state: state, settledAt: try row["debt_settled_at"],
            minutesLate: try row["debt_minutes_late"])
    }
}

extension ComponentMoment {
    fileprivate init(row: Row) throws {
        try self.init(component: row["component"], at: row["at"], from: row["was"], to: row["became"], update: row["told_by"])
    }
}
