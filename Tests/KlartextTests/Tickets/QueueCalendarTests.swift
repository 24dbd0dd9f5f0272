import Foundation
import Mail
import Testing

@testable import Klartext

/// Each queue is there in its own hours, and keeps the holidays of its own region.
@Suite(.timeLimit(.minutes(2))) struct QueueCalendarTests {
    private static let file = """
        queues:
          - name: general
            title: {de: Allgemein, en: General}
          - name: nacht
            title: {de: Nachtdienst, en: Night shift}
            hours: "Mo-So 0-24"
          - name: technik
            title: {de: Technik, en: Engineering}
            hours: "Mo-Fr 8-12"
            region: DE-BY
        mailboxes:
          - address: hilfe@nordlicht.example
          - address: technik@nordlicht.example
            queue: technik
        """
    private static let office = [
        "KLARTEXT_HOURS": "Mo-Fr 9-17", "KLARTEXT_HOLIDAYS": "DE-BE", "KLARTEXT_FIRST_CONTACT_HOURS": "8", "KLARTEXT_ADDRESS": "",
    ]

    private static func environment(_ path: String) throws -> [String: String] {
        try Data(file.utf8).write(to: URL(fileURLWithPath: path))
        return office.merging(["KLARTEXT_MAILBOXES": path]) { $1 }
    }

    private static func with<Result>(_ body: (TestDesk) async throws -> Result) async throws -> Result {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("queues-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await TestDesk.with(environment: try environment(path), body)
    }

    private func request(_ test: TestDesk, in queue: String?) async throws -> Ticket {
        let sender = try #require(Address(DemoCast.lukasz.address))
        return try await test.desk.tickets.open(
            .init(sender: sender, name: "Łukasz", subject: "Router", text: "Kaputt.", language: .de, channel: .web, files: [], queue: queue)
        ).ticket
    }

    @Test func `the first contact is promised in the hours of the ticket's queue`() async throws {
        try await Self.with { test in
            // Monday, 9:12; eight open hours later
            #expect(try await request(test, in: nil).nextContactAt == TestDesk.start.addingTimeInterval(86_400))
            #expect(try await request(test, in: "nacht").nextContactAt == TestDesk.start.addingTimeInterval(8 * 3600))
            // 2:48 on Monday, four hours on Tuesday, 1:12 on Wednesday
            #expect(try await request(test, in: "technik").nextContactAt == TestDesk.start.addingTimeInterval(2 * 86_400))
            try await test.expectWhole()
        }
    }

    @Test func `moving to a queue that is there sooner brings the next contact forward, and never puts it off`() async throws {
        try await Self.with { test in
            let agent = try await test.addAgent()
            let number = try await request(test, in: nil).number
            try await test.desk.tickets.queue(number, to: "technik", by: agent)
            #expect(try await test.ticket(number).nextContactAt == TestDesk.start.addingTimeInterval(86_400), "never later")
            try await test.desk.tickets.queue(number, to: "nacht", by: agent)
            #expect(try await test.ticket(number).nextContactAt == TestDesk.start.addingTimeInterval(8 * 3600))
            try await test.desk.tickets.queue(number, to: "general", by: agent)
            #expect(try await test.ticket(number).nextContactAt == TestDesk.start.addingTimeInterval(8 * 3600), "never later")
            try await test.expectWhole()
        }
    }

    @Test func `a missed promise gets its new time in the hours of the queue`() async throws {
        try await Self.with { test in
            let agent = try await test.addAgent()
            for queue in ["general", "nacht", "technik"] {
                let number = try await request(test, in: queue).number
                let due = TestDesk.start.addingTimeInterval(3600)
                try await test.desk.tickets.promise(
                    .init(channel: .call, text: "Anruf", owner: agent.id, dueAt: due), about: number, by: agent)
            }
            test.pass(hours: 1)  // 10:12
            #expect(try await test.desk.tickets.keepWord().missedPromises == 3)
            let dueTimes = try await test.desk.database.read { db in try db.promises(after: 0, limit: 9).map(\.dueAt) }
            // half a working day: 14:12, 14:12, and Tuesday 10:12
            let hours = dueTimes.map { $0.timeIntervalSince(TestDesk.start) / 3600 }
            #expect(hours == [5, 5, 25])
            try await test.expectWhole()
        }
    }

    @Test func `there is nothing new: the next time lies in the hours of the queue`() async throws {
        try await Self.with { test in
            let number = try await request(test, in: "nacht").number
            test.pass(hours: 8)  // 17:12, when the others have gone home
            #expect(try await test.desk.tickets.keepWord().nothingNew == 1)
            #expect(try await test.ticket(number).nextContactAt == TestDesk.start.addingTimeInterval(16 * 3600))
        }
    }

    @Test func `a team is warned while it is there, and not while another one is`() async throws {
        try await Self.with { test in
            let agent = try await test.addAgent()
            for queue in ["general", "nacht"] {
                let number = try await request(test, in: queue).number
                let due = TestDesk.start.addingTimeInterval(25 * 3600)  // Tuesday, 10:12
                try await test.desk.tickets.promise(
                    .init(channel: .call, text: "Anruf", owner: agent.id, dueAt: due), about: number, by: agent)
            }
            test.pass(hours: 21.8)  // Tuesday, 7:00
            _ = try await test.desk.tickets.remindAgents()
            let early = try await test.desk.database.read { db in try db.promises(after: 0, limit: 9).map(\.reminded) }
            #expect(early == [.nobody, .owner])
            test.pass(hours: 2.2)  // 9:12
            _ = try await test.desk.tickets.remindAgents()
            let later = try await test.desk.database.read { db in try db.promises(after: 0, limit: 9).map(\.reminded) }
            #expect(later == [.everybody, .everybody])
            try await test.expectWhole()
        }
    }

    @Test func `what is written is read in the hours of the ticket's queue, and customers see when somebody is there`() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("queues-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await AgentBrowser.with(environment: try Self.environment(path)) { browser in
            let test = browser.test
            let (general, technik) = (try await request(test, in: nil).number, try await request(test, in: "technik").number)
            let night = try await request(test, in: "nacht").number
            let text = [("text", "Wir melden uns morgen bis Geschäftsschluss.")]
            #expect(try await browser.post("\(general.deskPath)/promises/find", text).says("value=\"2026-11-24T17:00\""))
            #expect(try await browser.post("\(technik.deskPath)/promises/find", text).says("value=\"2026-11-24T12:00\""))
            #expect(try await browser.customerPage(general).says("Wir sind da: Mo–Fr 9–17 Uhr, außer an Feiertagen (Berlin)."))
            #expect(try await browser.customerPage(technik).says("Wir sind da: Mo–Fr 8–12 Uhr, außer an Feiertagen (Bayern)."))
            #expect(try await browser.customerPage(night).says("Mo–So 0–24 Uhr, außer an Feiertagen (Berlin)"))
        }
    }

    @Test func `a request type names its queue`() async throws {
        try await withTemporaryDirectory { directory in
            let forms = directory + "/forms"
            try FileManager.default.createDirectory(atPath: forms, withIntermediateDirectories: true)
            let form = "id: fault\nposition: 1\ntitle: Störung\nqueue: technik\n"
            try Data(form.utf8).write(to: URL(fileURLWithPath: forms + "/fault.yaml"))
            let environment = try Self.environment(directory + "/mailboxes.yaml").merging(["KLARTEXT_FORMS": forms]) { $1 }
            try await Browser.with(environment: environment) { browser in
                _ = try await browser.ask()
                #expect(try await browser.ticket().queue == "technik")
            }
            try Data(form.replacingOccurrences(of: "technik", with: "teknik").utf8).write(to: URL(fileURLWithPath: forms + "/fault.yaml"))
            await #expect(throws: FormsError.self) { try await TestDesk.with(environment: environment) { _ in } }
        }
    }
}
