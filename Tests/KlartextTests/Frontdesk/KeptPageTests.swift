import Foundation
import Testing

@testable import Klartext

/// How promises are kept, for everybody who wants to know.
@Suite(.timeLimit(.minutes(2))) struct KeptPageTests {
    private static let published = ["KLARTEXT_PUBLISH_PROMISES": "true"]

    @Test func `where it is not switched on there is no such page, and no way to it`() async throws {
        try await AgentBrowser.stranger { browser in
            let (page, home) = (try await browser.get("/promises"), try await browser.get("/"))
            #expect(page.status == .notFound && home.status == .ok && !home.says("href=\"/promises\""))
        }
    }

    @Test func `what was given, kept, late and taken back is told by the month, in both languages, without a name`() async throws {
        try await AgentBrowser.stranger(environment: Self.published) { browser in
            let (desk, agent) = (browser.test.desk, browser.agent)
            #expect(try await browser.get("/promises").says("war noch keine Zusage fällig"))
            let number = try await browser.ticket()
            for hours in 1...8 {
                let due = TestDesk.start.addingTimeInterval(Double(hours) * 3600)
                let thirdParty = hours == 8 ? "DHL" : nil
                try await desk.tickets.promise(
                    .init(channel: .call, text: "Zusage \(hours)", thirdParty: thirdParty, owner: agent.id, dueAt: due), about: number,
                    by: agent)
            }
            let ids = try await desk.database.read { db in try db.promises(about: number.subject).map(\.id) }
            for id in ids.prefix(4) { try await desk.tickets.keep(promise: id, how: "", by: agent) }
            // moving the time is no way to keep it
            try await desk.tickets.move(promise: ids[4], to: TestDesk.start.addingTimeInterval(86_400 * 9), because: "Krank", by: agent)
            try await desk.tickets.withdraw(promise: ids[5], because: "Nicht nötig", by: agent)
            browser.test.pass(hours: 9)
            _ = try await desk.tickets.keepWord()
            let page = try await browser.get("/promises")
            let row = "<tr><th scope=\"row\">November 2026</th><td>66 %</td><td>4</td><td>2</td><td>1</td><td>7</td></tr>"
            #expect(page.says(row))
            #expect(page.says("Von 6 Zusagen der letzten zwölf Monate haben wir 4 rechtzeitig gehalten: 66 %."))
            #expect(page.says("Anteil gehalten = gehalten ÷ (gehalten + zu spät)"))
            #expect(page.says("<tr><th scope=\"row\">Dezember 2025</th><td>–</td>"))
            #expect(!page.says(agent.name) && !page.says("Zusage 1") && !page.says("DHL"))
            #expect(try await browser.get("/promises?lang=en").says("Share kept = kept ÷ (kept + late)"))
            #expect(try await browser.get("/request").says("href=\"/promises\""))
        }
    }

    @Test func `a few promises have no share, and the figures are counted at most once a minute`() async throws {
        try await AgentBrowser.stranger(environment: Self.published) { browser in
            let (desk, agent) = (browser.test.desk, browser.agent)
            let number = try await browser.ticket()
            let due = TestDesk.start.addingTimeInterval(3600)
            try await desk.tickets.promise(.init(channel: .call, text: "Anruf", owner: agent.id, dueAt: due), about: number, by: agent)
            browser.test.pass(hours: 2)
            let page = try await browser.get("/promises")
            #expect(page.says("<td>–</td><td>0</td><td>1</td><td>0</td><td>1</td>") && page.says("weniger als 5 Zusagen"))
            let id = try #require(try await desk.database.read { db in try db.promises(about: number.subject).first?.id })
            try await desk.database.write { tx in try tx.removePromise(id) }
            #expect(try await browser.get("/promises").says("<td>–</td><td>0</td><td>1</td><td>0</td><td>1</td>"))
            browser.test.pass(minutes: 1.1)
            #expect(try await browser.get("/promises").says("war noch keine Zusage fällig"))
        }
    }
}
