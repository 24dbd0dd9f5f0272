import Foundation
import Storage

extension PublicID: SQLConvertible {
    var sqlValue: SQLValue { .text(text) }

    /// - Throws: `StorageError` when it is no such name: then the row was not written by us.
    init(sqlValue: SQLValue) throws {
        let text = try String(sqlValue: sqlValue)
        guard let id = PublicID(text) else { throw StorageError.other(code: 0, message: "\(text) is no public name") }
        self = id
    }
}

extension IncidentState: SQLConvertible {}
extension MaintenanceState: SQLConvertible {}
extension ComponentState: SQLConvertible {}
extension Impact: SQLConvertible {}

extension Transaction {
    /// The part of recording a change that is the same for all: the journal, and the page that is to be made anew.
    func tell<Subject: Chronicle>(_ change: Change<Subject>) throws {
        for event in change.events { try append(event, about: change.after.subject, by: change.actor, at: change.at) }
        if change.events.contains(where: \.isPublic) { try pageChanged(at: change.at) }
    }

    /// What the public sees is another thing now, or will be called so: the page is made anew, once for each version.
    /// - Parameter changesContent: false where nothing but the time makes it another.
    func pageChanged(at now: Date, changesContent: Bool = true) throws {
        let kept: SQL = changesContent ? "excluded.changed_at" : "status_page.changed_at"
        let version: Int64? = try value(
            """
            INSERT INTO status_page (number, version, changed_at, looked_at) VALUES (1, 1, \(now), \(now))
            ON CONFLICT (number) DO UPDATE SET version = status_page.version + 1, changed_at = \(raw: kept), looked_at = excluded.looked_at
            RETURNING version
            """)
        try promise(PublishPage(version: version ?? 0), at: now, now: now)
    }
}

extension Snapshot {
    /// How often the page has changed, when it last did, and until when we have looked for what the clock changes; nil before the first time.
    func pageVersion() throws -> (version: Int64, changedAt: Date, lookedAt: Date)? {
        try row("SELECT version, changed_at, looked_at FROM status_page WHERE number = 1").map {
            try ($0["version"], $0["changed_at"], $0["looked_at"])
        }
    }

    /// Whether a time that the page names has passed: a promise was not kept, or an announcement is over.
    func pageMoments(after: Date, until: Date) throws -> Bool {
        try row(
            """
            SELECT 1 AS found FROM incident WHERE next_update_by >= \(after) AND next_update_by < \(until)
            UNION ALL SELECT 1 FROM incident_update WHERE debt_state = 'open' AND debt_by >= \(after) AND debt_by < \(until)
            UNION ALL SELECT 1 FROM announcement WHERE withdrawn_at IS NULL AND leaves_at >= \(after) AND leaves_at < \(until)
            LIMIT 1
            """) != nil
    }

    /// The events of something as its journal has them, oldest first.
    func history<Subject: Chronicle>(_: Subject.Type, _ id: PublicID) throws -> [(event: Subject.Event, at: Date)] {
        try journal(about: Subject.subject(id)).map { try ($0.decoded(as: Subject.Event.self), $0.happenedAt) }
    }
}

extension Deadline {
    /// A deadline out of four columns of one name; nil where there is none.
    init?(row: Row, _ name: String) throws {
        guard let by: Date = try row["\(name)_by"] else { return nil }
        let (owner, alarms): (Int64?, Int?) = try (row["\(name)_owner_reminded"], row["\(name)_alarms"])
        self.init(by: by, setAt: try row["\(name)_set_at"], isOwnerReminded: owner == 1, alarms: alarms ?? 0)
    }
}

extension PublicText {
    init(row: Row, _ name: String) throws { self.init(de: try row["\(name)_de"], en: try row["\(name)_en"]) }
}
