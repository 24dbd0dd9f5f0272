import Foundation
import Storage

extension Transaction {
    /// Moves an entry of the timetable on, if it is due; one that is new is due at once.
    /// - Returns: whether it was us who did.
    func claim(_ name: String, next: Date, by process: String, now: Date) throws -> Bool {
        try run(
            """
            INSERT INTO timetable (name, next_at, last_by) VALUES (\(name), \(next), \(process))
            ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at, last_by = excluded.last_by WHERE timetable.next_at <= \(now)
            """) > 0
    }
}

extension Snapshot {
    /// When each entry is due next.
    func timetable() throws -> [String: Date] {
        var all: [String: Date] = [:]
        for row in try rows("SELECT name, next_at FROM timetable") { all[try row["name"]] = try row["next_at"] }
        return all
    }
}
