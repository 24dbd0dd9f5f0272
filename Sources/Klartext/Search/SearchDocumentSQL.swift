import Foundation
import Storage

extension SearchDocument {
    /// Which document it is, without what stands in it.
    struct Name: Sendable, Equatable {
        var id: Int64
        var kind: Kind
    }

    /// So much of one text is searched, in characters: no person writes more, and reading a machine's megabytes would hold up everybody's writing.
    static let mostBody = 200_000
}

extension Snapshot {
    /// Messages as they are searched, each with what its ticket and customer add.
    func documents(ofMessages ids: [Int64], mostBody: Int = SearchDocument.mostBody) throws -> [SearchDocument] {
        guard !ids.isEmpty else { return [] }
        var documents = try rows(
            """
            SELECT m.id, m.ticket, t.subject, c.name, c.address, m.author_name, m.author_address, m.written_at,
                substr(m.body, 1, \(mostBody)) AS body
            FROM message m JOIN ticket t ON t.number = m.ticket JOIN customer c ON c.id = t.customer WHERE m.id IN \(list: ids)
            """
        ).map { row in
            let (name, address, ticket): (String, String, Int64) = try (row["author_name"], row["author_address"], row["ticket"])
            return try SearchDocument(
                id: row["id"], kind: .message, ticket: ticket, writtenAt: row["written_at"], body: row["body"],
                facts: [row["subject"], Self.spoken(ticket), row["name"], row["address"], name, address])
        }
        for row in try rows("SELECT message, name FROM attachment WHERE message IN \(list: ids) ORDER BY id") {
            let message: Int64 = try row["message"]
            if let index = documents.firstIndex(where: { $0.id == message }) { documents[index].facts.append(try row["name"]) }
        }
        let fields = try rows(
            """
            SELECT message, value, shown FROM ticket_field WHERE message IN \(list: ids) AND type NOT IN ('form', 'choice')
            ORDER BY message, position
            """)
        for row in fields {
            let message: Int64 = try row["message"]
            if let index = documents.firstIndex(where: { $0.id == message }) {
                documents[index].facts += [try row["value"], try row["shown"]]
            }
        }
        return documents
    }

    /// Notes as they are searched.
    func documents(ofNotes ids: [Int64], mostBody: Int = SearchDocument.mostBody) throws -> [SearchDocument] {
        guard !ids.isEmpty else { return [] }
        return try rows(
            """
            SELECT n.id, n.ticket, t.subject, c.name, c.address, a.name AS author_name, n.written_at,
                substr(n.body, 1, \(mostBody)) AS body
            FROM note n JOIN ticket t ON t.number = n.ticket JOIN customer c ON c.id = t.customer JOIN agent a ON a.id = n.agent
            WHERE n.id IN \(list: ids)
            """
        ).map { row in
            let ticket: Int64 = try row["ticket"]
            return try SearchDocument(
                id: row["id"], kind: .note, ticket: ticket, writtenAt: row["written_at"], body: row["body"],
                facts: [row["subject"], Self.spoken(ticket), row["name"], row["address"], row["author_name"]])
        }
    }

    /// Customers as they are searched.
    func documents(ofCustomers ids: [Int64]) throws -> [SearchDocument] {
        guard !ids.isEmpty else { return [] }
        return try rows("SELECT id, name, address, phone FROM customer WHERE id IN \(list: ids)").map { row in
            let (id, phone): (Int64, String) = try (row["id"], row["phone"])
            let facts: [String] = try [row["name"], row["address"]]
            return SearchDocument(id: -id, kind: .customer, ticket: nil, facts: facts + Self.dialled(phone))
        }
    }

    /// What there is to be searched, newest first, below a document.
    /// - Parameter customer: whose tickets' messages and notes; nil for those of all, and for the customers themselves.
    func documentNames(of customer: Int64?, below: Int64?, limit: Int) throws -> [SearchDocument.Name] {
        let below = below ?? .max
        let messages = writings("message", of: customer, below: below, limit: limit)
        let notes = writings("note", of: customer, below: below, limit: limit)
        let customers: SQL =
            customer == nil
            ? """
            UNION ALL SELECT * FROM (
                SELECT -c.id AS id, 'customer' AS kind FROM customer c WHERE c.id > \(-below) ORDER BY c.id LIMIT \(limit)
            ) customers
            """ : ""
        return try rows(
            """
            SELECT id, kind FROM (SELECT * FROM (\(raw: messages)) messages UNION ALL SELECT * FROM (\(raw: notes)) notes
                \(raw: customers)) AS documents
            ORDER BY id DESC LIMIT \(limit)
            """
        ).map { row in
            let kind: String = try row["kind"]
            return try SearchDocument.Name(id: row["id"], kind: SearchDocument.Kind(rawValue: kind) ?? .message)
        }
    }

    /// - Parameter table: `message` or `note`, which is also what the document is called.
    private func writings(_ table: String, of customer: Int64?, below: Int64, limit: Int) -> SQL {
        let (name, kind) = (SQL(verbatim: table), SQL(verbatim: "'\(table)'"))
        guard let customer else {
            return "SELECT id, \(raw: kind) AS kind FROM \(raw: name) WHERE id < \(below) ORDER BY id DESC LIMIT \(limit)"
        }
        // id + 0: by the customer's tickets, never by walking down all messages
        return """
            SELECT w.id, \(raw: kind) AS kind FROM ticket t JOIN \(raw: name) w ON w.ticket = t.number
            WHERE t.customer = \(customer) AND w.id + 0 < \(below) ORDER BY w.id + 0 DESC LIMIT \(limit)
            """
    }

    /// A number as it is dialled from abroad and, where the country's code has two digits as all of ours have, at home.
    private static func dialled(_ phone: String) -> [String] {
        phone.isEmpty ? [] : [String(phone.dropFirst()), "0" + phone.dropFirst(3)]
    }

    /// A ticket's number as it is stored and as it is said, `100014 100-014`, so that it is found by both.
    private static func spoken(_ ticket: Int64) -> String {
        let digits = String(ticket)
        return "\(digits) \(digits.dropLast(3))-\(digits.suffix(3))"
    }
}

extension Transaction {
    /// Puts a document in the place of what was there under its id.
    func putDocument(_ document: SearchDocument, words: [String]) throws {
        let text = words.joined(separator: " ")
        try run(
            """
            INSERT INTO search_document (id, kind, ticket, text) VALUES (\(document.id), \(document.kind.rawValue), \(document.ticket), \(text))
            ON CONFLICT (id) DO UPDATE SET ticket = excluded.ticket, text = excluded.text
            WHERE search_document.text <> excluded.text OR search_document.ticket <> excluded.ticket
            """)
    }
}
