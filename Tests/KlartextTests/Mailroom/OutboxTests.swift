import Foundation
import Mail
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct OutboxTests {
    private static func refused(_ code: Int, _ enhanced: String, _ stage: SMTPFailure.Stage = .recipient) -> SMTPFailure {
        .refused(SMTPReply(code: code, enhanced: enhanced, text: "no"), stage: stage)
    }

    @Test func `a letter that is taken says by whom`() async throws {
        try await TestDesk.with { test in
            let receipt = try await test.request()
            #expect(try await test.letters(receipt.ticket.number).map(\.state) == [.queued])
            try await test.drain()
            let letter = try #require(try await test.letters(receipt.ticket.number).first)
            #expect(letter.state == .accepted)
            #expect(letter.server == "mx.example")
            #expect(letter.code == 250)
        }
    }

    @Test func `a letter put off is delayed, tried again with growing pauses, and sent with the same bytes`() async throws {
        try await TestDesk.with { test in
            test.carrier.fail(DemoCast.lukasz.address, with: Self.refused(451, "4.7.1"))
            let receipt = try await test.request()
            try await test.drain()
            let letter = try #require(try await test.letters(receipt.ticket.number).first)
            #expect(letter.state == .delayed)
            #expect(letter.attempts == 1)
            let first = try await test.desk.outbox.render(letter).rendered()
            test.pass(minutes: 0.05)
            try await test.drain()
            #expect(try await test.letters(receipt.ticket.number).first?.attempts == 1, "not due yet")
            test.pass(minutes: 1)
            try await test.drain()
            #expect(try await test.letters(receipt.ticket.number).first?.attempts == 2)
            test.carrier.fail(DemoCast.lukasz.address, with: nil)
            test.pass(hours: 1)
            try await test.drain()
            #expect(try await test.letters(receipt.ticket.number).first?.state == .accepted)
            #expect(test.carrier.sent.map(\.bytes) == [first])
            try await test.expectWhole()
        }
    }

    @Test func `a letter refused for good makes the ticket a to-do`() async throws {
        try await TestDesk.with { test in
            test.carrier.fail(DemoCast.lukasz.address, with: Self.refused(550, "5.1.1"))
            let receipt = try await test.request()
            try await test.drain()
            let letter = try #require(try await test.letters(receipt.ticket.number).first)
            #expect(letter.state == .failed)
            let todos = try await test.desk.database.read { db in try db.todos(on: receipt.ticket.number) }
            #expect(todos.map(\.kind) == [.customerDoesNotKnow(letter: letter.id, .noSuchAddress)])
            let counters = try await test.desk.database.read { db in try db.counters() }
            #expect(counters["failed letters"] == 1)
            #expect(counters["todos"] == 1)
            try await test.expectWhole()
        }
    }

    @Test func `patience ends after two days`() async throws {
        try await TestDesk.with { test in
            test.carrier.fail(DemoCast.lukasz.address, with: .timeout(.connect))
            let receipt = try await test.request()
            for _ in 0..<60 {
                try await test.drain()
                test.pass(hours: 1)
            }
            #expect(try await test.letters(receipt.ticket.number).first?.state == .failed)
            let todos = try await test.desk.database.read { db in try db.todos(on: receipt.ticket.number) }
            #expect(todos.count == 1)
            try await test.expectWhole()
        }
    }

    @Test func `a trouble of the server is never held against the letter`() async throws {
        try await TestDesk.with { test in
            test.carrier.fail(DemoCast.lukasz.address, with: .authentication(SMTPReply(code: 535, enhanced: "5.7.8", text: "no")))
            let receipt = try await test.request()
            try await test.drain()
            #expect(try await test.letters(receipt.ticket.number).first?.state == .delayed)
        }
    }
}
