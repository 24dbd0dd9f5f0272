import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct MessagePageTests {
    private static let hostileHTML = """
        <p onclick="alert(1)">Hallo</p><script>alert(2)</script><img src="https://tracker.example/p.gif"><img src="cid:logo">
        <a href="javascript:alert(3)">Klick</a><iframe src="https://evil.example"></iframe>
        <style>body{background:url(https://tracker.example/b)}</style>
        """

    private func mail(_ subject: String = "Webmail geht nicht", html: String = hostileHTML) -> String {
        """
        From: Nora Lindqvist <nora@lindqvist.example>
        To: hilfe@nordlicht.example
        Subject: \(subject)
        Message-ID: <\(UUID().uuidString)@lindqvist.example>
        Date: Mon, 23 Nov 2026 09:10:00 +0100
        MIME-Version: 1.0
        Content-Type: multipart/related; boundary=mitte

        --mitte
        Content-Type: text/html; charset=utf-8

        \(html)
        --mitte
        Content-Type: image/png; name=logo.png
        Content-ID: <logo>
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --mitte--

        """
    }

    private func filed(_ browser: AgentBrowser, _ raw: String) async throws -> (TicketNumber, Message) {
        let entry = try await browser.test.receive(raw, from: "nora@lindqvist.example")
        let number = try #require(entry.conversation.flatMap(TicketNumber.init(rawValue:)))
        return (number, try #require(try await browser.test.desk.database.read { db in try db.message(inbox: entry.id) }))
    }

    @Test func `the original is shown in a locked frame: no script, nothing from the network`() async throws {
        try await AgentBrowser.with { browser in
            let (number, message) = try await filed(browser, mail())
            let path = "\(number.deskPath)/messages/\(message.id)"
            let page = try await browser.get("\(path)/original")
            #expect(page.says("<iframe class=\"original\" sandbox "))
            #expect(page.says("1 Bild wurde nicht geladen."))
            let frame = try await browser.get("\(path)/original/frame")
            #expect(frame.says("Hallo"))
            for bad in ["<script", "onclick", "javascript:", "tracker.example", "<iframe", "<style"] { #expect(!frame.says(bad), "\(bad)") }
            #expect(frame.says("src=\"data:image/png;base64,iVBORw0KGgo=\""))
            let policy = try #require(frame.headers[.contentSecurityPolicy])
            for part in ["sandbox;", "default-src 'none'", "img-src 'self' data:;"] { #expect(policy.contains(part)) }
            #expect(!policy.contains("allow-"))
            #expect(!policy.contains("https:"))
        }
    }

    @Test func `pictures from the network are loaded only when asked for, and still nothing runs`() async throws {
        try await AgentBrowser.with { browser in
            let (number, message) = try await filed(browser, mail())
            let path = "\(number.deskPath)/messages/\(message.id)"
            #expect(try await browser.get("\(path)/original?images=1").says("frame?images=1"))
            let frame = try await browser.get("\(path)/original/frame?images=1")
            #expect(frame.says("https://tracker.example/p.gif"))
            #expect(!frame.says("<script"))
            #expect(frame.headers[.contentSecurityPolicy]?.contains("img-src 'self' data: https:;") == true)
            #expect(frame.headers[.referrerPolicy] == "no-referrer")
        }
    }

    @Test func `the mail can be taken away byte for byte`() async throws {
        try await AgentBrowser.with { browser in
            let raw = mail()
            let (number, message) = try await filed(browser, raw)
            let file = try await browser.get("\(number.deskPath)/messages/\(message.id)/raw")
            #expect(file.headers[.contentType] == "message/rfc822")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(file.bytes == Array(raw.replacingOccurrences(of: "\n", with: "\r\n").utf8))
        }
    }

    @Test func `a message is found on its own ticket alone`() async throws {
        try await AgentBrowser.with { browser in
            let (_, message) = try await filed(browser, mail())
            let other = try await browser.ticket()
            for way in ["move", "original", "original/frame", "raw"] {
                #expect(try await browser.get("\(other.deskPath)/messages/\(message.id)/\(way)").status == .notFound)
            }
        }
    }

    @Test func `a message says why it is there, and can be moved and moved back`() async throws {
        try await AgentBrowser.with { browser in
            let (number, message) = try await filed(browser, mail())
            let other = try await browser.ticket()
            #expect(try await browser.get(number.deskPath).says("Neue Anfrage, weil die Mail sich auf keine andere bezieht."))
            let path = "\(number.deskPath)/messages/\(message.id)/move"
            #expect(try await browser.get(path).says("Auf welche Anfrage?"))
            for (target, says) in [("100-015", "gibt es nicht"), ("\(number)", "Dort liegt sie schon.")] {
                let page = try await browser.post(path, [("target", target)])
                #expect(page.status == .unprocessableContent)
                #expect(page.says(says))
            }
            let moved = try await browser.post(path, [("target", "#\(other)")])
            let there = try await browser.get(try #require(moved.location))
            #expect(there.says("Zurück nach #\(number)"))
            #expect(there.says("Von Hand hierher verschoben."))
            #expect(try await browser.get(number.deskPath).says("Geht weiter als"))
            #expect(try await browser.customerPage(other).says("Hallo"))
            _ = try await browser.post("\(other.deskPath)/messages/\(message.id)/move", [("target", "\(number)")])
            #expect(try await browser.test.ticket(number).status == .open)
            #expect(try await browser.customerPage(other).says("Hallo") == false)
            try await browser.test.expectWhole()
        }
    }

    @Test func `an undo that an address makes up is not offered`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let page = try await browser.get("\(number.deskPath)?done=move&message=4711&from=100023")
            #expect(page.status == .ok)
            #expect(!page.says("Zurück nach"))
        }
    }

    @Test func `an automatic answer stands on the ticket, folded, and quotes are folded too`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let reply = browser.test.desk.mailbox.replyAddress(conversation: number.rawValue)
            func answer(_ headers: String, _ text: String) -> String {
                "From: lukasz@nowak.example\nTo: \(reply)\nSubject: Re: Paket\nMessage-ID: <\(UUID().uuidString)@nowak.example>\n\(headers)\n\(text)\n"
            }
            try await browser.test.receive(answer("Auto-Submitted: auto-replied\n", "Ich bin nicht im Büro."), to: [reply])
            try await browser.test.receive(
                answer("", "Danke!\n\nAm 23.11.2026 um 09:12 schrieb Nordlicht Hosting:\n> Alte Worte"), to: [reply])
            let page = try await browser.get(number.deskPath)
            #expect(page.says("<details class=\"fold automatic\""))
            #expect(page.says("Ich bin nicht im Büro."))
            #expect(page.says("<div class=\"prose\">Danke!</div>"))
            #expect(page.says("<summary>Zitierter Text</summary><div class=\"quote prose\">Am 23.11.2026 um 09:12"))
            #expect(page.says("weil sie an die Antwortadresse dieser Anfrage ging"))
        }
    }

    @Test func `a customer's file is handed out as it came and runs nothing`() async throws {
        try await AgentBrowser.with { browser in
            let stored = try await browser.test.desk.files.store(Array("<script>alert(1)</script>".utf8))
            let number = try await browser.ticket()
            let file = Tickets.NewFile(stored: stored, name: "seite.html", contentType: "text/html")
            let receipt = try await browser.test.desk.tickets.add(text: "Anbei.", files: [file], on: number)
            let page = try await browser.get("/desk/files/\(try #require(receipt.files.first).id)")
            #expect(page.text == "<script>alert(1)</script>")
            #expect(page.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(page.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
        }
    }
}
