import Foundation
import Storage

extension Transaction {
    /// Writes down how far we are in a folder and what is wrong there; moves the counter with it.
    func put(_ folder: MailFolder) throws {
        let wasFailing = try mailFolder(folder.name)?.failingSince != nil
        let stuck = String(decoding: try JSONEncoder.journal.encode(folder.stuck), as: UTF8.self)
        let problem = try folder.problem.map { String(decoding: try JSONEncoder.journal.encode($0), as: UTF8.self) } ?? ""
        try run(
            """
            INSERT INTO mail_folder (name, validity, last_uid, since, left_behind, kept, stuck, looked_at, failures, failing_since, problem, at_uid)
            VALUES (\(folder.name), \(Int64(folder.validity)), \(Int64(folder.lastUID)), \(folder.since), \(folder.leftBehind), \(folder.kept),
                \(stuck), \(folder.lookedAt), \(folder.failures), \(folder.failingSince), \(problem), \(folder.atUID.map(Int64.init)))
            ON CONFLICT (name) DO UPDATE SET validity = excluded.validity, last_uid = excluded.last_uid, since = excluded.since,
                left_behind = excluded.left_behind, kept = excluded.kept, stuck = excluded.stuck, looked_at = excluded.looked_at,
                failures = excluded.failures, failing_since = excluded.failing_since, problem = excluded.problem, at_uid = excluded.at_uid
            """)
        try count(MailFolder.counter, by: (folder.failingSince == nil ? 0 : 1) - (wasFailing ? 1 : 0))
    }

    /// Folders that are no longer fetched from do not fail any more.
    func calmMailFolders(except names: [String]) throws {
        for folder in try mailFolders() where folder.failingSince != nil && !names.contains(folder.name) {
            var calm = folder
            (calm.failures, calm.failingSince, calm.problem) = (0, nil, nil)
            try put(calm)
        }
    }
}

extension Snapshot {
    func mailFolder(_ name: String) throws -> MailFolder? {
        try row("SELECT * FROM mail_folder WHERE name = \(name)").map(MailFolder.init(row:))
    }

    func mailFolders() throws -> [MailFolder] { try rows("SELECT * FROM mail_folder ORDER BY name").map(MailFolder.init(row:)) }
}

extension MailFolder {
    /// How many folders fail, as the counter is called.
    static let counter = "failing mailboxes"

    init(row: Row) throws {
        let (validity, last, at): (Int64, Int64, Int64?) = try (row["validity"], row["last_uid"], row["at_uid"])
        let (stuck, problem): (String, String) = try (row["stuck"], row["problem"])
        try self.init(
            name: row["name"], validity: UInt32(clamping: validity), lastUID: UInt32(clamping: last), since: row["since"],
            leftBehind: row["left_behind"], kept: row["kept"], stuck: JSONDecoder.journal.decode([Stuck].self, from: Data(stuck.utf8)),
            lookedAt: row["looked_at"], failures: row["failures"], failingSince: row["failing_since"],
            problem: problem.isEmpty ? nil : JSONDecoder.journal.decode(Problem.self, from: Data(problem.utf8)),
            atUID: at.map { UInt32(clamping: $0) })
    }
}
