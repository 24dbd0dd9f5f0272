import Foundation
import TestDatabases
import Testing

@testable import Storage

/// What only happens where several write at once, on a server that may go away.
@Suite(.timeLimit(.minutes(2)), .enabled(if: TestDatabases.engine == .postgreSQL))
struct PostgreSQLTests {
    /// Two processes' databases on one server.
    private func withTwo(_ body: ([Database]) async throws -> Void) async throws {
        let address = try await TestDatabases.make(on: try #require(TestDatabases.server))
        let databases = try (1...2).map { _ in try Database.postgreSQL(try PostgreSQLAddress(address), readers: 2, writers: 4) }
        var failure: (any Error)?
        do { try await body(databases) } catch { failure = error }
        for database in databases { await database.close() }
        try await TestDatabases.remove(address)
        if let failure { throw failure }
    }

    @Test func `processes that start at once migrate once`() async throws {
        try await withTwo { databases in
            let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
                for database in databases + databases { group.addTask { try await Migrator.migrate(database, [ticketMigration]) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied == [1])
        }
    }

    @Test func `what many read, change and write back adds up`() async throws {
        try await withTwo { databases in
            try await Migrator.migrate(databases[0], [ticketMigration])
            try await databases[0].write { try $0.addTicket(1) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        try await databases[number % 2].write { transaction in
                            let weight: Int = try transaction.value("SELECT weight FROM ticket WHERE number = 1") ?? 0
                            try transaction.run("UPDATE ticket SET weight = \(weight + 1) WHERE number = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let weight: Int? = try await databases[1].read { try $0.value("SELECT weight FROM ticket") }
            #expect(weight == 101)
        }
    }

    @Test func `what many look for and make where it is missing is made once`() async throws {
        try await withTwo { databases in
            try await Migrator.migrate(databases[0], [ticketMigration])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        try await databases[number % 2].write { transaction in
                            let subject = "subject \(number % 3)"
                            guard try transaction.row("SELECT number FROM ticket WHERE subject = \(subject)") == nil else { return }
                            try transaction.addTicket(number, subject)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await databases[0].ticketNumbers().count == 3)
        }
    }

    @Test(arguments: [1, 2, 3, 4], FaultPlan.Moment.allCases)
    func `a cut connection is made again and the unit repeated, unless it was committing`(statement: Int, moment: FaultPlan.Moment)
        async throws
    {
        try await withDatabase { database in
            database.faults = FaultPlan(failAtStatement: statement, kind: .cut, moment: moment)
            var failure: (any Error)?
            do {
                try await database.write { transaction in
                    try transaction.addTicket(1)
                    try transaction.run("INSERT INTO message (ticket, text) VALUES (1, 'one')")
                }
            } catch {
                failure = error
            }
            database.faults = nil
            let numbers = try await database.ticketNumbers()
            guard statement == 4 else {
                #expect(failure == nil && numbers == [1])
                return
            }
            guard case .fateUnknown = failure as? StorageError else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(numbers == (moment == .before ? [] : [1]))
        }
    }

    @Test func `sessions that the server ends are made again`() async throws {
        try await withTwo { databases in
            try await Migrator.migrate(databases[0], [ticketMigration])
            try await databases[0].write { try $0.addTicket(1) }
            for round in 2...4 {
                _ = try await databases[1].read {
                    try $0.rows(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                }
                #expect(try await databases[0].ticketNumbers() == Array(1..<round))
                try await databases[0].write { try $0.addTicket(round) }
            }
        }
    }

    @Test func `a statement goes on after another process has added a column to its table`() async throws {
        try await withTwo { databases in
            try await Migrator.migrate(databases[0], [ticketMigration])
            let columns: @Sendable (Snapshot) throws -> [String] = { try $0.row("SELECT * FROM ticket")?.columnNames ?? [] }
            try await databases[0].write { try $0.addTicket(1) }
            let writeColumns = try await databases[0].write { try columns($0) }
            #expect(writeColumns == ["number", "subject", "weight"])
            try await databases[1].write { try $0.script("ALTER TABLE ticket ADD COLUMN language TEXT") }
            for _ in 1...8 {
                let writeColumns = try await databases[0].write { try columns($0) }
                #expect(writeColumns == ["number", "subject", "weight", "language"])
                let readColumns = try await databases[0].read { try columns($0) }
                #expect(readColumns == ["number", "subject", "weight", "language"])
            }
        }
    }

    @Test func `an announcement reaches the other process, also after its wire was broken`() async throws {
        try await withTwo { databases in
            let heard = Box(0)
            databases[1].onAnnouncement { heard.change { $0 += 1 } }
            databases[0].onAnnouncement {}
            for _ in 1...2 {
                while heard.value == 0 { try await Task.sleep(for: .milliseconds(10)) }
                try await Task.sleep(for: .milliseconds(200))
                let before = heard.value
                while heard.value == before {
                    databases[0].announce()
                    try await Task.sleep(for: .milliseconds(50))
                }
                _ = try await databases[0].read {
                    try $0.rows(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                }
            }
        }
    }

    @Test func `writers have shares of their own`() async throws {
        try await withTwo { databases in
            let shares = Box(Set<Int>())
            let entered = Box(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await databases[number % 2].write { transaction in
                            let share = try transaction.share
                            shares.change { $0.insert(share) }
                            entered.change { $0 += 1 }
                            // All eight at once, each on a connection of its own.
                            while entered.value < 8 { usleep(1000) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(shares.value.count == 8)
        }
    }

    @Test func `a short list is not compiled, however many rows its estimate counts`() async throws {
        try await withTwo { databases in
            let plan: [String] = try await databases[0].read { db in
                // taken for a thousand rows each, a thousand million together, and one in truth
                let rows: SQL = "generate_series(1, (SELECT 1))"
                return try db.rows("EXPLAIN (ANALYZE) SELECT count(*) FROM \(raw: rows) a, \(raw: rows) b, \(raw: rows) c").map {
                    try $0[0]
                }
            }
            #expect(plan.contains { $0.contains("Execution Time") })
            #expect(!plan.contains { $0.contains("JIT") })
        }
    }

    @Test func `a server that is not there is told at once when a database is opened`() throws {
        let address = try PostgreSQLAddress("postgresql://klartext@127.0.0.1:1/none")
        let refusal = #expect(throws: StorageError.self) { try Database.postgreSQL(address) }
        guard case .unavailable = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }

    @Test(arguments: ["", "mysql://a/b", "postgresql://h/d?nonsense=1"])
    func `what is no address is told with libpq's words`(text: String) {
        let refusal = #expect(throws: StorageError.self) { try PostgreSQLAddress(text) }
        guard case .cannotOpen = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }
}
