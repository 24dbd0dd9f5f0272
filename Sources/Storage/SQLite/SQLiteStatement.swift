import CSQLite

/// A prepared statement.
final class SQLiteStatement {
    /// When it was last used, in uses of its cache.
    var lastUse: UInt64 = 0
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    /// For each parameter by SQLite's count, which value it takes, from 0. SQLite numbers `$2, $1` in order of appearance, not by name.
    private let order: [Int]
    private let valueCount: Int
    private let isReadOnly: Bool
    private var columns: Columns
    /// How often SQLite had prepared it anew when `columns` was read: a migration may change what `*` stands for.
    private var columnsVersion: Int32 = -1

    init(_ text: String, on connection: OpaquePointer) throws {
        handle = try Self.prepare(text, on: connection)
        self.connection = connection
        isReadOnly = sqlite3_stmt_readonly(handle) != 0
        columns = Columns([])
        do {
            order = try Self.parameters(of: handle)
        } catch {
            sqlite3_finalize(handle)
            throw error
        }
        valueCount = (order.max() ?? -1) + 1
    }

    private static func prepare(_ text: String, on connection: OpaquePointer) throws -> OpaquePointer {
        var text = text
        return try text.withUTF8 { bytes in
            guard let length = Int32(exactly: bytes.count) else { throw misuse("a statement is too long") }
            return try bytes.withMemoryRebound(to: CChar.self) { characters in
                var handle: OpaquePointer?
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(
                    connection, characters.baseAddress, length, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, &tail)
                guard code == SQLITE_OK else { throw SQLiteFailure.error(connection) }
                guard let handle else { throw misuse("an empty statement") }
                let rest = characters.suffix(from: tail.map { characters.baseAddress?.distance(to: $0) ?? 0 } ?? 0)
                guard rest.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D, 0x3B].contains($0) }) else {  // space, tab, line ends, semicolon
                    sqlite3_finalize(handle)
                    throw misuse("more than one statement")
                }
                return handle
            }
        }
    }

    private static func parameters(of handle: OpaquePointer) throws -> [Int] {
        try (0..<sqlite3_bind_parameter_count(handle)).map { index in
            guard let name = sqlite3_bind_parameter_name(handle, index + 1), let number = Int(String(cString: name).dropFirst()), number > 0
            else { throw misuse("a parameter that is not $1, $2, ...") }
            return number - 1
        }
    }

    /// Binds the values by the numbers of the parameters.
    func bind(_ values: [SQLValue]) throws {
        guard values.count == valueCount else {
            throw Self.misuse("\(values.count) values for \(valueCount) parameters; is one of them inside quotes?")
        }
        for (index, source) in order.enumerated() {
            guard bind(values[source], at: Int32(index + 1)) == SQLITE_OK else { throw SQLiteFailure.error(connection) }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .int(let value): return sqlite3_bind_int64(handle, index, value)
        case .real(let value): return sqlite3_bind_double(handle, index, value)
        case .text(var value):
            return value.withUTF8 { bytes in
                // An empty buffer may have no address, which SQLite would take for NULL.
                guard let start = bytes.baseAddress, !bytes.isEmpty else { return sqlite3_bind_text(handle, index, "", 0, Self.copied) }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text64(handle, index, $0, UInt64(bytes.count), Self.copied, UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let value):
            guard !value.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
            return value.withUnsafeBytes { sqlite3_bind_blob64(handle, index, $0.baseAddress, UInt64($0.count), Self.copied) }
        }
    }

    /// Has SQLite copy a value before the call returns (SQLITE_TRANSIENT, a macro Swift does not import).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Steps through the result and returns its first rows. A statement that changes something is always run to its end, even if one row is
    /// wanted.
    func rows(limit: Int) throws -> [Row] {
        var values: [SQLValue] = []
        var count = 0
        while try step() {
            if count == 0 { refreshColumns() }
            guard count < limit else { continue }
            try appendRow(to: &values)
            count += 1
            if count == limit && isReadOnly { break }
        }
        let width = columns.names.count
        return (0..<count).map { Row(columns: columns, values: values, start: $0 * width) }
    }

    /// Runs it to its end.
    func finish() throws {
        while try step() {}
    }

    private func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw SQLiteFailure.error(connection)
        }
    }

    private func refreshColumns() {
        let version = sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_REPREPARE, 0)
        guard version != columnsVersion else { return }
        columnsVersion = version
        columns = Columns(
            (0..<sqlite3_column_count(handle)).map { index in sqlite3_column_name(handle, index).map { String(cString: $0) } ?? "" })
    }

    private func appendRow(to values: inout [SQLValue]) throws {
        for index in 0..<Int32(columns.names.count) { values.append(try value(at: index)) }
    }

    private func value(at index: Int32) throws -> SQLValue {
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER: return .int(sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
        case SQLITE_TEXT:
            // By length, since text may contain NUL; decoding repairs what is not UTF-8.
            guard let start = sqlite3_column_text(handle, index) else { throw SQLiteFailure.error(connection) }
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            // An empty blob has no address.
            guard let start = sqlite3_column_blob(handle, index) else { return .blob([]) }
            return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index)))))
        default: return .null
        }
    }

    /// Makes it ready for the next use and lets go of the values.
    func reset() {
        sqlite3_reset(handle)
        if valueCount > 0 { sqlite3_clear_bindings(handle) }
    }

    func finalize() {
        sqlite3_finalize(handle)
    }

    private static func misuse(_ message: String) -> StorageError {
        .other(code: Int(SQLITE_MISUSE), message: message)
    }
}
