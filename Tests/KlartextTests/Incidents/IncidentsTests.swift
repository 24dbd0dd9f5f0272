import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(3))) struct IncidentsTests {
    @Test func `an incident is told whole: page, journal and rows say the same from the beginning to the postmortem`() async throws {
        try await StatusStage.with { stage in
            let opened = try await stage.open()
            stage.test.pass(minutes: 12)
            try await stage.incidents.update(
                opened.id, stage.new(.identified, PublicText(de: "Ursache gefunden."), [stage.web: .partialOutage]), by: stage.actor)
            let update = try #require(try await stage.incidents.incident(opened.id)?.updates.last)
            try await stage.incidents.translate(update.id, of: opened.id, into: .en, "Cause found.", by: stage.actor)
            try await stage.incidents.correct(
                update.id, of: opened.id, to: PublicText(de: "Die Ursache ist gefunden.", en: "The cause is found."), by: stage.actor)
            try await stage.incidents.setBeginning(stage.now.addingTimeInterval(-3600), of: opened.id, by: stage.actor)
            try await stage.incidents.setImpact(.major, of: opened.id, by: stage.actor)
            try await stage.incidents.retitle(opened.id, to: PublicText(de: "Störung bei E-Mail", en: "Email fails"), by: stage.actor)
            stage.test.pass(minutes: 10)
            try await stage.incidents.resolve(opened.id, stage.new(.resolved, next: nil), by: stage.actor)
            stage.test.pass(hours: 24)
            let told = try await stage.incidents.tellPostmortem(Outage.both, of: opened.id, by: stage.actor)
            #expect(told.state == .postmortem)
            #expect(told.impact == .major)
            #expect(told.updates.map(\.minutesLate) == [nil, nil, nil])
            #expect(try await stage.incidents.incident(opened.id) == told)
            let journal = try await stage.test.desk.database.read { db in try db.journal(about: told.subject).map(\.event) }
            #expect(
                journal == [
                    "opened", "updated", "updated", "translated", "corrected", "begunAt", "impactSet", "retitled", "updated",
                    "postmortemTold",
                ])
            let published = try #require(try await stage.incidents.published().incidents.first)
            #expect(published.updates.map(\.state) == ["resolved", "identified", "investigating"])
            #expect(published.updates[1].text.de == "Die Ursache ist gefunden.")
            #expect(published.components == [stage.mail.text, stage.web.text])
            #expect(published.postmortem == Outage.both)
        }
    }

    @Test func `what is sent twice under one name is done once`() async throws {
        try await StatusStage.with { stage in
            let (id, first) = (Incidents.draw(), stage.new(.investigating, Outage.both, [stage.mail: .majorOutage]))
            let opening = stage.opening()
            let one = try await stage.incidents.open(opening, id: id, saying: first, by: stage.actor)
            let again = try await stage.incidents.open(opening, id: id, saying: first, by: stage.actor)
            #expect(one == again)
            let update = stage.new(.identified)
            let told = try await stage.incidents.update(id, update, by: stage.actor)
            let toldAgain = try await stage.incidents.update(id, update, by: stage.actor)
            #expect(told == toldAgain && told.updates.count == 2)
        }
    }

    @Test func `only components that are used can be disturbed, and none that is disturbed can be retired`() async throws {
        try await StatusStage.with { stage in
            for bad in [Incidents.draw(), stage.group] {
                let first = stage.new(.investigating, Outage.both, [bad: .majorOutage])
                await #expect(throws: IncidentRefusal.noSuchComponent) {
                    try await stage.incidents.open(stage.opening(), saying: first, by: stage.actor)
                }
            }
            let incident = try await stage.open()
            await #expect(throws: ComponentRefusal.inUse) {
                try await stage.incidents.retireComponent(stage.mail, because: "alt", by: stage.actor)
            }
            try await stage.incidents.resolve(
                incident.id, stage.new(.resolved, Outage.both, [stage.mail: .degradedPerformance], next: nil), by: stage.actor)
            await #expect(throws: ComponentRefusal.inUse) {
                try await stage.incidents.retireComponent(stage.mail, because: "alt", by: stage.actor)
            }
            try await stage.incidents.turn([stage.mail: .operational], in: incident.id, by: stage.actor)
            try await stage.incidents.retireComponent(stage.mail, because: "alt", by: stage.actor)
            let again = stage.new(.investigating, Outage.both, [stage.mail: .majorOutage])
            await #expect(throws: IncidentRefusal.noSuchComponent) {
                try await stage.incidents.reopen(incident.id, again, by: stage.actor)
            }
        }
    }

    @Test func `a promise reminds its owner, then everybody, and the page says itself that it is late`() async throws {
        try await StatusStage.with { stage in
            let jonas = try await stage.test.addAgent(DemoCast.jonas)
            try await stage.open(next: 30)
            try await stage.test.drain()
            let (before, version) = (stage.test.carrier.sent.count, try await stage.version())
            var letters: [(minute: Int, to: Set<String>)] = []
            for second in stride(from: 10, through: 62 * 60, by: 10) {
                stage.test.time.pass(seconds: 10)
                let sentBefore = stage.test.carrier.sent.count
                let round = try await stage.incidents.watch()
                #expect(round.failures.isEmpty)
                guard round.reminders > 0 else { continue }
                letters.append((second / 60, Set(try await stage.sent(since: sentBefore).keys)))
            }
            #expect(letters.map(\.minute) == [25, 30, 45, 60])
            #expect(letters.map(\.to) == [[stage.ayse.address]] + Array(repeating: [stage.ayse.address, jonas.address], count: 3))
            let texts = try await stage.sent(since: before)[jonas.address] ?? []
            #expect(texts.first?.contains("nächste Meldung zugesagt bis") == true)
            #expect(try await stage.version() > version)
            #expect(try await stage.incidents.published().updatesPromised == 1)
            #expect(try await stage.incidents.published().updatesInTime == 0)
        }
    }

    @Test func `the page is made anew within ten seconds of a promise that has become late`() async throws {
        try await StatusStage.with { stage in
            try await stage.open(next: 30.25)
            stage.test.pass(minutes: 30)
            _ = try await stage.incidents.watch()
            let version = try await stage.version()
            stage.test.time.pass(seconds: 10)
            #expect(try await stage.incidents.watch().isPageChanged == false)
            stage.test.time.pass(seconds: 10)
            #expect(try await stage.incidents.watch().isPageChanged)
            #expect(try await stage.version() == version + 1)
        }
    }

    @Test func `on a calm day nothing is written but once a minute the time the page is of`() async throws {
        try await StatusStage.with { stage in
            _ = try await stage.incidents.watch()
            let version = try await stage.version()
            let changedAt = try await stage.incidents.published().page.updatedAt
            for _ in 0..<12 {
                stage.test.time.pass(seconds: 10)
                _ = try await stage.incidents.watch()
            }
            #expect(try await stage.version() == version + 2)
            #expect(try await stage.incidents.published().page.updatedAt == changedAt)
        }
    }

    @Test func `an update in one language is owed in the other, to the minute`() async throws {
        try await StatusStage.with { stage in
            let incident = try await stage.open(PublicText(en: "Mail does not arrive."))
            #expect(try await stage.incidents.published().incidents.first?.translationDue.map(\.language) == [.de])
            stage.test.pass(minutes: 15)
            let before = stage.test.carrier.sent.count
            #expect(try await stage.incidents.watch().reminders == 1)
            #expect(try await stage.sent(since: before)[stage.ayse.address]?.first?.contains("die deutsche Fassung fehlt noch") == true)
            let told = try await stage.incidents.translate(
                incident.updates[0].id, of: incident.id, into: .de, "Mails kommen nicht an.", by: stage.actor)
            #expect(told.owing.isEmpty)
            #expect(try await stage.incidents.published().incidents.first?.translationDue.isEmpty == true)
        }
    }

    @Test func `whoever disturbs two at once hears of the worse one`() async throws {
        try await StatusStage.with { stage in
            let one = try await stage.open(state: .degradedPerformance)
            let two = try await stage.open(state: .majorOutage)
            func state() async throws -> [ComponentState] {
                try await stage.incidents.published().components.filter { [stage.mail.text, stage.group.text].contains($0.id) }.map(\.state)
            }
            #expect(try await state() == [.majorOutage, .majorOutage])
            try await stage.incidents.resolve(two.id, stage.new(.resolved, next: nil), by: stage.actor)
            #expect(try await state() == [.degradedPerformance, .degradedPerformance])
            try await stage.incidents.resolve(one.id, stage.new(.resolved, next: nil), by: stage.actor)
            #expect(try await state() == [.operational, .operational])
        }
    }

    @Test func `after three silent hours the owner is asked whether it is over, and the page says nothing by itself`() async throws {
        try await StatusStage.with { stage in
            let incident = try await stage.open(next: 600)
            stage.test.pass(minutes: 179)
            #expect(try await stage.incidents.watch().reminders == 0)
            stage.test.pass(minutes: 1)
            let before = stage.test.carrier.sent.count
            #expect(try await stage.incidents.watch().reminders == 1)
            #expect(try await stage.incidents.watch().reminders == 0)
            let letter = try #require(try await stage.sent(since: before)[stage.ayse.address]?.first)
            #expect(letter.contains("Seit 180 Minuten steht nichts Neues auf der Seite.") && letter.contains("Ist die Störung vorbei?"))
            #expect(try await stage.incidents.incident(incident.id)?.state == .investigating)
            stage.test.pass(minutes: 60)
            #expect(try await stage.incidents.watch().reminders == 1)
        }
    }

    @Test func `announcements come and leave by themselves`() async throws {
        try await StatusStage.with { stage in
            let one = try await stage.incidents.publish(Outage.both, Outage.both, until: stage.now.addingTimeInterval(90), by: stage.actor)
            let two = try await stage.incidents.publish(Outage.both, Outage.both, until: nil, by: stage.actor)
            #expect(try await Set(stage.incidents.published().announcements.map(\.id)) == [one.id.text, two.id.text])
            stage.test.time.pass(seconds: 91)
            #expect(try await stage.incidents.watch().isPageChanged)
            #expect(try await stage.incidents.published().announcements.map(\.id) == [two.id.text])
            try await stage.incidents.withdraw(announcement: two.id, because: "falsch", by: stage.actor)
            #expect(try await stage.incidents.published().announcements.isEmpty)
        }
    }
}
