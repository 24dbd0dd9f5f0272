import Foundation
import Mail
import Storage

extension Transaction {
    /// Records a message with its files and with what its form asked for; from the commit on it can be found.
    func insert(_ message: Message, with files: [Attachment], _ fields: [TicketField] = [], index: SearchIndex) throws {
        let (author, id) = message.author.columns
        try run(
            """
            INSERT INTO message (id, ticket, author, author_id, author_name, author_address, channel, body, is_automatic, written_at, inbox, email_id,
                filed_because, letter)
            VALUES (\(message.id), \(message.ticket.rawValue), \(author), \(id), \(message.authorName), \(message.authorAddress),
                \(message.channel.rawValue), \(message.body), \(message.isAutomatic), \(message.writtenAt), \(message.inbox), \(message.emailID),
                \(message.filedBecause.rawValue), \(message.letter))
            """)
        for file in files { try insert(file) }
        for field in fields { try insert(field) }
        try index.add(message: message.id, in: self)
    }

    private func insert(_ attachment: Attachment) throws {
        try run(
            """
            INSERT INTO attachment (id, ticket, message, digest, name, content_type, size_bytes, content_id, added_at)
            VALUES (\(attachment.id), \(attachment.ticket.rawValue), \(attachment.message), \(attachment.digest), \(attachment.name),
                \(attachment.contentType), \(attachment.sizeBytes), \(attachment.contentID), \(attachment.addedAt))
            """)
    }

    func insert(_ note: Note, index: SearchIndex) throws {
        try run(
            """
            INSERT INTO note (id, ticket, agent, body, written_at)
            VALUES (\(note.id), \(note.ticket.rawValue), \(note.agent), \(note.body), \(note.writtenAt))
            """)
        try index.add(note: note.id, in: self)
    }

    /// Moves a message with its files to another ticket.
    func moveMessage(_ id: Int64, to ticket: TicketNumber, because reason: FiledBecause, index: SearchIndex) throws {
        try run("UPDATE message SET ticket = \(ticket.rawValue), filed_because = \(reason.rawValue) WHERE id = \(id)")
        try run("UPDATE attachment SET ticket = \(ticket.rawValue) WHERE message = \(id)")
        try run("UPDATE ticket_field SET ticket = \(ticket.rawValue) WHERE message = \(id)")
        try index.add(message: id, in: self)
    }

    /// Raises a to-do; the counter moves with it.
    func insertTodo(_ id: Int64, _ kind: TodoKind, on ticket: TicketNumber, now: Date) throws {
        let detail = String(decoding: try JSONEncoder.journal.encode(kind), as: UTF8.self)
        try run(
            "INSERT INTO todo (id, ticket, kind, detail, raised_at) VALUES (\(id), \(ticket.rawValue), \(kind.name), \(detail), \(now))")
        try count("todos", by: 1)
    }

    /// - Returns: the to-do's ticket, or nil when it is done already.
    func finishTodo(_ id: Int64, by actor: Actor, now: Date) throws -> TicketNumber? {
        let number: Int64? = try value(
            "UPDATE todo SET done_at = \(now), done_by = \(actor.text) WHERE id = \(id) AND done_at IS NULL RETURNING ticket")
        guard let number else { return nil }
        try count("todos", by: -1)
        return try TicketNumber(stored: number)
    }
}

extension Snapshot {
    func message(_ id: Int64) throws -> Message? { try row("SELECT * FROM message WHERE id = \(id)").map(Message.init(row:)) }

    func messages(on ticket: TicketNumber) throws -> [Message] {
        try rows("SELECT * FROM message WHERE ticket = \(ticket.rawValue) ORDER BY id").map(Message.init(row:))
    }

    /// The messages of a ticket whose mails say in their subject that they were forwarded.
    func forwarded(on ticket: TicketNumber) throws -> Set<Int64> {
        let mails = try rows(
            """
            SELECT message.id AS id, inbox.summary AS summary FROM message JOIN inbox ON inbox.id = message.inbox
            WHERE message.ticket = \(ticket.rawValue)
            """)
        var found: Set<Int64> = []
        for mail in mails {
            let (id, summary): (Int64, String) = try (mail["id"], mail["summary"])
            if try Subject.parse(InboxEntry.Summary(stored: summary).subject).isForward { found.insert(id) }
        }
        return found
    }

    func message(inbox id: Int64) throws -> Message? { try row("SELECT * FROM message WHERE inbox = \(id)").map(Message.init(row:)) }

    func notes(on ticket: TicketNumber) throws -> [Note] {
        try rows("SELECT * FROM note WHERE ticket = \(ticket.rawValue) ORDER BY id").map {
            try Note(id: $0["id"], ticket: ticket, agent: $0["agent"], body: $0["body"], writtenAt: $0["written_at"])
        }
    }

    func attachments(on ticket: TicketNumber) throws -> [Attachment] {
        try rows("SELECT * FROM attachment WHERE ticket = \(ticket.rawValue) ORDER BY id").map(Attachment.init(row:))
    }

    func attachment(_ id: Int64) throws -> Attachment? { try row("SELECT * FROM attachment WHERE id = \(id)").map(Attachment.init(row:)) }

    func todos(on ticket: TicketNumber) throws -> [Todo] {
        try rows("SELECT * FROM todo WHERE ticket = \(ticket.rawValue) ORDER BY id").map(Todo.init(row:))
    }

    /// Whether any to-do of a ticket waits.
    func openTodos(after id: Int64, limit: Int) throws -> [Todo] {
        try rows("SELECT * FROM todo WHERE done_at IS NULL AND id > \(id) ORDER BY id LIMIT \(limit)").map(Todo.init(row:))
    }

    /// Tickets that hold mails with the given Message-IDs, in the order of the ids.
    func tickets(holding emailIDs: [String]) throws -> [TicketNumber] {
        // the nearest twenty decide; a mail may name thousands
        try emailIDs.prefix(20).compactMap { id in
            let number: Int64? = try value("SELECT ticket FROM message WHERE email_id = \(id) ORDER BY id LIMIT 1")
            return try number.map(TicketNumber.init(stored:))
        }
    }

    /// The Message-IDs of a ticket's mails in both directions, oldest first; at most the last twenty.
    func thread(of ticket: TicketNumber) throws -> [String] {
        try rows(
            """
            SELECT email_id, written_at FROM message WHERE ticket = \(ticket.rawValue) AND email_id IS NOT NULL
            UNION ALL SELECT email_id, written_at FROM letter WHERE conversation = \(ticket.rawValue)
            ORDER BY written_at DESC LIMIT 20
            """
        ).map { try $0["email_id"] }.reversed()
    }

    /// How many messages of customers stand on a ticket.
    func customerMessages(on ticket: TicketNumber) throws -> Int {
        try value("SELECT count(*) FROM message WHERE ticket = \(ticket.rawValue) AND author = 'customer' AND is_automatic = 0") ?? 0
    }

    /// New tickets from one address since a time.
    func ticketsOpened(by customer: Int64, since time: Date) throws -> Int {
        try value("SELECT count(*) FROM ticket WHERE customer = \(customer) AND opened_at > \(time)") ?? 0
    }
}

extension TodoKind {
    var name: String {
        switch self {
        case .notConfirmed: "notConfirmed"
        case .customerDoesNotKnow: "customerDoesNotKnow"
        case .mayBelongTo: "mayBelongTo"
        case .notTold: "notTold"
        }
    }
}

extension Message.Author {
    fileprivate var columns: (author: String, id: Int64) {
        switch self {
        case .customer(let id): ("customer", id)
        case .agent(let id): ("agent", id)
        }
    }
}

extension Message {
    init(row: Row) throws {
        let (author, id): (String, Int64) = try (row["author"], row["author_id"])
        let (channel, because): (String, String) = try (row["channel"], row["filed_because"])
        try self.init(
            id: row["id"], ticket: TicketNumber(stored: row["ticket"]), author: author == "agent" ? .agent(id) : .customer(id),
            authorName: row["author_name"], authorAddress: row["author_address"], channel: Channel(rawValue: channel) ?? .mail,
            body: row["body"],
            isAutomatic: row["is_automatic"], writtenAt: row["written_at"], inbox: row["inbox"], emailID: row["email_id"],
            filedBecause: FiledBecause(rawValue: because) ?? .newMail, letter: row["letter"])
    }
}

extension Attachment {
    init(row: Row) throws {
        try self.init(
            id: row["id"], ticket: TicketNumber(stored: row["ticket"]), message: row["message"], digest: row["digest"], name: row["name"],
            contentType: row["content_type"], sizeBytes: row["size_bytes"], contentID: row["content_id"], addedAt: row["added_at"])
    }
}

extension Todo {
    init(row: Row) throws {
        let detail: String = try row["detail"]
        try self.init(
            id: row["id"], ticket: TicketNumber(stored: row["ticket"]),
            kind: JSONDecoder.journal.decode(TodoKind.self, from: Data(detail.utf8)),
            raisedAt: row["raised_at"], doneAt: row["done_at"])
    }
}
