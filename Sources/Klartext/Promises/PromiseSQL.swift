import Foundation
import Storage

extension Transaction {
    /// Records a change whole: the row, the journal, the counters.
    func record(_ change: PromiseChange) throws {
        guard !change.events.isEmpty else { return }
        if change.before == nil { try insert(change.promise) } else { try update(change.promise) }
        for event in change.events { try append(event, about: change.promise.subject, by: change.actor, at: change.at) }
        let (was, isNow) = (change.before, change.promise)
        try count("promises", by: (isNow.state == .open ? 1 : 0) - (was?.state == .open ? 1 : 0))
        try count("promises missed", by: (isNow.isMissed ? 1 : 0) - (was?.isMissed == true ? 1 : 0))
    }

    private func insert(_ promise: Promise) throws {
        try run(
            """
            INSERT INTO promise (id, about, channel, text, third_party, owner, addressee, due_at, first_due_at, made_at, state, settled_at, outcome, missed, reminded,
                events)
            VALUES (\(promise.id), \(promise.about), \(promise.channel.rawValue), \(promise.text), \(promise.thirdParty), \(promise.owner),
                \(promise.addressee), \(promise.dueAt), \(promise.firstDueAt), \(promise.madeAt), \(promise.state.rawValue), \(promise.settledAt),
                \(promise.outcome), \(promise.missed), \(promise.reminded.rawValue), \(promise.events))
            """)
    }

    private func update(_ promise: Promise) throws {
        try run(
            """
            UPDATE promise SET about = \(promise.about), owner = \(promise.owner), due_at = \(promise.dueAt), state = \(promise.state.rawValue),
                settled_at = \(promise.settledAt), outcome = \(promise.outcome), missed = \(promise.missed), reminded = \(promise.reminded.rawValue),
                events = \(promise.events)
            WHERE id = \(promise.id)
            """)
    }
}

extension Snapshot {
    func promise(_ id: Int64) throws -> Promise? { try row("SELECT * FROM promise WHERE id = \(id)").map(Promise.init(row:)) }

    /// All promises about something, in the order in which they were made.
    func promises(about subject: String) throws -> [Promise] {
        try rows("SELECT * FROM promise WHERE about = \(subject) ORDER BY id").map(Promise.init(row:))
    }

    /// Open promises that are due by a time, the earliest first, from a place on.
    func openPromises(dueBy time: Date, after place: (dueAt: Date, id: Int64)?, limit: Int) throws -> [Promise] {
        let beyond: SQL = place.map { "AND (due_at, id) > (\($0.dueAt), \($0.id))" } ?? ""
        return try rows(
            "SELECT * FROM promise WHERE state = 'open' AND due_at <= \(time) \(raw: beyond) ORDER BY due_at, id LIMIT \(limit)"
        )
        .map(Promise.init(row:))
    }

    /// The same of those of whose time not everybody was reminded.
    func promisesToRemind(dueBy time: Date, after place: (dueAt: Date, id: Int64)?, limit: Int) throws -> [Promise] {
        let beyond: SQL = place.map { "AND (due_at, id) > (\($0.dueAt), \($0.id))" } ?? ""
        return try rows(
            """
            SELECT * FROM promise WHERE state = 'open' AND reminded < 2 AND due_at <= \(time) \(raw: beyond) ORDER BY due_at, id LIMIT \(limit)
            """
        ).map(Promise.init(row:))
    }

    /// Open promises whose time has passed at least once, the longest ago first.
    func missedPromises(limit: Int) throws -> [Promise] {
        try rows("SELECT * FROM promise WHERE state = 'open' AND missed > 0 ORDER BY first_due_at, id LIMIT \(limit)").map(
            Promise.init(row:))
    }

    func promises(after id: Int64, limit: Int) throws -> [Promise] {
        try rows("SELECT * FROM promise WHERE id > \(id) ORDER BY id LIMIT \(limit)").map(Promise.init(row:))
    }

    /// The events of a promise as its journal has them, oldest first.
    func history(ofPromise id: Int64) throws -> [PromiseHistoryEntry] {
        try journal(about: Promise.subject(id)).map { entry in
            try PromiseHistoryEntry(
                promise: id, event: entry.decoded(as: PromiseEvent.self), actor: Actor(entry.actor) ?? .system(entry.actor),
                at: entry.happenedAt)
        }
    }

    /// What became of the promises that fell due within a time, by the owner's team: those that were to be kept by us.
    func promisesDue(from: Date, to: Date) throws -> [(team: String, firstDueAt: Date, isKept: Bool)] {
        try rows(
            """
            SELECT a.team, p.first_due_at, CASE WHEN p.state = 'kept' AND p.settled_at <= p.first_due_at THEN 1 ELSE 0 END AS is_kept
            FROM promise p JOIN agent a ON a.id = p.owner
            WHERE p.first_due_at >= \(from) AND p.first_due_at < \(to) AND p.third_party IS NULL AND (p.state = 'kept' OR p.missed > 0)
            """
        ).map { try ($0["team"], $0["first_due_at"], $0["is_kept"]) }
    }

    /// What became of our promises that were first due within a time. Moving the time is no way to keep one.
    func publishedMonth(_ name: String, from: Date, to: Date) throws -> PublishedMonth {
        let found = try row(
            """
            SELECT count(CASE WHEN state = 'kept' AND settled_at <= first_due_at THEN 1 END) AS kept,
                count(CASE WHEN state = 'withdrawn' AND settled_at <= first_due_at THEN 1 END) AS withdrawn, count(*) AS given
            FROM promise WHERE first_due_at >= \(from) AND first_due_at < \(to) AND third_party IS NULL
            """)
        guard let found else { return PublishedMonth(month: name) }
        let (kept, withdrawn, given): (Int, Int, Int) = try (found["kept"], found["withdrawn"], found["given"])
        return PublishedMonth(month: name, kept: kept, late: given - kept - withdrawn, withdrawn: withdrawn)
    }
}

/// One line of a promise's journal.
struct PromiseHistoryEntry: Sendable, Equatable {
    var promise: Int64
    var event: PromiseEvent
    var actor: Actor
    var at: Date
}

extension Promise {
    /// Its time came and it is still to be kept.
    fileprivate var isMissed: Bool { state == .open && missed > 0 }

    init(row: Row) throws {
        let (channel, state, reminded): (String, String, Int) = try (row["channel"], row["state"], row["reminded"])
        try self.init(
            id: row["id"], about: row["about"], channel: PromiseChannel(rawValue: channel) ?? .other, text: row["text"],
            thirdParty: row["third_party"],
            owner: row["owner"], addressee: row["addressee"], dueAt: row["due_at"], firstDueAt: row["first_due_at"], madeAt: row["made_at"],
            state: State(rawValue: state) ?? .open, settledAt: row["settled_at"], outcome: row["outcome"], missed: row["missed"],
            reminded: Reminded(rawValue: reminded) ?? .nobody, events: row["events"])
    }
}
