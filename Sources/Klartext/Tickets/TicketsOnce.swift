import Crypto
import Foundation
import Storage

/// Actions that are done once, however often they are asked for.
extension Tickets {
    /// Names what a form asks for: the same form with the same content has the same name.
    static func name(_ content: [String]) -> String {
        Hexadecimal.text(SHA256.hash(data: Data(content.joined(separator: "\u{1F}").utf8)))
    }

    /// Does something to a ticket, unless it was done under this name before.
    ///
    /// Where the database server is lost while it commits, nobody knows what became of it: it is done again, and finds its own name.
    /// - Parameter name: of a form; without one, an action that is asked for twice is done twice.
    func once(
        _ name: String = UUID().uuidString, on number: TicketNumber, at now: Date, _ act: @escaping @Sendable (Transaction) throws -> Void
    ) async throws {
        try await database.writeUntilKnown { tx in
            if try tx.submission(name) != nil { return }
            try act(tx)
            try tx.insertSubmission(name, ticket: number.rawValue, now: now)
        }
    }
}
