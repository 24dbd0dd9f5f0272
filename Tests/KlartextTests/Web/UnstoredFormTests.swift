import Foundation
import Storage
import Testing

@testable import Klartext

/// What people typed when our database fails: it comes back, and sent again it is there once.
@Suite(.timeLimit(.minutes(2)))
struct UnstoredFormTests {
    @Test func `a reply that cannot be stored comes back whole and is sent once`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let fields = try await browser.answer(number, text: "Wir suchen es.\nHeute noch.")
            // The session is looked up by reading, so that the first statement is the reply's own.
            browser.test.desk.database.faults = FaultPlan(failAtStatement: 1)
            let page = try await browser.upload("\(number.deskPath)/reply", fields, files: [("skizze.txt", "Lager 3")])
            browser.test.desk.database.faults = nil
            #expect(page.status == .serviceUnavailable)
            #expect(page.says("Wir suchen es.\nHeute noch."))
            #expect(page.says("Es geht nur einmal hinaus"))
            #expect(page.says("skizze.txt"))
            let kept = try #require(page.values("kept").first)
            for _ in 1...2 {
                let sent = try await browser.upload("\(number.deskPath)/reply", fields + [("kept", kept)])
                #expect(sent.location == "\(number.deskPath)?done=reply")
            }
            let file = try #require(try await browser.test.desk.tickets.file(number))
            #expect(file.messages.count == 2)
            #expect(file.attachments.map(\.name) == ["skizze.txt"])
        }
    }

    @Test func `the same answer with another decision is not taken for the one that was sent`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let (ours, solved) = (
                try await browser.answer(number), try await browser.answer(number, turn: "solved", cause: "Lag im Lager.")
            )
            #expect(try await browser.upload("\(number.deskPath)/reply", ours).status == .seeOther)
            #expect(try await browser.upload("\(number.deskPath)/reply", solved).status == .conflict)
        }
    }

    @Test func `a note sent twice from one page is one note, from two pages two`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            for expected in [1, 1, 2] {
                let seen = expected == 1 ? "3" : try #require(try await browser.get(number.deskPath).values("seen").last)
                let page = try await browser.post("\(number.deskPath)/notes", [("text", "Niemand da."), ("seen", seen)])
                #expect(page.location == "\(number.deskPath)?done=note")
                #expect(try await browser.test.desk.tickets.file(number)?.notes.count == expected)
            }
        }
    }

    /// Without a database nobody can even be known to have signed in.
    @Test func `without a database agents get back what they typed`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            let fields = try await browser.answer(number, text: "Wir <suchen> es.")
            await browser.test.desk.database.close()
            let page = try await browser.upload("\(number.deskPath)/reply", fields)
            #expect(page.status.code >= 500)
            #expect(page.says("Wir &lt;suchen&gt; es.") && page.says("Was Sie geschrieben haben, ist noch da."))
            #expect(page.says("action=\"\(number.deskPath)/reply\""))
            #expect(page.values("seen") == fields.filter { $0.0 == "seen" }.map(\.1))
            #expect(page.values("turn") == ["us"])

            let held = try await browser.post("/desk/held/1/refuse", [("text", "Bitte schreiben Sie noch einmal.")])
            #expect(held.says("Bitte schreiben Sie noch einmal."))
            let password = try await browser.post(
                "/desk/settings/password", [("currentPassword", "geheim-alt"), ("newPassword", "geheim-neu")])
            #expect(password.status.code >= 500)
            #expect(!password.says("geheim"))
        }
    }

    @Test func `without a database customers get back what they typed`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            let stamp = try await browser.stamp(path)
            await browser.test.desk.database.close()
            let page = try await browser.post("\(path)/messages", [("started", stamp), ("text", "Es fehlt noch immer.")])
            #expect(page.status.code >= 500)
            #expect(page.says("Es fehlt noch immer."))
            #expect(page.values("started") == [stamp])
            #expect(page.says("action=\"\(path)/messages\""))
        }
    }
}
