import TestDatabases
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(1)))
struct MigratorTests {
    private let second = Migration(2, "journal", sqlite: journal(.sqlite), postgreSQL: journal(.postgreSQL))

    private static func journal(_ engine: Engine) -> String {
        """
        CREATE TABLE journal (id IDENTITY, what TEXT NOT NULL) STRICT;
        \(trigger(on: "journal", saying: "the journal is kept")[engine] ?? "");
        INSERT INTO journal (what) VALUES ('begun; and kept');
        """
    }

    @Test func `migrations are applied in order, once`() async throws {
        try await withEmptyDatabase { database in
            #expect(try await Migrator.migrate(database, [ticketMigration]) == [1])
            #expect(try await Migrator.migrate(database, [ticketMigration, second]) == [2])
            #expect(try await Migrator.migrate(database, [ticketMigration, second]) == [])
            let (names, entry) = try await database.read { snapshot in
                (
                    try snapshot.rows("SELECT name FROM schema_migration ORDER BY number").map { try $0["name"] as String },
                    try snapshot.value("SELECT what FROM journal WHERE id = 1") as String?
                )
            }
            #expect(names == ["tickets", "journal"])
            #expect(entry == "begun; and kept")
            await #expect(throws: StorageError.check(constraint: "", message: "the journal is kept")) {
                try await database.write { try $0.run("DELETE FROM journal") }
            }
        }
    }

    @Test func `a database from a newer version is refused`() async throws {
        try await withDatabase { database in
            try await Migrator.migrate(database, [ticketMigration, second])
            await #expect(throws: StorageError.newerSchema(found: 2, known: 1)) { try await Migrator.migrate(database, [ticketMigration]) }
        }
    }

    @Test func `a migration that was applied may not change or go away`() async throws {
        try await withDatabase { database in
            try await Migrator.migrate(database, [ticketMigration, second])
            let changed = Migration(2, "journal", second.text(for: database.engine) + " ")
            await #expect(throws: StorageError.migrationChanged(number: 2, name: "journal")) {
                try await Migrator.migrate(database, [ticketMigration, changed])
            }
            await #expect(throws: StorageError.migrationChanged(number: 1, name: "tickets")) {
                try await Migrator.migrate(database, [second])
            }
        }
    }

    @Test func `numbers have to rise`() async throws {
        try await withDatabase { database in
            await #expect(throws: StorageError.migrationChanged(number: 1, name: "tickets")) {
                try await Migrator.migrate(database, [ticketMigration, ticketMigration])
            }
        }
    }

    @Test func `a migration that fails leaves nothing of itself, and those before it`() async throws {
        try await withDatabase { database in
            let broken = Migration(3, "broken", "CREATE TABLE half (x BIGINT); CREATE TABLE half (x BIGINT);")
            await #expect(throws: StorageError.self) { try await Migrator.migrate(database, [ticketMigration, second, broken]) }
            let kept = try await database.read { try $0.rows("SELECT id FROM journal").count }
            #expect(kept == 1)
            await #expect(throws: StorageError.self) { try await database.read { try $0.rows("SELECT x FROM half") } }
            #expect(try await Migrator.migrate(database, [ticketMigration, second]) == [])
        }
    }
}
