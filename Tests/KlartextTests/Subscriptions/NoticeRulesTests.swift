import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct NoticeRulesTests {
    private static let now = Outage.now

    private func subscriber(_ scope: SubscriptionScope = .everything, language: Language = .de, waits: Bool = false) -> Subscriber {
        let wishes = Subscriber.Wishes(language: language, timeZone: "Europe/Berlin", scope: scope, waitsForLanguage: waits)
        let asked = Subscriber(.init(channel: .mail, wishes: wishes), id: 1, at: Self.now.addingTimeInterval(-7200))
        return asked.applying(.confirmed(wishes), at: Self.now.addingTimeInterval(-3600))
    }

    private func bulletin(_ text: PublicText = Outage.both, kind: Bulletin.Kind = .update, id: String = "000000000abc") -> Bulletin {
        let story = Story(
            kind: .incident, id: FanOut.story, update: PublicID(drawn: 5), news: .investigating, title: Outage.opening().title, text: text,
            parts: [.init(id: Outage.mail, name: PublicText(de: "Mail", en: "Mail"))], toldAt: Self.now, startsAt: Self.now,
            impact: "major",
            state: "investigating")
        return Bulletin(id: id, kind: kind, rank: 5, story: story, toldAt: Self.now, expandedTo: 0, expandedAt: nil)
    }

    @Test func `who asked for a component is told of what touches it and of nothing else`() {
        #expect(NoticeRules.line(subscriber(.init(components: [Outage.mail])), bulletin(), told: Told()) == .queued)
        #expect(NoticeRules.line(subscriber(.init(components: [Outage.web])), bulletin(), told: Told()) == .none)
        #expect(NoticeRules.line(subscriber(.init(stories: [FanOut.story])), bulletin(), told: Told()) == .queued)
    }

    @Test func `who came later is not told what was said before`() {
        var late = subscriber()
        late.confirmedAt = Self.now.addingTimeInterval(1)
        #expect(NoticeRules.line(late, bulletin(), told: Told()) == .none)
    }

    @Test func `a translation goes to whom it was missing, and to nobody who has read it in the other language`() {
        let translation = bulletin(kind: .translation, id: "000000000abc/en")
        #expect(translation.original == "000000000abc")
        var waited = Told()
        (waited.isKnown, waited.original) = (true, (.skipped, .untranslated))
        var read = Told()
        (read.isKnown, read.hasHeard, read.original) = (true, true, (.accepted, nil))
        let english = subscriber(language: .en, waits: true)
        #expect(NoticeRules.line(english, bulletin(PublicText(de: "Kaputt.", en: "")), told: Told()) == .skipped(.untranslated))
        #expect(NoticeRules.line(english, translation, told: waited) == .queued)
        #expect(NoticeRules.line(english, translation, told: read) == .none)
        #expect(NoticeRules.line(subscriber(language: .de, waits: true), translation, told: waited) == .none)
        #expect(NoticeRules.line(subscriber(language: .en), bulletin(PublicText(de: "Kaputt.", en: "")), told: Told()) == .queued)
    }

    @Test func `what is older than something that leaves is not sent any more`() {
        #expect(NoticeRules.turn(subscriber(), bulletin(), newest: 6, acceptedWithinHour: [], at: Self.now) == .skip(.superseded))
        #expect(NoticeRules.turn(subscriber(), bulletin(), newest: 4, acceptedWithinHour: [], at: Self.now) == .send)
    }

    @Test func `a story that changes by the minute fills nobody's mailbox`() {
        let accepted = (0..<NoticeRules.mostPerHour).map { Self.now.addingTimeInterval(-3000 + Double($0) * 60) }
        let turn = NoticeRules.turn(subscriber(), bulletin(), newest: nil, acceptedWithinHour: accepted, at: Self.now)
        #expect(turn == .wait(until: Self.now.addingTimeInterval(600)))
        let fewer = NoticeRules.turn(subscriber(), bulletin(), newest: nil, acceptedWithinHour: accepted.dropLast(), at: Self.now)
        #expect(fewer == .send)
    }

    @Test func `a destination that fails in a row is left alone, longer each time, and tried again afterwards`() {
        var breaker = Breaker()
        for _ in 1..<Breaker.mostFailures { breaker.fail(at: Self.now) }
        #expect(breaker.mayTry(at: Self.now))
        breaker.fail(at: Self.now)
        #expect(!breaker.mayTry(at: Self.now.addingTimeInterval(59)))
        #expect(breaker.mayTry(at: Self.now.addingTimeInterval(60)))
        breaker.fail(at: Self.now.addingTimeInterval(60))
        #expect(!breaker.mayTry(at: Self.now.addingTimeInterval(60 + 119)))
        breaker.succeed()
        #expect(breaker == Breaker())
    }

    @Test func `more than three no, and more than five of a hundred, within an hour ask whether to open it again`() {
        func answers(no: Int, yes: Int, after minutes: Double = 10) -> [WorksAnswer] {
            (0..<no).map { _ in WorksAnswer(works: false, at: Outage.minutes(minutes)) }
                + (0..<yes).map { _ in WorksAnswer(works: true, at: Outage.minutes(minutes)) }
        }
        #expect(!ReopenQuestion.count(answers(no: 3, yes: 0), resolved: Self.now).proposes)
        #expect(ReopenQuestion.count(answers(no: 4, yes: 0), resolved: Self.now).proposes)
        #expect(!ReopenQuestion.count(answers(no: 10, yes: 190), resolved: Self.now).proposes)
        #expect(ReopenQuestion.count(answers(no: 11, yes: 189), resolved: Self.now).proposes)
        #expect(ReopenQuestion.count(answers(no: 40, yes: 160), resolved: Self.now).proposes)
        #expect(!ReopenQuestion.count(answers(no: 40, yes: 0, after: 61), resolved: Self.now).proposes)
        #expect(ReopenQuestion.count(answers(no: 40, yes: 0, after: -5), resolved: Self.now).no == 0, "said before it was over")
    }
}
