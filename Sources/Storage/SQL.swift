/// A statement's text with its bound values: `"SELECT * FROM ticket WHERE number = \(number)"`.
///
/// Each interpolation becomes a numbered parameter (`$1`, `$2`, ...) and never part of the text, so a value cannot change what a statement
/// does.
/// A parameter inside quotes (`'%\(word)%'`) would never be bound; such a statement is refused when it runs.
public struct SQL: ExpressibleByStringInterpolation, Sendable, Hashable {
    /// The statement as the engine sees it.
    public let text: String
    /// The values of `$1`, `$2`, ... in this order.
    public let values: [SQLValue]

    /// Takes a text as it is, without values: for statements that are not literals, such as DDL. Never pass anything a stranger wrote.
    public init(verbatim text: String) {
        self.text = text
        values = []
    }

    public init(stringLiteral text: String) {
        self.init(verbatim: text)
    }

    public init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var text = ""
        var values: [SQLValue] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 4)
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        /// A bound parameter.
        public mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value) {
            values.append(value.sqlValue)
            text += "$"
            text += String(values.count)
        }

        /// A bound parameter that may be NULL; an overload of its own, since the compiler warns of optionals in any other interpolation.
        public mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
            appendInterpolation(value.sqlValue)
        }

        /// A part of a statement, with its own values; its parameters are numbered on from those before it.
        public mutating func appendInterpolation(raw fragment: SQL) {
            let offset = values.count
            values += fragment.values
            guard offset > 0, !fragment.values.isEmpty else {
                text += fragment.text
                return
            }
            text += SQLWords.replacing(in: fragment.text) { word in
                guard word.utf8.first == UInt8(ascii: "$"), let number = Int(word.dropFirst()) else { return nil }
                return "$\(number + offset)"
            }
        }

        /// A list in brackets, `($1,$2,$3)`, for `IN`.
        ///
        /// An empty list becomes `(NULL)`: nothing is `IN` it. `NOT IN` an empty list is never true either, so ask before negating.
        public mutating func appendInterpolation<Value: SQLConvertible>(list: [Value]) {
            guard !list.isEmpty else {
                text += "(NULL)"
                return
            }
            for (index, value) in list.enumerated() {
                text += index == 0 ? "(" : ","
                appendInterpolation(value)
            }
            text += ")"
        }
    }
}
