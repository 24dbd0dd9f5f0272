import Foundation
import Testing

@testable import Klartext

/// Requests that come by phone, by letter or at the counter, as an agent writes them down.
@Suite(.timeLimit(.minutes(2))) struct EntryPageTests {
    private let words = [
        ("way", "phone"), ("name", "Erna Ohnesorg"), ("address", ""), ("reach", "040 1234, Hafenstr. 3"), ("language", "de"),
        ("subject", "Paket fehlt"), ("text", "Ruft an: Das Paket ist nicht da."), ("once", "a"),
    ]

    private func with(_ name: String, _ value: String) -> [(String, String)] { words.map { $0.0 == name ? (name, value) : $0 } }

    private func ticket(_ page: Page) throws -> TicketNumber {
        let path = try #require(page.location)
        return try #require(TicketNumber(path.split(separator: "/").last?.split(separator: "?").first.map(String.init) ?? ""))
    }

    @Test func `somebody without an address gets a number, a slip and a visible reason for the silence`() async throws {
        try await AgentBrowser.with { browser in
            #expect(try await browser.get("/desk/new").status == .ok)
            let number = try ticket(try await browser.upload("/desk/new", words, files: [("brief.txt", "gescannt")]))
            try await browser.test.drain()
            let ticket = try await browser.test.ticket(number)
            #expect((ticket.channel, ticket.confirmation) == (.phone, .withheld(.noAddress)))
            #expect(browser.test.carrier.sent.isEmpty)
            let page = try await browser.get(number.deskPath + "?done=entered").text
            for text in ["Erna Ohnesorg", "ohne E-Mail-Adresse", "Zettel zum Ausdrucken", "040 1234", "brief.txt", "Vom Team eingetragen."]
            {
                #expect(page.contains(text), "\(text)")
            }
            #expect(!page.contains("no-address.invalid"))
            let slip = try await browser.get(number.deskPath + "/slip").text
            for text in ["#\(number)", browser.test.desk.tickets.links.url(ticket), "Erna Ohnesorg", "<svg class=\"qr\""] {
                #expect(slip.contains(text), "\(text)")
            }
            #expect(!slip.contains("040 1234"))
            #expect(try await browser.customerPage(number).status == .ok)
            try await browser.test.expectWhole()
        }
    }

    @Test func `with an address the customer is sent the same confirmation as everybody`() async throws {
        try await AgentBrowser.with { browser in
            let number = try ticket(try await browser.upload("/desk/new", with("address", "erna@ohnesorg.example")))
            try await browser.test.drain()
            #expect(browser.test.carrier.sent.map(\.envelope.to) == [["erna@ohnesorg.example"]])
            #expect(browser.test.carrier.texts[0].contains("[#\(number)]"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `the same form sent twice opens one ticket`() async throws {
        try await AgentBrowser.with { browser in
            let first = try ticket(try await browser.upload("/desk/new", words))
            #expect(try ticket(try await browser.upload("/desk/new", words)) == first)
            #expect(try ticket(try await browser.upload("/desk/new", with("once", "b"))) != first)
        }
    }

    @Test(arguments: [
        ("way", "", "Wählen Sie aus, wie das Anliegen kam."), ("name", " ", "Tragen Sie einen Namen ein."),
        ("address", "erna@", "Diese E-Mail-Adresse gibt es so nicht."), ("subject", "", "Sagen Sie in ein paar Worten, worum es geht."),
        ("text", "", "Schreiben Sie auf, was gesagt wurde."),
    ])
    func `what is missing is said, and nothing that was typed is lost`(field: String, value: String, problem: String) async throws {
        try await AgentBrowser.with { browser in
            let page = try await browser.upload("/desk/new", with(field, value))
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains(problem))
            #expect(page.text.contains("040 1234, Hafenstr. 3"))
        }
    }

    @Test func `an answer to somebody without an address is work until somebody has told it, and solving stays solved`() async throws {
        try await AgentBrowser.with { browser in
            let number = try ticket(try await browser.upload("/desk/new", words))
            let answer = try await browser.answer(number, text: "Es liegt beim Nachbarn.", turn: "solved", cause: "Falsch zugestellt")
            #expect(try await browser.upload(number.deskPath + "/reply", answer).status == .seeOther)
            try await browser.test.drain()
            let letter = try #require(try await browser.test.letters(number).first)
            #expect(letter.state == .failed)
            #expect(try await browser.test.ticket(number).status == .solved)
            let page = try await browser.get(number.deskPath).text
            #expect(page.contains("Es gibt keine E-Mail-Adresse"))
            for path in ["/desk/dead", "/desk/letters/\(letter.id)"] {
                let shown = try await browser.get(path)
                #expect(shown.says("ohne E-Mail-Adresse") && !shown.says("no-address.invalid"), "\(path)")
            }
            try await browser.test.expectWhole()
            #expect(try await browser.post("/desk/letters/\(letter.id)/told", [("how", "Angerufen.")]).status == .seeOther)
            #expect(try await browser.test.ticket(number).status == .solved)
            try await browser.test.expectWhole()
        }
    }
}

/// Queues as agents see them.
@Suite(.timeLimit(.minutes(2))) struct QueuePageTests {
    @Test func `with one queue nobody is bothered with it`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            #expect(try await !browser.get("/desk").text.contains("Bereiche"))
            #expect(try await !browser.get(number.deskPath).text.contains("id=\"queue\""))
        }
    }

    @Test func `with several, each has its list, and a ticket is moved and moved back`() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("mailboxes-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(SeveralMailboxesTests.file.utf8).write(to: URL(fileURLWithPath: path))
        try await AgentBrowser.with(environment: ["KLARTEXT_MAILBOXES": path, "KLARTEXT_ADDRESS": ""]) { browser in
            let number = try await browser.ticket()
            #expect(try await browser.get("/desk/queues/general").text.contains("#\(number)"))
            let moved = try await browser.post(number.deskPath + "/queue", [("queue", "technik")])
            let page = try await browser.get(try #require(moved.location)).text
            #expect(page.contains("Die Anfrage liegt jetzt bei Technik."))
            #expect(page.contains("Zurück zu Allgemein"))
            #expect(try await !browser.get("/desk/queues/general").text.contains("#\(number)"))
            #expect(try await browser.get("/desk/queues/technik").text.contains("#\(number)"))
            #expect(try await browser.post(number.deskPath + "/queue", [("queue", "general")]).status == .seeOther)
            #expect(try await browser.test.ticket(number).queue == "general")
            #expect(try await browser.get("/desk/queues/nowhere").status == .notFound)
            #expect(try await browser.post(number.deskPath + "/queue", [("queue", "nowhere")]).status == .unprocessableContent)
            #expect(try await browser.get("/desk/mailboxes").text.contains("technik@nordlicht.example"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a mailbox that fails says so in plain words, and can be looked into at once`() async throws {
        let server = try await FakeMailServer([1: "From: a@b.example\r\nSubject: x\r\n\r\nHallo\r\n"])
        server.change { $0.refusesSignIn = true }
        try await AgentBrowser.with(environment: ["KLARTEXT_IMAP": server.url]) { browser in
            let fetching = browser.test.desk.fetching
            #expect(try await browser.get("/desk/mailboxes").text.contains("Noch nicht nachgesehen."))
            _ = await fetching.look(into: fetching.sources[0])
            let page = try await browser.get("/desk/mailboxes").text
            #expect(page.contains("Die Anmeldung wurde abgelehnt"))
            #expect(page.contains("[AUTHENTICATIONFAILED] wrong password"))
            #expect(!page.contains("geheim"))
            server.change { $0.refusesSignIn = false }
            let name = fetching.sources[0].server.description
            #expect(try await browser.post("/desk/mailboxes/look", [("folder", name)]).status == .seeOther)
            try await browser.test.drain()
            #expect(try await browser.get("/desk/mailboxes").text.contains("Post kommt an."))
        }
    }
}
