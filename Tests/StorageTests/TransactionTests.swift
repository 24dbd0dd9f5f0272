import Foundation
import TestDatabases
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(1)))
struct TransactionTests {
    @Test func `a failing unit is rolled back alone while its 400 neighbours commit`() async throws {
        try await withDatabase { database in
            let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
                for number in 1...440 {
                    group.addTask {
                        let outcome: Void? = try? await database.write { transaction in
                            try transaction.addTicket(number)
                            if number % 11 == 0 { throw Refused() }
                        }
                        return (number, outcome != nil)
                    }
                }
                return await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
            }
            #expect(outcomes.allSatisfy { $0.value == ($0.key % 11 != 0) })
            let numbers = try await database.ticketNumbers()
            #expect(numbers == (1...440).filter { $0 % 11 != 0 })
            #expect(database.statistics.units >= 400)
            #expect(database.statistics.failedUnits == 40)
        }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite)) func `units that wait together share one commit`() async throws {
        try await withDatabase { database in
            let before = database.statistics.commits
            try await withHeldWriter(of: database) { held in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 1...100 { group.addTask { try await database.write { try $0.addTicket(number) } } }
                    while database.statistics.depth < 100 { await Task.yield() }
                    held.signal()
                    try await group.waitForAll()
                }
            }
            #expect(database.statistics.commits - before == 1)
            #expect(database.statistics.largestBatch == 101)
            #expect(try await database.ticketNumbers() == Array(1...100))
        }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite))
    func `when its time is up, a transaction is committed and the rest goes on in the next, in order`() async throws {
        try await withDatabase(batchTime: .zero) { database in
            let before = database.statistics.commits
            let order = Box<[Int]>([])
            try await withHeldWriter(of: database) { held in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 1...10 {
                        group.addTask {
                            try await database.write { transaction in
                                try transaction.addTicket(number)
                                transaction.onCommit { order.change { $0.append(number) } }
                            }
                        }
                        while database.statistics.depth < number { await Task.yield() }
                    }
                    held.signal()
                    try await group.waitForAll()
                }
            }
            #expect(database.statistics.commits - before == 11)
            #expect(order.value == Array(1...10))
        }
    }

    @Test func `the error of the closure comes back as it is`() async throws {
        try await withDatabase { database in
            await #expect(throws: Refused()) { try await database.write { _ in throw Refused() } }
            await #expect(throws: Refused()) { try await database.read { _ in throw Refused() } }
            let numbers = try await database.ticketNumbers()
            #expect(numbers.isEmpty)
        }
    }

    @Test func `run says how many rows were changed`() async throws {
        try await withDatabase { database in
            let counts = try await database.write { transaction in
                [
                    try transaction.run("INSERT INTO ticket (number, subject) VALUES (1, 'a'), (2, 'b'), (3, 'c')"),
                    try transaction.run("UPDATE ticket SET weight = 2 WHERE number > \(1)"),
                    try transaction.run("UPDATE ticket SET weight = 2 WHERE number > \(9)"),
                    try transaction.run("DELETE FROM ticket WHERE number = \(1)"),
                    try transaction.run("CREATE TABLE other (x BIGINT)"),
                    try transaction.run("INSERT INTO ticket (number, subject) VALUES (2, 'b') ON CONFLICT DO NOTHING"),
                    try transaction.run("SELECT 1"),
                ]
            }
            #expect(counts == [3, 2, 0, 1, 0, 0, 0])
        }
    }

    @Test func `RETURNING inserts all rows even if only the first is asked for`() async throws {
        try await withDatabase { database in
            let first: Int? = try await database.write {
                try $0.value("INSERT INTO ticket (number, subject) VALUES (1, 'a'), (2, 'b'), (3, 'c') RETURNING number")
            }
            #expect(first == 1)
            #expect(try await database.ticketNumbers() == [1, 2, 3])
            let refusal = await #expect(throws: StorageError.self) {
                try await database.write { transaction in
                    try transaction.run("CREATE TABLE note (ticket BIGINT REFERENCES ticket (number))")
                    return try transaction.value("INSERT INTO note (ticket) VALUES (99) RETURNING ticket") as Int?
                }
            }
            guard case .foreignKey = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
        }
    }

    @Test func `a second row of the same kind is told apart from other errors`() async throws {
        try await withDatabase { database in
            try await database.write { try $0.addTicket(1, "a") }
            let expected = database.engine == .sqlite ? ["ticket.number", "ticket.subject"] : ["ticket_pkey", "ticket_subject"]
            for (constraint, ticket) in zip(expected, [(1, "b"), (2, "a")]) {
                let refusal = await #expect(throws: StorageError.self) {
                    try await database.write { try $0.addTicket(ticket.0, ticket.1) }
                }
                guard case .unique(constraint, _) = refusal else {
                    Issue.record("\(String(describing: refusal))")
                    return
                }
            }
        }
    }

    @Test func `constraints and triggers are told apart`() async throws {
        try await withDatabase { database in
            let expected = database.engine == .sqlite ? ["weight > 0", "ticket.subject"] : ["ticket_weight_check", "subject"]
            let statements: [SQL] = [
                "INSERT INTO ticket (number, subject, weight) VALUES (1, 'a', 0)",
                "INSERT INTO ticket (number, subject) VALUES (1, \(SQLValue.null))",
            ]
            for (constraint, statement) in zip(expected, statements) {
                let refusal = await #expect(throws: StorageError.self) { try await database.write { try $0.run(statement) } }
                guard case .check(constraint, _) = refusal else {
                    Issue.record("\(String(describing: refusal))")
                    return
                }
            }
            try await database.write {
                try $0.script(trigger(on: "ticket", saying: "tickets stay")[$0.engine] ?? "")
                try $0.addTicket(1)
            }
            await #expect(throws: StorageError.check(constraint: "", message: "tickets stay")) {
                try await database.write { try $0.run("DELETE FROM ticket") }
            }
        }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite))
    func `a unit that leaves a deferred reference open fails alone, not its neighbours' commit`() async throws {
        try await withDatabase { database in
            try await withHeldWriter(of: database) { held in
                async let good: Void = database.write { try $0.addTicket(1) }
                async let bad: Void = database.write { _ = try $0.run("INSERT INTO message (ticket, text) VALUES (99, 'lost')") }
                async let later: Void = database.write { transaction in
                    try transaction.run("INSERT INTO message (ticket, text) VALUES (2, 'before its ticket')")
                    try transaction.addTicket(2)
                }
                while database.statistics.depth < 3 { await Task.yield() }
                held.signal()
                try await good
                try await later
                do {
                    try await bad
                    Issue.record("the reference was not checked")
                } catch StorageError.foreignKey {}
            }
            #expect(try await database.ticketNumbers() == [1, 2])
        }
    }

    @Test func `onCommit is called once the unit is durable, and never after a rollback`() async throws {
        try await withDatabase { database in
            let calls = Box<[String]>([])
            try await database.write { transaction in
                try transaction.addTicket(1)
                transaction.onCommit { calls.change { $0.append("first") } }
                transaction.onCommit { calls.change { $0.append("second") } }
                #expect(calls.value.isEmpty)
            }
            #expect(calls.value == ["first", "second"])
            _ = try? await database.write { transaction in
                transaction.onCommit { calls.change { $0.append("rolled back") } }
                throw Refused()
            }
            database.faults = FaultPlan(failAtStatement: database.engine == .sqlite ? 5 : 3)
            await #expect(throws: StorageError.self) {
                try await database.write { transaction in
                    transaction.onCommit { calls.change { $0.append("not committed") } }
                    try transaction.addTicket(2)
                }
            }
            #expect(calls.value == ["first", "second"])
        }
    }

    @Test func `a write of a cancelled task is completed`() async throws {
        try await withDatabase { database in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await database.write { try $0.addTicket(1) }
            }
            try await task.value
            #expect(try await database.ticketNumbers() == [1])
        }
    }

    @Test func `a transaction kept beyond its closure refuses to work`() async throws {
        try await withDatabase { database in
            let kept = Kept()
            try await database.write { kept.snapshot = $0 }
            #expect(throws: StorageError.closed) { try kept.snapshot?.rows("SELECT 1") }
            try await database.read { kept.snapshot = $0 }
            #expect(throws: StorageError.closed) { try kept.snapshot?.rows("SELECT 1") }
        }
    }

    @Test func `a statement that ends the transaction fails the unit`() async throws {
        try await withDatabase { database in
            await #expect(throws: StorageError.self) {
                try await database.write { transaction in
                    try transaction.addTicket(1)
                    try transaction.run("ROLLBACK")
                    try? transaction.addTicket(2)
                }
            }
            #expect(try await database.ticketNumbers().isEmpty)
            try await database.write { try $0.addTicket(3) }
            #expect(try await database.ticketNumbers() == [3])
        }
    }
}

private final class Kept: @unchecked Sendable {
    var snapshot: Snapshot?
}
