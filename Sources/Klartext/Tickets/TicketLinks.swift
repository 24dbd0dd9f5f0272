import Crypto
import Foundation

/// The private links of tickets: whoever holds one may read the ticket and answer on it, so it is 128 bits nobody can guess.
///
/// A link is derived from the instance key, the number and a generation; the database holds only its digest. Renewing raises the generation.
struct TicketLinks: Sendable {
    var seal: Seal
    /// The public base URL without a slash at its end.
    var base: String

    func token(_ number: TicketNumber, generation: Int) -> String {
        seal.mark("status link", "\(number.rawValue)/\(generation)", bits: 128)
    }

    func path(_ ticket: Ticket) -> String { "/t/\(token(ticket.number, generation: ticket.linkGeneration))" }
    func url(_ ticket: Ticket) -> String { base + path(ticket) }

    /// What the database knows of a link.
    func digest(_ token: String) -> String { Hexadecimal.text(SHA256.hash(data: Data(token.utf8))) }
    func digest(of ticket: Ticket) -> String { digest(token(ticket.number, generation: ticket.linkGeneration)) }
}
