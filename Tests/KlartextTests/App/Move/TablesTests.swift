import Storage
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct TablesTests {
    @Test func `every table of the database either moves or says why it stays`() async throws {
        try await TestDesk.with { test in
            let database = test.desk.database
            let there = try await database.read { db in try db.tableNames() }
            let isSQLite = database.engine == .sqlite
            let known = Schema.tables.map(\.name) + Schema.tablesThatStay.keys.filter { isSQLite || !Schema.tablesOfSQLite.contains($0) }
            #expect(there == Set(known))
            #expect(known.count == Set(known).count)
        }
    }

    @Test func `a table's rows are told apart by its primary key`() async throws {
        try await TestDesk.with { test in
            for table in Schema.tables {
                let name = table.name
                let key: [String] = try await test.desk.database.read { db in
                    let columns: SQL =
                        switch db.engine {
                        case .sqlite: "SELECT name FROM pragma_table_info(\(name)) WHERE pk > 0 ORDER BY pk"
                        case .postgreSQL:
                            """
                            SELECT CAST(a.attname AS TEXT) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                            WHERE i.indrelid = CAST(CAST(\(name) AS TEXT) AS regclass) AND i.indisprimary
                            ORDER BY array_position(CAST(i.indkey AS SMALLINT[]), a.attnum)
                            """
                        }
                    return try db.rows(columns).map { try $0[0] }
                }
                #expect(key == table.key, "\(name)")
            }
        }
    }
}
