import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct PromiseRulesTests {
    /// Monday, 23 November 2026, 9:12.
    private static let now = TestDesk.start
    private static let agent = Actor.agent(3)

    static func hours(_ week: String = "Mo-Fr 9-17", region: String? = "DE-BE") throws -> BusinessCalendar {
        try BusinessCalendar(
            timeZone: "Europe/Berlin", week: try #require(WeekText.week(week)), holidays: region.map { HolidayPlan(region: $0) })
    }

    private func promised(in hours: Double, text: String = "Wir rufen Sie zurück", thirdParty: String? = nil) throws -> Promise {
        let making = PromiseEvent.Making(
            about: "ticket/100014", channel: .call, text: text, thirdParty: thirdParty, owner: 3, addressee: 7,
            dueAt: Self.now.addingTimeInterval(hours * 3600))
        return try Promise.making(making, id: 1, by: Self.agent, at: Self.now).promise
    }

    @Test func `what is promised needs words and a time that is still to come`() throws {
        #expect(throws: PromiseRefusal.emptyText) { try promised(in: 4, text: " \u{00A0}\n") }
        #expect(throws: PromiseRefusal.badTime) { try promised(in: 0) }
        #expect(throws: PromiseRefusal.badTime) { try promised(in: 24 * 400) }
    }

    @Test func `the owner is reminded half a day before, everybody an hour before, each once`() throws {
        let (promise, calendar) = (try promised(in: 30), try Self.hours())
        let due = promise.dueAt  // Tuesday, 15:12
        #expect(promise.reminder(at: due.addingTimeInterval(-241 * 60), in: calendar) == nil)
        #expect(promise.reminder(at: due.addingTimeInterval(-240 * 60), in: calendar) == .owner)
        let told = promise.reminding(.owner, by: .system("x"), at: due.addingTimeInterval(-240 * 60)).promise
        #expect(told.reminder(at: due.addingTimeInterval(-61 * 60), in: calendar) == nil)
        #expect(told.reminder(at: due.addingTimeInterval(-60 * 60), in: calendar) == .everybody)
        let all = told.reminding(.everybody, by: .system("x"), at: due.addingTimeInterval(-60 * 60)).promise
        #expect(all.reminder(at: due.addingTimeInterval(-60), in: calendar) == nil)
    }

    @Test func `what was promised a minute ago for in an hour reminds nobody yet`() throws {
        let promise = try promised(in: 1)
        #expect(promise.reminder(at: Self.now.addingTimeInterval(60), in: try Self.hours()) == nil)
        #expect(promise.reminder(at: Self.now.addingTimeInterval(1800), in: try Self.hours()) == .owner)
    }

    @Test func `reminders count open hours: due on Monday morning reminds on Friday`() throws {
        let making = PromiseEvent.Making(
            about: "ticket/100014", channel: .mail, text: "Antwort", thirdParty: nil, owner: 3, addressee: 7,
            dueAt: Self.now.addingTimeInterval(7 * 86_400))  // Monday, 30 November, 9:12
        let promise = try Promise.making(making, id: 1, by: Self.agent, at: Self.now).promise
        let friday = Self.now.addingTimeInterval(4 * 86_400 + 4.5 * 3600)  // 13:42: 198 minutes until five, and twelve on Monday
        #expect(promise.reminder(at: friday, in: try Self.hours()) == .owner)
    }

    @Test func `a time that passed is followed by a new one within opening hours, and by a longer one the second time`() throws {
        let (promise, calendar) = (try promised(in: 4), try Self.hours())
        let evening = Self.now.addingTimeInterval(9 * 3600)  // 18:12
        let next = promise.nextTime(after: evening, in: calendar)
        #expect(next == Self.now.addingTimeInterval(27 * 3600 + 48 * 60))  // Tuesday, 13:00
        let missed = promise.missing(next: next, letter: 5, by: .system("x"), at: evening).promise
        #expect(missed.missed == 1)
        #expect(missed.dueAt == next)
        #expect(missed.firstDueAt == promise.dueAt)
        #expect(missed.reminder(at: evening, in: calendar) == .everybody)
        #expect(missed.nextTime(after: next, in: calendar) == next.addingTimeInterval(86_400))
    }

    @Test func `kept counts by the time that was said first: moving it is no way to keep it`() throws {
        let promise = try promised(in: 4)
        #expect(promise.isKeptInTime == nil)
        #expect(promise.keeping(how: "", by: Self.agent, at: Self.now.addingTimeInterval(3600)).promise.isKeptInTime == true)
        let later = Self.now.addingTimeInterval(30 * 3600)
        let moved = try promise.moving(to: later, because: "Der Techniker ist krank", letter: 4, by: Self.agent, at: Self.now).promise
        #expect(moved.keeping(how: "", by: Self.agent, at: later.addingTimeInterval(-60)).promise.isKeptInTime == false)
        #expect(try promise.withdrawing(because: "hat sich erledigt", by: Self.agent, at: Self.now).promise.isKeptInTime == nil)
        let missed = promise.missing(next: later, letter: nil, by: .system("x"), at: promise.dueAt).promise
        #expect(missed.isKeptInTime == false)
        #expect(try missed.withdrawing(because: "geht nicht", by: Self.agent, at: later).promise.isKeptInTime == false)
    }

    @Test func `who changes what was said has to say why, and what is settled stays so`() throws {
        let promise = try promised(in: 4)
        #expect(throws: PromiseRefusal.emptyReason) {
            try promise.moving(to: Self.now.addingTimeInterval(86_400), because: " ", letter: nil, by: Self.agent, at: Self.now)
        }
        #expect(throws: PromiseRefusal.emptyReason) { try promise.withdrawing(because: "", by: Self.agent, at: Self.now) }
        let kept = promise.keeping(how: "angerufen", by: Self.agent, at: Self.now).promise
        #expect(kept.keeping(how: "noch einmal", by: Self.agent, at: Self.now).events.isEmpty)
        #expect(throws: PromiseRefusal.settled) { try kept.withdrawing(because: "x", by: Self.agent, at: Self.now) }
        #expect(throws: PromiseRefusal.settled) { try kept.handing(to: 4, by: Self.agent, at: Self.now) }
    }

    @Test func `a promise is the fold of its journal`() throws {
        let promise = try promised(in: 4)
        var change = PromiseChange(of: promise, by: Self.agent, at: Self.now)
        let events: [PromiseEvent] = [
            .reminded(.owner), .missed(next: Self.now.addingTimeInterval(9 * 3600), letter: 3), .handedOver(to: 4),
            .carriedOver(to: "ticket/100022"),
            .moved(to: Self.now.addingTimeInterval(12 * 3600), because: "x", letter: 4), .kept(how: "angerufen"),
        ]
        for event in events { change.happen(event) }
        let making = PromiseEvent.Making(
            about: promise.about, channel: promise.channel, text: promise.text, thirdParty: nil, owner: 3, addressee: 7,
            dueAt: promise.dueAt)
        let journal: [(event: PromiseEvent, at: Date)] = [(.made(making), Self.now)] + events.map { ($0, Self.now) }
        #expect(Promise.folded(1, journal) == change.promise)
        #expect(change.promise.events == 7)
        for event in journal.map(\.event) {
            let body = try JSONEncoder.journal.encode(event)
            #expect(try JSONDecoder.journal.decode(PromiseEvent.self, from: body) == event)
        }
    }

    @Test func `the rate of a month is told in all and by team, and rounds down`() {
        let due = [("Technik", true), ("Technik", true), ("Technik", false), ("", true)].map { team, isKept in
            (team: team, firstDueAt: Self.now, isKept: isKept)
        }
        let months = KeptMonth.months(due + [(team: "", firstDueAt: Self.now.addingTimeInterval(40 * 86_400), isKept: false)]) {
            $0 == Self.now ? "2026-11" : "2027-01"
        }
        #expect(months.map(\.month) == ["2027-01", "2026-11"])
        #expect(months[1].whole == KeptRate(kept: 3, due: 4))
        #expect(months[1].teams["Technik"]?.percent == 66)
        #expect(KeptRate(kept: 0, due: 0).percent == nil)
    }
}
