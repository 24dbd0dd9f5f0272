import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(1)))
struct SQLTests {
    @Test func `an interpolated value becomes a numbered parameter and never text`() {
        let name = "'; DROP TABLE ticket; --"
        let sql: SQL = "SELECT * FROM ticket WHERE subject = \(name) AND number = \(7)"
        #expect(sql.text == "SELECT * FROM ticket WHERE subject = $1 AND number = $2")
        #expect(sql.values == [.text(name), .int(7)])
    }

    @Test func `a fragment brings its own values and is numbered on`() {
        let condition: SQL = "a = \(1) AND b = \(2)"
        let sql: SQL = "SELECT \(0) WHERE \(raw: condition) AND c = \(3)"
        #expect(sql.text == "SELECT $1 WHERE a = $2 AND b = $3 AND c = $4")
        #expect(sql.values == [.int(0), .int(1), .int(2), .int(3)])
    }

    @Test func `a fragment first or without values stays as it is`() {
        let condition: SQL = "a = \(1)"
        #expect(("\(raw: condition) AND b = \(2)" as SQL).text == "a = $1 AND b = $2")
        #expect(("b = \(2) ORDER BY \(raw: "number")" as SQL).text == "b = $1 ORDER BY number")
    }

    @Test func `what only looks like a parameter inside a string, a name or a comment is not renumbered`() {
        let fragment: SQL = "'$1 it''s $1' || \"$1\" /* $1 * */ || \(5) -- $1 ü\n || '$1"
        let sql: SQL = "\(0) \(raw: fragment)"
        #expect(sql.text == "$1 '$1 it''s $1' || \"$1\" /* $1 * */ || $2 -- $1 ü\n || '$1")
    }

    @Test func `fragments nest`() {
        let inner: SQL = "x = \(2)"
        let outer: SQL = "\(1) \(raw: inner)"
        let sql: SQL = "\(0) \(raw: outer) \(raw: outer)"
        #expect(sql.text == "$1 $2 x = $3 $4 x = $5")
        #expect(sql.values == [.int(0), .int(1), .int(2), .int(1), .int(2)])
    }

    @Test func `a list becomes parameters in brackets`() {
        #expect(("number IN \(list: [4, 5, 6]) AND \(7)" as SQL).text == "number IN ($1,$2,$3) AND $4")
        #expect(("number IN \(list: [Int]())" as SQL).text == "number IN (NULL)")
    }

    @Test func `out of order and repeated parameters get their values by number`() async throws {
        try await withDatabase { database in
            let row = try await database.read { snapshot in
                try #require(try snapshot.row("SELECT $2 AS a, $1 AS b, $2 AS c, \("one"), \("two")"))
            }
            let texts: [String] = try ["a", "b", "c"].map { try row[$0] }
            #expect(texts == ["two", "one", "two"])
        }
    }

    @Test func `a list selects its rows, an empty one none`() async throws {
        try await withDatabase { database in
            try await database.write { transaction in for number in 1...5 { try transaction.addTicket(number) } }
            let found = try await database.read { snapshot in
                try [[2, 4, 9], []].map { numbers in
                    try snapshot.rows("SELECT number FROM ticket WHERE number IN \(list: numbers) ORDER BY number").map { try $0[0] as Int }
                }
            }
            #expect(found == [[2, 4], []])
        }
    }

    @Test(
        arguments: [
            "SELECT * FROM ticket WHERE subject LIKE '%\("x")%'", "SELECT 1; DELETE FROM ticket", "", "SELECT ?", "SELECT :name",
            "SELECT $1",
            SQL(verbatim: "SELECT 1\0 FROM nowhere"),
        ] as [SQL])
    func `a statement that would not do what it says is refused`(sql: SQL) async throws {
        try await withDatabase { database in
            await #expect(throws: StorageError.self) { try await database.read { try $0.rows(sql) } }
        }
    }

    @Test func `the schema words of a dialect are replaced as whole words only`() {
        let text = "CREATE TABLE t(id IDENTITY, at BIGINT, MYBIGINT TEXT DEFAULT 'BIGINT', \"IDENTITY\" BLOB) -- IDENTITY"
        #expect(
            Dialect.sqlite.schema(text)
                == "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, MYBIGINT TEXT DEFAULT 'BIGINT', \"IDENTITY\" BLOB) -- IDENTITY"
        )
    }
}
