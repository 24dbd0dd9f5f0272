import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct ThreadingTests {
    private let a = TicketNumber(sequence: 10_001)
    private let b = TicketNumber(sequence: 10_002)
    private let c = TicketNumber(sequence: 10_003)

    @Test func `signed proof beats everything that anybody could have written`() {
        var evidence = Threading.Evidence(
            replyAddresses: [a], answeredLetters: [b], answeredMails: [c], numberInSubject: c, senderTakesPart: true)
        #expect(Threading.decide(evidence) == .init(ticket: a, because: .replyAddress))
        evidence.replyAddresses = []
        #expect(Threading.decide(evidence) == .init(ticket: b, because: .answersOurLetter))
        evidence.answeredLetters = []
        #expect(Threading.decide(evidence) == .init(ticket: c, because: .answersKnownMail))
        evidence.answeredMails = []
        #expect(Threading.decide(evidence) == .init(ticket: c, because: .numberFromParticipant))
    }

    @Test func `a stranger who writes a number gets a ticket of their own, and an offer`() {
        #expect(Threading.decide(.init(numberInSubject: a, senderTakesPart: false)) == .init(ticket: nil, because: .newMail, offer: a))
    }

    @Test func `a mail that names nothing is a new ticket`() {
        #expect(Threading.decide(.init()) == .init(ticket: nil, because: .newMail))
    }
}
