import Crypto
import Foundation
import Storage

extension Transaction {
    func insert(_ field: TicketField) throws {
        try run(
            """
            INSERT INTO ticket_field (message, position, ticket, field, type, label, value, shown)
            VALUES (\(field.message), \(field.position), \(field.ticket.rawValue), \(field.field), \(field.type), \(field.label),
                \(field.value), \(field.shown))
            """)
    }
}

extension Snapshot {
    func fields(on ticket: TicketNumber) throws -> [TicketField] {
        try rows("SELECT * FROM ticket_field WHERE ticket = \(ticket.rawValue) ORDER BY message, position").map(TicketField.init(row:))
    }

    func fields(ofMessage id: Int64) throws -> [TicketField] {
        try rows("SELECT * FROM ticket_field WHERE message = \(id) ORDER BY position").map(TicketField.init(row:))
    }
}

extension [TicketField] {
    /// Names exactly these values in the journal, without telling them: what is erased one day must not live on there.
    var digest: String {
        // 0x1E and 0x1F stand in no field: a form's controls become spaces, and line breaks are others
        let lines = map { [$0.field, $0.type, $0.label, $0.value, $0.shown].joined(separator: "\u{1F}") }
        return Hexadecimal.text(SHA256.hash(data: Data(lines.joined(separator: "\u{1E}").utf8)))
    }
}

extension TicketField {
    fileprivate init(row: Row) throws {
        try self.init(
            message: row["message"], ticket: TicketNumber(stored: row["ticket"]), position: row["position"], field: row["field"],
            type: row["type"], label: row["label"], value: row["value"], shown: row["shown"])
    }
}
