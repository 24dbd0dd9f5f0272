import Foundation
import Mail
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct AlarmingTests {
    private static let withoutSender = "To: hilfe@nordlicht.example\nSubject: Lieferung\n\nNiemand war da.\n"
    private static let hours = ["KLARTEXT_HOURS": "Mo-Fr 9-17", "KLARTEXT_HOLIDAYS": "DE-BE"]

    private func mail(_ number: Int) -> String { "Message-ID: <\(number)@x.example>\n" + Self.withoutSender }

    @Test func `held mail alarms everybody after one working day, and again each working day`() async throws {
        try await TestDesk.with(environment: Self.hours) { test in
            for person in [DemoCast.ayse, DemoCast.jonas] { _ = try await test.addAgent(person) }
            // Monday, 9:12
            let entry = try await test.receive(mail(1))
            #expect(try await test.desk.tickets.alarmHeld() == 0)
            test.pass(hours: 23.99)
            #expect(try await test.desk.tickets.alarmHeld() == 0)
            #expect(try await test.desk.database.read { db in try db.alarmingMails(limit: 9) }.isEmpty)
            test.pass(hours: 0.02)
            #expect(try await test.desk.tickets.alarmHeld() == 1)
            #expect(try await test.desk.tickets.alarmHeld() == 0)
            try await test.drain()
            let letters = try test.carrier.sent.map { try Email(parsing: $0.bytes) }
            #expect(letters.count == 2)
            #expect(letters.allSatisfy { $0.text.contains("Lieferung") && $0.text.contains("/desk/held") })
            #expect(try await test.desk.database.read { db in try db.alarmingMails(limit: 9) }.map(\.id) == [entry.id])
            // Wednesday, Thursday, Friday; the week ends; Monday
            for _ in 1...3 {
                test.pass(hours: 24)
                #expect(try await test.desk.tickets.alarmHeld() == 1)
            }
            test.pass(hours: 48)
            #expect(try await test.desk.tickets.alarmHeld() == 0)
            test.pass(hours: 24.1)
            #expect(try await test.desk.tickets.alarmHeld() == 1)
            let agent = try #require(try await test.desk.database.read { db in try db.agents() }.first)
            try await test.desk.tickets.setAside(entry, by: agent)
            test.pass(hours: 24)
            #expect(try await test.desk.tickets.alarmHeld() == 0)
            #expect(try await test.desk.database.read { db in try db.alarmingMails(limit: 9) }.isEmpty)
            try await test.expectWhole()
        }
    }

    @Test func `what is held at the weekend has the whole of Monday`() async throws {
        try await TestDesk.with(environment: Self.hours) { test in
            _ = try await test.addAgent()
            // Saturday, 21:12
            test.pass(hours: 5 * 24 + 12)
            try await test.receive(mail(1))
            test.pass(hours: 24 + 12 + 7)
            #expect(try await test.desk.tickets.alarmHeld() == 0)
            // Tuesday, 9:12
            test.pass(hours: 17)
            #expect(try await test.desk.tickets.alarmHeld() == 1)
        }
    }

    @Test func `mail that waits for too long stands above all to-dos, in words`() async throws {
        try await AgentBrowser.with { browser in
            for number in 1...12 { try await browser.test.receive(mail(number)) }
            #expect(try await browser.get("/desk/todo").says("Nichts zu erledigen."))
            browser.test.pass(hours: 24 * 4)
            #expect(try await browser.test.desk.tickets.alarmHeld() == 12)
            try await browser.test.drain()
            let page = try await browser.signedIn().get("/desk/todo")
            #expect(page.says("Länger als einen Arbeitstag zurückgelegt"))
            #expect(page.says("/desk/held/1\""))
            #expect(page.says("Alle zurückgelegten Mails"))
            let letter = try Email(parsing: try #require(browser.test.carrier.sent.last).bytes)
            #expect(letter.subject.contains("12 Mails warten"))
        }
    }

    @Test func `the ledger says that all is well, and in red when it is not`() async throws {
        try await AgentBrowser.with { browser in
            try await browser.test.receive(mail(1))
            let page = try await browser.get("/desk/mailboxes/ledger")
            #expect(page.says("Alles ist aufgeklärt"))
            #expect(page.says("data-label=\"Zurückgelegt\">1<"))
            #expect(page.says("hilfe@nordlicht.example"))
            #expect(try await browser.get("/desk/mailboxes").says("/desk/mailboxes/ledger"))
            let raw = Array("From: a@kunde.example\r\n\r\nHallo".utf8)
            let id = try await browser.test.desk.inbox.keep(
                .init(door: "lmtp", sender: "a@kunde.example", recipients: [DemoCast.supportAddress], raw: raw))
            #expect(try await browser.get("/desk/mailboxes/ledger").says("eine wird gerade sortiert"))
            browser.test.pass(minutes: 11)
            let open = try await browser.get("/desk/mailboxes/ledger")
            #expect(open.says("Von einer Mail wissen wir nicht, was aus ihr wurde."))
            #expect(open.says("class=\"is-bad\">1<"))
            let list = try await browser.get("/desk/mailboxes/unsorted")
            #expect(list.says("/desk/held/\(id)/original"))
            #expect(list.says("a@kunde.example"))
            try await browser.test.drain()
            #expect(try await browser.get("/desk/mailboxes/unsorted").says("Alle Mails sind sortiert."))
        }
    }
}
