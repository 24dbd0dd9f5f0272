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
            let chain = try #require(results.first { $0.law.contains("chain") })
            #expect(chain.breaches == ["line 1 was changed"])
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
}
