import Storage

extension Schema {
    /// A table whose rows are the instance itself: they go along when it moves to another database.
    struct Table: Sendable {
        let name: String
        /// The columns of the primary key, in its order.
        let key: [String]
        /// A column that names a row of the same table, which may come later than the row that names it.
        var inner: String?
        /// What columns say in another database, whatever they say in this one.
        var resets: [String: SQLValue] = [:]
        /// How many rows are held in memory at once; fewer where a row may be large.
        var pageRows = 500

        init(_ name: String, _ key: String..., inner: String? = nil, resets: [String: SQLValue] = [:], pageRows: Int = 500) {
            (self.name, self.key, self.inner, self.resets, self.pageRows) = (name, key, inner, resets, pageRows)
        }
    }

    /// All tables that move, each behind those it refers to.
    static let tables: [Table] = [
        Table("customer", "id"),
        Table("agent", "id"),
        Table("session", "digest"),
        Table("throttle", "name"),
        Table("file", "digest"),
        Table("inbox", "id"),
        Table("inbox_raw", "digest", pageRows: 100),
        Table("inbox_day", "day", "mailbox", "state", "share"),
        Table("mail_folder", "name"),
        Table("letter", "id", pageRows: 100),
        Table("letter_attachment", "letter", "position"),
        Table("letter_attempt", "letter", "attempt", "attempted_at"),
        Table("ticket", "number", inner: "merged_into"),
        Table("participant", "ticket", "customer"),
        Table("message", "id", pageRows: 100),
        Table("correction", "message", pageRows: 100),
        Table("ticket_field", "message", "position"),
        Table("note", "id", pageRows: 100),
        Table("attachment", "id"),
        Table("receipt_key", "number"),
        Table("receipt", "attachment"),
        Table("todo", "id"),
        Table("status_link", "digest"),
        Table("promise", "id"),
        Table("subscriber", "id"),
        Table("consent", "subscriber", "event"),
        Table("bulletin", "id", pageRows: 100),
        Table("bulletin_count", "bulletin", "share"),
        Table("notice", "id"),
        Table("works_answer", "story", "subscriber"),
        Table("component", "id", inner: "member_of"),
        Table("incident", "id"),
        Table("incident_update", "id"),
        Table("incident_moment", "incident", "place"),
        Table("maintenance", "id"),
        Table("maintenance_update", "id"),
        Table("announcement", "id"),
        Table("status_page", "number"),
        Table("phone_call", "id"),
        Table("submission", "digest"),
        Table("journal", "sequence"),
        Table("journal_seal", "number"),
        // A lease is in the name of a process, and none of them moves.
        Table("job", "key", resets: ["leased_until": .int(0), "leased_by": .text("")]),
        Table("timetable", "name"),
        Table("counter_share", "name", "share"),
        Table("search_word", "word"),
        Table("search_document", "id", pageRows: 100),
    ]

    /// Tables that have another way, and which.
    static let tablesThatStay = [
        "process": "who lives there does not live here",
        "upload": "who is sending a file begins anew",
        "upload_part": "who is sending a file begins anew",
        "instance": "goes last, with the end of the move",
        "schema_migration": "each database tells its own",
        "sequence": "the numbers move by themselves",
        "search_recent": "a part of the index, which the documents make anew",
        "search_recent_word": "a part of the index, which the words make anew",
    ]
    /// Of those, the tables that PostgreSQL does not have.
    static let tablesOfSQLite: Set = ["sequence", "search_recent", "search_recent_word"]
}
