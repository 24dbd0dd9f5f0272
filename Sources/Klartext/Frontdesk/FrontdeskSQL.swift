import Foundation
import Storage

extension Transaction {
    /// Remembers that a form was taken, so that the same form sent again changes nothing.
    func insertSubmission(_ digest: String, ticket: Int64, now: Date) throws {
        try run("INSERT INTO submission (digest, ticket, created_at) VALUES (\(digest), \(ticket), \(now))")
    }

    func deleteSubmissions(before time: Date) throws { try run("DELETE FROM submission WHERE created_at <= \(time)") }
}

extension Snapshot {
    /// The number of the ticket that a form became.
    func submission(_ digest: String) throws -> Int64? { try value("SELECT ticket FROM submission WHERE digest = \(digest)") }
}
