import Foundation
import Mail
import Testing

@testable import Klartext

/// The private page of a customer.
@Suite(.timeLimit(.minutes(2)))
struct StatusTests {
    private func reply(_ browser: Browser, _ text: String = "Wir kümmern uns.", then: AfterReply? = nil) async throws {
        let (test, ticket) = (browser.test, try await browser.ticket())
        let agents = try await test.desk.people.agents()
        let agent = if let first = agents.first { first } else { try await test.addAgent(DemoCast.jonas) }
        let after = then ?? .turn(.us, nextContactAt: test.desk.clock.now().addingTimeInterval(86_400))
        try await test.desk.tickets.reply(.init(text: text, files: [], then: after, seen: ticket.lastMessage), to: ticket.number, by: agent)
    }

    @Test func `the page answers the four questions and shows what we understood`() async throws {
        try await Browser.with { browser in
            let page = try await browser.get(try await browser.ask(subject: "Paket weg", text: "Wo ist es?"))
            #expect(page.status == .ok)
            for part in [
                "Wie ist der Stand?", "Wer ist dran?", "Was passiert als Nächstes?", "Bis wann?", "Wir sind dran", "Paket weg",
                "Wo ist es?",
            ] {
                #expect(page.says(part), "\(part)")
            }
            #expect(page.says("datetime=\"2026-11-24T08:12:30Z\"") && page.says("Dienstag, 24. November 2026, 09:12 Uhr (MEZ)"))
        }
    }

    @Test func `nobody else's eyes: no search engine, no referrer, no cache, no cookie, no third party`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            for page in [
                try await browser.get(path), try await browser.get("/t/unknown"),
                try await browser.post("\(path)/answer", [("answer", "thanks")]),
            ] {
                #expect(page.headers[.referrerPolicy] == "no-referrer" && page.headers[.robotsTag] == "noindex, nofollow")
                #expect(page.headers[.cacheControl] == "no-store" && page.headers[.setCookie] == nil)
                #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            }
            let page = try await browser.get(path)
            #expect(page.says("<meta name=\"robots\" content=\"noindex\">"))
            let others = page.text.components(separatedBy: "://").dropFirst().filter { !$0.hasPrefix("hilfe.nordlicht.example/") }
            #expect(others == [])
        }
    }

    @Test func `the confirmation page keeps its address to itself as well`() async throws {
        try await Browser.with { browser in
            let page = try await browser.post("/request", Browser.filled(try await browser.stamp()))
            #expect(page.headers[.referrerPolicy] == "no-referrer" && page.headers[.robotsTag] == "noindex, nofollow")
            #expect(page.headers[.cacheControl] == "no-store" && page.headers[.setCookie] == nil)
        }
    }

    @Test func `text and files can be added, and it is our turn again`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            try await reply(
                browser,
                then: .turn(.customer(askedFor: "ein Foto vom Aufkleber"), nextContactAt: TestDesk.start.addingTimeInterval(90_000)))
            let asked = try await browser.get(path)
            #expect(asked.says("Sie sind dran.") && asked.says("<strong>ein Foto vom Aufkleber</strong>"))
            let stamp = try #require(asked.values("started").first)
            let files = [Browser.File(name: "Foto.png", type: "image/png", bytes: [1, 2, 3])]
            let back = try await browser.post("\(path)/messages", [("started", stamp), ("text", "Hier ist es.\r\nGruß")], files: files)
            #expect(back.status == .seeOther && back.headers[.location] == "\(path)?done=added")
            let page = try await browser.get("\(path)?done=added")
            #expect(
                page.says("Ihre Ergänzung ist angekommen.") && page.says("Hier ist es.\nGruß") && page.says("Foto.png")
                    && page.says("Wir sind dran."))
            #expect(page.says("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"))
            // pressed twice
            _ = try await browser.post("\(path)/messages", [("started", stamp), ("text", "Hier ist es.\r\nGruß")], files: files)
            let messages = try await browser.test.desk.database.read { db in try db.messages(on: try db.tickets(of: 1, limit: 1)[0].number)
            }
            #expect(messages.count == 3)
        }
    }

    @Test func `a message that cannot be taken keeps its text and its files`() async throws {
        try await Browser.with(rules: FormRules(textScalars: 10, fileBytes: 1000)) { browser in
            let path = try await browser.ask(text: "Wo?")
            let empty = try await browser.post("\(path)/messages", [("text", " \n")])
            #expect(empty.status == .unprocessableContent && empty.says("Schreiben Sie einen Text, oder hängen Sie eine Datei an."))
            let long = try await browser.post("\(path)/messages", [("text", "viel zu lang")], files: [.init(name: "a.txt", bytes: [1])])
            #expect(long.status == .unprocessableContent && long.says("viel zu lang") && long.says("a.txt"))
            let kept = long.values("kept").map { ("kept", $0) }
            #expect(try await browser.post("\(path)/messages", [("text", "kurz")] + kept).status == .seeOther)
            #expect(try await browser.get(path).says("a.txt"))
        }
    }

    @Test func `thank you does not open a solved ticket again`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            try await reply(browser, then: .solved(cause: "Der Aufkleber hatte sich gelöst."))
            let solved = try await browser.get(path)
            #expect(solved.says("<h1 id=\"state\">Gelöst.</h1>") && solved.says("<strong>Der Aufkleber hatte sich gelöst.</strong>"))
            let back = try await browser.postSimple("\(path)/answer", "answer=thanks")
            #expect(back.status == .seeOther && back.headers[.location] == "\(path)?done=thanks")
            #expect(try await browser.ticket().status == .solved)
            #expect(try await browser.get("\(path)?done=thanks").says("Danke, das freut uns."))
        }
    }

    @Test func `not solved opens it again, and solved closes it`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            #expect(try await browser.postSimple("\(path)/answer", "answer=solved").status == .seeOther)
            #expect(try await browser.ticket().solvedBy == .customer)
            #expect(try await browser.get(path).says("Sie haben uns gesagt, dass es gelöst ist."))
            #expect(try await browser.postSimple("\(path)/answer", "answer=notSolved").status == .seeOther)
            #expect(try await browser.ticket().status == .open)
            try await browser.test.expectWhole()
        }
    }

    @Test func `not solved passes the turn to us even while the ticket is open`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            try await reply(
                browser, then: .turn(.customer(askedFor: "ein Foto"), nextContactAt: TestDesk.start.addingTimeInterval(9 * 86_400)))
            _ = try await browser.postSimple("\(path)/answer", "answer=notSolved")
            let ticket = try await browser.ticket()
            #expect(ticket.turn == .us && ticket.nextContactAt == browser.test.desk.clock.now().addingTimeInterval(86_400))
        }
    }

    @Test(arguments: ["answer=added", "answer=", "x=y"])
    func `an answer that no button gives changes nothing`(_ body: String) async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            let before = try await browser.ticket()
            #expect(try await browser.postSimple("\(path)/answer", body).headers[.location] == path)
            #expect(try await browser.ticket() == before)
        }
    }

    @Test func `reading a page changes nothing, however often a mail scanner clicks`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            let before = try await browser.ticket()
            for suffix in ["", "?done=solved", "?answer=solved", "/answer?answer=solved", "/messages?text=x"] {
                _ = try await browser.get(path + suffix)
            }
            #expect(try await browser.ticket() == before)
        }
    }

    @Test func `a file is handed out to its own link alone`() async throws {
        try await Browser.with { browser in
            let mine = try await browser.ask(files: [.init(name: "Beleg.txt", bytes: Array("mein".utf8))])
            let other = try await browser.ask(text: "Etwas anderes")
            let file = try await browser.get("\(mine)/files/1")
            #expect(file.status == .ok && file.text == "mein" && file.headers[.xContentTypeOptions] == "nosniff")
            #expect(file.headers[.contentDisposition]?.contains("Beleg.txt") == true)
            for path in [
                "\(other)/files/1", "/t/nobody/files/1", "\(mine)/files/2", "\(mine)/files/x", "\(mine)/files/99999999999999999999",
            ] {
                #expect(try await browser.get(path).status == .notFound, "\(path)")
            }
            try await browser.test.desk.tickets.revokeLink(TicketNumber(sequence: 10_001), by: try await browser.test.addAgent())
            #expect(try await browser.get("\(mine)/files/1").status == .gone)
        }
    }

    @Test func `a revoked link says so and offers a new one; an unknown one is not found`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            try await browser.test.desk.tickets.revokeLink(try await browser.ticket().number, by: try await browser.test.addAgent())
            let gone = try await browser.get(path)
            #expect(
                gone.status == .gone && gone.says("Dieser Link gilt nicht mehr.") && gone.says("action=\"/lost\"")
                    && !gone.says("Wo ist es?"))
            #expect(try await browser.post("\(path)/messages", [("text", "Hallo")]).status == .gone)
            #expect(try await browser.postSimple("\(path)/answer", "answer=solved").status == .gone)
            let unknown = try await browser.get("/t/aaaaaaaaaaaaaaaaaaaaaaaaaa")
            #expect(unknown.status == .notFound && unknown.says("Diese Seite gibt es nicht."))
        }
    }

    @Test func `notes, to-dos and agents' addresses are never shown, an agent's name is`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            try await reply(browser, "Ihr Router ist unterwegs.")
            let agent = try #require(try await browser.test.desk.people.agents().first)
            try await browser.test.desk.tickets.note("Kunde ist ungeduldig", on: try await browser.ticket().number, by: agent)
            let page = try await browser.get(path)
            #expect(page.says("Jonas Weber") && page.says("Ihr Router ist unterwegs.") && page.says("Antwort von Jonas Weber"))
            #expect(!page.says("ungeduldig") && !page.says(agent.address))
        }
    }

    @Test func `each letter says where it is`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            #expect(try await browser.get(path).says("Liegt im Ausgang</b> und wird gleich verschickt."))
            try await browser.test.drain()
            #expect(try await browser.get(path).says("Angenommen</b> vom Mailserver mx.example"))

            browser.test.carrier.fail(
                "tom@oleary.example", with: .refused(SMTPReply(code: 451, enhanced: "4.2.0", text: "try again later"), stage: .recipient))
            try await reply(browser)
            try await browser.test.drain()
            let delayed = try await browser.get(path)
            #expect(delayed.says("Verspätet</b>: Der Mailserver nimmt gerade nichts an. Nächster Versuch:"))

            browser.test.carrier.fail(
                "tom@oleary.example", with: .refused(SMTPReply(code: 552, enhanced: "5.2.2", text: "mailbox full"), stage: .recipient))
            browser.test.pass(hours: 1)
            try await browser.test.drain()
            let failed = try await browser.get(path)
            #expect(failed.says("Unsere E-Mail kam nicht bei Ihnen an.") && failed.says("Das Postfach tom@oleary.example ist voll."))
            #expect(failed.says("Nicht zugestellt:</b>") && failed.says("Wir kümmern uns."))
        }
    }

    @Test func `a time that we let pass is owned up to`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            browser.test.pass(hours: 25)
            let page = try await browser.get(path)
            #expect(page.says("Wir sind zu spät.") && page.says("Das tut uns leid.") && page.says("is-overdue"))
        }
    }

    @Test func `mail by the customer is shown with its quotation folded, and a machine's answer folded whole`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            try await reply(browser, "Wir suchen.")
            try await browser.test.drain()
            let letter = try #require(try await browser.test.letters(browser.ticket().number).last)
            let head = "From: Tom <tom@oleary.example>\nTo: \(letter.replyTo ?? "")\nIn-Reply-To: <\(letter.messageID)>\n"
            let quote = "Am 23.11.2026 um 11:40 schrieb Jonas Weber:\n> Wir suchen.\n"
            _ = try await browser.test.receive(
                head + "Subject: Re: Paket\nMessage-ID: <1@oleary.example>\nDate: Mon, 23 Nov 2026 12:00:00 +0100\n\nDanke, ich warte.\n\n"
                    + quote,
                from: "tom@oleary.example", to: [letter.replyTo ?? ""])
            _ = try await browser.test.receive(
                head
                    + "Subject: Abwesend\nMessage-ID: <2@oleary.example>\nAuto-Submitted: auto-replied\nDate: Mon, 23 Nov 2026 12:00:01 +0100\n\nBin im Urlaub.\n",
                from: "tom@oleary.example", to: [letter.replyTo ?? ""])
            let page = try await browser.get(path)
            #expect(page.says("<div class=\"prose\">Danke, ich warte.</div>") && page.says("Zitierter Text") && page.says("per E-Mail"))
            #expect(page.says("Automatische Antwort Ihres Postfachs") && page.says("Bin im Urlaub."))
        }
    }

    @Test func `a ticket that was merged says where it goes on, and leads there`() async throws {
        try await Browser.with { browser in
            let fields = Browser.filled(try await browser.stamp(), text: "Nachtrag")
            let path = try #require(try await browser.post("/request", fields).privatePath)
            let target = try await browser.ask()
            let (first, second) = (TicketNumber(sequence: 10_001), TicketNumber(sequence: 10_002))
            try await browser.test.desk.tickets.move(message: 1, to: second, by: try await browser.test.addAgent())
            #expect(try await browser.test.ticket(first).mergedInto == second)
            let page = try await browser.get(path)
            #expect(page.status == .ok && page.says("Alles Weitere steht bei <strong class=\"number\">#\(second)</strong>."))
            #expect(page.says("href=\"\(target)\"") && !page.says("name=\"answer\"") && !page.says("Bis wann?"))
            #expect(try await browser.get(target).says("Nachtrag"))
            // the old form sent once more opens nothing and shows nothing
            #expect(try await browser.post("/request", fields).status == .gone)
        }
    }

    @Test func `somebody who only knows an address learns no name from us`() async throws {
        try await Browser.with { browser in
            _ = try await browser.ask()
            let stamp = try await browser.stamp()
            let received = try await browser.post("/request", Browser.filled(stamp, text: "Wer wohnt hier?", name: ""))
            let path = try #require(received.privatePath)
            _ = try await browser.post("\(path)/messages", [("text", "Hallo?")])
            for page in [received, try await browser.get(path)] { #expect(page.status == .ok && !page.says("O’Leary")) }
        }
    }

    @Test func `a ticket takes so many messages an hour`() async throws {
        try await Browser.with(rules: FormRules(perTicket: 2)) { browser in
            let path = try await browser.ask()
            for index in 0..<2 { #expect(try await browser.post("\(path)/messages", [("text", "Nummer \(index)")]).status == .seeOther) }
            let page = try await browser.post("\(path)/messages", [("text", "Nummer 3")])
            #expect(page.status == .tooManyRequests && page.says("Nummer 3") && page.headers[.retryAfter] != nil)
        }
    }
}
