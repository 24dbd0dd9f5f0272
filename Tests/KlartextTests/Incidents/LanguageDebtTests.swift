import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct LanguageDebtTests {
    private let german = PublicText(de: "Mails kommen nicht an.")

    @Test func `one language may go first and the other is owed within a quarter of an hour`() throws {
        let incident = try Outage.opened(german)
        let debt = try #require(incident.owing.first?.debt)
        #expect(debt.language == .en)
        #expect(debt.deadline.by == Outage.minutes(15))
        #expect(incident.reminders(at: Outage.minutes(9)).isEmpty)
        let update = PublicID(drawn: 101)
        #expect(incident.reminders(at: Outage.minutes(10)).map(\.owed) == [.translation(update: update)])
        #expect(incident.reminders(at: Outage.minutes(15)).map(\.reminder) == [.everybody(alarm: 1)])
    }

    @Test func `the missing language is told to those who were not told yet, and to nobody else`() throws {
        let incident = try Outage.opened(german)
        let update = PublicID(drawn: 101)
        let change = try incident.translating(
            update, into: .en, "Mail does not arrive.", title: nil, by: Outage.agent, at: Outage.minutes(12))
        #expect(change.events.map(\.telling) == [.translation(of: update, .en)])
        #expect(change.after.owing.isEmpty)
        #expect(change.after.updates[0].debt?.minutesLate == nil)
        #expect(change.after.updates[0].text == Outage.both)
        #expect(throws: IncidentRefusal.nothingMissing) {
            try change.after.translating(update, into: .en, "Again.", title: nil, by: Outage.agent, at: Outage.minutes(13))
        }
        let late = try incident.translating(
            update, into: .en, "Mail does not arrive.", title: nil, by: Outage.agent, at: Outage.minutes(18))
        #expect(late.after.updates[0].debt?.minutesLate == 3)
    }

    @Test func `a title in one language is owed with the first update`() throws {
        var opening = Outage.opening()
        opening.title = PublicText(de: "Störung beim Mailversand")
        let first = Outage.update(1, components: [Outage.mail: .majorOutage])
        let incident = try Incident.opening(opening, id: PublicID(drawn: 9), saying: first, by: Outage.agent, at: Outage.now).after
        #expect(incident.owing.map(\.debt?.language) == [.en])
        #expect(throws: IncidentRefusal.emptyTitle) {
            try incident.translating(first.id, into: .en, "Mail does not arrive.", title: nil, by: Outage.agent, at: Outage.now)
        }
        let paid = try incident.translating(
            first.id, into: .en, "Mail does not arrive.", title: "Sending mail fails", by: Outage.agent, at: Outage.now
        ).after
        #expect(paid.title.en == "Sending mail fails")
        #expect(paid.owing.isEmpty)
    }

    @Test func `a newer word in the missing language leaves nothing to wait for`() throws {
        let incident = try Outage.opened(german).updating(Outage.update(2), by: Outage.agent, at: Outage.minutes(20)).after
        #expect(incident.owing.isEmpty)
        #expect(incident.updates[0].debt?.state == .lapsed)
        #expect(incident.updates[0].debt?.minutesLate == 5)
    }

    @Test func `the missing language may not be put off for more than a day`() throws {
        var update = Outage.update(2, .identified, german)
        update.translationDue = Outage.minutes(24 * 60 + 1)
        let incident = try Outage.opened()
        #expect(throws: IncidentRefusal.badTranslationTime) { try incident.updating(update, by: Outage.agent, at: Outage.now) }
        update.translationDue = Outage.minutes(60)
        #expect(try incident.updating(update, by: Outage.agent, at: Outage.now).after.owing.first?.debt?.deadline.by == Outage.minutes(60))
    }
}
