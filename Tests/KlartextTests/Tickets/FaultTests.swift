import Foundation
import Mail
import Storage
import Testing

@testable import Klartext

/// The n-th statement fails, for every n: whatever happens, an action is done whole or not at all. `UnknownFateTests` cuts the connection instead.
@Suite(.timeLimit(.minutes(5))) struct FaultTests {
    /// What a story leaves behind, as far as it can be counted.
    private struct Traces: Equatable {
        var tickets = 0
        var messages = 0
        var letters = 0
        var jobs = 0
        var journal = 0
    }

    private func traces(_ desk: Desk) async throws -> Traces {
        try await desk.database.read { db in
            func count(_ sql: SQL) throws -> Int { try db.value(sql) ?? 0 }
            return try Traces(
                tickets: count("SELECT count(*) FROM ticket"), messages: count("SELECT count(*) FROM message"),
                letters: count("SELECT count(*) FROM letter"),
                jobs: count("SELECT count(*) FROM job"), journal: count("SELECT count(*) FROM journal"))
        }
    }

    /// Runs an action with a fault at each of its statements. After each the desk holds either what it held before, or what the whole action makes of it.
    private func withFaults(
        _ prepare: (TestDesk) async throws -> Void = { _ in }, _ action: @escaping @Sendable (TestDesk) async throws -> Void
    ) async throws {
        for moment in FaultPlan.Moment.allCases {
            try await TestDesk.with { test in
                try await prepare(test)
                let before = try await traces(test.desk)
                let done = try await TestDesk.with { reference in
                    try await prepare(reference)
                    try await action(reference)
                    return try await traces(reference.desk)
                }
                for statement in 1..<400 {
                    let plan = FaultPlan(failAtStatement: statement, moment: moment)
                    test.desk.database.faults = plan
                    let failed = await Self.fails { try await action(test) }
                    test.desk.database.faults = nil
                    let now = try await traces(test.desk)
                    #expect(now == before || now == done, "statement \(statement), \(moment): half done")
                    #expect(failed || now == done, "statement \(statement), \(moment): said to be done, and is not")
                    try await test.expectWhole()
                    // done, or done without anybody knowing, as when the answer to a COMMIT is lost
                    if now == done { return }
                }
                Issue.record("the action was never done")
            }
        }
    }

    private static func fails(_ action: () async throws -> Void) async -> Bool {
        do {
            try await action()
            return false
        } catch {
            return true
        }
    }

    @Test func `a request is there with number, letter and job, or not at all`() async throws {
        try await withFaults { test in _ = try await test.request() }
    }

    @Test func `an answer is there with its letter, or not at all`() async throws {
        try await withFaults { test in
            _ = try await test.addAgent()
            _ = try await test.request()
        } _: { test in
            let (ticket, agent) = try await test.desk.database.read { db in try (db.tickets(after: 0, limit: 1)[0], db.agents()[0]) }
            try await test.desk.tickets.reply(
                .init(text: "Der Eintrag steht.", files: [], then: .solved(cause: "Ein c fehlte."), seen: ticket.lastMessage),
                to: ticket.number, by: agent)
        }
    }

    @Test func `a correction is there with its letter and takes the pin along, or not at all`() async throws {
        try await withFaults { test in
            let (agent, number) = (try await test.addAgent(), try await test.request().ticket.number)
            let next = TestDesk.start.addingTimeInterval(86_400)
            try await test.desk.tickets.reply(
                .init(text: "Es kostet nichts.", files: [], then: .turn(.us, nextContactAt: next), seen: 1), to: number, by: agent)
            try await test.desk.tickets.pin(2, on: number, by: agent)
        } _: { test in
            let (ticket, agent) = try await test.desk.database.read { db in try (db.tickets(after: 0, limit: 1)[0], db.agents()[0]) }
            try await test.desk.tickets.reply(
                .init(
                    text: "", files: [], then: .solved(cause: "Ein Irrtum."), seen: 2,
                    correction: .init(answer: 2, words: .init(wrong: "nichts", right: "fünf Euro", action: "Wir erstatten sie."))),
                to: ticket.number, by: agent)
        }
    }

    @Test func `a mail is kept with its job, or not at all`() async throws {
        try await withFaults { test in
            try await test.desk.inbox.keep(
                .init(
                    door: "lmtp", sender: "a@b.example", recipients: [DemoCast.supportAddress],
                    raw: Array("From: a@b.example\r\n\r\nHallo".utf8)))
        }
    }

    @Test func `a moved message is on one ticket, never on two or none`() async throws {
        try await withFaults { test in
            _ = try await test.addAgent()
            _ = try await test.request()
            _ = try await test.request()
        } _: { test in
            let (tickets, agent) = try await test.desk.database.read { db in try (db.tickets(after: 0, limit: 2), db.agents()[0]) }
            try await test.desk.tickets.move(message: tickets[1].lastMessage, to: tickets[0].number, by: agent)
        }
    }
}
