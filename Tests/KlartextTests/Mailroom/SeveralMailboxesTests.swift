import Foundation
import Mail
import Testing

@testable import Klartext

/// Several addresses that customers write to: each with its queue, its name and its marks.
@Suite(.timeLimit(.minutes(2))) struct SeveralMailboxesTests {
    static let file = """
        queues:
          - name: general
            title: {de: Allgemein, en: General}
          - name: technik
            title: {de: Technik, en: Engineering}
        mailboxes:
          - address: hilfe@nordlicht.example
          - address: Nordlicht Technik <technik@nordlicht.example>
            queue: technik
            language: en
            signature: {de: "Ihre Technik\\nTel. 040 123", en: "Your engineers\\nPhone 040 123"}
        """

    /// A desk with two mailboxes.
    static func with<Result>(_ body: (TestDesk) async throws -> Result) async throws -> Result {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("mailboxes-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(file.utf8).write(to: URL(fileURLWithPath: path))
        return try await TestDesk.with(environment: ["KLARTEXT_MAILBOXES": path, "KLARTEXT_ADDRESS": ""]) { test in try await body(test) }
    }

    private func mail(to recipient: String, text: String = "My router is broken, what shall I do now?", headers: String = "") -> String {
        "From: Kim <kim@kunde.example>\nTo: \(recipient)\nSubject: Router\nMessage-ID: <\(UUID().uuidString)@kunde.example>\n\(headers)\n\(text)\n"
    }

    @Test func `a request waits in the queue of the address it came to, and letters leave from that address`() async throws {
        try await Self.with { test in
            let entry = try await test.receive(mail(to: "technik@nordlicht.example"), to: ["technik@nordlicht.example"])
            let number = try #require(entry.conversation.flatMap(TicketNumber.init(rawValue:)))
            let ticket = try await test.ticket(number)
            #expect((ticket.queue, ticket.mailbox) == ("technik", "technik@nordlicht.example"))
            let sent = try #require(test.carrier.sent.first)
            let confirmation = try Email(parsing: sent.bytes)
            #expect(confirmation.from.first?.mailbox == "technik@nordlicht.example")
            #expect(confirmation.from.first?.name == "Nordlicht Technik")
            #expect(confirmation.text.contains("-- \nYour engineers\nPhone 040 123"))
            #expect(sent.envelope.from.hasPrefix("technik+b"))
            #expect(test.desk.mailboxes.recognise(sent.envelope.from) == .letter(1))
            // the answer comes back by the marks of that address
            let reply = try #require(confirmation.replyTo.first?.mailbox)
            #expect(reply.hasPrefix("technik+"))
            let answer = try await test.receive(mail(to: reply, text: "It works again."), to: [reply])
            #expect(answer.conversation == number.rawValue)
            try await test.expectWhole()
        }
    }

    @Test func `fetched without an envelope, the address is known by the header`() async throws {
        try await Self.with { test in
            let header = mail(to: "info@verteiler.example", headers: "Delivered-To: technik@nordlicht.example\n")
            let entry = try await test.receive(header, from: "", to: [], door: "imap")
            let number = try #require(entry.conversation.flatMap(TicketNumber.init(rawValue:)))
            #expect(try await test.ticket(number).queue == "technik")
            let other = try await test.receive(mail(to: "info@verteiler.example"), from: "", to: [], door: "imap")
            let second = try #require(other.conversation.flatMap(TicketNumber.init(rawValue:)))
            #expect(try await test.ticket(second).mailbox == "hilfe@nordlicht.example")
        }
    }

    @Test func `a mailbox that writes to the other one is held: it would be a circle`() async throws {
        try await Self.with { test in
            let raw = mail(to: "technik@nordlicht.example").replacing("kim@kunde.example", with: "hilfe@nordlicht.example")
            let entry = try await test.receive(raw, to: ["technik@nordlicht.example"])
            #expect(entry.reason == "ownMail")
        }
    }

    @Test func `an agent moves a ticket to another queue and back, and the counters go along`() async throws {
        try await Self.with { test in
            let agent = try await test.addAgent()
            let number = try await test.request().ticket.number
            #expect(try await test.ticket(number).queue == "general")
            try await test.desk.tickets.queue(number, to: "technik", by: agent)
            let counters = try await test.desk.database.read { db in try db.counters() }
            #expect((counters["queue/general"], counters["queue/technik"]) == (0, 1))
            await #expect(throws: TicketRefusal.noSuchQueue) { try await test.desk.tickets.queue(number, to: "nowhere", by: agent) }
            try await test.expectWhole()
            try await test.desk.tickets.queue(number, to: "general", by: agent)
            #expect(try await test.ticket(number).queue == "general")
            try await test.expectWhole()
        }
    }

    @Test func `a mailbox that is no longer there leaves its tickets to the main one`() async throws {
        try await Self.with { test in
            let entry = try await test.receive(mail(to: "technik@nordlicht.example"), to: ["technik@nordlicht.example"])
            let number = try #require(entry.conversation.flatMap(TicketNumber.init(rawValue:)))
            let main = Mailboxes(main: test.desk.mailboxes.main)
            let ticket = try await test.ticket(number)
            #expect(main[ticket.mailbox].address.mailbox == "hilfe@nordlicht.example")
            #expect(main.queue(ticket.queue).title(.de) == "technik")
        }
    }
}
