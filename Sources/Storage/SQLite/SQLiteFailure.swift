import CSQLite

/// SQLite's result codes as `StorageError`. https://sqlite.org/rescode.html
enum SQLiteFailure {
    /// The error the last call on this connection ended with.
    static func error(_ handle: OpaquePointer) -> StorageError {
        error(code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)))
    }

    static func error(code: Int32, message: String) -> StorageError {
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: constraint(code, message)
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_FULL: .full
        case SQLITE_CORRUPT, SQLITE_NOTADB: .unreadable(message: message)
        case SQLITE_IOERR where code == ioErrorRead || code == ioErrorShortRead || code == ioErrorCorrupt: .unreadable(message: message)
        default: .other(code: Int(code), message: message)
        }
    }

    private static func constraint(_ code: Int32, _ message: String) -> StorageError {
        switch code >> 8 {
        case 8, 6, 10:  // UNIQUE, PRIMARYKEY, ROWID
            .unique(constraint: subject(of: message), message: message)
        case 3:  // FOREIGNKEY
            .foreignKey(message: message)
        case 7:  // TRIGGER: the message is what RAISE was given
            .check(constraint: "", message: message)
        default:  // CHECK, NOTNULL, DATATYPE
            .check(constraint: subject(of: message), message: message)
        }
    }

    /// `ticket.number` in "UNIQUE constraint failed: ticket.number", and a name in "... failed: index 'name'".
    private static func subject(of message: String) -> String {
        let separator = Array(" constraint failed: ".utf8)
        let bytes = Array(message.utf8)
        guard bytes.count > separator.count,
            let start = (0...(bytes.count - separator.count)).first(where: { bytes[$0..<($0 + separator.count)].elementsEqual(separator) })
        else { return "" }
        let subject = bytes[(start + separator.count)...]
        let index = Array("index '".utf8)
        guard subject.starts(with: index), subject.last == UInt8(ascii: "'") else { return String(decoding: subject, as: UTF8.self) }
        return String(decoding: subject.dropFirst(index.count).dropLast(), as: UTF8.self)
    }

    // These three are macros with a shift, which Swift does not import.
    private static let ioErrorRead = SQLITE_IOERR | 1 << 8
    private static let ioErrorShortRead = SQLITE_IOERR | 2 << 8
    private static let ioErrorCorrupt = SQLITE_IOERR | 33 << 8
}
