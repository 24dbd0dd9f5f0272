import Foundation
import TestDatabases

@testable import Storage

/// A directory for one test, gone afterwards.
@discardableResult
func withScratch<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let directory = FileManager.default.temporaryDirectory.appending(path: "storage-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    return try await body(directory)
}

/// An empty database with the tables `ticket` and `message`, for one test. Whatever waits goes into one transaction, however slow the
/// machine.
@discardableResult
func withDatabase<Result>(batchTime: Duration = .seconds(3600), _ body: (Database) async throws -> Result) async throws -> Result {
    try await withEmptyDatabase(batchTime: batchTime) { database in
        try await Migrator.migrate(database, [ticketMigration])
        return try await body(database)
    }
}

/// A database without any table, on the engine that the run is for.
@discardableResult
func withEmptyDatabase<Result>(batchTime: Duration = .seconds(3600), _ body: (Database) async throws -> Result) async throws -> Result {
    if let server = TestDatabases.server { return try await withEmptyDatabase(on: server, body) }
    return try await withScratch { directory in
        let database = try Database.sqlite(path: directory + "/test.db", readers: 2, synchronous: .full, batchTime: batchTime)
        return try await closing(database) { try await body(database) }
    }
}

/// A database on a PostgreSQL server.
@discardableResult
func withEmptyDatabase<Result>(on server: String, _ body: (Database) async throws -> Result) async throws -> Result {
    let address = try await TestDatabases.make(on: server)
    do {
        let database = try Database.postgreSQL(try PostgreSQLAddress(address), readers: 2, writers: 2)
        let result = try await closing(database) { try await body(database) }
        try await TestDatabases.remove(address)
        return result
    } catch {
        try await TestDatabases.remove(address)
        throw error
    }
}

private func closing<Result>(_ database: Database, _ body: () async throws -> Result) async throws -> Result {
    do {
        let result = try await body()
        await database.close()
        return result
    } catch {
        await database.close()
        throw error
    }
}

let ticketMigration = Migration(
    1, "tickets",
    """
    CREATE TABLE ticket (number BIGINT PRIMARY KEY, subject TEXT NOT NULL, weight BIGINT NOT NULL DEFAULT 1 CHECK (weight > 0));
    CREATE TABLE message (
        id IDENTITY,
        ticket BIGINT NOT NULL REFERENCES ticket (number) DEFERRABLE INITIALLY DEFERRED,
        text TEXT NOT NULL
    );
    CREATE UNIQUE INDEX ticket_subject ON ticket (subject);
    """)

extension Transaction {
    func addTicket(_ number: Int, _ subject: String? = nil) throws {
        try run("INSERT INTO ticket (number, subject) VALUES (\(number), \(subject ?? "ticket \(number)"))")
    }
}

extension Database {
    func ticketNumbers() async throws -> [Int] {
        try await read { try $0.rows("SELECT number FROM ticket ORDER BY number").map { try $0["number"] } }
    }
}

/// A value that several threads change.
final class Box<Value: Sendable>: @unchecked Sendable {
    fileprivate let lock = NSLock()
    fileprivate var stored: Value

    init(_ value: Value) {
        stored = value
    }

    var value: Value { lock.withLock { stored } }

    func change(_ body: (inout Value) -> Void) {
        lock.withLock { body(&stored) }
    }
}

extension Box<Int> {
    /// Counts up and returns the new number.
    func next() -> Int {
        lock.withLock {
            stored += 1
            return stored
        }
    }
}

struct Refused: Error, Equatable {}

/// Holds the writer's thread inside a unit, so that others line up behind it, until `body` signals.
func withHeldWriter(of database: Database, _ body: (DispatchSemaphore) async throws -> Void) async throws {
    let held = DispatchSemaphore(value: 0)
    let entered = Box(false)
    let holder = Task {
        try await database.write { _ in
            entered.change { $0 = true }
            held.wait()
        }
    }
    while !entered.value { await Task.yield() }
    // In case `body` ends without it; once more does no harm.
    defer { held.signal() }
    try await body(held)
    held.signal()
    _ = await holder.result
}

/// A trigger that refuses to delete, as each engine writes it.
func trigger(on table: String, saying words: String) -> [Engine: String] {
    [
        .sqlite: "CREATE TRIGGER keep BEFORE DELETE ON \(table) BEGIN SELECT raise(ABORT, '\(words)'); END",
        .postgreSQL: """
        CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '\(words)'; END $$;
        CREATE TRIGGER keep BEFORE DELETE ON \(table) FOR EACH ROW EXECUTE FUNCTION keep()
        """,
    ]
}
