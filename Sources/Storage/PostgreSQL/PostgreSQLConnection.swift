import CLibPQ
import Foundation

/// A connection to a PostgreSQL server by libpq, made when it is first needed and made anew after it was lost.
///
/// Blocking, since a thread of its own uses it; nothing waits for ever, by the timeouts that `PostgreSQLAddress` sets.
final class PostgreSQLConnection: Connection {
    let dialect = Dialect.postgreSQL
    var faults: FaultPlan?
    /// A small number that no other living connection to this database has: 0 to 1023, or -1 where it was not asked for.
    private(set) var share = -1
    private let address: PostgreSQLAddress
    private let takesShare: Bool
    private var handle: OpaquePointer?
    private var statements: [String: PostgreSQLStatement] = [:]
    private var prepared = 0
    /// Whether the server still knows statements that are forgotten here: it takes no order to forget them in a failed transaction.
    private var isStale = false

    /// - Parameter takesShare: whether it writes, and so needs a share of the counters of its own.
    init(_ address: PostgreSQLAddress, takesShare: Bool) {
        self.address = address
        self.takesShare = takesShare
    }

    func open() throws {
        if let handle {
            if PQstatus(handle) == CONNECTION_OK { return }
            close()
        }
        handle = try address.connect()
        guard takesShare else { return }
        // Let go by the server when the session ends, however it ends.
        let lock = "SELECT s FROM generate_series(0, 1023) AS s WHERE pg_try_advisory_lock(1801220212, s) LIMIT 1"
        guard let free: Int = try select(SQL(verbatim: lock), limit: 1).first?[0] else {
            throw StorageError.unavailable(message: "more than 1024 connections write")
        }
        share = free
    }

    var isInTransaction: Bool {
        guard let handle, PQstatus(handle) == CONNECTION_OK else { return false }
        return PQtransactionStatus(handle) == PQTRANS_INTRANS
    }

    func rows(_ sql: SQL, limit: Int) throws -> [Row] {
        try countingFaults { try select(sql, limit: limit) }
    }

    func run(_ sql: SQL) throws -> Int {
        try countingFaults { try execute(sql) { result, _ in PostgreSQLResult.changes(result) } }
    }

    func script(_ text: String) throws {
        try countingFaults {
            guard !text.utf8.contains(0) else { throw StorageError.other(code: 0, message: "a statement contains NUL") }
            let handle = try live()
            try PostgreSQLResult.with(PQexec(handle, text), of: handle) { _ in }
        }
    }

    /// COMMIT says it by itself, and each unit has its own.
    func checkDeferred() {}

    func rollBack() throws {
        guard let handle, PQstatus(handle) == CONNECTION_OK, PQtransactionStatus(handle) != PQTRANS_IDLE else { return }
        _ = try run(dialect.rollback)
        if isStale { try script("DEALLOCATE ALL") }
        isStale = false
    }

    func tidy() {}

    func close() {
        PQfinish(handle)
        handle = nil
        statements = [:]
        share = -1
    }

    /// The socket, for who waits for it; -1 where there is no connection.
    var socket: Int32 { handle.map { PQsocket($0) } ?? -1 }

    /// The announcements that have arrived; false where the connection is lost.
    func takeAnnouncements() -> (count: Int, isAlive: Bool) {
        guard let handle, PQconsumeInput(handle) == 1 else { return (0, false) }
        var count = 0
        while let notice = PQnotifies(handle) {
            count += 1
            PQfreemem(notice)
        }
        return (count, PQstatus(handle) == CONNECTION_OK)
    }

    // MARK: statements

    /// The handle of a connection that was alive when it was last used.
    private func live() throws -> OpaquePointer {
        guard let handle, PQstatus(handle) == CONNECTION_OK else {
            throw StorageError.unavailable(message: "the connection to the database server is lost")
        }
        return handle
    }

    private func execute<Answer>(_ sql: SQL, _ read: (OpaquePointer, PostgreSQLStatement) throws -> Answer) throws -> Answer {
        let handle = try live()
        do {
            let statement = try statement(sql.text, on: handle)
            return try PostgreSQLParameters.with(sql.values) { count, values, lengths, formats in
                let result = PQexecPrepared(handle, statement.name, count, values, lengths, formats, 0)
                return try PostgreSQLResult.with(result, of: handle) { try read($0, statement) }
            }
        } catch is PostgreSQLFailure.StalePlan {
            // A migration has added a column to what the statement's `*` stands for: it is prepared anew when the unit is tried again.
            (statements, isStale) = ([:], true)
            throw StorageError.conflict
        }
    }

    private func select(_ sql: SQL, limit: Int) throws -> [Row] {
        try execute(sql) { result, statement in
            let columns = statement.columns ?? PostgreSQLResult.columns(result)
            statement.columns = columns
            return try PostgreSQLResult.rows(result, columns, limit: limit)
        }
    }

    private func statement(_ text: String, on handle: OpaquePointer) throws -> PostgreSQLStatement {
        prepared += 1
        if let known = statements[text] {
            known.lastUse = prepared
            return known
        }
        guard !text.utf8.contains(0) else { throw StorageError.other(code: 0, message: "a statement contains NUL") }
        if statements.count >= StatementCache.limit { try forgetOldHalf() }
        let statement = PostgreSQLStatement(name: "s\(prepared)", lastUse: prepared)
        try PostgreSQLResult.with(PQprepare(handle, statement.name, text, 0, nil), of: handle) { _ in }
        statements[text] = statement
        return statement
    }

    private func forgetOldHalf() throws {
        let median = statements.values.map(\.lastUse).sorted()[statements.count / 2]
        let old = statements.filter { $0.value.lastUse < median }
        for text in old.keys { statements[text] = nil }
        try script(old.values.map { "DEALLOCATE \($0.name)" }.joined(separator: ";"))
    }

    @inline(__always)
    private func countingFaults<Result>(_ body: () throws -> Result) throws -> Result {
        guard let faults, faults.counts() else { return try body() }
        if faults.moment == .after { _ = try body() }
        switch faults.kind {
        case .error: throw faults.error
        case .ioError:
            if let handle { PQclear(PQexec(handle, "ROLLBACK")) }
            throw faults.error
        case .cut:
            // Both ways, as a pulled plug: what the server had not committed it rolls back.
            if let handle { _ = Foundation.shutdown(PQsocket(handle), Int32(SHUT_RDWR)) }
            close()
            throw StorageError.unavailable(message: "planned cut at statement \(faults.failAtStatement)")
        }
    }
}

/// A statement the server has prepared for one connection.
final class PostgreSQLStatement {
    let name: String
    var lastUse: Int
    /// Read from the first result; the server refuses to run a statement whose columns have changed since.
    var columns: Columns?

    init(name: String, lastUse: Int) {
        self.name = name
        self.lastUse = lastUse
    }
}
