import Foundation
import Storage

extension Snapshot {
    /// A page of a list of open tickets: those longest in the dark come first.
    func tickets(in list: TicketList, after position: InboxPosition?, limit: Int) throws -> [TicketLine] {
        let narrowing: SQL =
            switch list {
            case .open: ""
            case .us: "AND turn = 'us'"
            case .customer: "AND turn = 'customer'"
            case .thirdParty: "AND turn = 'thirdParty'"
            case .unassigned: "AND assignee IS NULL"
            case .assigned(let agent): "AND assignee = \(agent)"
            case .queue(let name): "AND queue = \(name)"
            }
        let beyond: SQL = position.map { "AND (dark_since, number) > (\($0.darkSince), \($0.number.rawValue))" } ?? ""
        return try lines(
            "SELECT * FROM ticket WHERE status = 'open' \(raw: narrowing) \(raw: beyond) ORDER BY dark_since, number LIMIT \(limit)")
    }

    /// Solved tickets, newest first, below a number.
    func solvedTickets(before number: TicketNumber?, limit: Int) throws -> [TicketLine] {
        let beyond: SQL = number.map { "AND number < \($0.rawValue)" } ?? ""
        return try lines(
            "SELECT * FROM ticket WHERE status = 'solved' \(raw: beyond) ORDER BY number DESC LIMIT \(limit)", order: "t.number DESC")
    }

    /// A customer's tickets, newest first.
    func tickets(of customer: Int64, limit: Int) throws -> [Ticket] {
        try rows("SELECT * FROM ticket WHERE customer = \(customer) ORDER BY number DESC LIMIT \(limit)").map(Ticket.init(row:))
    }

    /// A customer's tickets as lines, newest first, below a number.
    func tickets(of customer: Int64, before number: TicketNumber?, limit: Int) throws -> [TicketLine] {
        let beyond: SQL = number.map { "AND number < \($0.rawValue)" } ?? ""
        return try lines(
            "SELECT * FROM ticket WHERE customer = \(customer) \(raw: beyond) ORDER BY number DESC LIMIT \(limit)", order: "t.number DESC")
    }

    /// The lines of given tickets.
    func lines(ofTickets numbers: [TicketNumber]) throws -> [TicketLine] {
        guard !numbers.isEmpty else { return [] }
        return try lines("SELECT * FROM ticket WHERE number IN \(list: numbers.map(\.rawValue)) ORDER BY dark_since, number")
    }

    private func lines(_ tickets: SQL, order: SQL = "t.dark_since, t.number") throws -> [TicketLine] {
        try rows(
            """
            SELECT t.*, c.name AS customer_name, c.address AS customer_address, a.name AS assignee_name, (SELECT substr(m.body, 1, 140) FROM message m WHERE m.ticket = t.number AND m.is_automatic = 0 ORDER BY m.id DESC LIMIT 1) AS excerpt,
                EXISTS (SELECT 1 FROM todo WHERE todo.ticket = t.number AND todo.done_at IS NULL) AS has_todo
            FROM (\(raw: tickets)) t
            JOIN customer c ON c.id = t.customer
            LEFT JOIN agent a ON a.id = t.assignee
            ORDER BY \(raw: order)
            """
        ).map { row in
            let (name, address): (String, String) = try (row["customer_name"], row["customer_address"])
            let excerpt: String? = try row["excerpt"]
            return try TicketLine(
                ticket: Ticket(row: row), customerName: name.isEmpty ? address : name, assigneeName: row["assignee_name"],
                hasTodo: row["has_todo"],
                excerpt: excerpt ?? "")
        }
    }
}
