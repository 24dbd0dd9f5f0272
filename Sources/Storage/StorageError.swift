/// What can go wrong in the database, the same for every engine.
public enum StorageError: Error, Sendable, Hashable {
    /// A row like it is there already. `constraint` is what the engine calls it: `ticket.number` (SQLite), or an index's name.
    case unique(constraint: String, message: String)
    /// A CHECK or NOT NULL constraint or a trigger refused the row. `constraint` is its name, or the column's; empty for a trigger.
    case check(constraint: String, message: String)
    /// A row refers to one that is not there, or is still referred to.
    case foreignKey(message: String)
    /// Another process kept the database locked for longer than we wait.
    case busy
    /// Others kept changing the same rows, however often it was tried again.
    case conflict
    /// The database server cannot be reached, or was lost before the transaction could be committed: nothing of it stays.
    case unavailable(message: String)
    /// The database server was lost while it committed: the transaction is there whole, or not at all, and nobody can tell.
    ///
    /// What has a key (a form's stamp, a mail's digest, a job's name) asks again under it, as `Database.writeUntilKnown` does.
    case fateUnknown(message: String)
    /// The disk is full.
    case full
    /// The file is damaged, or no database, or cannot be read from the disk.
    case unreadable(message: String)
    case cannotOpen(path: String, message: String)
    /// The value in a column is not of the type asked for.
    case typeMismatch(column: String, expected: String, found: String)
    /// A row has no such column (or no column at this index).
    case missingColumn(String)
    /// The database was made by a newer Klartext: its newest migration is `found`, the newest we know `known`.
    case newerSchema(found: Int, known: Int)
    /// A migration that was applied reads differently today, or is gone, or the numbers do not rise.
    case migrationChanged(number: Int, name: String)
    /// The database was closed, or a snapshot or transaction was used after its end.
    case closed
    /// Anything else: `code` is the engine's own.
    case other(code: Int, message: String)
}

extension StorageError: CustomStringConvertible {
    /// For logs; contains no values of rows.
    public var description: String {
        switch self {
        case .unique(let constraint, _): "not unique: \(constraint)"
        case .check(let constraint, let message): constraint.isEmpty ? "refused: \(message)" : "not allowed: \(constraint)"
        case .foreignKey(let message): message
        case .busy: "the database is locked by another process"
        case .conflict: "others keep changing the same rows"
        case .unavailable(let message): "the database server cannot be reached: \(message)"
        case .fateUnknown(let message): "the database server was lost during a commit: \(message)"
        case .full: "the disk is full"
        case .unreadable(let message): "the database cannot be read: \(message)"
        case .cannotOpen(let path, let message): "cannot open \(path): \(message)"
        case .typeMismatch(let column, let expected, let found): "column \(column) is not \(expected) but \(found)"
        case .missingColumn(let column): "no column \(column)"
        case .newerSchema(let found, let known): "the database has schema \(found), this version knows \(known)"
        case .migrationChanged(let number, let name): "migration \(number) (\(name)) is not the one that was applied"
        case .closed: "the database is closed"
        case .other(let code, let message): "\(message) (\(code))"
        }
    }
}
