import Storage

/// Copies all rows of one database into another, in steps that can be taken up again.
///
/// Each step is a transaction of the target's and follows the order of the keys, so that the target's last row says how far it is: no progress is
/// written down that could be wrong.
struct MoveRows: Sendable {
    var source: Database
    var target: Database
    /// Tells the instance from others: the mark of its key.
    var mark: String
    /// The most rows of a step, where it is to be fewer than the table's own.
    var mostRows = Int.max
    /// Called after each step with the table and the rows it has got by now; what it throws ends the move, which can be taken up again.
    var onStep: @Sendable (_ table: String, _ rows: Int) throws -> Void = { _, _ in }

    /// Makes sure that the target is empty, or holds the unfinished move of the same instance.
    /// - Returns: whether a move is taken up again.
    func begin() async throws -> Bool {
        if try await source.read({ db in try db.unfinishedMove() }) != nil { throw MoveFailure.unfinishedSource }
        return try await target.write { [mark] tx in
            if let other = try tx.unfinishedMove() {
                guard other == mark else { throw MoveFailure.otherMove }
                return true
            }
            if let table = try tx.tableInUse() { throw MoveFailure.notEmpty(table: table) }
            if let key = try tx.instanceKeyMark(), key != mark { throw MoveFailure.otherKey }
            try tx.beginMove(of: mark)
            return false
        }
    }

    /// Copies what is not there yet, and the last number of each sequence.
    /// - Returns: how many rows were copied.
    func copy() async throws -> Int {
        var copied = 0
        for table in Schema.tables { copied += try await copy(table) }
        let numbers = try await source.read { db in try NumberSequence.allCases.map { ($0, try db.lastNumber(of: $0.rawValue)) } }
        try await target.write { tx in for (sequence, last) in numbers { try tx.setNumber(of: sequence.rawValue, to: last) } }
        return copied
    }

    private func copy(_ table: Schema.Table) async throws -> Int {
        let columns = try await source.read { db in try db.columns(of: table) }
        let keyed = table.keyIndices(in: columns)
        var (last, there) = try await target.read { db in try (db.lastKey(of: table) ?? [], db.rowCount(of: table)) }
        var copied = 0
        while true {
            let page = try await page(of: table, columns, in: source, after: last)
            guard let newest = page.last else { break }
            let rows = page.map { table.withoutInner($0, columns) }
            try await target.write { tx in try tx.insert(rows, into: table, columns) }
            last = keyed.map { newest[$0] }
            copied += page.count
            there += page.count
            try onStep(table.name, there)
        }
        if let inner = table.inner { try await copyInner(inner, of: table) }
        return copied
    }

    /// Says which row each names, now that all are there.
    private func copyInner(_ column: String, of table: Schema.Table) async throws {
        let references = try await source.read { db in try db.innerReferences(column, of: table) }
        guard !references.isEmpty else { return }
        try await target.write { tx in for (key, value) in references { try tx.set(column, of: table, key, to: value) } }
    }

    /// Compares the databases row by row.
    /// - Returns: how many rows there are.
    /// - Throws: `MoveFailure.differs` at the first row that is not the same: somebody wrote into one of them meanwhile.
    func compare() async throws -> Int {
        var compared = 0
        for table in Schema.tables { compared += try await compare(table) }
        return compared
    }

    private func compare(_ table: Schema.Table) async throws -> Int {
        let columns = try await source.read { db in try db.columns(of: table) }
        let keyed = table.keyIndices(in: columns)
        let counts = (
            try await source.read { db in try db.rowCount(of: table) }, try await target.read { db in try db.rowCount(of: table) }
        )
        guard counts.0 == counts.1 else { throw MoveFailure.differs(table: table.name, "\(counts.0) rows here, \(counts.1) there") }
        var last: [SQLValue] = []
        var compared = 0
        while true {
            let here = try await page(of: table, columns, in: source, after: last)
            let there = try await page(of: table, columns, in: target, after: last)
            if here != there { throw MoveFailure.differs(table: table.name, "not the same behind row \(compared)") }
            guard let newest = here.last else { return compared }
            last = keyed.map { newest[$0] }
            compared += here.count
        }
    }

    /// Rows as they are to be in the target.
    private func page(of table: Schema.Table, _ columns: [String], in database: Database, after key: [SQLValue]) async throws
        -> [[SQLValue]]
    {
        let limit = min(table.pageRows, mostRows)
        let page = try await database.read { db in try db.page(of: table, columns, after: key, limit: limit) }
        return page.map { table.reset($0, columns) }
    }

    /// Ends the move: the target is the instance from here on.
    func finish() async throws {
        let facts = try await source.read { db in try db.instanceFacts() }
        try await target.write { tx in try tx.endMove(facts) }
    }
}

extension Schema.Table {
    fileprivate func keyIndices(in columns: [String]) -> [Int] { key.compactMap { columns.firstIndex(of: $0) } }

    fileprivate func reset(_ row: [SQLValue], _ columns: [String]) -> [SQLValue] {
        resets.isEmpty ? row : zip(columns, row).map { resets[$0] ?? $1 }
    }

    fileprivate func withoutInner(_ row: [SQLValue], _ columns: [String]) -> [SQLValue] {
        inner == nil ? row : zip(columns, row).map { $0 == inner ? .null : $1 }
    }
}
