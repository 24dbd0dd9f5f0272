import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct IncidentRulesTests {
    private let now = Outage.now

    @Test func `a first word says what is disturbed, since when, and by when the next word comes`() throws {
        let incident = try Outage.opened()
        #expect(incident.state == .investigating)
        #expect(incident.impact == .critical)
        #expect(incident.startedAt == Outage.minutes(-10))
        #expect(incident.nextUpdate?.by == Outage.minutes(30))
        #expect(incident.components == [Outage.mail])
        #expect(incident.owing.isEmpty)
    }

    @Test(arguments: [nil, 0, -1, 7 * 24 * 60 + 1] as [Double?])
    func `without a good time for the next word nothing is published`(_ next: Double?) throws {
        let refusal: IncidentRefusal = next == nil ? .noNextUpdate : .badNextUpdate
        let bad = Outage.update(1, components: [Outage.mail: .majorOutage], next: next)
        #expect(throws: refusal) {
            try Incident.opening(Outage.opening(), id: PublicID(drawn: 9), saying: bad, by: Outage.agent, at: now)
        }
        let incident = try Outage.opened()
        #expect(throws: refusal) { try incident.updating(Outage.update(2, next: next), by: Outage.agent, at: now) }
    }

    @Test func `what cannot be said is refused`() throws {
        let incident = try Outage.opened()
        #expect(throws: IncidentRefusal.emptyText) {
            try incident.updating(Outage.update(2, .identified, PublicText(de: " \u{00A0}")), by: Outage.agent, at: now)
        }
        #expect(throws: IncidentRefusal.tooLong) {
            try incident.updating(
                Outage.update(2, .identified, PublicText(de: String(repeating: "x", count: 20_001))), by: Outage.agent, at: now)
        }
        #expect(throws: IncidentRefusal.badState) { try incident.updating(Outage.update(2, .resolved), by: Outage.agent, at: now) }
        #expect(throws: IncidentRefusal.badState) { try incident.resolving(Outage.update(2, .monitoring), by: Outage.agent, at: now) }
        #expect(throws: IncidentRefusal.notResolved) { try incident.tellingPostmortem(Outage.both, by: Outage.agent, at: now) }
        #expect(throws: IncidentRefusal.alreadyOpen) { try incident.reopening(Outage.update(2), by: Outage.agent, at: now) }
        var future = Outage.opening()
        future.startedAt = Outage.minutes(1)
        let first = Outage.update(1, components: [Outage.mail: .majorOutage])
        #expect(throws: IncidentRefusal.startsInFuture) {
            try Incident.opening(future, id: PublicID(drawn: 9), saying: first, by: Outage.agent, at: now)
        }
        #expect(throws: IncidentRefusal.noComponents) {
            try Incident.opening(Outage.opening(), id: PublicID(drawn: 9), saying: Outage.update(1), by: Outage.agent, at: now)
        }
    }

    @Test func `who has not seen the newest word cannot speak over it`() throws {
        let incident = try Outage.opened()
        var update = Outage.update(2)
        update.seen = PublicID(drawn: 999)
        #expect(throws: IncidentRefusal.overtaken(by: PublicID(drawn: 101))) { try incident.updating(update, by: Outage.agent, at: now) }
        update.seen = PublicID(drawn: 101)
        #expect(try incident.updating(update, by: Outage.agent, at: now).after.updates.count == 2)
    }

    @Test func `resolved, components work again unless it is said that they do not`() throws {
        let two = try Outage.opened().updating(
            Outage.update(2, .identified, components: [Outage.web: .degradedPerformance]), by: Outage.agent, at: now
        ).after
        let all = try two.resolving(Outage.update(3, .resolved, next: nil), by: Outage.agent, at: Outage.minutes(20)).after
        #expect(all.components.allSatisfy { all.moments.state(of: $0) == .operational })
        #expect(all.nextUpdate == nil)
        #expect(all.resolvedAt == Outage.minutes(20))
        #expect(all.impact == .critical)
        let left = Outage.update(3, .resolved, components: [Outage.web: .degradedPerformance], next: nil)
        let some = try two.resolving(left, by: Outage.agent, at: Outage.minutes(20)).after
        #expect(some.moments.state(of: Outage.web) == .degradedPerformance)
        #expect(some.moments.state(of: Outage.mail) == .operational)
        let later = some.turning([Outage.web: .operational], by: Outage.agent, at: Outage.minutes(90))
        #expect(later.events.count == 1)
        #expect(later.events.compactMap(\.telling).isEmpty)
        #expect(later.after.moments.state(of: Outage.web) == .operational)
    }

    @Test func `what begins again is the same incident`() throws {
        let over = try Outage.opened().resolving(Outage.update(2, .resolved, next: nil), by: Outage.agent, at: Outage.minutes(20)).after
        let told = try over.tellingPostmortem(Outage.both, by: Outage.agent, at: Outage.minutes(60)).after
        #expect(told.state == .postmortem)
        let again = Outage.update(3, components: [Outage.mail: .partialOutage], next: 20, at: Outage.minutes(70))
        let change = try told.reopening(again, by: Outage.agent, at: Outage.minutes(70))
        #expect(change.after.id == over.id)
        #expect(change.after.resolvedAt == nil)
        #expect(change.after.nextUpdate?.by == Outage.minutes(90))
        #expect(change.after.postmortem == Outage.both)
        #expect(change.events.map(\.telling) == [.update(PublicID(drawn: 103))])
    }

    @Test func `an update that comes later than promised says by how much`() throws {
        let incident = try Outage.opened(next: 30)
        func late(_ minutes: Double) throws -> Int? {
            try incident.updating(Outage.update(2, next: 30, at: Outage.minutes(minutes)), by: Outage.agent, at: Outage.minutes(minutes))
                .after.updates.last?.minutesLate
        }
        #expect(try late(30) == nil)
        #expect(try late(30.01) == 1)
        #expect(try late(42) == 12)
        let kept = try incident.updating(Outage.update(2, next: 30, at: Outage.minutes(42)), by: Outage.agent, at: Outage.minutes(42)).after
        #expect(kept.kept(at: Outage.minutes(50)).map(\.isInTime) == [false])
        #expect(kept.kept(at: Outage.minutes(73)).map(\.isInTime) == [false, false])
    }

    @Test func `the old words of an update stay in the journal`() throws {
        let incident = try Outage.opened()
        let text = PublicText(de: "Mails kommen verspätet an.", en: "Mail is late.")
        let change = try incident.correcting(PublicID(drawn: 101), to: text, by: Outage.agent, at: Outage.minutes(2))
        #expect(change.events == [.corrected(update: PublicID(drawn: 101), from: Outage.both, to: text)])
        #expect(change.events.compactMap(\.telling).isEmpty)
        #expect(change.after.updates[0].text == text)
        #expect(change.after.updates[0].writtenAt == now)
        #expect(throws: IncidentRefusal.emptyText) {
            try incident.correcting(PublicID(drawn: 101), to: PublicText(de: "x"), by: Outage.agent, at: now)
        }
        #expect(throws: IncidentRefusal.noSuchUpdate) {
            try incident.correcting(PublicID(drawn: 7), to: text, by: Outage.agent, at: now)
        }
    }

    @Test func `told afterwards, an incident notifies nobody and is never late`() throws {
        var opening = Outage.opening()
        opening.startedAt = Outage.minutes(-600)
        var first = Outage.update(1, components: [Outage.mail: .partialOutage], next: nil)
        first.displayAt = Outage.minutes(-590)
        var last = Outage.update(2, .resolved, PublicText(de: "Behoben."), next: nil)
        last.displayAt = Outage.minutes(-500)
        let incident = try Incident.backfilling(opening, id: PublicID(drawn: 9), saying: [first, last], by: Outage.agent, at: now).after
        #expect(incident.isBackfilled)
        #expect(incident.resolvedAt == Outage.minutes(-500))
        #expect(incident.owing.isEmpty)
        #expect(incident.kept(at: now).isEmpty)
        #expect(incident.moments.spans(of: nil).map { $0.until?.timeIntervalSince($0.from) } == [6000])
        #expect(throws: IncidentRefusal.badState) {
            try Incident.backfilling(opening, id: PublicID(drawn: 9), saying: [first], by: Outage.agent, at: now)
        }
        first.displayAt = Outage.minutes(-601)
        #expect(throws: IncidentRefusal.badTime) {
            try Incident.backfilling(opening, id: PublicID(drawn: 9), saying: [first, last], by: Outage.agent, at: now)
        }
    }

    @Test func `how bad it is follows from the components until somebody says otherwise`() throws {
        #expect(try Outage.opened(state: .degradedPerformance).impact == .minor)
        #expect(try Outage.opened(state: .partialOutage).impact == .major)
        #expect(try Outage.opened(state: .operational).impact == .none)
        let said = try Outage.opened(impact: .minor)
        #expect(said.impact == .minor)
        #expect(said.setting(impact: nil, by: Outage.agent, at: now).after.impact == .critical)
    }

    @Test func `what is known better of the beginning moves the outage with it`() throws {
        let incident = try Outage.opened()
        let earlier = try incident.beginning(at: Outage.minutes(-45), by: Outage.agent, at: now).after
        #expect(earlier.moments.spans(of: nil).map(\.from) == [Outage.minutes(-45)])
        #expect(throws: IncidentRefusal.startsInFuture) { try incident.beginning(at: Outage.minutes(1), by: Outage.agent, at: now) }
    }
}
