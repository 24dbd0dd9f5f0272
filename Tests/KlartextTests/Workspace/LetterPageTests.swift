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

    /// A ticket whose confirmation did not arrive, and that letter.
    private func failedLetter(
        _ browser: AgentBrowser, with failure: SMTPFailure = mailboxFull, text: String = "Wo ist mein Paket?"
    ) async throws -> (TicketNumber, Letter) {
        browser.test.carrier.fail(DemoCast.lukasz.address, with: failure)
        let number = try await browser.ticket(text: text)
        return (number, try #require(try await browser.test.letters(number).first))
    }

    @Test func `a failed letter goes out again to the address that an agent clicks`() async throws {
        try await AgentBrowser.with { browser in
            let (number, letter) = try await failedLetter(browser)
            let reply = browser.test.desk.mailbox.replyAddress(conversation: number.rawValue)
            try await browser.test.receive(
                "From: Privat <privat@nowak.example>\nTo: \(reply)\nSubject: x\nMessage-ID: <3@nowak.example>\n\nVon zu Hause.\n",
                from: "privat@nowak.example", to: [reply])
            let page = try await browser.get(number.deskPath)
            #expect(page.says("An privat@nowak.example schicken"))
            #expect(page.says("Noch einmal an \(DemoCast.lukasz.address)"))
            #expect(page.says("5.2.2 Mailbox full"))
            #expect(page.says("Der Kunde muss erst Platz schaffen."))
            for _ in 1...2 {
                let sent = try await browser.post(
                    "/desk/letters/\(letter.id)/again", [("address", "privat@nowak.example"), ("from", "ticket")])
                #expect(sent.location == number.deskPath)
            }
            try await browser.test.drain()
            let mails = try browser.test.carrier.sent.map { try Email(parsing: $0.bytes) }
            let again = try #require(mails.last { $0.to.map(\.mailbox) == ["privat@nowak.example"] })
            #expect(again.text.contains("Diese E-Mail haben wir schon einmal geschickt"))
            #expect(again.text.contains("Wo ist mein Paket?"))
            #expect(mails.count { $0.text.contains("schon einmal geschickt") } == 1)
            let after = try await browser.get(number.deskPath)
            #expect(after.says("Ayşe Demir hat den Brief noch einmal geschickt, an privat@nowak.example"))
            #expect(!after.says("Unser Brief kam nicht an"))
            #expect(try await browser.get("/desk/todo").says("Nichts zu erledigen."))
            #expect(!(try await browser.customerPage(number).says("Unsere E-Mail kam nicht bei Ihnen an.")))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a failed letter goes out again to an address that an agent types`() async throws {
        try await AgentBrowser.with { browser in
            let unknown = SMTPFailure.refused(SMTPReply(code: 550, enhanced: "5.1.1", text: "User unknown"), stage: .recipient)
            let (_, letter) = try await failedLetter(browser, with: unknown)
            #expect(!(try await browser.get("/desk/letters/\(letter.id)").says("Noch einmal an \(DemoCast.lukasz.address)")))
            for typed in ["lukasz@", DemoCast.supportAddress] {
                let refused = try await browser.post("/desk/letters/\(letter.id)/again", [("address", typed), ("from", "letter")])
                #expect(refused.status == .unprocessableContent)
                #expect(refused.says("value=\"\(typed)\""))
                #expect(refused.says("Diese E-Mail-Adresse gibt es so nicht"))
            }
            let path = "/desk/letters/\(letter.id)"
            #expect(try await browser.post("\(path)/again", [("address", "lukas@nowak.example"), ("from", "letter")]).location == path)
            try await browser.test.drain()
            #expect(browser.test.carrier.sent.last?.envelope.to == ["lukas@nowak.example"])
            #expect(try await browser.get(path).says("Erledigt am"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `the telephone number in a signature is one click from done`() async throws {
        try await AgentBrowser.with { browser in
            let text = "Wo ist mein Paket?\n\n-- \nŁukasz Nowak\nHauptstraße 5\n10115 Berlin\nTel. 030 123456"
            let (number, letter) = try await failedLetter(browser, text: text)
            let page = try await browser.get(number.deskPath)
            #expect(page.says("href=\"tel:030123456\""))
            #expect(page.says("Łukasz Nowak, Hauptstraße 5, 10115 Berlin"))
            let note = "Angerufen: 030 123456. Der Kunde weiß, was im Brief steht."
            #expect(page.says(note))
            let called = try await browser.post("/desk/letters/\(letter.id)/told", [("how", note), ("from", "ticket")])
            #expect(called.location == number.deskPath)
            let after = try await browser.get(number.deskPath)
            #expect(after.says(note))
            #expect(!after.says("Unser Brief kam nicht an"))
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
