import Foundation
import Mail
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct HeldPageTests {
    private static let withoutSender =
        "To: hilfe@nordlicht.example\nSubject: Lieferung\nMessage-ID: <\(UUID().uuidString)@x.example>\n\nNiemand war da.\n"

    /// A mail that is held although it has a sender: a bounce of a letter nobody knows.
    private static let bounce = """
        From: Lager <lager@partner.example>
        To: hilfe@nordlicht.example
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <\(UUID().uuidString)@partner.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain

        Ihr Brief kam nicht an.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.partner.example

        Final-Recipient: rfc822; wer@partner.example
        Action: failed
        Status: 5.1.1
        --b--

        """

    @Test func `a held mail says why it waits, in words, and shows itself`() async throws {
        try await AgentBrowser.with { browser in
            let entry = try await browser.test.receive(Self.withoutSender)
            #expect(entry.state == .held)
            let list = try await browser.get("/desk/held")
            #expect(list.says("Kein Absender angegeben"))
            #expect(list.says("/desk/held/\(entry.id)"))
            let page = try await browser.get("/desk/held/\(entry.id)")
            #expect(page.says("Zurückgelegt: Kein Absender angegeben"))
            #expect(page.says("Niemand war da."))
            #expect(page.says("Ohne Absender gibt es niemanden, dem wir antworten könnten."))
            #expect(try await browser.get("/desk/held/\(entry.id)/original/frame").says("Niemand war da."))
            #expect(try await browser.get("/desk/held/\(entry.id)/raw").headers[.contentType] == "message/rfc822")
        }
    }

    @Test func `a held mail is filed on the ticket an agent names`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let entry = try await browser.test.receive(Self.withoutSender)
            let wrong = try await browser.post("/desk/held/\(entry.id)/file", [("number", "100-015")])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.says("value=\"100-015\""))
            #expect(try await browser.post("/desk/held/\(entry.id)/file", [("number", "\(number)")]).location == number.deskPath)
            #expect(try await browser.get(number.deskPath).says("Von Hand hier abgelegt."))
            let page = try await browser.get("/desk/held/\(entry.id)")
            #expect(page.says("Über diese Mail ist schon entschieden."))
            #expect(!page.says("Dort ablegen"))
            // a second agent who still has the old page changes nothing
            let late = try await browser.post("/desk/held/\(entry.id)/open", [("address", DemoCast.marlene.address)])
            #expect(late.location == number.deskPath)
            try await browser.test.expectWhole()
        }
    }

    @Test func `a held mail becomes a ticket of its own`() async throws {
        try await AgentBrowser.with { browser in
            let entry = try await browser.test.receive(Self.bounce, from: "")
            #expect(entry.state == .held)
            let opened = try await browser.post("/desk/held/\(entry.id)/open")
            #expect(opened.location?.hasPrefix("/desk/tickets/") == true)
            #expect(try await browser.get(try #require(opened.location)).says("lager@partner.example"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a held mail that names nobody becomes the ticket of whom the agent names`() async throws {
        try await AgentBrowser.with { browser in
            let entry = try await browser.test.receive(Self.withoutSender, from: "")
            let refused = try await browser.post("/desk/held/\(entry.id)/open", [("address", "kein Mail")])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.says("value=\"kein Mail\""))
            #expect(refused.says("Die Mail nennt niemanden."))
            let opened = try await browser.post("/desk/held/\(entry.id)/open", [("address", DemoCast.marlene.address)])
            #expect(opened.location?.hasPrefix("/desk/tickets/") == true)
            try await browser.test.drain()
            let confirmation = try Email(parsing: try #require(browser.test.carrier.sent.last).bytes)
            #expect(confirmation.to.map(\.mailbox) == [DemoCast.marlene.address])
            try await browser.test.expectWhole()
        }
    }

    @Test func `a held mail is answered and closed`() async throws {
        try await AgentBrowser.with { browser in
            let entry = try await browser.test.receive(Self.bounce, from: "")
            let empty = try await browser.post("/desk/held/\(entry.id)/refuse", [("text", " ")])
            #expect(empty.status == .unprocessableContent)
            #expect(
                try await browser.post("/desk/held/\(entry.id)/refuse", [("text", "Bitte nennen Sie die Kundennummer.")]).location
                    == "/desk/held")
            try await browser.test.drain()
            let answer = try Email(parsing: try #require(browser.test.carrier.sent.last).bytes)
            #expect(answer.to.map(\.mailbox) == ["lager@partner.example"])
            #expect(answer.text.contains("Kundennummer"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a held mail is set aside as machine mail, and stays`() async throws {
        try await AgentBrowser.with { browser in
            let entry = try await browser.test.receive(Self.withoutSender)
            #expect(try await browser.post("/desk/held/\(entry.id)/machine").location == "/desk/held")
            #expect(try await browser.get("/desk/held").says("Keine Mail wartet auf Sie."))
            #expect(try await browser.get("/desk/held/\(entry.id)").says("Niemand war da."))
            #expect(browser.test.carrier.sent.isEmpty)
            try await browser.test.expectWhole()
        }
    }

    @Test func `an unreadable mail is shown as far as it can be read`() async throws {
        try await AgentBrowser.with { browser in
            let entry = try await browser.test.receive("\u{1}\u{2}kein Kopf, nur <script>alert(1)</script>")
            #expect(entry.state == .held)
            let page = try await browser.get("/desk/held/\(entry.id)/original")
            #expect(page.says("Diese Mail lässt sich nicht lesen."))
            let frame = try await browser.get("/desk/held/\(entry.id)/original/frame")
            #expect(frame.says("kein Kopf"))
            #expect(!frame.says("<script>"))
        }
    }
}
