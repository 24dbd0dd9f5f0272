import Foundation
import Mail
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct LetterPageTests {
    private static let mailboxFull = SMTPFailure.refused(SMTPReply(code: 552, enhanced: "5.2.2", text: "Mailbox full"), stage: .recipient)

    @Test func `a letter that failed is on the list with its way, and is a to-do until the customer knows`() async throws {
        try await AgentBrowser.with { browser in
            browser.test.carrier.fail(DemoCast.lukasz.address, with: Self.mailboxFull)
            let number = try await browser.ticket()
            let letter = try #require(try await browser.test.letters(number).first)
            #expect(try await browser.get("/desk/dead").says("/desk/letters/\(letter.id)"))
            let todos = try await browser.get("/desk/todo")
            #expect(todos.says("Łukasz Nowak weiß nicht, was wir geschrieben haben"))
            #expect(todos.says("Postfach voll"))
            let page = try await browser.get("/desk/letters/\(letter.id)")
            #expect(page.says("552 5.2.2 Mailbox full"))
            #expect(page.says(DemoCast.lukasz.address))
            #expect(page.says("Ihre Anfrage"))
            #expect(try await browser.get(number.deskPath).says("Unser Brief kam nicht an: Postfach voll."))
            _ = try await browser.post("/desk/letters/\(letter.id)/told", [("how", "am Telefon, 14:10 Uhr")])
            #expect(try await browser.get("/desk/dead").says("Alle Briefe sind angekommen oder unterwegs."))
            #expect(try await browser.get("/desk/todo").says("Nichts zu erledigen."))
            #expect(try await browser.get(number.deskPath).says("am Telefon, 14:10 Uhr"))
            #expect(try await browser.get("/desk/letters/\(letter.id)").says("Erledigt am"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a confirmation that was not sent is a to-do with its reason, and is ticked off`() async throws {
        try await AgentBrowser.with { browser in
            let raw =
                "From: noreply@shop.example\nTo: hilfe@nordlicht.example\nSubject: Bestellung\nMessage-ID: <1@shop.example>\n\nEine Bestellung.\n"
            let entry = try await browser.test.receive(raw, from: "noreply@shop.example")
            let number = try #require(entry.conversation.flatMap(TicketNumber.init(rawValue:)))
            let page = try await browser.get(number.deskPath)
            #expect(page.says("hat keine Bestätigung bekommen"))
            #expect(page.says("Die Absenderadresse nimmt keine Antworten an."))
            let todo = try #require(try await browser.test.desk.database.read { db in try db.todos(on: number) }.first)
            _ = try await browser.post("\(number.deskPath)/todos/\(todo.id)/done")
            #expect(try await browser.get("/desk/todo").says("Nichts zu erledigen."))
            #expect(try await browser.get(number.deskPath).says("Ayşe Demir hat erledigt: keine Bestätigung"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a mail that names a stranger's ticket is offered for moving there`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let raw = """
                From: krueger@vogt.example
                To: hilfe@nordlicht.example
                Subject: AW: Paket [#\(number)]
                Message-ID: <2@vogt.example>

                Hier die Rückfrage.

                """
            let entry = try await browser.test.receive(raw, from: "krueger@vogt.example")
            let own = try #require(entry.conversation.flatMap(TicketNumber.init(rawValue:)))
            #expect(own != number)
            #expect(try await browser.get("/desk/todo").says("Gehört vielleicht zu #\(number)"))
            let message = try #require(try await browser.test.desk.database.read { db in try db.message(inbox: entry.id) })
            #expect(try await browser.get(own.deskPath).says("\(own.deskPath)/messages/\(message.id)/move"))
            _ = try await browser.post("\(own.deskPath)/messages/\(message.id)/move", [("target", "\(number)")])
            #expect(try await browser.get(number.deskPath).says("Hier die Rückfrage."))
            #expect(try await browser.get("/desk/todo").says("Nichts zu erledigen."))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a job that was given up is shown with its reason and gets another life`() async throws {
        try await AgentBrowser.with { browser in
            let now = browser.test.time.clock.now()
            try await browser.test.desk.database.write { tx in
                try tx.promise(SendLetter(letter: 4711), at: now, now: now)
                _ = try tx.lease(.letters, by: "one/1", now: now, until: now.addingTimeInterval(900))
                _ = try tx.settle("send-letter/4711", .dead(because: "<Platte voll>"), by: "one/1", now: now)
            }
            let page = try await browser.get("/desk/dead")
            #expect(page.says("&lt;Platte voll&gt;"))
            _ = try await browser.post("/desk/dead/revive", [("key", "send-letter/4711")])
            #expect(try await browser.get("/desk/dead").says("Platte voll") == false)
            #expect(try await browser.test.desk.database.read { db in try db.waitingJobs() } == 1)
        }
    }
}
