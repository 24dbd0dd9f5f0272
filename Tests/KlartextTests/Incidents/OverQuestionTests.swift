import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct OverQuestionTests {
    typealias Signals = OverQuestion.Signals

    @Test(
        arguments: [
            // nothing says so
            (Signals(minutesSinceUpdate: 20), []),
            (Signals(minutesSinceUpdate: 20, checksGreenMinutes: 14), []),
            (Signals(minutesSinceUpdate: 20, minutesSinceTicket: 90), []),
            (Signals(minutesSinceUpdate: 20, works: 4), []),
            // signs
            (Signals(minutesSinceUpdate: 20, checksGreenMinutes: 15), [.checksGreen(minutes: 15)]),
            (
                Signals(minutesSinceUpdate: 20, checksGreenMinutes: 15, minutesSinceTicket: 40),
                [.checksGreen(minutes: 15), .noNewTickets(minutes: 40)]
            ),
            (Signals(minutesSinceUpdate: 20, works: 9, worksNot: 1), [.worksAgain(yes: 9, no: 1)]),
            // what speaks against it
            (Signals(minutesSinceUpdate: 20, checksGreenMinutes: 60, minutesSinceTicket: 29), []),
            (Signals(minutesSinceUpdate: 20, checksGreenMinutes: 60, works: 20, worksNot: 4), []),
            (Signals(minutesSinceUpdate: 20, checksGreenMinutes: 60, minutesSinceAsked: 59), []),
            (Signals(minutesSinceUpdate: 20, checksGreenMinutes: 60, minutesSinceAsked: 60), [.checksGreen(minutes: 60)]),
            // silence is a reason of its own, whatever else is
            (Signals(minutesSinceUpdate: 179), []),
            (Signals(minutesSinceUpdate: 180, minutesSinceTicket: 1, works: 0, worksNot: 9), [.silence(minutes: 180)]),
        ] as [(Signals, [OverQuestion.Reason])])
    func `it is asked with its reasons, or not at all`(_ signals: Signals, _ reasons: [OverQuestion.Reason]) throws {
        #expect(OverQuestion(of: try Outage.opened(), signals)?.reasons ?? [] == reasons)
    }

    @Test func `while we watch a repair, a calm half hour is reason enough`() throws {
        let signals = Signals(minutesSinceUpdate: 30, minutesSinceTicket: 30)
        #expect(OverQuestion(of: try Outage.opened(), signals) == nil)
        let watched = try Outage.opened().updating(Outage.update(2, .monitoring), by: Outage.agent, at: Outage.now).after
        #expect(OverQuestion(of: watched, signals)?.reasons == [.noNewTickets(minutes: 30)])
    }

    @Test func `asking changes nothing that the public sees, and what is over is not asked`() throws {
        let incident = try Outage.opened()
        let question = try #require(OverQuestion(of: incident, Signals(minutesSinceUpdate: 200)))
        let asked = incident.asking(question, by: .system("incidents"), at: Outage.minutes(200))
        #expect(asked.after.state == .investigating)
        #expect(asked.after.changedAt == incident.changedAt)
        #expect(asked.after.askedAt == Outage.minutes(200))
        #expect(asked.events.compactMap(\.telling).isEmpty)
        let over = try incident.resolving(Outage.update(2, .resolved, next: nil), by: Outage.agent, at: Outage.now).after
        #expect(OverQuestion(of: over, Signals(minutesSinceUpdate: 999)) == nil)
    }
}
