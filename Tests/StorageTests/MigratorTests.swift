import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(1)))
struct MigratorTests {
    private let second = Migration(
        2, "journal",
        """
        CREATE TABLE journal (id IDENTITY, what TEXT NOT NULL) STRICT;
        CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT raise(ABORT, 'the journal is kept'); END;
        INSERT INTO journal (what) VALUES ('begun; and kept');
        """)

    @Test func `migrations are applied in order, once`() async throws {
        try await withScratch { directory in
            let database = try Database.sqlite(path: directory + "/test.db")
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
            await database.close()
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
            let changed = Migration(2, "journal", second.text(for: .sqlite) + " ")
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
            let tables = try await database.read { snapshot in
                try snapshot.rows("SELECT name FROM sqlite_master WHERE name IN ('half', 'journal') AND type = 'table'").map {
                    try $0[0] as String
                }
            }
            #expect(tables == ["journal"])
            #expect(try await Migrator.migrate(database, [ticketMigration, second]) == [])
        }
    }
}
