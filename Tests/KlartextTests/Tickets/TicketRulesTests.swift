import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct TicketRulesTests {
    private static let now = TestDesk.start
    private static let day: Double = 86_400
    private let agent = Actor.agent(3)

    private func opened() -> Ticket {
        let opening = TicketEvent.Opening(
            number: TicketNumber(sequence: 10_001), customer: 7, subject: "Paket", language: .de, channel: .web,
            nextContactAt: Self.now.addingTimeInterval(Self.day))
        return Ticket.opening(opening, message: 1, because: .webForm, by: .customer(7), at: Self.now).ticket
    }

    private func answered(_ turn: Turn, inDays days: Double = 2) throws -> Ticket {
        try opened().replying(
            text: "Wir fragen nach.", message: 2, letter: 5, then: .turn(turn, nextContactAt: Self.now.addingTimeInterval(days * Self.day)),
            seen: 1,
            by: agent, at: Self.now.addingTimeInterval(60)
        ).ticket
    }

    @Test func `a new ticket is ours and has a next contact`() {
        let ticket = opened()
        #expect(ticket.status == .open)
        #expect(ticket.turn == .us)
        #expect(ticket.nextContactAt == Self.now.addingTimeInterval(Self.day))
        #expect(ticket.lists == [.open, .us, .unassigned, .queue("general")])
    }

    @Test func `who answers an unassigned ticket takes it`() throws {
        #expect(try answered(.us).assignee == 3)
    }

    @Test func `an answer ends the dark time, a note does not`() throws {
        let ticket = opened()
        #expect(try answered(.us).darkSince == Self.now.addingTimeInterval(60))
        let noted = try ticket.noting(9, text: "intern", by: agent, at: Self.now.addingTimeInterval(60)).ticket
        #expect(noted.darkSince == ticket.darkSince)
    }

    @Test func `an answer written before the newest message came is stopped`() {
        #expect(throws: TicketRefusal.overtaken(by: 1)) {
            try opened().replying(
                text: "x", message: 2, letter: 5, then: .solved(cause: "y"), seen: 0, by: agent, at: Self.now)
        }
    }

    @Test func `waiting for somebody needs a name, asking the customer a question, solving a cause`() {
        let next = Self.now.addingTimeInterval(Self.day)
        let cases: [(AfterReply, TicketRefusal)] = [
            (.turn(.customer(askedFor: " \n"), nextContactAt: next), .emptyQuestion),
            (.turn(.thirdParty(name: ""), nextContactAt: next), .emptyThirdParty),
            (.solved(cause: "\u{00A0}"), .emptyCause), (.turn(.us, nextContactAt: Self.now), .badNextContact),
            (.turn(.us, nextContactAt: Self.now.addingTimeInterval(400 * Self.day)), .badNextContact),
        ]
        for (after, refusal) in cases {
            #expect(throws: refusal) {
                try opened().replying(text: "x", message: 2, letter: 5, then: after, seen: 1, by: agent, at: Self.now)
            }
        }
    }

    @Test func `when the customer writes it is our turn, and we are in touch no later than the policy says`() throws {
        let waiting = try answered(.customer(askedFor: "die Nummer"), inDays: 9)
        let later = Self.now.addingTimeInterval(Self.day)
        let ticket = waiting.receiving(
            message: 3, because: .replyAddress, by: .customer(7), at: later, contactBy: later.addingTimeInterval(Self.day)
        ).ticket
        #expect(ticket.turn == .us)
        #expect(ticket.nextContactAt == later.addingTimeInterval(Self.day))
        #expect(ticket.darkSince == waiting.darkSince, "hearing from the customer is not telling the customer anything")
    }

    @Test func `an earlier next contact is kept when the customer writes`() throws {
        let waiting = try answered(.us, inDays: 0.5)
        let ticket = waiting.receiving(
            message: 3, because: .replyAddress, by: .customer(7), at: Self.now.addingTimeInterval(120),
            contactBy: Self.now.addingTimeInterval(120).addingTimeInterval(Self.day)
        ).ticket
        #expect(ticket.nextContactAt == waiting.nextContactAt)
    }

    @Test func `a machine's answer changes nobody's turn and reopens nothing`() throws {
        let solved = try opened().solving(cause: "ein c fehlte", letter: 5, by: agent, at: Self.now).ticket
        let after = solved.receivingFromMachine(message: 3, because: .answersOurLetter, by: .customer(7), at: Self.now).ticket
        #expect(after.status == .solved)
        #expect(after.lastMessage == 3)
    }

    @Test func `a solved ticket opens again when the customer writes, and leaves it when thanked`() throws {
        let solved = try opened().solving(cause: "ein c fehlte", letter: 5, by: agent, at: Self.now).ticket
        #expect(solved.lists.isEmpty)
        #expect(solved.nextContactAt == nil)
        #expect(solved.thanking(by: .customer(7), at: Self.now).ticket.status == .solved)
        let again = solved.receiving(
            message: 4, because: .replyAddress, by: .customer(7), at: Self.now, contactBy: Self.now.addingTimeInterval(Self.day)
        ).ticket
        #expect(again.status == .open)
        #expect(again.nextContactAt == Self.now.addingTimeInterval(Self.day))
        #expect(again.solvedAt == nil)
    }

    @Test func `a ticket that was solved by a letter nobody got is not solved`() throws {
        let solved = try opened().solving(cause: "ein c fehlte", letter: 5, by: agent, at: Self.now).ticket
        let change = solved.missing(letter: 5, .mailboxFull, todo: 1, at: Self.now, contactBy: Self.now.addingTimeInterval(Self.day))
        #expect(change.ticket.status == .open)
        #expect(change.events.contains(.todoRaised(todo: 1, .customerDoesNotKnow(letter: 5, .mailboxFull))))
    }

    @Test func `the last message of a ticket takes the ticket with it`() {
        let target = TicketNumber(sequence: 10_002)
        let merged = opened().losing(message: 1, to: target, isLast: true, by: agent, at: Self.now).ticket
        #expect(merged.status == .closed)
        #expect(merged.mergedInto == target)
        let back = merged.gaining(message: 1, from: target, by: agent, at: Self.now, contactBy: Self.now.addingTimeInterval(Self.day))
            .ticket
        #expect(back.status == .open)
        #expect(back.mergedInto == nil)
    }

    /// Random histories: whatever happens in whatever order, nobody is left in the dark, and the state is the fold of the events.
    @Test(arguments: 0..<200) func `no history leaves an open ticket without a next contact`(_ seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        var (ticket, now) = (opened(), Self.now)
        var journal: [(event: TicketEvent, actor: Actor, at: Date)] = [
            (
                .opened(
                    .init(
                        number: ticket.number, customer: 7, subject: "Paket", language: .de, channel: .web,
                        nextContactAt: ticket.nextContactAt!)), .customer(7), now
            ),
            (.customerWrote(message: 1, because: .webForm), .customer(7), now),
        ]
        for step in 2..<40 {
            now = now.addingTimeInterval(Double.random(in: 1...100_000, using: &random)).wholeMilliseconds
            let id = Int64(step)
            let next = now.addingTimeInterval(Double.random(in: 1...900_000, using: &random)).wholeMilliseconds
            let turns: [Turn] = [.us, .customer(askedFor: "?"), .thirdParty(name: "Bank")]
            let turn = turns.randomElement(using: &random)!
            let change: TicketChange? =
                switch Int.random(in: 0..<13, using: &random) {
                case 0, 1:
                    ticket.receiving(
                        message: id, because: .replyAddress, by: .customer(7), at: now, contactBy: now.addingTimeInterval(Self.day))
                case 2: ticket.receivingFromMachine(message: id, because: .replyAddress, by: .customer(7), at: now)
                case 3, 4:
                    try ticket.replying(
                        text: "x", message: id, letter: id, then: .turn(turn, nextContactAt: next), seen: ticket.lastMessage, by: agent,
                        at: now)
                case 5:
                    try ticket.replying(
                        text: "x", message: id, letter: id, then: .solved(cause: "y"), seen: ticket.lastMessage, by: agent, at: now)
                case 6: try? ticket.passing(to: turn, nextContactAt: next, by: agent, at: now)
                case 7: ticket.missing(letter: 1, .other, todo: id, at: now, contactBy: now.addingTimeInterval(Self.day))
                case 8: ticket.solvedByCustomer(by: .customer(7), at: now)
                case 9:
                    try ticket.correcting(
                        .init(message: ticket.official ?? 2, isCorrected: false), .init(wrong: "a", right: "b", action: "c"), message: id,
                        letter: id, then: .turn(turn, nextContactAt: next), seen: ticket.lastMessage, by: agent, at: now)
                case 10:
                    try ticket.pinning(.init(message: Int64.random(in: 2...id, using: &random), isCorrected: false), by: agent, at: now)
                case 11: ticket.unpinning(by: agent, at: now)
                default: try? ticket.reopening(.agent, nextContactAt: next, by: agent, at: now)
                }
            guard let change else { continue }
            journal += change.events.map { ($0, change.actor, now) }
            ticket = change.ticket
            #expect(ticket.status != .open || ticket.nextContactAt != nil)
            #expect((ticket.status == .open) == !ticket.lists.isEmpty)
        }
        #expect(Ticket.folded(journal) == ticket)
    }
}

/// A small generator that gives the same numbers for the same seed (SplitMix64, Steele et al., 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
