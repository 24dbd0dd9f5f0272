import Foundation
import NIOConcurrencyHelpers

@testable import Klartext

/// Customers, mail servers and an agent who go on whatever happens to the server, and what they were told.
///
/// Who gets no answer sends the same again, as people and mail servers do; some customers give up instead. Whatever the server says
/// beside "yes" and "not now" is kept as a surprise.
final class KillLoad: Sendable {
    /// A form that was answered with a number, or an agent's reply that was sent.
    struct Written: Sendable {
        var text: String
        var number: TicketNumber
        /// Digest of the file that was sent along.
        var file: String?
    }

    /// A mail that was answered with 250.
    struct Delivered: Sendable {
        var id: String
        var digest: String
    }

    /// Who was told what.
    struct Ledger: Sendable {
        var requests: [Written] = []
        var replies: [Written] = []
        var mails: [Delivered] = []
        /// Everything that was ever sent, acknowledged or not.
        var attempted: Set<String> = []
        /// How often no answer came.
        var unheard = 0
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
    var isOver: Bool { Task.isCancelled || state.withLockedValue { $0.isOver } }

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
                do {
                    if try await attempt(doors) { return }
                } catch {
                    note { $0.unheard += 1 }
                }
                if !isPatient { return }
            }
            // The server is between two lives; a small pause leaves it the processor.
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}
