import Foundation
import NIOConcurrencyHelpers
import Testing

@testable import Klartext

/// What of the record becomes public, and when.
@Suite(.timeLimit(.minutes(3))) struct PublishingTests {
    @Test func `groups stand before their components, and what is hidden or retired is not published`() async throws {
        try await StatusStage.with { stage in
            func ids() async throws -> [String] { try await stage.incidents.published().components.map(\.id) }
            #expect(try await ids() == [stage.group, stage.web, stage.mail, stage.shop].map(\.text))
            try await stage.incidents.arrangeComponents([stage.shop, stage.group], in: nil, by: stage.actor)
            try await stage.incidents.arrangeComponents([stage.mail], in: stage.group, by: stage.actor)
            #expect(try await ids() == [stage.shop, stage.group, stage.mail, stage.web].map(\.text))
            let incident = try await stage.open()
            try await stage.incidents.hideComponent(stage.mail, true, by: stage.actor)
            #expect(try await ids() == [stage.shop, stage.group, stage.web].map(\.text))
            let published = try await stage.incidents.published()
            #expect(published.components.allSatisfy { $0.state == .operational })
            #expect(published.incidents.map(\.id) == [incident.id.text])
            #expect(published.incidents[0].components.isEmpty && published.incidents[0].updates[0].components.isEmpty)
            try await stage.incidents.hideComponent(stage.group, true, by: stage.actor)
            #expect(try await ids() == [stage.shop.text])
        }
    }

    @Test func `an outage counts from its beginning, on the days it touched`() async throws {
        try await StatusStage.with { stage in
            try await stage.incidents.countComponent(stage.mail, from: LocalDay("2026-11-01"), by: stage.actor)
            let incident = try await stage.open()
            stage.test.pass(minutes: 20)
            try await stage.incidents.resolve(incident.id, stage.new(.resolved, next: nil), by: stage.actor)
            let component = try #require(try await stage.incidents.published().components.first { $0.id == stage.mail.text })
            #expect(component.days.count == 23)
            #expect(component.startDay == "2026-11-01")
            #expect(component.days.last?.majorSeconds == 30 * 60)
            #expect(component.days.last?.incidents == [incident.id.text])
            #expect(component.updatedAt == stage.now)
            let other = try #require(try await stage.incidents.published().components.first { $0.id == stage.shop.text })
            #expect(other.days.map(\.day) == ["2026-11-23"])
        }
    }

    @Test func `each change is published, the newest last, whatever comes in between`() async throws {
        let seen = NIOLockedValueBox<[PublishedStatus]>([])
        try await TestDesk.with { test in
            let stage = try await StatusStage(test)
            let publishing = try await Desk.open(
                test.desk.configuration, clock: test.time.clock, carrier: test.carrier, logger: test.desk.logger,
                publish: { status in seen.withLockedValue { $0.append(status) } })
            let worker = Work(publishing).worker
            try await worker.drain()
            #expect(seen.withLockedValue { $0.count } == 1)
            let incident = try await stage.open()
            try await worker.drain()
            #expect(seen.withLockedValue { $0.last }?.incidents.map(\.id) == [incident.id.text])
            // three changes before anybody comes to publish are one page, and it is the last
            for state in [IncidentState.identified, .monitoring] {
                try await stage.incidents.update(incident.id, stage.new(state), by: stage.actor)
            }
            try await stage.incidents.resolve(incident.id, stage.new(.resolved, next: nil), by: stage.actor)
            try await worker.drain()
            #expect(seen.withLockedValue { $0.last }?.incidents.first?.state == .resolved)
            #expect(seen.withLockedValue { $0.count } == 3)
            // reminders and questions are no business of the public
            try await stage.incidents.hand(incident.id, to: nil, by: stage.actor)
            try await worker.drain()
            #expect(seen.withLockedValue { $0.count } == 3)
            await publishing.close()
        }
    }

    @Test func `the page says whose it is and where, and keeps its name`() async throws {
        try await StatusStage.with { stage in
            let page = try await stage.incidents.published().page
            #expect(page.url == "https://hilfe.nordlicht.example/status")
            #expect(page.deskURL == "https://hilfe.nordlicht.example")
            #expect(page.name == DemoCast.company && page.timeZone == "Europe/Berlin")
            #expect(PublicID(page.id) != nil && page.id != PublicID(drawn: 0).text)
        }
        #expect(Configuration.pageURL("https://Status.Nordlicht.example/") == "https://status.nordlicht.example")
        #expect(Configuration.pageURL("http://localhost:8080/status/") == "http://localhost:8080/status")
        for bad in [
            "", "status.example", "ftp://status.example", "https://status.example/a b", "https://x.example/?q", "https://x.example/../a",
            "https://x.example/%41",
        ] {
            #expect(Configuration.pageURL(bad) == nil, "\(bad)")
        }
    }
}
