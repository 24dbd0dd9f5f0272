import Foundation
import Testing

@testable import Klartext

/// "We were wrong" and the official answer, as rules.
@Suite(.timeLimit(.minutes(1))) struct CorrectionRulesTests {
    private static let now = TestDesk.start
    private let agent = Actor.agent(3)
    private let next = Self.now.addingTimeInterval(86_400)
    private let words = Correction.Words(wrong: "Es kostet nichts.", right: "Es kostet fünf Euro.", action: "Wir erstatten sie.")

    /// A ticket with one answer of ours, number 2.
    private func answered() throws -> Ticket {
        let opening = TicketEvent.Opening(
            number: TicketNumber(sequence: 10_001), customer: 7, subject: "Preis", language: .de, channel: .web, nextContactAt: next)
        return try Ticket.opening(opening, message: 1, because: .webForm, by: .customer(7), at: Self.now).ticket.replying(
            text: "Es kostet nichts.", message: 2, letter: 5, then: .turn(.us, nextContactAt: next), seen: 1, by: agent, at: Self.now
        ).ticket
    }

    private func correct(_ ticket: Ticket, _ wrong: Ticket.GivenAnswer?, _ words: Correction.Words, message: Int64 = 3, seen: Int64 = 2)
        throws -> TicketChange
    {
        try ticket.correcting(
            wrong, words, message: message, letter: 6, then: .turn(.us, nextContactAt: next), seen: seen, by: agent, at: Self.now)
    }

    @Test func `a correction is an answer, and the journal says which one it takes back`() throws {
        let change = try correct(answered(), .init(message: 2, isCorrected: false), words)
        #expect(change.events.contains(.replied(message: 3, letter: 6)))
        #expect(change.events.contains(.corrected(answer: 2, by: 3)))
        #expect(change.ticket.lastMessage == 3)
        #expect(change.ticket.official == nil)
    }

    @Test func `each of the three parts is needed`() throws {
        let ticket = try answered()
        for (part, refusal) in [
            (\Correction.Words.wrong, TicketRefusal.emptyWrong), (\.right, .emptyRight), (\.action, .emptyAction),
        ] {
            var incomplete = words
            incomplete[keyPath: part] = " \u{00A0}\n"
            #expect(throws: refusal) { try correct(ticket, .init(message: 2, isCorrected: false), incomplete) }
        }
    }

    @Test func `nothing can be taken back twice, nor what nobody said, nor what was overtaken`() throws {
        let ticket = try answered()
        #expect(throws: TicketRefusal.alreadyCorrected) { try correct(ticket, .init(message: 2, isCorrected: true), words) }
        #expect(throws: TicketRefusal.noSuchMessage) { try correct(ticket, nil, words) }
        #expect(throws: TicketRefusal.overtaken(by: 2)) { try correct(ticket, .init(message: 2, isCorrected: true), words, seen: 1) }
    }

    @Test func `where the wrong answer was official, its correction is, and a correction of that one as well`() throws {
        let pinned = try answered().pinning(.init(message: 2, isCorrected: false), by: agent, at: Self.now).ticket
        #expect(pinned.official == 2)
        let first = try correct(pinned, .init(message: 2, isCorrected: false), words).ticket
        #expect(first.official == 3)
        let second = try correct(first, .init(message: 3, isCorrected: false), words, message: 4, seen: 3).ticket
        #expect(second.official == 4)
    }

    @Test func `another answer takes the pin, an answer that was taken back never does, and a pin is taken off once`() throws {
        let ticket = try answered()
        let pinned = try ticket.pinning(.init(message: 2, isCorrected: false), by: agent, at: Self.now)
        #expect(pinned.events == [.pinned(answer: 2)])
        #expect(try pinned.ticket.pinning(.init(message: 2, isCorrected: false), by: agent, at: Self.now).events.isEmpty)
        #expect(try pinned.ticket.pinning(.init(message: 9, isCorrected: false), by: agent, at: Self.now).ticket.official == 9)
        #expect(throws: TicketRefusal.alreadyCorrected) {
            try ticket.pinning(.init(message: 2, isCorrected: true), by: agent, at: Self.now)
        }
        #expect(throws: TicketRefusal.noSuchMessage) { try ticket.pinning(nil, by: agent, at: Self.now) }
        let off = pinned.ticket.unpinning(by: agent, at: Self.now)
        #expect(off.events == [.unpinned(answer: 2)])
        #expect(off.ticket.official == nil)
        #expect(off.ticket.unpinning(by: agent, at: Self.now).events.isEmpty)
    }
}
