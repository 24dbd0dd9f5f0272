import Foundation
import HTTPTypes
import Mail
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct TicketPageTests {
    @Test func `an answer goes to the customer with whose turn it is and by when`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let fields = try await browser.answer(number, turn: "customer", askedFor: "ein Foto vom Aufkleber")
            let sent = try await browser.upload("\(number.deskPath)/reply", fields, files: [("Anleitung.txt", "So geht es.")])
            #expect(sent.status == .seeOther)
            #expect(sent.location == "\(number.deskPath)?done=reply")
            try await browser.test.drain()
            let mail = try Email(parsing: try #require(browser.test.carrier.sent.last).bytes)
            #expect(mail.text.contains("Wir suchen es."))
            #expect(mail.text.contains("ein Foto vom Aufkleber"))
            #expect(mail.attachments.map(\.name) == ["Anleitung.txt"])
            let page = try await browser.get("\(number.deskPath)?done=reply")
            #expect(page.says("data-draft-sent=\"reply-\(number.rawValue)\""))
            #expect(page.says("Gebraucht wird: ein Foto vom Aufkleber"))
            #expect(page.says("<b>Angenommen</b> von mx.example <code>250</code>"))
            #expect(page.says(">Anleitung.txt</a>"))
            let ticket = try await browser.test.ticket(number)
            #expect(ticket.turn == .customer(askedFor: "ein Foto vom Aufkleber"))
            #expect(ticket.nextContactAt == Date(timeIntervalSince1970: 1_795_618_800))
            #expect(ticket.assignee == browser.agent.id)
        }
    }

    @Test func `an answer is stopped when the customer has written meanwhile, and draft and files stay`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let fields = try await browser.answer(number, text: "Mein langer Entwurf & mehr", turn: "thirdParty", thirdParty: "Paketdienst")
            _ = try await browser.test.desk.tickets.add(text: "Es ist wieder da!", files: [], on: number)
            let letters = try await browser.test.letters(number).count
            let stopped = try await browser.upload("\(number.deskPath)/reply", fields, files: [("Beleg.txt", "bezahlt")])
            #expect(stopped.status == .conflict)
            #expect(stopped.says("Noch nicht gesendet: Inzwischen hat Łukasz Nowak geschrieben"))
            #expect(stopped.says("Es ist wieder da!"))
            #expect(stopped.says("Mein langer Entwurf &amp; mehr"))
            #expect(stopped.says("value=\"Paketdienst\""))
            #expect(stopped.says("Trotzdem senden"))
            #expect(stopped.says("Beleg.txt"))
            #expect(try await browser.test.letters(number).count == letters)
            // read, and sent all the same: the kept file goes with it
            let kept = try #require(stopped.values("kept").first)
            let again = try await browser.upload("\(number.deskPath)/reply", try await browser.answer(number) + [("kept", kept)])
            #expect(again.status == .seeOther)
            try await browser.test.drain()
            #expect(try Email(parsing: try #require(browser.test.carrier.sent.last).bytes).attachments.map(\.name) == ["Beleg.txt"])
        }
    }

    @Test func `two agents cannot answer past each other, and sending twice sends once`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let fields = try await browser.answer(number)
            for _ in 1...2 {
                let sent = try await browser.upload("\(number.deskPath)/reply", fields)
                #expect(sent.location == "\(number.deskPath)?done=reply")
            }
            #expect(try await browser.test.desk.tickets.file(number)?.messages.count == 2)
            let other = try await browser.test.addAgent(DemoCast.jonas)
            await #expect(throws: TicketRefusal.self) {
                let seen = fields.first { $0.0 == "seen" }.flatMap { Int64($0.1) } ?? 0
                try await browser.test.desk.tickets.reply(
                    .init(
                        text: "Wir suchen es.", files: [], then: .turn(.us, nextContactAt: TestDesk.start.addingTimeInterval(86_400)),
                        seen: seen),
                    to: number, by: other)
            }
            let second = try await browser.upload("\(number.deskPath)/reply", fields.map { $0.0 == "text" ? ("text", "Anders.") : $0 })
            #expect(second.status == .conflict)
            #expect(second.says("Inzwischen hat Ayşe Demir geantwortet"))
        }
    }

    @Test(arguments: [
        ("turn", "", "Wählen Sie, wer danach dran ist."), ("text", " ", "Schreiben Sie etwas."),
        ("nextContactAt", "", "Nennen Sie eine Zeit, die noch kommt"),
        ("nextContactAt", "2026-11-20T09:00", "Nennen Sie eine Zeit, die noch kommt"),
        ("nextContactAt", "2029-11-20T09:00", "Nennen Sie eine Zeit, die noch kommt"),
        ("nextContactAt", "bald", "Nennen Sie eine Zeit, die noch kommt"),
    ])
    func `an answer without what the customer needs is not sent, and says what is missing`(field: String, value: String, says: String)
        async throws
    {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let fields = try await browser.answer(number).map { $0.0 == field ? (field, value) : $0 }
            let page = try await browser.upload("\(number.deskPath)/reply", fields)
            #expect(page.status == .unprocessableContent)
            #expect(page.says(says))
            #expect(try await browser.test.ticket(number).lastMessage == 1)
        }
    }

    @Test(arguments: [
        ("customer", "Schreiben Sie, was wir vom Kunden brauchen."), ("thirdParty", "Schreiben Sie, auf wen wir warten."),
        ("solved", "Schreiben Sie, woran es lag: Der Kunde liest es."),
    ])
    func `a turn needs its question, its name or its cause`(turn: String, says: String) async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let page = try await browser.upload("\(number.deskPath)/reply", try await browser.answer(number, turn: turn))
            #expect(page.status == .unprocessableContent)
            #expect(page.says(says))
            #expect(page.says("aria-invalid=\"true\""))
        }
    }

    @Test func `files above the limit are refused, and the text stays`() async throws {
        try await AgentBrowser.with(environment: ["KLARTEXT_UPLOAD_LIMIT_MEGABYTES": "1"]) { browser in
            let number = try await browser.ticket()
            let large = String(repeating: "x", count: 1_200_000)
            let page = try await browser.upload("\(number.deskPath)/reply", try await browser.answer(number), files: [("groß.txt", large)])
            #expect(page.status == .unprocessableContent)
            #expect(page.says("groß.txt"))
            #expect(page.says("Wir suchen es.</textarea>"))
        }
    }

    @Test func `a file that another form kept cannot be made up`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let stored = try await browser.test.desk.files.store(Array("geheim".utf8))
            let forged = UploadTicket(digest: stored.digest, name: "a.txt", sizeBytes: 6, type: "text/plain", issuedAt: TestDesk.start)
                .signed(with: browser.test.desk.seal.derivedKey("something else"))
            let page = try await browser.upload("\(number.deskPath)/reply", try await browser.answer(number) + [("kept", forged)])
            #expect(page.status == .unprocessableContent)
            #expect(!page.says("a.txt"))
        }
    }

    @Test func `a note is seen by the team, and reaches no letter and no customer's page`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let secret = "Frau Lorenz, Durchwahl 4412"
            #expect(try await browser.post("\(number.deskPath)/notes", [("text", secret)]).location == "\(number.deskPath)?done=note")
            _ = try await browser.upload("\(number.deskPath)/reply", try await browser.answer(number))
            try await browser.test.desk.tickets.solve(number, cause: "Lag im Lager.", by: browser.agent)
            try await browser.test.drain()
            #expect(try await browser.get(number.deskPath).says(secret))
            #expect(try await browser.customerPage(number).says("Lag im Lager."))
            #expect(try await browser.customerPage(number).says("4412") == false)
            #expect(browser.test.carrier.sent.count == 3)
            #expect(browser.test.carrier.texts.allSatisfy { !$0.contains("4412") })
            let letters = try await browser.test.letters(number)
            let bodies = try await browser.test.desk.database.read { db in try letters.compactMap { try db.letterContent($0.id)?.body } }
            #expect(bodies.count == 3)
            #expect(bodies.allSatisfy { !LetterLayout.text($0, signature: "").contains("4412") })
        }
    }

    @Test func `an empty note is not saved`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let page = try await browser.post("\(number.deskPath)/notes", [("text", " \n ")])
            #expect(page.status == .unprocessableContent)
            #expect(page.says("id=\"compose-note\" checked"))
        }
    }

    @Test func `solving needs a cause, which the customer reads, and can be taken back`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let empty = try await browser.post("\(number.deskPath)/solve", [("cause", " ")])
            #expect(empty.status == .unprocessableContent)
            #expect(try await browser.test.ticket(number).status == .open)
            #expect(try await browser.post("\(number.deskPath)/solve", [("cause", "Der Aufkleber fehlte.")]).status == .seeOther)
            #expect(try await browser.customerPage(number).says("Der Aufkleber fehlte."))
            #expect(try await browser.get(number.deskPath).says("Ayşe Demir hat gelöst: Der Aufkleber fehlte."))
            let twice = try await browser.post("\(number.deskPath)/solve", [("cause", "Noch einmal.")])
            #expect(twice.status == .conflict)
            #expect(twice.says("Die Anfrage ist nicht mehr offen."))
            _ = try await browser.post("\(number.deskPath)/reopen")
            #expect(try await browser.test.ticket(number).status == .open)
            #expect(try await browser.test.ticket(number).nextContactAt != nil)
            #expect(try await browser.post("\(number.deskPath)/reopen").says("Die Anfrage ist schon wieder offen."))
        }
    }

    @Test func `a turn passes without a word to the customer`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let letters = try await browser.test.letters(number).count
            let wrong = try await browser.post(
                "\(number.deskPath)/turn", [("turn", "thirdParty"), ("thirdParty", ""), ("nextContactAt", "2026-11-25T16:00")])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.says("Schreiben Sie, auf wen wir warten."))
            _ = try await browser.post(
                "\(number.deskPath)/turn", [("turn", "thirdParty"), ("thirdParty", "Paketdienst"), ("nextContactAt", "2026-11-25T16:00")])
            #expect(try await browser.test.ticket(number).turn == .thirdParty(name: "Paketdienst"))
            #expect(try await browser.test.letters(number).count == letters)
            #expect(try await browser.get(number.deskPath).says("Dritte sind dran: Paketdienst"))
        }
    }

    @Test func `a ticket is assigned to an agent, to nobody, and never to somebody who left`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let jonas = try await browser.test.addAgent(DemoCast.jonas)
            _ = try await browser.post("\(number.deskPath)/assign", [("agent", "\(jonas.id)")])
            #expect(try await browser.test.ticket(number).assignee == jonas.id)
            #expect(try await browser.get(number.deskPath).says("Ayşe Demir hat Jonas Weber zuständig gemacht"))
            _ = try await browser.post("\(number.deskPath)/assign", [("agent", "")])
            #expect(try await browser.test.ticket(number).assignee == nil)
            _ = try await browser.test.desk.people.disableAgent(address: DemoCast.jonas.address)
            _ = try await browser.post("\(number.deskPath)/assign", [("agent", "\(jonas.id)")])
            #expect(try await browser.test.ticket(number).assignee == nil)
        }
    }

    @Test func `the private link can be replaced and revoked`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let old = try #require(try await browser.get("\(number.deskPath)/customer-page").location)
            _ = try await browser.post("\(number.deskPath)/link", [("do", "renew")])
            let new = try #require(try await browser.get("\(number.deskPath)/customer-page").location)
            #expect(old != new)
            #expect(try await browser.get(old).status != .ok)
            #expect(try await browser.get(new).status == .ok)
            _ = try await browser.post("\(number.deskPath)/link", [("do", "revoke")])
            #expect(try await browser.get(new).status != .ok)
            #expect(try await browser.get(number.deskPath).says("Der private Link ist gesperrt."))
        }
    }

    @Test func `hostile words stay words`() async throws {
        try await AgentBrowser.with { browser in
            let marked = "\"\u{301} onmouseover"
            let hostile = marked + "=alert(1) x=\"<script>alert(2)</script>"
            let number = try await browser.ticket(hostile, text: "</textarea><img src=x onerror=alert(3)>")
            _ = try await browser.post("\(number.deskPath)/notes", [("text", "</div><script>alert(4)</script>")])
            for path in ["/desk", number.deskPath, "/desk/todo", "\(number.deskPath)/messages/1/move"] {
                let page = try await browser.get(path)
                #expect(!page.says("<script>alert"), "\(path)")
                #expect(!page.says("<img src=x"), "\(path)")
                #expect(!page.says(marked), "\(path)")
            }
        }
    }

    @Test func `the page speaks English to an agent who reads English, and German to the German`() async throws {
        for (person, words) in [
            (DemoCast.friederike, ["What the customer sees", "Send reply"]), (DemoCast.ayse, ["Das sieht der Kunde", "Antwort senden"]),
        ] {
            try await AgentBrowser.with(person) { browser in
                let number = try await browser.ticket()
                let page = try await browser.get(number.deskPath)
                #expect(page.says("<html lang=\"\(person.language.rawValue)\""))
                for word in words { #expect(page.says(word), "\(word)") }
                // but for the two that a script fills in
                let rest = page.text.replacingOccurrences(of: "{{size}}", with: "").replacingOccurrences(of: "{{limit}}", with: "")
                #expect(!rest.contains("{{"))
            }
        }
    }
}
