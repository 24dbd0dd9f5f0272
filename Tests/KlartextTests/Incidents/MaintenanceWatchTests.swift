import Foundation
import Testing

@testable import Klartext

/// Maintenances on a desk: nobody has to be there when they begin and end.
@Suite(.timeLimit(.minutes(3))) struct MaintenanceWatchTests {
    private func saying(_ text: PublicText = Outage.both) -> MaintenanceEvent.Saying { .init(id: Incidents.draw(), text: text) }

    private func announce(_ stage: StatusStage, hours: Double = 2, verifies: Bool = false, rule: String? = nil) async throws -> Maintenance
    {
        let start = stage.now.addingTimeInterval(hours * 3600)
        let announcing = MaintenanceEvent.Announcing(
            title: PublicText(de: "Umzug", en: "Move"), owner: stage.ayse.id, scheduledFor: start,
            scheduledUntil: start.addingTimeInterval(3600), effects: [ComponentEffect(component: stage.web, state: .underMaintenance)],
            verifies: verifies, series: rule.map { MaintenanceSeries(rule: $0, firstAt: start, slot: start) })
        return try await stage.incidents.announce(announcing, saying: saying(), by: stage.actor)
    }

    private func state(of component: PublicID, _ stage: StatusStage) async throws -> ComponentState? {
        try await stage.incidents.published().components.first { $0.id == component.text }?.state
    }

    @Test func `it begins and ends by itself, in both languages, and the page follows`() async throws {
        try await StatusStage.with { stage in
            let id = try await announce(stage).id
            #expect(try await state(of: stage.web, stage) == .operational)
            stage.test.pass(hours: 2)
            #expect(try await stage.incidents.watch().maintenances == 1)
            #expect(try await state(of: stage.web, stage) == .underMaintenance)
            #expect(try await stage.incidents.watch().maintenances == 0)
            stage.test.pass(hours: 1)
            #expect(try await stage.incidents.watch().maintenances == 1)
            #expect(try await state(of: stage.web, stage) == .operational)
            let published = try #require(try await stage.incidents.published().maintenances.first)
            #expect(published.id == id.text && published.state == .completed)
            #expect(published.updates.map(\.state) == ["completed", "in_progress", "scheduled"])
            #expect(published.updates.allSatisfy { $0.text.missing.isEmpty })
            #expect(
                try await stage.incidents.published().components.first { $0.id == stage.web.text }?.days.last?.maintenanceSeconds == 3600)
        }
    }

    @Test func `what is verified is asked for, and ends when somebody says so`() async throws {
        try await StatusStage.with { stage in
            let id = try await announce(stage, verifies: true).id
            stage.test.pass(hours: 3)
            #expect(try await stage.incidents.watch().maintenances == 1)
            #expect(try await state(of: stage.web, stage) == .underMaintenance)
            stage.test.pass(minutes: 25)
            let before = stage.test.carrier.sent.count
            #expect(try await stage.incidents.watch().reminders == 1)
            #expect(try await stage.sent(since: before)[stage.ayse.address]?.first?.contains("Läuft alles?") == true)
            let over = try await stage.incidents.complete(maintenance: id, saying(), by: stage.actor)
            #expect(over.state == .completed && over.verification == nil)
            #expect(try await stage.incidents.watch().reminders == 0)
        }
    }

    @Test func `a series goes on by itself, also after one that was cancelled, until its rule ends it`() async throws {
        try await StatusStage.with { stage in
            let first = try await announce(stage, rule: "FREQ=DAILY;COUNT=3")
            stage.test.pass(hours: 3)
            _ = try await stage.incidents.watch()
            let second = try #require(try await stage.incidents.maintenances().last)
            #expect(second.scheduledFor == first.scheduledFor.addingTimeInterval(86_400))
            #expect(second.updates.map(\.text) == [Outage.both])
            try await stage.incidents.cancel(maintenance: second.id, saying(), by: stage.actor)
            _ = try await stage.incidents.watch()
            let third = try #require(try await stage.incidents.maintenances().last)
            #expect(third.scheduledFor == first.scheduledFor.addingTimeInterval(2 * 86_400))
            try await stage.incidents.move(
                maintenance: third.id, to: stage.now.addingTimeInterval(3600), until: stage.now.addingTimeInterval(7200), saying(),
                by: stage.actor)
            stage.test.pass(hours: 2)
            _ = try await stage.incidents.watch()
            _ = try await stage.incidents.watch()
            let all = try await stage.incidents.maintenances()
            #expect(all.count == 3 && all.allSatisfy { $0.isOver && $0.hasContinued })
        }
    }

    @Test func `subscribers' reminders are marked once`() async throws {
        try await StatusStage.with { stage in
            let id = try await announce(stage, hours: 30).id
            var leads: [Maintenance.Lead] = []
            for _ in 0..<58 {
                stage.test.pass(minutes: 30)
                _ = try await stage.incidents.watch()
                let lead = try #require(try await stage.incidents.maintenance(id)).reminded
                if leads.last != lead { leads.append(lead) }
            }
            #expect(leads == [.none, .day, .hour])
            let events = try await stage.test.desk.database.read { db in try db.history(Maintenance.self, id).map(\.event.telling) }
            #expect(events.filter { $0 == .reminder(.day) }.count == 1 && events.filter { $0 == .reminder(.hour) }.count == 1)
        }
    }
}
