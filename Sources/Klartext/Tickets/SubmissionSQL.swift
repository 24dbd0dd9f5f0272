import Foundation
import Storage

extension Transaction {
    /// Remembers that a form was taken, or something else was done, so that the same sent again changes nothing.
    func insertSubmission(_ digest: String, ticket: Int64, now: Date) throws {
        try run("INSERT INTO submission (digest, ticket, created_at) VALUES (\(digest), \(ticket), \(now))")
    }

    /// Forgets some of the forms that are too old to be sent again.
    /// - Returns: how many, at most `limit`.
    func deleteSubmissions(before time: Date, limit: Int) throws -> Int {
        try run("DELETE FROM submission WHERE digest IN (SELECT digest FROM submission WHERE created_at <= \(time) LIMIT \(limit))")
    }
}

extension Snapshot {
    /// The number of the ticket that a form became.
    func submission(_ digest: String) throws -> Int64? { try value("SELECT ticket FROM submission WHERE digest = \(digest)") }
}
