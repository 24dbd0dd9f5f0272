import Foundation

/// A page of what was found, with everything that its lines show.
struct SearchView: Sendable {
    /// One ticket, and the message or note that it was found by.
    struct Hit: Sendable {
        var line: TicketLine
        var document: SearchDocument
    }

    /// As it was typed.
    var text: String
    var results: Search.Results
    /// The ticket whose number was typed.
    var named: TicketLine?
    var customers: [Customer] = []
    var hits: [Hit] = []
    /// Whether it is the first page: only there stand the ticket of that number and the customers.
    var isFirst: Bool

    var isEmpty: Bool { named == nil && customers.isEmpty && hits.isEmpty && results.next == nil }
    /// What was typed and stands nowhere, not even as something similar.
    var lost: [String] { results.match.terms.filter(\.isLost).map(\.typed) }
    /// What was typed and stands nowhere, with the words that were taken instead.
    var corrected: [SearchMatch.Term] { results.match.terms.filter { !$0.corrections.isEmpty } }
}
