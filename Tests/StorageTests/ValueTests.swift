import Foundation
import TestDatabases
import Testing

@testable import Storage

private enum Status: String, SQLConvertible {
    case open, solved
}

private struct TicketNumber: RawRepresentable, SQLConvertible, Equatable {
    let rawValue: Int
}

@Suite(.timeLimit(.minutes(1)))
struct ValueTests {
    /// Writes a value into a column of its type, and reads it back.
    private func roundTrip<Value: SQLConvertible & Sendable>(_ value: Value) async throws -> Value {
        try await withDatabase { database in
            try await database.write { transaction in
                try transaction.run("CREATE TABLE kept (value \(raw: Self.type(of: value.sqlValue)))")
                try transaction.run("INSERT INTO kept (value) VALUES (\(value))")
            }
            return try await database.read { try #require(try $0.row("SELECT value FROM kept"))["value"] }
        }
    }

    /// A type that both engines take for a value.
    private static func type(of value: SQLValue) -> SQL {
        switch value {
        case .null, .int: "BIGINT"
        case .real: "DOUBLE PRECISION"
        case .text: "TEXT"
        case .blob: TestDatabases.engine == .sqlite ? "BLOB" : "BYTEA"
        }
    }

    /// In a loop, because a test argument with NUL would go into the log.
    @Test func `text comes back byte for byte, but for NUL`() async throws {
        for text in ["", "\0", "a\0b", "👩‍👩‍👧‍👦 e\u{301} \u{FFFD}", "\r\n", "'\"$1", String(repeating: "ä\0", count: 100_000)] {
            let kept = try await roundTrip(text)
            let isEqual = kept.utf8.elementsEqual(text.utf8.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] })
            #expect(isEqual)
        }
    }

    @Test(arguments: [[], [0], [0, 255, 0], [UInt8](repeating: 7, count: 100_000)] as [[UInt8]])
    func `bytes come back, none as none`(bytes: [UInt8]) async throws {
        #expect(try await roundTrip(bytes) == bytes)
        #expect(try await roundTrip(Data(bytes)) == Data(bytes))
    }

    @Test(arguments: [Int.min, -1, 0, 1, Int.max])
    func `whole numbers come back`(number: Int) async throws {
        #expect(try await roundTrip(number) == number)
        #expect(try await roundTrip(Int64(number)) == Int64(number))
    }

    @Test func `other types come back`() async throws {
        #expect(try await roundTrip(true))
        #expect(try await roundTrip(-0.1) == -0.1)
        #expect(try await roundTrip(Status.solved) == .solved)
        #expect(try await roundTrip(TicketNumber(rawValue: 12)) == TicketNumber(rawValue: 12))
        #expect(try await roundTrip(Int?.none) == nil)
        #expect(try await roundTrip(String?.some("x")) == "x")
    }

    @Test(arguments: [0, 1, -1, 1_700_000_000_123, -62_135_596_800_001, 253_402_300_799_999] as [Int64])
    func `an instant comes back to the millisecond`(milliseconds: Int64) async throws {
        let date = try Date(sqlValue: .int(milliseconds))
        #expect(date.sqlValue == .int(milliseconds))
        #expect(try await roundTrip(date) == date)
    }

    @Test func `an instant is rounded to the nearest millisecond and never traps`() {
        #expect(Date(timeIntervalSince1970: 1.0006).sqlValue == .int(1001))
        #expect(Date(timeIntervalSince1970: -1.0006).sqlValue == .int(-1001))
        #expect(Date(timeIntervalSince1970: .infinity).sqlValue == .int(.max))
        #expect(Date(timeIntervalSince1970: -1e300).sqlValue == .int(.min))
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite)) func `invalid UTF-8 is repaired when read`() async throws {
        try await withDatabase { database in
            let text: String? = try await database.read { try $0.value("SELECT CAST(\([0x61, 0xFF, 0x62] as [UInt8]) AS TEXT)") }
            #expect(text == "a\u{FFFD}b")
        }
    }

    @Test func `a value of the wrong kind names its column`() async throws {
        try await withDatabase { database in
            let row = try await database.read { try #require(try $0.row("SELECT 'abc' AS word, 7 AS seven, NULL AS none")) }
            #expect(throws: StorageError.typeMismatch(column: "word", expected: "Int", found: "text")) { try row["word"] as Int }
            #expect(throws: StorageError.typeMismatch(column: "word", expected: "Status", found: "text")) { try row["word"] as Status }
            #expect(throws: StorageError.typeMismatch(column: "seven", expected: "Bool", found: "int")) { try row["seven"] as Bool }
            #expect(throws: StorageError.typeMismatch(column: "none", expected: "String", found: "null")) { try row["none"] as String }
            #expect(throws: StorageError.missingColumn("Word")) { try row["Word"] as String }
            #expect(throws: StorageError.missingColumn("3")) { try row[3] as String }
            #expect(row.value("none") == .null)
            #expect(row.value("other") == nil)
            #expect(row.columnNames == ["word", "seven", "none"])
        }
    }

    @Test func `a single value is nil for no row and for NULL`() async throws {
        try await withDatabase { database in
            let values = try await database.read { snapshot in
                let none: Int? = try snapshot.value("SELECT number FROM ticket")
                let null: Int? = try snapshot.value("SELECT max(number) FROM ticket")
                let count: Int? = try snapshot.value("SELECT count(*) FROM ticket")
                return [none, null, count]
            }
            #expect(values == [nil, nil, 0])
        }
    }

    @Test func `the columns of a cached statement follow a changed table`() async throws {
        try await withDatabase { database in
            try await database.write { try $0.addTicket(1) }
            let read: @Sendable (Snapshot) throws -> [String] = { try $0.row("SELECT * FROM ticket")?.columnNames ?? [] }
            #expect(try await database.write { try read($0) } == ["number", "subject", "weight"])
            try await database.write { _ = try $0.run("ALTER TABLE ticket ADD COLUMN language TEXT") }
            #expect(try await database.write { try read($0) } == ["number", "subject", "weight", "language"])
        }
    }

    @Test func `more statements than the cache holds go on working`() async throws {
        try await withDatabase { database in
            let sum = try await database.read { snapshot in
                try (0..<(3 * StatementCache.limit)).reduce(0) { sum, number in
                    sum + (try snapshot.value(SQL(verbatim: "SELECT \(number % 700)")) ?? 0)
                }
            }
            #expect(sum == (0..<(3 * StatementCache.limit)).reduce(0) { $0 + $1 % 700 })
        }
    }
}
