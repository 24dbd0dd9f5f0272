/// The database engines there are.
public enum Engine: String, Sendable, CaseIterable {
    case sqlite = "SQLite"
    case postgreSQL = "PostgreSQL"
}

/// What differs between engines: how transactions begin, and what a schema calls its types. Nothing else in the product asks which engine
/// it is on.
struct Dialect: Sendable {
    let engine: Engine
    /// Begins a transaction that writes; waits here, not later, for others who write.
    let beginWrite: SQL
    /// Begins a transaction that only reads, and sees one state throughout.
    let beginRead: SQL
    /// Words of a migration and what this engine calls them.
    let words: [String: String]

    let commit: SQL = "COMMIT"
    let rollback: SQL = "ROLLBACK"
    let savepoint: SQL = "SAVEPOINT unit"
    let release: SQL = "RELEASE SAVEPOINT unit"
    let rollbackToSavepoint: SQL = "ROLLBACK TO SAVEPOINT unit"

    /// A migration's text as this engine reads it.
    ///
    /// Migrations use `BIGINT`, `TEXT`, `REAL` (64 bits), `BLOB` and `IDENTITY` (a key the database counts up and never gives twice), in
    /// capitals;
    /// `STRICT` after a table has SQLite check the types as PostgreSQL does anyway. Strings, quoted names and comments are left alone.
    func schema(_ text: String) -> String {
        SQLWords.replacing(in: text) { words[String($0)] }
    }

    /// BIGINT becomes INTEGER, because only that is allowed in a STRICT table, and makes a primary key the row id instead of a second
    /// index.
    static let sqlite = Dialect(
        engine: .sqlite,
        beginWrite: "BEGIN IMMEDIATE",
        beginRead: "BEGIN DEFERRED",
        words: ["BIGINT": "INTEGER", "IDENTITY": "INTEGER PRIMARY KEY AUTOINCREMENT"])
}
