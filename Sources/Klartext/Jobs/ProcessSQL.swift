import Foundation
import Storage

extension Transaction {
    /// Puts a process on the list, or says that it still lives. One that was taken for dead comes back by this.
    func see(_ process: ProcessEntry, now: Date) throws {
        try run(
            """
            INSERT INTO process (id, host, pid, roles, version, started_at, seen_at)
            VALUES (\(process.id), \(process.host), \(process.pid), \(process.roles.joined(separator: ",")), \(process.version),
                    \(process.startedAt), \(now))
            ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
            """)
    }

    /// Takes a dead process off the list and gives back its leases.
    /// - Parameter seenAt: its last sign of life that we know of.
    /// - Returns: false where there has been another one since, or somebody else has done it.
    func bury(_ id: String, seenAt: Date) throws -> Bool {
        guard try run("DELETE FROM process WHERE id = \(id) AND seen_at = \(seenAt)") > 0 else { return false }
        try releaseLeases(ofProcess: id)
        return true
    }

    /// Takes a process that ends in good order off the list. What it could not record any more is free at once.
    func leave(_ id: String) throws {
        try run("DELETE FROM process WHERE id = \(id)")
        try releaseLeases(ofProcess: id)
    }

    /// Begins with an empty list and no lease: whoever is on it is no more. Only right for who has the database to himself.
    func beginAlone() throws {
        try run("DELETE FROM process")
        try releaseAllLeases()
    }
}

extension Snapshot {
    /// All processes that live, as far as anybody knows, with their last signs of life.
    func processes() throws -> [(process: ProcessEntry, seenAt: Date)] {
        try rows("SELECT id, host, pid, roles, version, started_at, seen_at FROM process ORDER BY started_at, id").map {
            (try ProcessEntry(row: $0), try $0["seen_at"])
        }
    }
}

extension ProcessEntry {
    init(row: Row) throws {
        let roles: String = try row["roles"]
        try self.init(
            id: row["id"], host: row["host"], pid: row["pid"], roles: roles.split(separator: ",").map(String.init), version: row["version"],
            startedAt: row["started_at"])
    }
}
