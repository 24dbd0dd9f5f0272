import Foundation
import HTTPTypes
import Mail
import Testing

@testable import Klartext

/// "We were wrong" and the official answer, at the desk and on the customer's page.
@Suite(.timeLimit(.minutes(2))) struct CorrectionPageTests {
    private func answered(_ browser: AgentBrowser, _ text: String = "Die Reparatur kostet nichts.") async throws -> (TicketNumber, Int64) {
        let number = try await browser.ticket("Reparatur", text: "Was kostet das?")
        let sent = try await browser.upload("\(number.deskPath)/reply", try await browser.answer(number, text: text))
        #expect(sent.status == .seeOther)
        return (number, try await browser.test.ticket(number).lastMessage)
    }

    private func correction(
        _ browser: AgentBrowser, _ number: TicketNumber, of answer: Int64, wrong: String = "kostet nichts",
        right: String = "Sie kostet 40 Euro.", action: String = "Wir ziehen die Rechnung zurück."
    ) async throws -> [(String, String)] {
        try await browser.answer(number, text: "ein liegen gebliebener Entwurf") + [
            ("compose", "correction"), ("corrects", "\(answer)"), ("wrong", wrong), ("right", right), ("action", action),
        ]
    }

    @Test func `the customer reads an honest correction, and the wrong answer stays, struck through, on both sides`() async throws {
        try await AgentBrowser.with { browser in
            let (number, answer) = try await answered(browser)
            let begun = try await browser.get("\(number.deskPath)?correct=\(answer)")
            #expect(begun.says("id=\"compose-correction\" checked"))
            #expect(begun.says("name=\"corrects\" value=\"\(answer)\" checked") && begun.says("Die Reparatur kostet nichts.</textarea>"))
            let sent = try await browser.upload("\(number.deskPath)/reply", try await correction(browser, number, of: answer))
            #expect(sent.location == "\(number.deskPath)?done=correction")
            try await browser.test.drain()
            let mail = try Email(parsing: try #require(browser.test.carrier.sent.last).bytes)
            for part in [
                "Wir haben uns geirrt", "vom 23.11.2026 stand etwas Falsches", "Der Fehler liegt bei uns, nicht bei Ihnen.",
                "Das war falsch:", "  kostet nichts", "Sie kostet 40 Euro.",
                "Das tun wir jetzt:", "Wir ziehen die Rechnung zurück.",
                "Ayşe Demir", "Bis wann?",
            ] {
                #expect(mail.text.contains(part), "\(part)")
            }
            #expect(!mail.text.contains("Entwurf"))
            let correction = try await browser.test.ticket(number).lastMessage
            let desk = try await browser.get("\(number.deskPath)?done=correction")
            for page in [desk, try await browser.customerPage(number)] {
                #expect(page.says("<del>") && page.says("Berichtigt am 23.11.2026."))
                #expect(page.says("href=\"#m\(correction)\"") && page.says("id=\"m\(correction)\"") && page.says("id=\"m\(answer)\""))
                #expect(page.says("Die Reparatur kostet nichts.") && page.says("Sie kostet 40 Euro."))
            }
            #expect(desk.says("Die Berichtigung ist auf dem Weg zum Kunden.") && desk.says("Berichtigung an Łukasz Nowak") == false)
            #expect(try await browser.customerPage(number).says("Berichtigung von Ayşe Demir"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `what is missing is said, and every word stays`() async throws {
        try await AgentBrowser.with { browser in
            let (number, answer) = try await answered(browser)
            let fields = try await correction(browser, number, of: 0, wrong: " ", right: "Vierzig Euro", action: "")
            let page = try await browser.upload("\(number.deskPath)/reply", fields)
            #expect(page.status == .unprocessableContent)
            for text in [
                "Wählen Sie die Antwort aus, die falsch war.", "Schreiben Sie, was falsch war.", "Schreiben Sie, was wir jetzt tun.",
                "Vierzig Euro</textarea>", "ein liegen gebliebener Entwurf</textarea>",
                "id=\"compose-correction\" checked",
            ] {
                #expect(page.says(text), "\(text)")
            }
            #expect(!page.says("Schreiben Sie, was richtig ist."))
            #expect(try await browser.test.ticket(number).lastMessage == answer)
        }
    }

    @Test func `what we do now may promise something, which is asked for as in every answer`() async throws {
        try await AgentBrowser.with { browser in
            let (number, answer) = try await answered(browser)
            let fields = try await correction(browser, number, of: answer, action: "Wir rufen Sie morgen um 10 Uhr an.")
            let found = try await browser.post("\(number.deskPath)/promises/find", fields)
            #expect(found.says("<q>Wir rufen Sie morgen um 10 Uhr an</q>"))
            let asked = try await browser.upload("\(number.deskPath)/reply", fields)
            #expect(asked.status == .unprocessableContent && asked.says("<q>Wir rufen Sie morgen um 10 Uhr an</q>"))
            let decided = [
                ("promise0.quote", "Wir rufen Sie morgen um 10 Uhr an"), ("promise0.decision", "record"),
                ("promise0.text", "Wir rufen Sie an"), ("promise0.channel", "call"), ("promise0.dueAt", "2026-11-24T10:00"),
            ]
            #expect(try await browser.upload("\(number.deskPath)/reply", fields + decided).status == .seeOther)
            let promises = try await browser.test.desk.database.read { db in try db.promises(about: number.subject) }
            #expect(promises.map(\.text) == ["Wir rufen Sie an"])
            try await browser.test.expectWhole()
        }
    }

    @Test func `a correction can be corrected, an answer only once, and sent twice it is sent once`() async throws {
        try await AgentBrowser.with { browser in
            let (number, answer) = try await answered(browser)
            let fields = try await correction(browser, number, of: answer)
            for _ in 1...2 { #expect(try await browser.upload("\(number.deskPath)/reply", fields).status == .seeOther) }
            let first = try await browser.test.ticket(number).lastMessage
            let again = try await browser.upload(
                "\(number.deskPath)/reply", try await correction(browser, number, of: answer, right: "50 Euro"))
            #expect(again.status == .unprocessableContent && again.says("Diese Antwort ist schon berichtigt."))
            #expect(try await browser.test.ticket(number).lastMessage == first)
            let better = try await correction(browser, number, of: first, wrong: "40 Euro", right: "Sie kostet 45 Euro.")
            #expect(try await browser.upload("\(number.deskPath)/reply", better).status == .seeOther)
            let corrections = try await browser.test.desk.database.read { db in try db.corrections(on: number) }
            #expect(corrections.map(\.answer) == [answer, first])
            let page = try await browser.get(number.deskPath)
            #expect(page.text.components(separatedBy: "<del>").count == 3)
            try await browser.test.expectWhole()
        }
    }

    @Test func `a customer's message and another ticket's answer cannot be corrected`() async throws {
        try await AgentBrowser.with { browser in
            let (number, answer) = try await answered(browser)
            let (other, _) = try await answered(browser)
            for wrong in [1, answer] {
                let refused = try await browser.upload("\(other.deskPath)/reply", try await correction(browser, other, of: wrong))
                #expect(refused.status == .unprocessableContent)
            }
            #expect(!(try await browser.get("\(number.deskPath)?correct=1").says("id=\"compose-correction\" checked")))
            let fresh = try await browser.ticket("Noch ohne Antwort")
            #expect(!(try await browser.get(fresh.deskPath).says("compose-correction")))
        }
    }

    @Test func `the official answer stands on top, its correction takes its place, and it can be taken off`() async throws {
        try await AgentBrowser.with { browser in
            let (number, answer) = try await answered(browser)
            #expect(try await browser.post("\(number.deskPath)/official", [("message", "\(answer)")]).status == .seeOther)
            let page = try await browser.get(number.deskPath)
            #expect(page.says("<h2 id=\"official\">") && page.says("Festgelegt von Ayşe Demir, "))
            #expect(page.says("Ayşe Demir hat die offizielle Antwort festgelegt.") && page.says("class=\"reminder"))
            let other = try await browser.ticket("Zweite Anfrage")
            #expect(try await browser.get(other.deskPath).says("Offizielle Antwort</span>"))
            _ = try await browser.upload("\(number.deskPath)/reply", try await correction(browser, number, of: answer))
            let corrected = try await browser.test.ticket(number)
            #expect(corrected.official == corrected.lastMessage)
            let pinned = try await browser.get(number.deskPath).text.components(separatedBy: "class=\"official\"").last ?? ""
            #expect(pinned.components(separatedBy: "</section>").first?.contains("Sie kostet 40 Euro.") == true)
            #expect(try await browser.post("\(number.deskPath)/official", [("message", "\(answer)")]).status == .conflict)
            #expect(try await browser.post("\(number.deskPath)/official", [("message", "1")]).status == .unprocessableContent)
            _ = try await browser.post("\(number.deskPath)/official", [("do", "unpin")])
            #expect(!(try await browser.get(number.deskPath).says("id=\"official\"")))
            #expect(try await browser.customerPage(number).says("ffizielle Antwort") == false)
            try await browser.test.expectWhole()
        }
    }

    @Test func `hostile words in a correction stay words`() async throws {
        try await AgentBrowser.with { browser in
            let (number, answer) = try await answered(browser)
            let evil = "</dd></del><script>alert(1)</script>\"\u{301}"
            let fields = try await correction(browser, number, of: answer, wrong: evil, right: evil, action: evil)
            _ = try await browser.upload("\(number.deskPath)/reply", fields)
            _ = try await browser.post("\(number.deskPath)/official", [("message", "\(try await browser.test.ticket(number).lastMessage)")])
            for page in [try await browser.get(number.deskPath), try await browser.customerPage(number)] {
                #expect(!page.says("<script>alert") && page.says("&lt;script&gt;alert(1)"))
            }
        }
    }

    @Test func `agents see that a file is receipted, by which digest, and the receipt itself`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let stored = try await browser.test.desk.files.store(Array("mein Beleg".utf8))
            _ = try await browser.test.desk.tickets.add(
                text: "Hier.", files: [.init(stored: stored, name: "Beleg.txt", contentType: "text/plain", contentID: nil)], on: number)
            let fields = try await browser.answer(number)
            _ = try await browser.upload("\(number.deskPath)/reply", fields, files: [("Anleitung.txt", "So geht es.")])
            let page = try await browser.get(number.deskPath)
            #expect(page.says("data-copy-text=\"\(stored.digest)\""))
            #expect(page.text.components(separatedBy: "/receipt\">").count == 2, "what we sent ourselves has none")
            let receipt = try await browser.get("/desk/files/1/receipt")
            let shown = try await browser.get(try #require(receipt.location))
            #expect(shown.status == .ok && shown.says(stored.digest) && shown.says("Beleg.txt"))
            #expect(try await browser.get("/desk/files/2/receipt").status == .notFound)
            #expect(try await browser.get("/desk/files/99/receipt").status == .notFound)
        }
    }
}
