import CLibPQ
import Foundation

/// The server's answer to a statement.
enum PostgreSQLResult {
    /// Hands a result over if it is a good one, and frees it.
    ///
    /// - Throws: what the server says went wrong, as `StorageError`.
    static func with<Result>(_ result: OpaquePointer?, of handle: OpaquePointer, _ body: (OpaquePointer) throws -> Result) throws -> Result
    {
        defer { PQclear(result) }
        guard let result else { throw PostgreSQLFailure.lost(handle) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return try body(result)
        case PGRES_EMPTY_QUERY: throw StorageError.other(code: 0, message: "an empty statement")
        default: throw PostgreSQLFailure.error(result, of: handle)
        }
    }

    /// How many rows were inserted, updated or deleted.
    static func changes(_ result: OpaquePointer) -> Int {
        // A SELECT counts its rows there too.
        String(cString: PQcmdStatus(result)).hasPrefix("SELECT") ? 0 : Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    static func columns(_ result: OpaquePointer) -> Columns {
        Columns((0..<PQnfields(result)).map { index in PQfname(result, index).map { String(cString: $0) } ?? "" })
    }

    /// The first rows, at most `limit` of them.
    static func rows(_ result: OpaquePointer, _ columns: Columns, limit: Int) throws -> [Row] {
        let width = columns.names.count
        let count = min(Int(PQntuples(result)), limit)
        let kinds = (0..<Int32(width)).map { PQftype(result, $0) }
        var values: [SQLValue] = []
        values.reserveCapacity(count * width)
        for row in 0..<Int32(count) {
            for column in 0..<Int32(width) { values.append(try value(result, row, column, kinds[Int(column)])) }
        }
        return (0..<count).map { Row(columns: columns, values: values, start: $0 * width) }
    }

    private static func value(_ result: OpaquePointer, _ row: Int32, _ column: Int32, _ kind: Oid) throws -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
        switch kind {
        case 20, 21, 23, 26: return .int(integer(bytes))  // int8, int2, int4, oid
        case 16: return .int(bytes.first == UInt8(ascii: "t") ? 1 : 0)  // bool
        case 700, 701: return .real(strtod(start, nil))  // float4, float8
        case 1700: return bytes.contains(UInt8(ascii: ".")) ? .real(strtod(start, nil)) : .int(integer(bytes))  // numeric: what SUM makes
        case 17: return .blob(blob(bytes))  // bytea
        default: return .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64 {
        var value: Int64 = 0
        for byte in bytes where byte != UInt8(ascii: "-") { value = value &* 10 &- Int64(byte &- 48) }
        return bytes.first == UInt8(ascii: "-") ? value : 0 &- value
    }

    /// `\x` and two hexadecimal digits for each byte.
    private static func blob(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        func digit(_ byte: UInt8) -> UInt8 { byte <= UInt8(ascii: "9") ? byte &- 48 : byte &- 87 }
        let count = max(bytes.count / 2 - 1, 0)
        return [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            for index in 0..<count { target[index] = digit(bytes[2 * index + 2]) << 4 | digit(bytes[2 * index + 3]) }
            initialized = count
        }
    }
}
