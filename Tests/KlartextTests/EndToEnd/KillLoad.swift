import Foundation
import NIOConcurrencyHelpers

@testable import Klartext

/// Customers, mail servers and an agent who go on whatever happens to the server, and what they were told.
///
/// Who gets no answer sends the same again, as people and mail servers do; some customers give up instead. Whatever the server says
/// beside "yes" and "not now" is kept as a surprise.
final class KillLoad: Sendable {
    /// Something sent whose arrival was acknowledged.
    struct Acknowledged: Sendable {
        var text: String
        /// Given for a request and known for a reply.
        var number: TicketNumber?
        /// Of a mail.
        var emailID: String?
        var digest: String?
        /// Of the file that was sent along.
        var fileDigest: String?
    }

    struct Ledger: Sendable {
        var requests: [Acknowledged] = []
        var mails: [Acknowledged] = []
        var replies: [Acknowledged] = []
        /// Everything that was ever sent, acknowledged or not.
        var attempted: Set<String> = []
        var surprises: [String] = []
    }

    struct Doors: Sendable {
        var web: Int
        var mail: Int
    }

    private struct State {
        var doors: Doors?
        var isOver = false
        var ledger = Ledger()
        var count = 0
    }

    private let state = NIOLockedValueBox(State())

    var ledger: Ledger { state.withLockedValue { $0.ledger } }
    var isOver: Bool { state.withLockedValue { $0.isOver } }

    /// Where the server is now; nil while it is not.
    var doors: Doors? {
        get { state.withLockedValue { $0.doors } }
        set { state.withLockedValue { $0.doors = newValue } }
    }

    /// From now on nobody begins anything new.
    func end() { state.withLockedValue { $0.isOver = true } }

    func note(_ change: (inout Ledger) -> Void) { state.withLockedValue { change(&$0.ledger) } }

    /// A number that nobody has had.
    func next() -> Int {
        state.withLockedValue { state in
            state.count += 1
            return state.count
        }
    }

    /// Tries until it is done or all is over; somebody without patience tries once.
    func persist(isPatient: Bool = true, _ attempt: (Doors) async throws -> Bool) async {
        while !isOver {
            if let doors {
                if (try? await attempt(doors)) == true { return }
                if !isPatient { return }
            }
            // The server is between two lives; a small pause leaves it the processor.
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}
