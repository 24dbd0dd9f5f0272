import Foundation

/// A step of the schema, written once for all engines, but for what only one of them has.
public struct Migration: Sendable, Hashable {
    public let number: Int
    public let name: String
    private let texts: [Engine: String]

    /// - Parameters:
    ///   - number: from 1, rising; never changed once published.
    ///   - name: what it does, in a few words.
    ///   - text: one or more statements, separated by semicolons. Types as `Dialect.schema` names them: BIGINT, TEXT, REAL, BLOB, IDENTITY.
    public init(_ number: Int, _ name: String, _ text: String) {
        self.init(number, name, sqlite: text, postgreSQL: text)
    }

    /// A step that the engines take in different ways: triggers, sequences and search indexes are none of the common language. Empty where one
    /// has nothing to do.
    public init(_ number: Int, _ name: String, sqlite: String, postgreSQL: String) {
        self.number = number
        self.name = name
        texts = [.sqlite: sqlite, .postgreSQL: postgreSQL]
    }

    /// The statements for an engine.
    public func text(for engine: Engine) -> String { texts[engine, default: ""] }

    /// FNV-1a, 64 bits, of the text: tells a changed migration from an unchanged one. Not a defence against anybody.
    func digest(for engine: Engine) -> String {
        let text = text(for: engine)
        let hash = text.utf8.reduce(into: UInt64(0xcbf2_9ce4_8422_2325)) { hash, byte in
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}

/// Brings a database's schema up to date.
public enum Migrator {
    /// Applies those migrations the database does not have yet, each in a transaction of its own, and returns their numbers.
    ///
    /// Two processes may do so at once: each migration is applied by one of them.
    ///
    /// - Throws: `StorageError.newerSchema` where the database is ahead of `migrations`; `.migrationChanged` where one it has reads
    ///   differently
    ///   or is not among them, or where the numbers do not rise.
    @discardableResult
    public static func migrate(_ database: Database, _ migrations: [Migration]) async throws -> [Int] {
        for (earlier, later) in zip(migrations, migrations.dropFirst()) where earlier.number >= later.number {
            throw StorageError.migrationChanged(number: later.number, name: later.name)
        }
        let dialect = database.dialect
        try await database.write { transaction in
            try transaction.script(dialect.schema(table))
            try verify(try applied(transaction), against: migrations, dialect.engine)
        }
        var numbers: [Int] = []
        for migration in migrations where try await database.write({ try apply(migration, in: $0, dialect) }) {
            numbers.append(migration.number)
        }
        return numbers
    }

    private static let table = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            number BIGINT PRIMARY KEY,
            name TEXT NOT NULL,
            digest TEXT NOT NULL,
            applied_at BIGINT NOT NULL
        )
        """

    private static func applied(_ snapshot: Snapshot) throws -> [(number: Int, name: String, digest: String)] {
        try snapshot.rows("SELECT number, name, digest FROM schema_migration ORDER BY number").map {
            (try $0["number"], try $0["name"], try $0["digest"])
        }
    }

    private static func verify(_ applied: [(number: Int, name: String, digest: String)], against known: [Migration], _ engine: Engine)
        throws
    {
        let newest = known.last?.number ?? 0
        if let last = applied.last, last.number > newest { throw StorageError.newerSchema(found: last.number, known: newest) }
        let digests = Dictionary(uniqueKeysWithValues: known.map { ($0.number, $0.digest(for: engine)) })
        for one in applied where digests[one.number] != one.digest {
            throw StorageError.migrationChanged(number: one.number, name: one.name)
        }
    }

    /// False where it has been applied already.
    private static func apply(_ migration: Migration, in transaction: Transaction, _ dialect: Dialect) throws -> Bool {
        if !dialect.guardMigration.isEmpty { try transaction.script(dialect.guardMigration) }
        guard try transaction.row("SELECT number FROM schema_migration WHERE number = \(migration.number)") == nil else { return false }
        let text = dialect.schema(migration.text(for: dialect.engine))
        if !text.isEmpty { try transaction.script(text) }
        try transaction.run(
            """
            INSERT INTO schema_migration (number, name, digest, applied_at)
            VALUES (\(migration.number), \(migration.name), \(migration.digest(for: dialect.engine)), \(Date()))
            """)
        return true
    }
}
