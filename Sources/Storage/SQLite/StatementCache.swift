/// The prepared statements of one connection, by their text.
final class StatementCache {
    /// More different texts than this are made by lists of changing length; then the half not used for longest goes.
    static let limit = 500

    private let connection: OpaquePointer
    private var statements: [String: SQLiteStatement] = [:]
    private var uses: UInt64 = 0

    init(_ connection: OpaquePointer) {
        self.connection = connection
    }

    /// The statement for a text. It must be reset before the next is asked for.
    func statement(_ text: String) throws -> SQLiteStatement {
        uses += 1
        if let statement = statements[text] {
            statement.lastUse = uses
            return statement
        }
        if statements.count >= Self.limit { removeOldHalf() }
        let statement = try SQLiteStatement(text, on: connection)
        statement.lastUse = uses
        statements[text] = statement
        return statement
    }

    private func removeOldHalf() {
        let median = statements.values.map(\.lastUse).sorted()[statements.count / 2]
        for (text, statement) in statements where statement.lastUse < median {
            statement.finalize()
            statements[text] = nil
        }
    }

    func removeAll() {
        for statement in statements.values { statement.finalize() }
        statements = [:]
    }
}
