import Foundation
import Storage

/// What `klartext check` asks the database; each answer is how many were looked at, and what is wrong in words.
extension Snapshot {
    typealias Finding = (looked: Int, breaches: [String])

    /// What the engine itself says of its pages and references.
    func soundness() throws -> Finding { try (1, unsoundness()) }

    /// Mails kept in the database, by digest.
    func rawMails(after digest: String, limit: Int) throws -> [(digest: String, raw: [UInt8])] {
        try rows("SELECT digest, raw FROM inbox_raw WHERE digest > \(digest) ORDER BY digest LIMIT \(limit)").map {
            try ($0["digest"], $0["raw"])
        }
    }

    func mailsReceived() throws -> Int { try value("SELECT count(*) FROM inbox") ?? 0 }

    func openTicketsWithoutNextContact() throws -> Finding {
        try finding(
            all: "SELECT count(*) FROM ticket WHERE status = 'open'",
            wrong: "SELECT number FROM ticket WHERE status = 'open' AND next_contact_at IS NULL LIMIT 11"
        ) { "#\(try $0["number"] as Int64)" }
    }

    func ticketsWithoutConfirmation() throws -> Finding {
        try finding(
            all: "SELECT count(*) FROM ticket",
            wrong: """
                SELECT number FROM ticket t WHERE (confirmation_letter IS NULL AND confirmation_withheld IS NULL)
                    OR (confirmation_letter IS NOT NULL AND NOT EXISTS (SELECT 1 FROM letter l WHERE l.id = t.confirmation_letter AND l.conversation = t.number))
                    OR (confirmation_withheld IS NOT NULL AND NOT EXISTS (SELECT 1 FROM todo d WHERE d.ticket = t.number AND d.kind = 'notConfirmed'))
                LIMIT 11
                """
        ) { "#\(try $0["number"] as Int64)" }
    }

    func filedMailsWithoutMessage() throws -> Finding {
        try finding(
            all: "SELECT count(*) FROM inbox WHERE state = 'filed'",
            wrong: """
                SELECT id FROM inbox i WHERE state = 'filed' AND reason NOT LIKE 'report:%'
                    AND (SELECT count(*) FROM message m WHERE m.inbox = i.id) <> 1 LIMIT 11
                """
        ) { "mail \(try $0["id"] as Int64)" }
    }

    func lettersWithoutJob() throws -> Finding {
        try finding(
            all: "SELECT count(*) FROM letter WHERE state IN ('queued', 'delayed')",
            wrong: """
                SELECT id FROM letter l WHERE state = 'queued' AND NOT EXISTS (SELECT 1 FROM job j WHERE j.key = 'send-letter/' || l.id) LIMIT 11
                """
        ) { "letter \(try $0["id"] as Int64)" }
    }

    func mailsWithoutJob() throws -> Finding {
        try finding(
            all: "SELECT count(*) FROM inbox WHERE state = 'received'",
            wrong: """
                SELECT id FROM inbox i WHERE state = 'received' AND NOT EXISTS (SELECT 1 FROM job j WHERE j.key = 'sort-mail/' || i.id) LIMIT 11
                """
        ) { "mail \(try $0["id"] as Int64)" }
    }

    /// Every counter against what it counts.
    func wrongCounters() throws -> Finding {
        let counted = try rows(
            """
            SELECT 'open' AS name, count(*) AS value FROM ticket WHERE status = 'open'
            UNION ALL SELECT turn, count(*) FROM ticket WHERE status = 'open' GROUP BY turn
            UNION ALL SELECT 'queue/' || queue, count(*) FROM ticket WHERE status = 'open' GROUP BY queue
            UNION ALL SELECT 'unassigned', count(*) FROM ticket WHERE status = 'open' AND assignee IS NULL
            UNION ALL SELECT 'assigned/' || assignee, count(*) FROM ticket WHERE status = 'open' AND assignee IS NOT NULL GROUP BY assignee
            UNION ALL SELECT 'held', count(*) FROM inbox WHERE state = 'held'
            UNION ALL SELECT 'todos', count(*) FROM todo WHERE done_at IS NULL
            UNION ALL SELECT 'failed letters', count(*) FROM letter WHERE state = 'failed' AND dismissed_at IS NULL
            UNION ALL SELECT 'promises', count(*) FROM promise WHERE state = 'open'
            UNION ALL SELECT 'promises missed', count(*) FROM promise WHERE state = 'open' AND missed > 0
            UNION ALL SELECT 'failing mailboxes', count(*) FROM mail_folder WHERE failing_since IS NOT NULL
            UNION ALL SELECT 'missed calls', count(*) FROM phone_call WHERE state = 'missed' AND settled IS NULL
            UNION ALL SELECT 'subscribers', count(*) FROM subscriber WHERE state = 'confirmed'
            UNION ALL SELECT 'dead jobs', count(*) FROM job WHERE died_at IS NOT NULL
            """)
        var actual: [String: Int] = [:]
        for row in counted { actual[try row["name"]] = try row["value"] }
        let counters = try counters()
        let names = Set(actual.keys).union(counters.keys)
        let wrong = names.sorted().filter { actual[$0, default: 0] != counters[$0, default: 0] }
        return (names.count, wrong.map { "\($0) says \(counters[$0, default: 0]), is \(actual[$0, default: 0])" })
    }

    /// What has no document in the search, or one that belongs to nothing. While an index job waits, nothing is missing yet.
    func unsearchable() throws -> Finding {
        let looked: Int =
            try value(
                "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM note) + (SELECT count(*) FROM customer)") ?? 0
        guard try !isIndexing() else { return (looked, []) }
        let wrong = try rows(
            """
            SELECT * FROM (SELECT 'message' AS kind, id FROM message m
                WHERE NOT EXISTS (SELECT 1 FROM search_document d WHERE d.id = m.id AND d.kind = 'message' AND d.ticket = m.ticket)
            UNION ALL SELECT 'note', id FROM note n
                WHERE NOT EXISTS (SELECT 1 FROM search_document d WHERE d.id = n.id AND d.kind = 'note' AND d.ticket = n.ticket)
            UNION ALL SELECT 'customer', id FROM customer c
                WHERE NOT EXISTS (SELECT 1 FROM search_document d WHERE d.id = -c.id AND d.kind = 'customer')) missing LIMIT 11
            """
        ).map { "\(try $0["kind"] as String) \(try $0["id"] as Int64)" }
        let documents: Int = try value("SELECT count(*) FROM search_document") ?? 0
        return (looked, documents > looked ? wrong + ["\(documents - looked) documents too many"] : wrong)
    }

    /// Forms as the journal tells of them, each compared with the values that are there.
    func filledForms(after line: Int64, limit: Int) throws -> [(line: Int64, message: Int64, isEqual: Bool)] {
        let rows = try rows(
            "SELECT sequence, body FROM journal WHERE event = 'formFilled' AND sequence > \(line) ORDER BY sequence LIMIT \(limit)")
        return try rows.map { row in
            let body: String = try row["body"]
            guard case .formFilled(let message, _, let digest) = try JSONDecoder.journal.decode(TicketEvent.self, from: Data(body.utf8))
            else {
                return (try row["sequence"], 0, false)
            }
            return (try row["sequence"], message, try fields(ofMessage: message).digest == digest)
        }
    }

    func messagesWithFields() throws -> Int { try value("SELECT count(DISTINCT message) FROM ticket_field") ?? 0 }

    func tickets(after number: Int64, limit: Int) throws -> [Ticket] {
        try rows("SELECT * FROM ticket WHERE number > \(number) ORDER BY number LIMIT \(limit)").map(Ticket.init(row:))
    }

    private func finding(all: SQL, wrong: SQL, _ name: (Row) throws -> String) throws -> Finding {
        try (value(all) ?? 0, rows(wrong).map(name))
    }
}
