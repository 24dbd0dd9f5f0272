import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import Klartext

/// Calls from the telephone system to the desk, and what agents do with them.
@Suite(.timeLimit(.minutes(2))) struct CallPageTests {
    private static let secret = "geheim-geheim-geheim-geheim"
    private static let switchedOn = ["KLARTEXT_CALLS": secret]

    @discardableResult private func tell(
        _ browser: AgentBrowser, _ event: String, id: String = "c1", from: String = "4930123456", direction: String = "in",
        cause: String = "noAnswer", secret: String = secret
    ) async throws -> Page {
        var system = browser
        system.cookie = nil
        let (theirs, ours) = direction == "in" ? (from, "494012300") : ("494012300", from)
        return try await system.post(
            "/hooks/calls/\(secret)",
            [
                ("event", event), ("callId", id), ("from", theirs), ("to", ours), ("direction", direction), ("cause", cause),
                ("user[]", "Ayşe Demir"),
            ])
    }

    @Test func `the telephone system is answered in its language, and whoever does not know the address finds nothing`() async throws {
        try await AgentBrowser.with(environment: Self.switchedOn) { browser in
            let answer = try await tell(browser, "newCall")
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/xml")
            #expect(answer.says("<Response onAnswer=\"https://hilfe.nordlicht.example/hooks/calls/\(Self.secret)\" onHangup="))
            #expect(try await tell(browser, "newCall", id: "c2", secret: "geraten-geraten-geraten-ger").status == .notFound)
            #expect(try await tell(browser, "unknown", id: "c3").status == .ok)
            let calls = try await browser.test.desk.database.read { db in try db.latestCalls(before: nil, limit: 10) }
            #expect(calls.map(\.key) == ["c1"])
            let shown = try await browser.get("/desk/calls")
            #expect(shown.says("klingelt") && shown.says("tel:+4930123456") && shown.says("Ayşe Demir"))
        }
    }

    @Test func `without the setting there is no address and no list`() async throws {
        try await AgentBrowser.with { browser in
            let (hook, page, desk) = (
                try await tell(browser, "newCall"), try await browser.get("/desk/calls"), try await browser.get("/desk")
            )
            #expect(hook.status == .notFound && page.status == .notFound && !desk.says("/desk/calls"))
        }
    }

    @Test func `an address of the instance's own can be used instead of a chosen one`() async throws {
        try await AgentBrowser.with(environment: ["KLARTEXT_CALLS": "derived"]) { browser in
            let secret = try #require(browser.test.desk.calls?.secret.text)
            #expect(secret.utf8.count >= CallSecret.fewestLetters)
            #expect(try await tell(browser, "newCall", secret: secret).status == .ok)
            #expect(try await browser.get("/desk/calls").says("https://hilfe.nordlicht.example/hooks/calls/\(secret)"))
        }
    }

    @Test func `a missed call is work until somebody says that they called back, and told twice it is one`() async throws {
        try await AgentBrowser.with(environment: Self.switchedOn) { browser in
            for _ in 1...2 { for event in ["newCall", "hangup"] { try await tell(browser, event) } }
            try await tell(browser, "newCall", id: "c2")
            try await tell(browser, "hangup", id: "c2")
            #expect(try await browser.get("/desk/todo").says("2 verpasste Anrufe warten auf Rückruf"))
            #expect(try await browser.post("/desk/calls/1/called-back").status == .seeOther)
            let calls = try await browser.test.desk.database.read { db in try db.latestCalls(before: nil, limit: 10) }
            #expect(calls.map(\.settled) == [.calledBack, .calledBack], "one talk is enough for both")
            #expect(try await browser.get("/desk/calls").says("Niemand wartet auf einen Rückruf."))
            #expect(try await browser.get("/desk/calls").says("verpasst, zurückgerufen"))
            #expect(try await browser.post("/desk/calls/99/called-back").status == .notFound)
            try await browser.test.expectWhole()
        }
    }

    @Test func `nothing is taken off the list without a reason, which stays to be read`() async throws {
        try await AgentBrowser.with(environment: Self.switchedOn) { browser in
            for event in ["newCall", "hangup"] { try await tell(browser, event, from: "anonymous") }
            let refused = try await browser.post("/desk/calls/1/dismiss", [("because", " ")])
            #expect(refused.status == .unprocessableContent && refused.says("Schreiben Sie, warum nichts zu tun ist."))
            #expect(try await browser.post("/desk/calls/1/dismiss", [("because", "Werbung <b>")]).status == .seeOther)
            #expect(try await browser.get("/desk/calls").says("nichts zu tun: Werbung &lt;b&gt;"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `calling back by the telephone system, or being called again, settles by itself`() async throws {
        try await AgentBrowser.with(environment: Self.switchedOn) { browser in
            for (id, number) in [("m1", "491511"), ("m2", "491522")] {
                for event in ["newCall", "hangup"] { try await tell(browser, event, id: id, from: number) }
            }
            for event in ["newCall", "hangup"] { try await tell(browser, event, id: "o0", from: "491511", direction: "out") }
            #expect(try await browser.get("/desk/todo").says("2 verpasste Anrufe"), "nobody was reached")
            for event in ["newCall", "answer", "hangup"] { try await tell(browser, event, id: "o1", from: "491511", direction: "out") }
            for event in ["newCall", "answer"] { try await tell(browser, event, id: "m3", from: "491522") }
            let calls = try await browser.test.desk.database.read { db in try db.latestCalls(before: nil, limit: 10) }
            #expect(calls.first { $0.key == "m1" }?.settled == .calledBack)
            #expect(calls.first { $0.key == "m2" }?.settled == .calledAgain)
            #expect(!(try await browser.get("/desk/todo").says("verpasste")))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a ticket for a call knows who called, ends the waiting, and the next call is known`() async throws {
        try await AgentBrowser.with(environment: Self.switchedOn) { browser in
            for event in ["newCall", "hangup"] { try await tell(browser, event) }
            let form = try await browser.get("/desk/new?call=1")
            #expect(form.says("value=\"+4930123456\"") && form.values("call") == ["1"] && form.says("value=\"phone\" required checked"))
            let fields = [
                ("way", "phone"), ("name", "Erna Ohnesorg"), ("address", ""), ("phone", "030 / 12 34 56"), ("language", "de"),
                ("subject", "Paket"), ("text", "Wo ist es?"), ("once", "a"), ("call", "1"), ("customer", "0"),
            ]
            for _ in 1...2 { #expect(try await browser.upload("/desk/new", fields).status == .seeOther) }
            let call = try #require(try await browser.test.desk.database.read { db in try db.call(1) })
            let number = try #require(call.ticket.flatMap(TicketNumber.init(rawValue:)))
            #expect(call.settled == .ticket(number.rawValue))
            #expect(try await browser.get(number.deskPath).says("tel:+4930123456"))
            #expect(try await browser.get("/desk/search?q=030123456").says("Erna Ohnesorg"))

            // she calls again: known, and still one customer
            try await tell(browser, "newCall", id: "c2")
            let again = try await browser.get("/desk/new?call=2")
            #expect(again.says("value=\"Erna Ohnesorg\"") && again.values("customer") == ["1"])
            let next = fields.map {
                $0.0 == "once" ? ("once", "b") : $0.0 == "call" ? ("call", "2") : $0.0 == "customer" ? ("customer", "1") : $0
            }
            _ = try await browser.upload("/desk/new", next)
            #expect(try await browser.test.desk.database.read { db in try db.tickets(of: 1, limit: 9) }.count == 2)
            #expect(try await browser.get("/desk/calls").says("href=\"/desk/customers/1\">Erna Ohnesorg</a>"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a number that nobody can dial is refused, and every word stays`() async throws {
        try await AgentBrowser.with { browser in
            let fields = [
                ("way", "phone"), ("name", "Erna"), ("address", ""), ("phone", "Durchwahl 12"), ("language", "de"), ("subject", "Paket"),
                ("text", "Wo?"), ("once", "a"),
            ]
            let page = try await browser.upload("/desk/new", fields)
            #expect(page.status == .unprocessableContent && page.says("Diese Telefonnummer gibt es so nicht."))
            #expect(page.says("value=\"Durchwahl 12\""))
        }
    }

    @Test func `a body that is no form, or far too long, hurts nobody`() async throws {
        try await AgentBrowser.with(environment: Self.switchedOn) { browser in
            let path = "/hooks/calls/\(Self.secret)"
            let json = try await browser.send(.post, path, type: "application/json", body: .init(string: "{}"))
            #expect(json.status == .unsupportedMediaType)
            let long = "event=newCall&callId=" + String(repeating: "x", count: 100_000)
            let cut = try await browser.send(.post, path, type: "application/x-www-form-urlencoded", body: .init(string: long))
            #expect(cut.status.code < 500)
            try await browser.test.expectWhole()
        }
    }
}
