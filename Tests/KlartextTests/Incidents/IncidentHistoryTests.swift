import Foundation
import Testing

@testable import Klartext

/// Random histories of an incident: whatever is done and left undone in whatever order, everybody who waits knows until when.
@Suite(.timeLimit(.minutes(2))) struct IncidentHistoryTests {
    private struct Play {
        var incident: Incident
        var journal: [(event: IncidentEvent, at: Date)]
        var now = Outage.now
        var random: SeededRandom
        var number: UInt64 = 10
        /// What was due, and what became of it.
        var alarmed: Set<Date> = []

        init(seed: Int) throws {
            random = SeededRandom(seed: UInt64(seed))
            let first = Outage.update(1, components: [Outage.mail: .majorOutage], next: 30)
            let change = try Incident.opening(Outage.opening(), id: PublicID(drawn: 9), saying: first, by: Outage.agent, at: Outage.now)
            (incident, journal) = (change.after, change.events.map { ($0, change.at) })
        }

        mutating func record(_ change: Change<Incident>) {
            journal += change.events.map { ($0, change.at) }
            incident = change.after
        }

        /// Every ten seconds somebody looks, as the product does.
        mutating func pass(seconds: Int) {
            let end = now.addingTimeInterval(Double(seconds))
            while now < end {
                now = now.addingTimeInterval(10)
                let due = incident.reminders(at: now)
                guard !due.isEmpty else { continue }
                for one in due where one.reminder != .owner { alarmed.insert(one.by) }
                record(incident.reminding(due, by: .system("incidents"), at: now))
            }
        }

        mutating func text() -> PublicText {
            [Outage.both, PublicText(de: "Nur deutsch."), PublicText(en: "English only.")].randomElement(using: &random) ?? Outage.both
        }

        mutating func new(_ state: IncidentState) -> NewUpdate {
            number += 1
            let component = Bool.random(using: &random) ? Outage.mail : Outage.web
            let states =
                Bool.random(using: &random) ? [component: ComponentState.allCases.randomElement(using: &random) ?? .operational] : [:]
            return Outage.update(
                number, state, text(), components: states, next: state.isOpen ? .random(in: 1...90, using: &random) : nil, at: now)
        }

        mutating func act() {
            let states: [IncidentState] = [.investigating, .identified, .monitoring]
            let update = new(states.randomElement(using: &random) ?? .identified)
            let change: Change<Incident>? =
                switch Int.random(in: 0..<11, using: &random) {
                case 0...4: try? incident.updating(update, by: Outage.agent, at: now)
                case 5: try? incident.resolving(new(.resolved), by: Outage.agent, at: now)
                case 6: try? incident.reopening(update, by: Outage.agent, at: now)
                case 7:
                    try? incident.owing.first.flatMap { owing in
                        guard let language = owing.debt?.language else { return nil }
                        return try incident.translating(owing.id, into: language, "x", title: nil, by: Outage.agent, at: now)
                    }
                case 8: try? incident.tellingPostmortem(text(), by: Outage.agent, at: now)
                case 9:
                    try? incident.correcting(
                        PublicID(drawn: 101), to: PublicText(de: "neu", en: "new \(number)"), by: Outage.agent, at: now)
                default: incident.turning([Outage.web: .operational], by: Outage.agent, at: now)
                }
            if let change { record(change) }
        }
    }

    @Test(arguments: 0..<150) func `no history leaves an open incident without the time of its next word`(_ seed: Int) throws {
        var play = try Play(seed: seed)
        for _ in 0..<40 {
            play.pass(seconds: .random(in: 1...4000, using: &play.random))
            play.act()
            let incident = play.incident
            #expect(incident.state.isOpen == (incident.nextUpdate != nil))
            #expect(incident.state.isOpen == (incident.resolvedAt == nil))
            #expect(
                (incident.state == .postmortem)
                    == (incident.postmortem != nil && !incident.state.isOpen && incident.postmortemAt != nil
                        && incident.state != .resolved))
            for update in incident.updates { #expect(update.text.missing.isEmpty || update.debt != nil) }
        }
        #expect(Incident.folded(play.incident.id, play.journal) == play.incident)
    }

    @Test(arguments: 150..<250) func `each promise is kept, or late with everybody alarmed and a figure that says so`(_ seed: Int) throws {
        var play = try Play(seed: seed)
        for _ in 0..<40 {
            play.pass(seconds: .random(in: 1...4000, using: &play.random))
            play.act()
        }
        let (updates, kept) = (play.incident.updates, play.incident.kept(at: play.now))
        #expect(kept.count <= updates.count)
        for (update, next) in zip(updates, updates.dropFirst()) {
            guard let by = update.nextUpdateBy else { continue }
            #expect((next.writtenAt > by) == (next.minutesLate != nil))
            // somebody looked at or after the time, or the word came within the ten seconds between two looks
            if next.writtenAt > by.addingTimeInterval(10) { #expect(play.alarmed.contains(by)) }
            #expect(kept.contains { $0.by == by && $0.isInTime == (next.writtenAt <= by) })
        }
        for update in updates {
            guard let debt = update.debt, debt.state != .open, let settled = debt.settledAt else { continue }
            #expect((debt.minutesLate != nil) == (settled > debt.deadline.by))
        }
    }

    @Test(arguments: 250..<300) func `the spans of a component never overlap and end with the incident`(_ seed: Int) throws {
        var play = try Play(seed: seed)
        for _ in 0..<30 {
            play.pass(seconds: .random(in: 1...4000, using: &play.random))
            play.act()
        }
        for component in play.incident.components {
            let spans = play.incident.moments.spans(of: play.incident.id).filter { $0.component == component }
            for (span, next) in zip(spans, spans.dropFirst()) {
                let end = try #require(span.until)
                #expect(end >= span.from && next.from >= end)
            }
            #expect(spans.allSatisfy { $0.state != .operational })
            #expect((spans.last?.until == nil && !spans.isEmpty) == (play.incident.moments.state(of: component) != .operational))
        }
    }
}
