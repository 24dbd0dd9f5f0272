import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct AutomationTests {
    private func email(_ fields: String, from: String = "jonas@example.de", subject: String = "Frage") throws -> Email {
        try Email(parsing: Array("From: \(from)\nSubject: \(subject)\n\(fields)\n\nText".utf8))
    }

    @Test(arguments: [
        ("Auto-Submitted: no", "Automatic reply: x"), ("Auto-Submitted: No (person)", "Abwesenheit"), ("X-Autoreply: no", "Frage"),
        ("Precedence: normal", "Frage"),
        ("X-Auto-Response-Suppress: All", "Frage"), ("Precedence: first-class", "Frage"), ("Return-Path: <jonas@example.de>", "Frage"),
    ])
    func `a person is a person`(_ fields: String, _ subject: String) throws {
        #expect(try email(fields, subject: subject).automation() == .human)
    }

    @Test(arguments: [
        ("Auto-Submitted: auto-replied", "Frage"), ("Auto-Submitted: auto-replied; owner-email=\"x\"", "Frage"),
        ("X-Autorespond: x", "Frage"), ("Precedence: auto_reply", "x"),
        ("X-Mail-Autoreply: yes", "x"), ("X-Y: z", "Automatische Antwort: Frage"), ("X-Y: z", "Automatic reply: Frage"),
        ("X-Auto-Response-Suppress: All", "Out of Office: x"),
        ("Precedence: bulk", "Abwesenheitsnotiz"), ("Return-Path: <>", "Eingangsbestätigung"),
        ("Auto-Submitted: auto-generated", "Automatic reply: x"),
    ])
    func `an automatic answer is recognised`(_ fields: String, _ subject: String) throws {
        guard case .autoReply = try email(fields, subject: subject).automation() else {
            Issue.record("not an automatic answer")
            return
        }
    }

    @Test(arguments: [
        "Auto-Submitted: auto-generated", "Auto-Submitted: auto-notified", "Auto-Submitted: x-other", "X-FC-MachineGenerated: true",
    ])
    func `a notification is recognised`(_ fields: String) throws {
        guard case .machine = try email(fields).automation() else {
            Issue.record("not a machine")
            return
        }
    }

    @Test func `the envelope given wins over Return-Path`() throws {
        let mail = try email("Return-Path: <>")
        #expect(mail.answerRefusal() == .emptyReturnPath)
        #expect(mail.answerRefusal(envelopeSender: "<>") == .emptyReturnPath)
        #expect(mail.answerRefusal(envelopeSender: "jonas@example.de") == nil)
        #expect(mail.answerRefusal(envelopeSender: "owner-list@example.de") == .listAddress)
    }

    @Test(arguments: [
        ("5.2.2", "", BounceReason.mailboxFull), ("4.2.2", "quota", .mailboxFull), ("5.1.1", "", .noSuchAddress),
        ("5.1.2", "", .noSuchDomain), ("5.7.1", "", .blocked),
        ("5.7.1", "User unknown", .noSuchAddress), ("5.3.4", "", .tooLarge), ("4.4.1", "Connection timed out", .temporary),
        ("5.0.0", "mailbox is full", .mailboxFull),
        ("5.5.0", "550 mailbox unavailable", .noSuchAddress), ("5.1.10", "null MX", .noSuchDomain),
        ("5.1.10", "RecipientNotFound", .noSuchAddress), ("5.9.9", "", .other),
        ("4.7.1", "Greylisted, try again", .greylisted),
        ("4.2.0", "Recipient address rejected: Greylisted, see our policy", .greylisted), ("5.7.1", "Relaying denied", .relayDenied),
        ("5.7.1", "<a@b>: Relay access denied", .relayDenied), ("5.7.0", "Must issue a STARTTLS command first", .noTLS),
        ("5.7.10", "", .noTLS), ("4.7.5", "Server certificate not trusted", .noTLS), ("5.7.1", "Rejected by our spam policy", .blocked),
    ])
    func `a bounce has a reason people can act on`(_ status: String, _ words: String, _ reason: BounceReason) {
        #expect(BounceReason(status: status, diagnostic: words) == reason)
    }

    @Test(
        arguments: [
            ("smtp; 550 5.1.1 unknown", "5.1.1"), ("(#5.1.1)", "5.1.1"), ("host 192.0.2.1 said 4.7.0", "4.7.0"), ("10.5.1.1", nil),
            ("5.1", nil), ("version 15.1.1", nil), ("5.1.1.7", nil),
        ] as [(String, String?)])
    func `status codes are told from addresses of hosts`(_ text: String, _ status: String?) {
        #expect(StatusCode.enhanced(in: text) == status)
    }

    @Test(arguments: [
        ("<a@b> <c@d>", ["a@b", "c@d"]), ("a@b c@d", ["a@b", "c@d"]), ("<a@b><a@b>", ["a@b"]), ("", []), ("text", []), ("<unclosed", []),
        ("\"x\" <a@b> (y)", ["a@b"]),
    ])
    func `identifiers are found between junk`(_ header: String, _ ids: [String]) {
        #expect(MessageID.parseList(header).map(\.rawValue) == ids)
    }
}
