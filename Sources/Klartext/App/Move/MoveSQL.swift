import Storage

/// What a move asks of both databases. Names of tables and columns are those of `Schema.tables` and of the engine's own catalogue.
extension Snapshot {
    /// The tables there are, without those that the engine keeps for itself or for a search index.
    func tableNames() throws -> Set<String> {
        let names: SQL =
            switch engine {
            case .sqlite:
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            case .postgreSQL:
                """
                SELECT CAST(table_name AS TEXT) FROM information_schema.tables
                WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
                """
            }
        return try Set(rows(names).map { try $0[0] as String })
    }

    /// The columns that can be written: those that the engine computes are left out.
    func columns(of table: Schema.Table) throws -> [String] {
        let names: SQL =
            switch engine {
            case .sqlite: "SELECT name FROM pragma_table_xinfo(\(table.name)) WHERE hidden = 0 ORDER BY cid"
            case .postgreSQL:
                """
                SELECT CAST(column_name AS TEXT) FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = \(table.name) AND is_generated = 'NEVER' ORDER BY ordinal_position
                """
            }
        return try rows(names).map { try $0[0] }
    }

    /// Whole rows in the order of the key, after one of them; a row's values are in the order of `columns`.
    func page(of table: Schema.Table, _ columns: [String], after key: [SQLValue], limit: Int) throws -> [[SQLValue]] {
        let names = table.key.joined(separator: ", ")
        let beginning: SQL = key.isEmpty ? "" : "WHERE (\(raw: SQL(verbatim: names))) > \(list: key)"
        let page: SQL = """
            SELECT \(raw: SQL(verbatim: columns.joined(separator: ", "))) FROM \(raw: SQL(verbatim: table.name)) \(raw: beginning)
            ORDER BY \(raw: SQL(verbatim: names)) LIMIT \(limit)
            """
        return try rows(page).map { row in try columns.indices.map { try row[$0] } }
    }

    /// The key of the last row; nil where there is none. What is copied in the order of the key is copied up to here.
    func lastKey(of table: Schema.Table) throws -> [SQLValue]? {
        let names = table.key.joined(separator: ", ")
        let order = table.key.map { "\($0) DESC" }.joined(separator: ", ")
        let last: SQL = """
            SELECT \(raw: SQL(verbatim: names)) FROM \(raw: SQL(verbatim: table.name)) ORDER BY \(raw: SQL(verbatim: order)) LIMIT 1
            """
        return try row(last).map { row in try table.key.indices.map { try row[$0] } }
    }

    func rowCount(of table: Schema.Table) throws -> Int {
        try value("SELECT count(*) FROM \(raw: SQL(verbatim: table.name))") ?? 0
    }

    /// Rows whose inner reference is set, and what it says; they are few.
    func innerReferences(_ column: String, of table: Schema.Table) throws -> [(key: SQLValue, value: SQLValue)] {
        let (name, key, column) = (SQL(verbatim: table.name), SQL(verbatim: table.key[0]), SQL(verbatim: column))
        return try rows("SELECT \(raw: key), \(raw: column) FROM \(raw: name) WHERE \(raw: column) IS NOT NULL").map { try ($0[0], $0[1]) }
    }

    /// A table that has rows which no migration has put there; nil where the database is as it was made.
    func tableInUse() throws -> String? {
        for table in Schema.tables where table.name != "journal_seal" {
            if try row("SELECT 1 FROM \(raw: SQL(verbatim: table.name)) LIMIT 1") != nil { return table.name }
        }
        return try row("SELECT 1 FROM journal_seal WHERE number > 0 OR last > 0 LIMIT 1") == nil ? nil : "journal_seal"
    }

    /// The mark of the instance that is being moved here; nil where the database is whole.
    func unfinishedMove() throws -> String? { try value("SELECT value FROM instance WHERE name = 'move'") }

    /// What the database says about the instance as a whole.
    func instanceFacts() throws -> [(name: String, value: String)] {
        try rows("SELECT name, value FROM instance ORDER BY name").map { try ($0["name"], $0["value"]) }
    }
}

extension Transaction {
    /// Parameters of one statement: SQLite takes 32,766, PostgreSQL 65,535.
    private static let mostParameters = 8192

    /// Begins a move into this database: the first seal, which its migrations made, gives way to that of the source.
    func beginMove(of mark: String) throws {
        try run("DELETE FROM journal_seal")
        try run("DELETE FROM instance")
        try run("INSERT INTO instance (name, value) VALUES ('move', \(mark))")
    }

    /// Ends a move: from here on the database is the instance.
    func endMove(_ facts: [(name: String, value: String)]) throws {
        try run("DELETE FROM instance")
        for fact in facts { try run("INSERT INTO instance (name, value) VALUES (\(fact.name), \(fact.value))") }
    }

    func insert(_ rows: [[SQLValue]], into table: Schema.Table, _ columns: [String]) throws {
        let atOnce = max(Self.mostParameters / max(columns.count, 1), 1)
        for start in stride(from: 0, to: rows.count, by: atOnce) {
            let some = rows[start..<min(start + atOnce, rows.count)]
            var text = SQL.StringInterpolation(literalCapacity: 64 + some.count * columns.count * 6, interpolationCount: some.count)
            text.appendLiteral("INSERT INTO \(table.name) (\(columns.joined(separator: ", "))) VALUES ")
            for (index, row) in some.enumerated() {
                if index > 0 { text.appendLiteral(", ") }
                text.appendInterpolation(list: row)
            }
            try run(SQL(stringInterpolation: text))
        }
    }

    func set(_ column: String, of table: Schema.Table, _ key: SQLValue, to value: SQLValue) throws {
        let (name, keyColumn, column) = (SQL(verbatim: table.name), SQL(verbatim: table.key[0]), SQL(verbatim: column))
        try run("UPDATE \(raw: name) SET \(raw: column) = \(value) WHERE \(raw: keyColumn) = \(key)")
    }
}
