import CLibPQ
import Foundation

/// Where a PostgreSQL server is, as libpq reads it: `postgresql://user:password@host:5432/name?sslmode=verify-full`.
///
/// Several hosts (`postgresql://a,b/name`) are tried in turn and the one that takes writes is used, so that a promoted standby is found.
/// https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING
public struct PostgreSQLAddress: Sendable {
    private let text: String

    /// - Throws: `StorageError.cannotOpen` with libpq's words where the text is no such address. Nobody is asked yet.
    public init(_ text: String) throws {
        var message: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(text, &message)
        defer { PQconninfoFree(options) }
        guard options != nil, Self.isAddress(text), !text.utf8.contains(0) else {
            let reason = message.map { String(cString: $0).trimmingCharacters(in: .whitespacesAndNewlines) }
            if let message { PQfreemem(message) }
            throw StorageError.cannotOpen(path: "postgresql://…", message: reason ?? "not an address that begins with postgresql://")
        }
        self.text = text
    }

    /// Whether a text means PostgreSQL at all.
    public static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    /// What holds unless the address says otherwise: a server that is gone is noticed within half a minute, and no statement, no wait for a
    /// lock and no idle transaction goes on for ever.
    private static let defaults = [
        ("application_name", "klartext"), ("connect_timeout", "5"), ("target_session_attrs", "read-write"),
        ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "20000"),
        ("client_encoding", "UTF8"),
    ]
    /// Nothing is compiled: a prepared statement's LIMIT is not known when its cost is estimated, so that with a million tickets a list of fifty
    /// would be compiled anew for each page, in a hundred times the time that it takes.
    private static let settings = [
        "statement_timeout='30s'", "lock_timeout='10s'", "idle_in_transaction_session_timeout='60s'", "client_min_messages=error",
        "jit=off",
    ]

    /// Connects, waiting at most for as long as the address allows.
    ///
    /// - Throws: `StorageError.unavailable` with what each host said.
    func connect() throws -> OpaquePointer {
        // libpq takes the last word on each: what the address says stands after our defaults.
        let pairs = Self.defaults + [("dbname", text)]
        let handle = Self.withCStrings(pairs.map(\.0)) { keys in
            Self.withCStrings(pairs.map(\.1)) { values in PQconnectdbParams(keys, values, 1) }
        }
        guard let handle else { throw StorageError.unavailable(message: "out of memory") }
        do {
            guard PQstatus(handle) == CONNECTION_OK else { throw Self.failure(handle) }
            let script = Self.settings.map { "SET \($0)" }.joined(separator: ";")
            try PostgreSQLResult.with(PQexec(handle, script), of: handle) { _ in }
        } catch {
            PQfinish(handle)
            throw error
        }
        return handle
    }

    private static func failure(_ handle: OpaquePointer) -> StorageError {
        .unavailable(message: String(cString: PQerrorMessage(handle)).trimmingCharacters(in: .whitespacesAndNewlines))
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let pointers: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0) } + [nil]
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
