import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct MaintenanceTests {
    private let now = Outage.now
    private let words = PublicText(de: "Wir tauschen die Datenbank.", en: "We replace the database.")

    private func saying(_ number: UInt64) -> MaintenanceEvent.Saying { .init(id: PublicID(drawn: 200 + number), text: words) }

    private func announcing(hours: Double = 48, minutes: Double = 60, verifies: Bool = false, rule: String? = nil)
        -> MaintenanceEvent.Announcing
    {
        let start = Outage.minutes(hours * 60)
        return .init(
            title: PublicText(de: "Datenbanktausch", en: "Database replacement"), owner: 3, scheduledFor: start,
            scheduledUntil: start.addingTimeInterval(minutes * 60),
            effects: [ComponentEffect(component: Outage.web, state: .underMaintenance)], verifies: verifies,
            series: rule.map { MaintenanceSeries(rule: $0, firstAt: start, slot: start) })
    }

    private func announced(hours: Double = 48, minutes: Double = 60, verifies: Bool = false, rule: String? = nil) throws -> Maintenance {
        try Maintenance.announcing(
            announcing(hours: hours, minutes: minutes, verifies: verifies, rule: rule), id: PublicID(drawn: 20), saying: saying(1),
            by: Outage.agent, at: now
        ).after
    }

    /// Takes all steps that are due, as the product does.
    private func watched(_ maintenance: Maintenance, at now: Date) -> Maintenance {
        var (maintenance, number) = (maintenance, UInt64(50))
        while let step = maintenance.step(at: now) {
            maintenance = maintenance.taking(step, saying(number), by: .system("incidents"), at: now).after
            number += 1
        }
        return maintenance
    }

    @Test func `it begins and ends by the clock at the times that were announced`() throws {
        let maintenance = try announced()
        #expect(maintenance.step(at: Outage.minutes(48 * 60 - 0.01)) == nil)
        let running = watched(maintenance, at: Outage.minutes(48 * 60 + 0.1))
        #expect(running.state == .inProgress)
        #expect(running.startedAt == maintenance.scheduledFor)
        #expect(running.spans.map(\.state) == [.underMaintenance])
        #expect(running.spans.first?.until == nil)
        let over = watched(running, at: Outage.minutes(49 * 60))
        #expect(over.state == .completed)
        #expect(over.completedAt == maintenance.scheduledUntil)
        #expect(over.spans.map { $0.until?.timeIntervalSince($0.from) } == [3600])
    }

    @Test func `what began and ended while nobody looked is told with its own times`() throws {
        let over = watched(try announced(), at: Outage.minutes(60 * 60))
        #expect(over.updates.map(\.state) == [.scheduled, .inProgress, .completed])
        #expect(over.updates.last?.displayAt == over.scheduledUntil)
        #expect(over.updates.last?.writtenAt == Outage.minutes(60 * 60))
    }

    @Test func `what is verified ends when somebody says so, and is asked for`() throws {
        let verified = watched(try announced(verifies: true), at: Outage.minutes(49 * 60))
        #expect(verified.state == .verifying)
        #expect(verified.step(at: Outage.minutes(100 * 60)) == nil)
        #expect(verified.spans.first?.until == nil)
        #expect(verified.reminder(at: Outage.minutes(49 * 60 + 24)) == nil)
        #expect(verified.reminder(at: Outage.minutes(49 * 60 + 25)) == .owner)
        #expect(verified.reminder(at: Outage.minutes(49 * 60 + 30)) == .everybody(alarm: 1))
        let over = try verified.completing(saying(7), by: Outage.agent, at: Outage.minutes(49 * 60 + 10)).after
        #expect(over.state == .completed)
        #expect(over.verification == nil)
        #expect(over.spans.first?.until == Outage.minutes(49 * 60 + 10))
    }

    @Test func `subscribers are reminded a day and an hour before, and not of what they have just read`() throws {
        var maintenance = try announced(hours: 48)
        #expect(maintenance.subscribersReminder(at: Outage.minutes(24 * 60 - 1)) == nil)
        #expect(maintenance.subscribersReminder(at: Outage.minutes(24 * 60)) == .day)
        maintenance = maintenance.remindingSubscribers(.day, by: .system("incidents"), at: Outage.minutes(24 * 60)).after
        #expect(maintenance.subscribersReminder(at: Outage.minutes(46 * 60)) == nil)
        #expect(maintenance.subscribersReminder(at: Outage.minutes(47 * 60)) == .hour)
        maintenance = maintenance.remindingSubscribers(.hour, by: .system("incidents"), at: Outage.minutes(47 * 60)).after
        #expect(maintenance.subscribersReminder(at: Outage.minutes(48 * 60 - 1)) == nil)
        #expect(try announced(hours: 12).subscribersReminder(at: Outage.minutes(1)) == nil)
        #expect(try announced(hours: 12).subscribersReminder(at: Outage.minutes(11 * 60)) == .hour)
    }

    @Test func `moved, it is announced anew, and calendars take the change over`() throws {
        let reminded = try announced().remindingSubscribers(.hour, by: .system("incidents"), at: Outage.minutes(47 * 60)).after
        let at = Outage.minutes(47.5 * 60)
        let moved = try reminded.moving(
            to: Outage.minutes(96 * 60), until: Outage.minutes(97 * 60), saying(2), by: Outage.agent, at: at
        ).after
        #expect(moved.sequence == 1)
        #expect(moved.reminded == .none)
        #expect(moved.subscribersReminder(at: Outage.minutes(72 * 60)) == .day)
        let longer = try moved.extending(until: Outage.minutes(99 * 60), saying(3), by: Outage.agent, at: at).after
        #expect(longer.sequence == 2)
        #expect(watched(longer, at: Outage.minutes(98 * 60)).state == .inProgress)
        #expect(throws: MaintenanceRefusal.started) {
            try watched(longer, at: Outage.minutes(98 * 60)).moving(
                to: Outage.minutes(196 * 60), until: Outage.minutes(197 * 60), saying(4), by: Outage.agent, at: Outage.minutes(98 * 60))
        }
    }

    @Test func `cancelled, it is over and says why`() throws {
        let before = try announced().cancelling(saying(2), by: Outage.agent, at: now).after
        #expect(before.isOver)
        #expect(before.cancelledAt == now)
        #expect(before.spans.isEmpty)
        #expect(throws: MaintenanceRefusal.over) { try before.updating(saying(3), by: Outage.agent, at: now) }
        let during = watched(try announced(), at: Outage.minutes(48.5 * 60))
        let stopped = try during.cancelling(saying(2), by: Outage.agent, at: Outage.minutes(48.5 * 60)).after
        #expect(stopped.spans.map { $0.until?.timeIntervalSince($0.from) } == [1800])
        #expect(throws: MaintenanceRefusal.emptyText) {
            try announced().cancelling(.init(id: PublicID(drawn: 1), text: PublicText()), by: Outage.agent, at: now)
        }
    }

    @Test(
        arguments: [(-1, 60, .badStart), (800 * 24, 60, .badStart), (48, 0, .badEnd), (48, 8 * 24 * 60, .badEnd)]
            as [(Double, Double, MaintenanceRefusal)])
    func `times that make no sense are refused`(_ hours: Double, _ minutes: Double, _ refusal: MaintenanceRefusal) {
        #expect(throws: refusal) { try announced(hours: hours, minutes: minutes) }
    }

    @Test func `the next one of a series is announced when one is over`() throws {
        let maintenance = try announced(rule: "FREQ=WEEKLY;COUNT=2")
        #expect(maintenance.nextSlot(after: now, in: Outage.berlin) == nil)
        let over = watched(maintenance, at: Outage.minutes(49 * 60))
        let slot = try #require(over.nextSlot(after: Outage.minutes(49 * 60), in: Outage.berlin))
        #expect(slot == maintenance.scheduledFor.addingTimeInterval(7 * 86_400))
        let next = over.following(at: slot)
        #expect(next.scheduledUntil.timeIntervalSince(slot) == 3600)
        let continued = over.continuing(with: PublicID(drawn: 21), by: .system("incidents"), at: Outage.minutes(49 * 60)).after
        #expect(continued.nextSlot(after: Outage.minutes(49 * 60), in: Outage.berlin) == nil)
        let second = try Maintenance.announcing(
            next, id: PublicID(drawn: 21), saying: saying(9), by: .system("incidents"), at: Outage.minutes(49 * 60)
        ).after
        let last = try second.cancelling(saying(10), by: Outage.agent, at: Outage.minutes(50 * 60)).after
        #expect(last.nextSlot(after: Outage.minutes(50 * 60), in: Outage.berlin) == nil)
        #expect(throws: MaintenanceRefusal.badRecurrence(.unsupported("FREQ=YEARLY"))) { try announced(rule: "FREQ=YEARLY") }
    }

    @Test(arguments: 0..<60) func `whatever is done to it, it is the fold of its journal and ends`(_ seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        var (moment, number) = (now, UInt64(10))
        let change = try Maintenance.announcing(
            announcing(verifies: seed % 2 == 0), id: PublicID(drawn: 20), saying: saying(1), by: Outage.agent, at: now)
        var (maintenance, journal) = (change.after, change.events.map { (event: $0, at: now) })
        func record(_ change: Change<Maintenance>?) {
            guard let change else { return }
            journal += change.events.map { ($0, change.at) }
            maintenance = change.after
        }
        for _ in 0..<25 {
            moment = moment.addingTimeInterval(.random(in: 60...20_000, using: &random))
            number += 1
            while let step = maintenance.step(at: moment) {
                number += 1
                record(maintenance.taking(step, saying(number), by: .system("incidents"), at: moment))
            }
            if let lead = maintenance.subscribersReminder(at: moment) {
                record(maintenance.remindingSubscribers(lead, by: .system("x"), at: moment))
            }
            if let reminder = maintenance.reminder(at: moment) { record(maintenance.reminding(reminder, by: .system("x"), at: moment)) }
            let hour = Double.random(in: 1...60, using: &random) * 3600
            switch Int.random(in: 0..<8, using: &random) {
            case 0: record(try? maintenance.updating(saying(number), by: Outage.agent, at: moment))
            case 1:
                record(
                    try? maintenance.moving(to: moment + hour, until: moment + hour + 3600, saying(number), by: Outage.agent, at: moment))
            case 2: record(try? maintenance.extending(until: moment + hour, saying(number), by: Outage.agent, at: moment))
            case 3: record(try? maintenance.starting(saying(number), by: Outage.agent, at: moment))
            case 4: record(try? maintenance.completing(saying(number), by: Outage.agent, at: moment))
            case 5: record(try? maintenance.retitling(to: PublicText(de: "N\(number)"), by: Outage.agent, at: moment))
            case 6 where seed % 5 == 0: record(try? maintenance.cancelling(saying(number), by: Outage.agent, at: moment))
            default: break
            }
            #expect((maintenance.state == .verifying) == (maintenance.verification != nil))
            #expect(maintenance.isOver == (maintenance.nextStepAt == nil))
            #expect(maintenance.isOver || maintenance.step(at: moment) == nil || maintenance.scheduledUntil <= moment)
        }
        #expect(Maintenance.folded(maintenance.id, journal) == maintenance)
    }
}
