import Foundation
import Storage

extension Transaction {
    /// Promises a job; does nothing when the same one is promised already.
    func promise(_ parameters: some JobParameters, at runAt: Date, now: Date) throws {
        let body = String(decoding: try JSONEncoder.journal.encode(parameters), as: UTF8.self)
        let (kind, lane) = (type(of: parameters).kind, type(of: parameters).lane)
        try run(
            """
            INSERT INTO job (key, kind, lane, body, created_at, run_at, leased_until, attempts, error, died_at)
            VALUES (\(parameters.key), \(kind), \(lane.rawValue), \(body), \(now), \(runAt), 0, 0, '', NULL)
            ON CONFLICT (key) DO NOTHING
            """)
    }

    /// Leases the job of a lane that has been due for longest, if any is, in the name of one hand.
    /// - Parameter process: leases only while it is on the list of those that live; nil for who is on no list.
    func lease(_ lane: Job.Lane, by hand: String, ifListed process: String? = nil, now: Date, until: Date) throws -> Job? {
        let whileListed: SQL = process.map { "AND EXISTS (SELECT 1 FROM process WHERE id = \($0))" } ?? ""
        let due = try row(
            """
            UPDATE job SET leased_until = \(until), leased_by = \(hand), attempts = attempts + 1
            WHERE key = (SELECT key FROM job WHERE lane = \(lane.rawValue) AND died_at IS NULL AND run_at <= \(now) AND leased_until <= \(now)
                         \(raw: whileListed) ORDER BY run_at LIMIT 1 \(raw: passingOver))
            RETURNING key, kind, lane, body, attempts
            """)
        return try due.map(Job.init(row:))
    }

    /// Has a statement pass over rows that another transaction holds, where there can be one: it would wait, only to find the job leased.
    private var passingOver: SQL { engine == .postgreSQL ? "FOR UPDATE SKIP LOCKED" : "" }

    /// Records what became of a job; doing it twice, because the first answer was lost, does it once.
    /// - Returns: false where the hand has no lease on it (any more): then nothing is recorded, for that is another's business now.
    func settle(_ key: String, _ outcome: JobOutcome, by hand: String, now: Date) throws -> Bool {
        switch outcome {
        case .finished:
            return try run("DELETE FROM job WHERE key = \(key) AND leased_by = \(hand)") > 0
        case .putOff(let until, let reason):
            return try run(
                """
                UPDATE job SET run_at = \(until), leased_until = 0, leased_by = '', error = \(reason)
                WHERE key = \(key) AND leased_by = \(hand)
                """) > 0
        case .dead(let reason):
            let died = try run(
                """
                UPDATE job SET died_at = \(now), leased_until = 0, leased_by = '', error = \(reason)
                WHERE key = \(key) AND leased_by = \(hand) AND died_at IS NULL
                """)
            try count("dead jobs", by: died)
            return died > 0
        }
    }

    /// Gives back what a hand has leased.
    func releaseLeases(by hand: String) throws {
        try run("UPDATE job SET leased_until = 0, leased_by = '' WHERE leased_by = \(hand)")
    }

    /// Gives back what all hands of a process have leased.
    func releaseLeases(ofProcess id: String) throws {
        try run("UPDATE job SET leased_until = 0, leased_by = '' WHERE leased_by LIKE \(id + "/%")")
    }

    /// Promises a job for now, also where it was put off; one that somebody has in hand is left alone.
    func hurry(_ parameters: some JobParameters, now: Date) throws {
        try promise(parameters, at: now, now: now)
        try run("UPDATE job SET run_at = \(now) WHERE key = \(parameters.key) AND died_at IS NULL AND leased_until = 0")
    }

    /// Gives a dead job another life; returns false when there is none of that name.
    func reviveJob(_ key: String, now: Date) throws -> Bool {
        let revived = try run("UPDATE job SET died_at = NULL, attempts = 0, run_at = \(now) WHERE key = \(key) AND died_at IS NOT NULL")
        if revived > 0 { try count("dead jobs", by: -1) }
        return revived > 0
    }

    /// Takes back the leases of a process that is no more; only right where one process owns the database.
    func releaseAllLeases() throws { try run("UPDATE job SET leased_until = 0, leased_by = '' WHERE leased_until > 0") }

    /// Adds to a counter that lists show, so that no view ever has to count. Each writer adds to a share of its own and waits for nobody.
    func count(_ name: String, by difference: Int) throws {
        guard difference != 0 else { return }
        try run(
            """
            INSERT INTO counter_share (name, share, value) VALUES (\(name), \(share), \(difference))
            ON CONFLICT (name, share) DO UPDATE SET value = counter_share.value + excluded.value
            """)
    }
}

extension Snapshot {
    /// All counters by name; one that was never counted is absent and means 0.
    func counters() throws -> [String: Int] {
        var all: [String: Int] = [:]
        for row in try rows("SELECT name, sum(value) AS value FROM counter_share GROUP BY name") { all[try row["name"]] = try row["value"] }
        return all
    }

    /// Jobs whose patience has ended, oldest first.
    func deadJobs(limit: Int) throws -> [DeadJob] {
        try rows("SELECT key, kind, attempts, error, died_at FROM job WHERE died_at IS NOT NULL ORDER BY died_at LIMIT \(limit)").map {
            try DeadJob(key: $0["key"], kind: $0["kind"], attempts: $0["attempts"], error: $0["error"], diedAt: $0["died_at"])
        }
    }

    /// When a promised job is tried next; nil when there is none of that name, or it is dead.
    func nextTry(_ key: String) throws -> Date? { try value("SELECT run_at FROM job WHERE key = \(key) AND died_at IS NULL") }

    /// Whether in another lane than this one a job is due, or in somebody's hand.
    func isBusy(otherThan lane: Job.Lane, at now: Date) throws -> Bool {
        try row(
            """
            SELECT key FROM job WHERE died_at IS NULL AND lane <> \(lane.rawValue) AND (run_at <= \(now) OR leased_until > \(now)) LIMIT 1
            """) != nil
    }

    /// How many jobs wait, dead ones apart.
    func waitingJobs() throws -> Int { try value("SELECT count(*) FROM job WHERE died_at IS NULL") ?? 0 }
}

/// A job that is not tried again by itself.
struct DeadJob: Sendable {
    var key: String
    var kind: String
    var attempts: Int
    var error: String
    var diedAt: Date
}

extension Job {
    init(row: Row) throws {
        let lane: String = try row["lane"]
        try self.init(key: row["key"], kind: row["kind"], lane: Lane(rawValue: lane) ?? .work, body: row["body"], attempts: row["attempts"])
    }
}
