import Foundation

/// A value as a database stores it.
public enum SQLValue: Sendable, Hashable {
    case null
    case int(Int64)
    case real(Double)
    /// Always valid Unicode, since what is not is repaired when read.
    case text(String)
    case blob([UInt8])

    /// The kind of value, for error messages; never the value itself, which may be personal.
    var kind: String {
        switch self {
        case .null: "null"
        case .int: "int"
        case .real: "real"
        case .text: "text"
        case .blob: "blob"
        }
    }
}

/// A Swift type that can be bound to a statement and read from a row.
///
/// An enum with a raw value conforms by saying so: `enum Status: String, SQLConvertible`.
public protocol SQLConvertible {
    /// What is stored.
    var sqlValue: SQLValue { get }
    /// Reads what was stored; throws `StorageError.typeMismatch` (`Row` fills in the column) where the value is of another kind or out of
    /// range.
    init(sqlValue: SQLValue) throws
}

extension SQLConvertible {
    /// The error for a value that is not one of this type.
    static func mismatch(_ value: SQLValue) -> StorageError {
        .typeMismatch(column: "", expected: String(describing: Self.self), found: value.kind)
    }
}

extension SQLValue: SQLConvertible {
    public var sqlValue: SQLValue { self }
    public init(sqlValue: SQLValue) { self = sqlValue }
}

extension Int64: SQLConvertible {
    public var sqlValue: SQLValue { .int(self) }
    public init(sqlValue: SQLValue) throws {
        guard case .int(let value) = sqlValue else { throw Self.mismatch(sqlValue) }
        self = value
    }
}

extension Int: SQLConvertible {
    public var sqlValue: SQLValue { .int(Int64(self)) }
    public init(sqlValue: SQLValue) throws {
        guard case .int(let value) = sqlValue, let value = Int(exactly: value) else { throw Self.mismatch(sqlValue) }
        self = value
    }
}

/// Stored as 0 or 1.
extension Bool: SQLConvertible {
    public var sqlValue: SQLValue { .int(self ? 1 : 0) }
    public init(sqlValue: SQLValue) throws {
        switch sqlValue {
        case .int(0): self = false
        case .int(1): self = true
        default: throw Self.mismatch(sqlValue)
        }
    }
}

/// A whole number is read as well, because SQLite keeps `2.0` as `2` in a column without REAL affinity.
extension Double: SQLConvertible {
    public var sqlValue: SQLValue { .real(self) }
    public init(sqlValue: SQLValue) throws {
        switch sqlValue {
        case .real(let value): self = value
        case .int(let value): self = Double(value)
        default: throw Self.mismatch(sqlValue)
        }
    }
}

/// Stored without NUL, which PostgreSQL has no place for: each becomes U+FFFD, on every engine.
extension String: SQLConvertible {
    public var sqlValue: SQLValue {
        guard utf8.contains(0) else { return .text(self) }
        return .text(String(decoding: utf8.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }, as: UTF8.self))
    }
    public init(sqlValue: SQLValue) throws {
        guard case .text(let value) = sqlValue else { throw Self.mismatch(sqlValue) }
        self = value
    }
}

extension [UInt8]: SQLConvertible {
    public var sqlValue: SQLValue { .blob(self) }
    public init(sqlValue: SQLValue) throws {
        guard case .blob(let value) = sqlValue else { throw Self.mismatch(sqlValue) }
        self = value
    }
}

extension Data: SQLConvertible {
    public var sqlValue: SQLValue { .blob([UInt8](self)) }
    public init(sqlValue: SQLValue) throws {
        self = Data(try [UInt8](sqlValue: sqlValue))
    }
}

/// Stored as whole milliseconds since 1970 UTC, to the nearest; what is beyond Int64 (292 million years) becomes its end.
extension Date: SQLConvertible {
    public var sqlValue: SQLValue {
        let milliseconds = (timeIntervalSince1970 * 1000).rounded()
        return .int(Int64(exactly: milliseconds) ?? (milliseconds < 0 ? .min : .max))
    }

    public init(sqlValue: SQLValue) throws {
        guard case .int(let milliseconds) = sqlValue else { throw Self.mismatch(sqlValue) }
        self = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}

/// `nil` is NULL.
extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
    public init(sqlValue: SQLValue) throws {
        if case .null = sqlValue { self = nil } else { self = try Wrapped(sqlValue: sqlValue) }
    }
}

extension SQLConvertible where Self: RawRepresentable, RawValue: SQLConvertible {
    public var sqlValue: SQLValue { rawValue.sqlValue }
    public init(sqlValue: SQLValue) throws {
        guard let value = Self(rawValue: try RawValue(sqlValue: sqlValue)) else { throw Self.mismatch(sqlValue) }
        self = value
    }
}
