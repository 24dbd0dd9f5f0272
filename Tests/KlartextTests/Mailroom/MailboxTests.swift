import Mail
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct MailboxTests {
    private let mailbox: Mailbox
    private let stranger: Mailbox

    init() throws {
        let address = try #require(Address("hilfe@nordlicht.example"))
        mailbox = Mailbox(address: address, company: "Nordlicht", seal: Seal(key: Array(repeating: 7, count: 32)))
        stranger = Mailbox(address: address, company: "Nordlicht", seal: Seal(key: Array(repeating: 8, count: 32)))
    }

    @Test func `our marks are known again, in whatever case they come back`() {
        let reply = mailbox.replyAddress(conversation: 100_014)
        #expect(mailbox.recognise(reply) == .conversation(100_014))
        #expect(mailbox.recognise(reply.uppercased()) == .conversation(100_014))
        #expect(mailbox.recognise(mailbox.returnPath(letter: 12)) == .letter(12))
        #expect(mailbox.letter(of: mailbox.messageID(letter: 12)) == 12)
    }

    @Test func `a mark made with another key is forged`() {
        #expect(mailbox.recognise(stranger.replyAddress(conversation: 100_014)) == .forged)
        #expect(mailbox.recognise(stranger.returnPath(letter: 12)) == .forged)
        #expect(mailbox.letter(of: stranger.messageID(letter: 12)) == nil)
    }

    @Test func `a mark is good for its own number alone`() {
        let forged = mailbox.replyAddress(conversation: 100_014).replacing("100014", with: "100022")
        #expect(mailbox.recognise(forged) == .forged)
    }

    @Test(arguments: [
        ("hilfe@nordlicht.example", Mailbox.Recipient.mailbox), ("Hilfe@Nordlicht.Example", .mailbox),
        ("hilfe+werbung@nordlicht.example", .mailbox),
        ("postmaster@nordlicht.example", .mailbox), ("hilfe@anderswo.example", .foreign), ("hilfeneu@nordlicht.example", .foreign),
        ("", .foreign),
        ("hilfe", .foreign),
    ])
    func `addresses of ours are told from others`(_ address: String, _ recipient: Mailbox.Recipient) {
        #expect(mailbox.recognise(address) == recipient)
    }

    @Test func `a reply address fits into a mail address`() {
        let local = mailbox.replyAddress(conversation: 9_999_999_999).split(separator: "@")[0]
        #expect(local.utf8.count <= 64)
    }
}
