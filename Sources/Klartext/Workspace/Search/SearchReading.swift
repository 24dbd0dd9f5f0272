import Foundation
import Storage

extension Workspace {
    /// The beginning of a text is enough to show where it was found.
    private static let mostBody = 20_000

    /// Everything a page of search shows, out of one view of the database.
    /// - Parameter before: the document that the page before ended with.
    func find(_ text: String, before: Int64?) async throws -> SearchView {
        let (query, number) = (SearchQuery(text), TicketNumber(text))
        let search = search
        return try await database.read { db in
            let named = try before == nil ? number.flatMap { try db.lines(ofTickets: [$0]).first } : nil
            let results = try search.find(query, before: before, limit: Workspace.linesPerPage, in: db)
            return try SearchView(
                text: text, results: results, named: named, customers: db.customers(results.customers),
                hits: Self.hits(results, without: number, in: db), isFirst: before == nil)
        }
    }

    private static func hits(_ results: Search.Results, without number: TicketNumber?, in db: Snapshot) throws -> [SearchView.Hit] {
        let documents = try db.documents(results.tickets.map(\.document), mostBody: mostBody)
        let numbers = results.tickets.compactMap(\.ticket).compactMap(TicketNumber.init(rawValue:)).filter { $0 != number }
        let lines = try Dictionary(
            db.lines(ofTickets: numbers).map { ($0.ticket.number.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
        return results.tickets.compactMap { found in
            guard let line = found.ticket.flatMap({ lines[$0] }), let document = documents[found.document.id] else { return nil }
            return SearchView.Hit(line: line, document: document)
        }
    }

    /// A customer with a page of tickets, newest first; nil when there is no such customer.
    func tickets(of customer: Int64, before number: TicketNumber?) async throws -> (customer: Customer, lines: [TicketLine])? {
        try await database.read { db in
            guard let customer = try db.customer(customer) else { return nil }
            return try (customer, db.tickets(of: customer.id, before: number, limit: Workspace.linesPerPage + 1))
        }
    }
}
