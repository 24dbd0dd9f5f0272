/// One row of a result: `let number: Int = try row["number"]`.
///
/// The rows of a result share their storage, so a row kept for long keeps them all.
public struct Row: Sendable {
    let columns: Columns
    let values: [SQLValue]
    /// Where this row's values begin in `values`.
    let start: Int

    /// The value of the first column of this name (exact, case included).
    ///
    /// Throws `StorageError.missingColumn`, or `StorageError.typeMismatch` where the stored value is no `Value`.
    public subscript<Value: SQLConvertible>(_ column: String) -> Value {
        get throws {
            guard let index = columns.index(of: column) else { throw StorageError.missingColumn(column) }
            return try read(index)
        }
    }

    /// The value of the column at `index`, from 0. Throws as the subscript by name does.
    public subscript<Value: SQLConvertible>(_ index: Int) -> Value {
        get throws {
            guard columns.names.indices.contains(index) else { throw StorageError.missingColumn(String(index)) }
            return try read(index)
        }
    }

    /// The stored value of a column, or nil where there is no such column.
    public func value(_ column: String) -> SQLValue? {
        columns.index(of: column).map { values[start + $0] }
    }

    /// The names of the columns, in order.
    public var columnNames: [String] { columns.names }

    private func read<Value: SQLConvertible>(_ index: Int) throws -> Value {
        do {
            return try Value(sqlValue: values[start + index])
        } catch StorageError.typeMismatch(_, let expected, let found) {
            throw StorageError.typeMismatch(column: columns.names[index], expected: expected, found: found)
        }
    }
}

/// The column names of a statement, shared by all rows it returns.
final class Columns: Sendable {
    let names: [String]
    /// The first column of each name.
    private let indices: [String: Int]

    init(_ names: [String]) {
        self.names = names
        indices = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    func index(of name: String) -> Int? { indices[name] }
}
