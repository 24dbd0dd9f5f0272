import CLibPQ
import Foundation

/// PostgreSQL's error codes as `StorageError`. https://www.postgresql.org/docs/15/errcodes-appendix.html
enum PostgreSQLFailure {
    /// A prepared statement whose columns a migration has changed.
    struct StalePlan: Error {}

    /// What the connection itself says: for calls that bring no result at all.
    static func lost(_ handle: OpaquePointer) -> StorageError {
        .unavailable(message: oneLine(PQerrorMessage(handle)))
    }

    static func error(_ result: OpaquePointer, of handle: OpaquePointer) -> any Error {
        guard PQstatus(handle) == CONNECTION_OK, let state = field(result, "C") else { return lost(handle) }
        let message = field(result, "M") ?? ""
        if state == "0A000", message.contains("cached plan") { return StalePlan() }
        return error(state: state, message: message, constraint: field(result, "n") ?? field(result, "c") ?? "")
    }

    static func error(state: String, message: String, constraint: String) -> StorageError {
        switch state {
        case "23505": .unique(constraint: constraint, message: message)
        case "23503": .foreignKey(message: message)
        case "23514", "23502", "23000", "22001": .check(constraint: constraint, message: message)
        case "P0001": .check(constraint: "", message: message)  // RAISE in a trigger of ours
        case "40001", "40P01": .conflict
        case "55P03", "57014": .busy  // lock_timeout, statement_timeout
        case "53100": .full
        case "XX001", "XX002": .unreadable(message: message)
        // Too many connections, shutting down, starting up, and a primary that has become a standby: another one has to be found.
        case "53300", "57P01", "57P02", "57P03", "25006": .unavailable(message: message)
        default:
            state.hasPrefix("08")
                ? .unavailable(message: message) : .other(code: Int(state, radix: 36) ?? 0, message: "\(message) [\(state)]")
        }
    }

    private static func field(_ result: OpaquePointer, _ code: Unicode.Scalar) -> String? {
        PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
    }

    private static func oneLine(_ text: UnsafePointer<CChar>?) -> String {
        text.map { String(cString: $0).split(whereSeparator: \.isNewline).joined(separator: " ") } ?? ""
    }
}
