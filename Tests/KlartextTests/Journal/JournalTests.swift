import Foundation
import Storage
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct JournalTests {
    @Test func `the journal refuses to be changed and to be deleted from`() async throws {
        try await TestDesk.with { test in
            _ = try await test.request()
            for statement: SQL in ["UPDATE journal SET body = '{}' WHERE sequence = 1", "DELETE FROM journal WHERE sequence = 1"] {
                await #expect(throws: (any Error).self) { try await test.desk.database.write { tx in try tx.run(statement) } }
            }
        }
    }

    @Test func `a line that was changed behind the engine's back is found`() async throws {
        try await TestDesk.with { test in
            _ = try await test.request()
            _ = try await test.request()
            try await test.expectWhole()
            try await test.desk.database.write { tx in
                try tx.run(tx.engine == .sqlite ? "DROP TRIGGER journal_refuses_update" : "DROP TRIGGER journal_refuses_update ON journal")
                try tx.run("UPDATE journal SET body = replace(body, 'Eintrag', 'Vertrag') WHERE sequence = 1")
            }
            let results = try await Check(desk: test.desk).run()
            let lines = try #require(results.first { $0.law.contains("as it was written") })
            #expect(lines.breaches == ["line 1 was changed"])
        }
    }

    @Test func `a line taken out of a chain is found`() async throws {
        try await TestDesk.with { test in
            _ = try await test.request()
            _ = try await test.request()
            let middle: Int64 = try await test.desk.database.read { db in
                try db.value("SELECT sequence FROM journal WHERE subject = (SELECT max(subject) FROM journal) ORDER BY sequence LIMIT 1")
                    ?? 0
            }
            try await takeOut("sequence = \(middle)", of: test)
            let chains = try #require(try await Check(desk: test.desk).run().first { $0.law.contains("chains") })
            #expect(chains.breaches.count == 1, "\(chains.line)")
        }
    }

    @Test func `a whole subject taken out is found once it was sealed`() async throws {
        try await TestDesk.with { test in
            _ = try await test.request()
            _ = try await test.request()
            #expect(try await seal(test) == 0)
            test.pass(minutes: 11)
            _ = try await test.request()
            let old = try await seal(test)
            #expect(old > 0)
            #expect(try await seal(test) == 0)
            test.pass(minutes: 11)
            #expect(try await seal(test) > 0)
            try await test.expectWhole()
            try await takeOut("subject = (SELECT min(subject) FROM journal WHERE subject LIKE 'ticket/%')", of: test)
            let lines = try #require(try await Check(desk: test.desk).run().first { $0.law.contains("sealed") })
            #expect(lines.breaches == ["the lines 1 to \(old) are not those that were sealed"])
        }
    }

    private func seal(_ test: TestDesk) async throws -> Int {
        let now = test.desk.clock.now()
        return try await test.desk.database.write { tx in try tx.sealJournal(now: now) }
    }

    private func takeOut(_ condition: SQL, of test: TestDesk) async throws {
        try await test.desk.database.write { tx in
            try tx.run(tx.engine == .sqlite ? "DROP TRIGGER journal_refuses_delete" : "DROP TRIGGER journal_refuses_delete ON journal")
            try tx.run("DELETE FROM journal WHERE \(raw: condition)")
        }
    }

    @Test func `a ticket's row that its journal does not tell is found`() async throws {
        try await TestDesk.with { test in
            _ = try await test.request()
            try await test.desk.database.write { tx in try tx.run("UPDATE ticket SET turn = 'customer', turn_detail = 'x'") }
            let broken = try await Check(desk: test.desk).run().filter { !$0.breaches.isEmpty }.map(\.law)
            #expect(broken.contains { $0.contains("fold") })
            #expect(broken.contains { $0.contains("counters") })
        }
    }

    @Test func `every event reads back as it was written`() throws {
        let number = TicketNumber(sequence: 10_001)
        let events: [TicketEvent] = [
            .opened(
                .init(number: number, customer: 1, subject: "\"ü\u{301}\u{0}", language: .en, channel: .mail, nextContactAt: TestDesk.start)
            ),
            .turnPassed(to: .customer(askedFor: "x")), .turnPassed(to: .us), .assigned(to: nil), .solved(cause: "c"),
            .todoRaised(todo: 1, .mayBelongTo(number, message: 4)), .letterFailed(letter: 3, .noSuchAddress),
        ]
        for event in events {
            let data = try JSONEncoder.journal.encode(event)
            #expect(try JSONDecoder.journal.decode(TicketEvent.self, from: data) == event)
        }
    }

    @Test func `an assignment from before reasons were written down still reads`() throws {
        let old = Data(#"{"assigned":{"to":3}}"#.utf8)
        #expect(try JSONDecoder.journal.decode(TicketEvent.self, from: old) == .assigned(to: 3))
    }
}
