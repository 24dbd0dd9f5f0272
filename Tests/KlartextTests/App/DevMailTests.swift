import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct DevMailTests {
    @Test func `there is no mail catcher outside of development`() async throws {
        try await AgentBrowser.with { browser in
            for path in ["/dev/mail", "/dev/mail/1", "/dev/mail/1/html"] {
                let answer = try await browser.get(path)
                #expect(answer.status == .notFound, "\(path)")
            }
            let posted = try await browser.post("/dev/mail", [("address", "a@b.example")])
            #expect(posted.status == .notFound)
        }
    }

    @Test func `the whole story of a mail can be played without a mail server`() async throws {
        try await AgentBrowser.with(environment: ["KLARTEXT_DEVELOPMENT": "true"]) { browser in
            let bad = try await browser.post("/dev/mail", [("address", "kein Absender"), ("text", "Hallo")])
            #expect(bad.status == .unprocessableContent)
            let fields = [
                ("address", "tom@oleary.example"), ("name", "Tom O’Leary"), ("subject", "Paket weg"), ("text", "Wo ist mein Paket?"),
            ]
            #expect(try await browser.post("/dev/mail", fields).location == "/dev/mail?kept=yes")
            try await browser.test.drain()
            let list = try await browser.get("/dev/mail?kept=yes")
            #expect(list.says("Paket weg"))
            #expect(list.says("tom@oleary.example"))
            let letter = try await browser.get("/dev/mail/1")
            #expect(letter.says("<iframe class=\"original\" sandbox"))
            #expect(letter.says("https://hilfe.nordlicht.example/t/"))
            let html = try await browser.get("/dev/mail/1/html")
            #expect(html.headers[.contentSecurityPolicy]?.hasPrefix("sandbox; default-src 'none'") == true)
            // answered as the customer, the mail finds its ticket by the reply address
            _ = try await browser.post("/dev/mail/1/reply", [("text", "Hat sich erledigt.")])
            try await browser.test.drain()
            let number = try #require(TicketNumber(rawValue: 100_014))
            let file = try #require(try await browser.test.desk.tickets.file(number))
            #expect(
                file.messages.map(\.body).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } == [
                    "Wo ist mein Paket?", "Hat sich erledigt.",
                ])
            #expect(file.messages.last?.filedBecause == .replyAddress)
            try await browser.test.expectWhole()
        }
    }
}
