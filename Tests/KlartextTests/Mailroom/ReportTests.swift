import Foundation
import Mail
import Testing

@testable import Klartext

/// Reports of mail servers, from the inbox to the letter they are about.
@Suite(.timeLimit(.minutes(2))) struct ReportTests {
    private static let address = DemoCast.supportAddress

    /// A report to one of our addresses, with or without the name of the envelope.
    private func mail(_ sample: ReportSamples.Sample, to recipient: String, envelopeID: String?, id: String = UUID().uuidString) -> String {
        let text = envelopeID.map { sample.text.replacing("ENVID", with: $0) } ?? sample.text.replacing(/Original-Envelope-I[dD]: ENVID\n/, with: "")
        return "Return-Path: <>\nTo: \(recipient)\nMessage-ID: <\(id)@mx.example>\nDate: Mon, 23 Nov 2026 09:15:00 +0100\n\(text)"
    }

    private func outcomes(_ test: TestDesk, _ letter: Int64) async throws -> [String] {
        try await test.desk.database.read { db in try db.letterAttempts(letter) }.map(\.outcome)
    }

    @Test(arguments: ReportSamples.all)
    func `a report without the original header is known by where it returns to`(_ sample: ReportSamples.Sample) async throws {
        try await TestDesk.with { test in
            let number = try await test.request().ticket.number
            try await test.drain()
            let letter = try #require(try await test.letters(number).first)
            let path = test.desk.mailbox.returnPath(letter: letter.id)
            let entry = try await test.receive(mail(sample, to: path, envelopeID: nil), from: "", to: [path])
            #expect(entry.state == .machine)
            #expect(entry.reason == "report: \(sample.action)")
            #expect(try await outcomes(test, letter.id) == ["accepted", "report: \(sample.action)"])
            try await test.expectWhole()
        }
    }

    @Test(arguments: ReportSamples.all)
    func `a report that lost its address is known by the envelope's name`(_ sample: ReportSamples.Sample) async throws {
        try await TestDesk.with { test in
            let number = try await test.request().ticket.number
            try await test.drain()
            let letter = try #require(try await test.letters(number).first)
            let name = test.desk.mailbox.envelopeID(letter: letter.id)
            #expect(test.carrier.sent.first?.envelope.envelopeID == name)
            #expect(test.carrier.sent.first?.envelope.requestsDeliveryReports == true)
            let entry = try await test.receive(mail(sample, to: Self.address, envelopeID: name.uppercased()), from: "")
            #expect(entry.reason == (sample.hasEnvelopeID ? "report: \(sample.action)" : HeldReason.bounceOfUnknownLetter.rawValue))
        }
    }

    @Test func `a report that bears a forged name, or the number alone, waits for a person`() async throws {
        try await TestDesk.with { test in
            let number = try await test.request().ticket.number
            try await test.drain()
            for name in ["1", "l1", "l1.aaaaaaaaaaaaaaaa", "l1." + String(repeating: "a", count: 4000)] {
                let entry = try await test.receive(mail(ReportSamples.postfixFailed, to: Self.address, envelopeID: name), from: "")
                #expect(entry.reason == HeldReason.bounceOfUnknownLetter.rawValue)
            }
            #expect(try await test.letters(number).map(\.state) == [.accepted])
        }
    }

    @Test func `reports tell both sides of the letter, and never stand in the conversation`() async throws {
        try await AgentBrowser.with { browser in
            let (test, number) = (browser.test, try await browser.ticket())
            let letter = try #require(try await test.letters(number).first)
            let path = test.desk.mailbox.returnPath(letter: letter.id)
            let tellings: [(ReportSamples.Sample, desk: String, customer: String)] = [
                (ReportSamples.postfixDelayed, "Verspätet, der andere Mailserver versucht es weiter", "Ihr Mailserver hat sie noch nicht zugestellt"),
                (ReportSamples.postfixRelayed, "Weitergegeben", "Er meldet nicht, ob sie im Postfach liegt."),
                (ReportSamples.postfixDelivered, "Zugestellt", "<b>Zugestellt</b>"),
            ]
            for (sample, desk, customer) in tellings {
                test.pass(minutes: 5)
                let entry = try await test.receive(mail(sample, to: path, envelopeID: nil), from: "", to: [path])
                #expect(try await browser.get(number.deskPath).says(desk))
                let page = try await browser.get("/desk/letters/\(letter.id)")
                #expect(page.says(desk))
                #expect(page.says("/desk/held/\(entry.id)/original"))
                #expect(try await browser.get("/desk/held/\(entry.id)/original").says("Original"))
                #expect(try await browser.customerPage(number).says(customer))
            }
            let after = try #require(try await test.letters(number).first)
            #expect(after.stateAt == test.time.clock.now())
            #expect(try await test.desk.database.read { db in try db.messages(on: number) }.count == 1)
            #expect(try await browser.get("/desk/todo").says("Nichts zu erledigen."))
            // late, and so no news: it is written down, and nothing else changes
            test.pass(minutes: 5)
            try await test.receive(mail(ReportSamples.postfixDelayed, to: path, envelopeID: nil), from: "", to: [path])
            #expect(try await test.letters(number).first == after)
            let words = ["accepted", "report: delayed", "report: relayed", "report: delivered", "report: delayed"]
            #expect(try await outcomes(test, letter.id) == words)
            try await test.expectWhole()
        }
    }

    @Test func `a letter that a server reports on is not sent again, though we never heard its yes`() async throws {
        try await TestDesk.with { test in
            test.carrier.fail(DemoCast.lukasz.address, with: .connection("the server closed the connection", stage: .final))
            let number = try await test.request().ticket.number
            try await test.drain()
            let letter = try #require(try await test.letters(number).first)
            #expect(letter.state == .delayed)
            let path = test.desk.mailbox.returnPath(letter: letter.id)
            try await test.receive(mail(ReportSamples.postfixDelayed, to: path, envelopeID: nil), from: "", to: [path])
            test.carrier.fail(DemoCast.lukasz.address, with: nil)
            test.pass(hours: 2)
            try await test.drain()
            #expect(test.carrier.sent.isEmpty)
            let after = try #require(try await test.letters(number).first)
            #expect(after.state == .accepted)
            #expect(after.report == .delayed)
            try await test.expectWhole()
        }
    }

    @Test func `a failure that was reported stays one, and its ticket is open again`() async throws {
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            let number = try await test.request().ticket.number
            try await test.desk.tickets.solve(number, cause: "Der Eintrag fehlte.", by: agent)
            try await test.drain()
            let letter = try #require(try await test.letters(number).last)
            let path = test.desk.mailbox.returnPath(letter: letter.id)
            for sample in [ReportSamples.eximFailed, ReportSamples.postfixDelivered] {
                test.pass(minutes: 1)
                try await test.receive(mail(sample, to: path, envelopeID: nil), from: "", to: [path])
            }
            #expect(try await test.letters(number).last?.state == .failed)
            #expect(try await test.ticket(number).status == .open)
            let todos = try await test.desk.database.read { db in try db.todos(on: number) }
            #expect(todos.map(\.kind) == [.customerDoesNotKnow(letter: letter.id, .mailboxFull)])
            try await test.expectWhole()
        }
    }
}
