import TestDatabases
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(2)))
struct FaultTests {
    @Test(.enabled(if: TestDatabases.engine == .sqlite)) func `when the commit fails, all units of it fail and nothing stays`() async throws
    {
        try await withDatabase { database in
            // BEGIN; two statements of the unit that holds the writer; three of each other one, four of the one that fails; COMMIT.
            let commit = 1 + 2 + 19 * 3 + 4 + 1
            database.faults = FaultPlan(failAtStatement: commit)
            try await withHeldWriter(of: database) { held in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 1...20 {
                        group.addTask {
                            do {
                                try await database.write { transaction in
                                    try transaction.addTicket(number)
                                    if number == 7 { throw Refused() }
                                }
                                return true
                            } catch {
                                // Not even the unit that failed by itself may believe what it saw.
                                #expect(error as? StorageError == .other(code: -1, message: "planned fault at statement \(commit)"))
                                return false
                            }
                        }
                    }
                    while database.statistics.depth < 20 { await Task.yield() }
                    held.signal()
                    for try await succeeded in group { #expect(!succeeded) }
                }
            }
            database.faults = nil
            #expect(try await database.ticketNumbers().isEmpty)
            try await database.write { try $0.addTicket(1) }
            #expect(try await database.ticketNumbers() == [1])
        }
    }

    @Test(arguments: [FaultPlan.Kind.error, .ioError], FaultPlan.Moment.allCases)
    func `whichever statement fails, a unit is there whole or not at all`(kind: FaultPlan.Kind, moment: FaultPlan.Moment) async throws {
        try await withDatabase { database in
            var attempt = 0
            while true {
                attempt += 1
                let number = attempt
                let plan = FaultPlan(failAtStatement: attempt, kind: kind, moment: moment)
                database.faults = plan
                let outcome: Void? = try? await database.write { transaction in
                    try transaction.addTicket(number)
                    try transaction.run("INSERT INTO message (ticket, text) VALUES (\(number), 'one')")
                    try transaction.run("INSERT INTO message (ticket, text) VALUES (\(number), 'two')")
                }
                database.faults = nil
                #expect((outcome == nil) == plan.wasHit)
                let (tickets, messages) = try await database.read { snapshot in
                    (
                        try snapshot.value("SELECT count(*) FROM ticket WHERE number = \(number)") ?? -1,
                        try snapshot.value("SELECT count(*) FROM message WHERE ticket = \(number)") ?? -1
                    )
                }
                #expect(messages == 2 * tickets)
                // After a commit whose result is lost, the unit is there though its caller was told of an error. In no other case.
                #expect(tickets == 1 || plan.wasHit)
                #expect(tickets == 0 || !plan.wasHit || moment == .after)
                if !plan.wasHit { break }
                #expect(attempt < 20)
            }
            // BEGIN, SAVEPOINT, three statements, RELEASE, COMMIT. On PostgreSQL each unit has a transaction of its own.
            #expect(attempt == (database.engine == .sqlite ? 8 : 6))
        }
    }

    @Test(arguments: [FaultPlan.Kind.error, .ioError])
    func `a failure while a unit is rolled back does not stop the next one`(kind: FaultPlan.Kind) async throws {
        try await withDatabase { database in
            for attempt in 1...8 {
                database.faults = FaultPlan(failAtStatement: attempt, kind: kind)
                await #expect(throws: (any Error).self) {
                    try await database.write { transaction in
                        try transaction.addTicket(1)
                        throw Refused()
                    }
                }
                database.faults = nil
                try await database.write { try $0.addTicket(100 + attempt) }
            }
            #expect(try await database.ticketNumbers() == Array(101...108))
        }
    }

    @Test func `an error that ends the transaction cannot be ignored by the closure`() async throws {
        try await withDatabase { database in
            database.faults = FaultPlan(failAtStatement: 4, kind: .ioError)
            await #expect(throws: StorageError.other(code: -1, message: "planned fault at statement 4")) {
                try await database.write { transaction in
                    try transaction.addTicket(1)
                    try? transaction.addTicket(2)
                    try? transaction.addTicket(3)
                }
            }
            database.faults = nil
            let numbers = try await database.ticketNumbers()
            #expect(numbers.isEmpty)
        }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite)) func `a full disk is told, and nothing half stays`() async throws {
        try await withDatabase { database in
            let limited: Int? = try await database.write { try $0.value("PRAGMA max_page_count = 40") }
            #expect(limited == 40)
            try await database.write { try $0.addTicket(1) }
            await #expect(throws: StorageError.full) {
                try await database.write { transaction in
                    for number in 2...1000 { try transaction.addTicket(number, String(repeating: "x", count: 4000) + String(number)) }
                }
            }
            #expect(try await database.ticketNumbers() == [1])
            _ = try await database.write { try $0.rows("PRAGMA max_page_count = 1000000") }
            try await database.write { try $0.addTicket(2) }
            #expect(try await database.ticketNumbers() == [1, 2])
        }
    }
}
