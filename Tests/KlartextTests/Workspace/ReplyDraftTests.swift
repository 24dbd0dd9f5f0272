import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct ReplyDraftTests {
    private let now = Date(timeIntervalSince1970: 1_795_421_520)  // 23 November 2026, 9:12 in Berlin
    private let moments = Moments(timeZone: TimeZone(identifier: "Europe/Berlin") ?? .gmt, language: .de)

    private func ticket(nextContactIn seconds: Double, turn: Turn = .us) -> Ticket {
        let opening = TicketEvent.Opening(
            number: TicketNumber(sequence: 10_001), customer: 1, subject: "Paket", language: .de, channel: .web,
            nextContactAt: now.addingTimeInterval(seconds))
        var ticket = Ticket(opening, at: now)
        ticket.turn = turn
        return ticket
    }

    @Test func `the next contact stays as promised while it lies ahead`() {
        #expect(ReplyDraft.nextContact(of: ticket(nextContactIn: 60), now: now) == now.addingTimeInterval(60))
    }

    @Test func `a promise that has passed becomes two days from now, at a full hour`() {
        let draft = ReplyDraft(for: ticket(nextContactIn: -60), now: now, moments)
        #expect(draft.nextContactAt == "2026-11-25T09:00")
    }

    @Test func `a time left as it was in the form is kept to the second`() {
        let ticket = ticket(nextContactIn: 7217)
        var draft = ReplyDraft(for: ticket, now: now, moments)
        #expect(draft.then(ticket, now: now, moments) == .turn(.us, nextContactAt: now.addingTimeInterval(7217)))
        draft.nextContactAt = "2026-11-23T12:00"
        #expect(draft.then(ticket, now: now, moments) == .turn(.us, nextContactAt: Date(timeIntervalSince1970: 1_795_431_600)))
    }

    @Test func `a draft begins with the turn as it is`() {
        let draft = ReplyDraft(for: ticket(nextContactIn: 60, turn: .thirdParty(name: "Paketdienst")), now: now, moments)
        #expect(draft.choice == .thirdParty)
        #expect(draft.thirdParty == "Paketdienst")
    }

    @Test func `everything that is missing is said at once`() {
        var draft = ReplyDraft(for: ticket(nextContactIn: 60), now: now, moments)
        draft.choice = .customer
        draft.nextContactAt = "gestern"
        #expect(draft.then(ticket(nextContactIn: 60), now: now, moments) == nil)
        #expect(draft.problems == [.refused(.emptyQuestion), .refused(.badNextContact)])
    }
}

@Suite(.timeLimit(.minutes(1))) struct TimelineTests {
    private let start = Date(timeIntervalSince1970: 1_795_421_520)

    @Test func `what was said comes before what followed from it in the same moment`() {
        let number = TicketNumber(sequence: 10_001)
        let message = Message(
            id: 2, ticket: number, author: .agent(1), authorName: "Ayşe", authorAddress: "a@b.example", channel: .desk, body: "Hallo",
            isAutomatic: false,
            writtenAt: start, filedBecause: .agentWrote)
        let note = Note(id: 1, ticket: number, agent: 1, body: "Notiz", writtenAt: start.addingTimeInterval(-60))
        let history = [
            TicketHistoryEntry(event: .replied(message: 2, letter: 1), actor: .agent(1), at: start),
            TicketHistoryEntry(event: .turnPassed(to: .us), actor: .agent(1), at: start),
            TicketHistoryEntry(event: .noted(note: 1), actor: .agent(1), at: start.addingTimeInterval(-60)),
        ]
        let timeline = Timeline(messages: [message], notes: [note], letters: [], history: history)
        #expect(timeline.items == [.note(note), .message(message), .event(history[1])])
    }
}
