import Foundation
import Mail
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct SortingTests {
    private let mailbox: Mailbox

    init() throws {
        mailbox = Mailbox(
            address: try #require(Address("hilfe@nordlicht.example")), company: "Nordlicht", seal: Seal(key: Array(repeating: 7, count: 32))
        )
    }

    private func sort(_ headers: String, text: String = "Hallo", sender: String? = "lukasz@nowak.example", to recipients: [String] = [])
        throws -> Sorting
    {
        let raw = "\(headers)\nMessage-ID: <1@nowak.example>\n\n\(text)\n".replacing("\n", with: "\r\n")
        return Sorting.sort(
            try Email(parsing: Array(raw.utf8)), envelopeSender: sender, recipients: recipients + ["hilfe@nordlicht.example"],
            mailboxes: Mailboxes(main: mailbox))
    }

    /// One word for each way a mail can go.
    private func word(_ sorting: Sorting) -> String {
        switch sorting {
        case .report(let letter, _): "report on \(letter)"
        case .noticeReport(let notice, _): "report on notice \(notice)"
        case .machine(let reason): "machine: \(reason.rawValue)"
        case .held(let reason): "held: \(reason.rawValue)"
        case .correspondence(let mail):
            "from \(mail.sender.mailbox)" + (mail.isAutomatic ? ", automatic" : "")
                + (mail.silence.map { ", silent: \($0.rawValue)" } ?? "")
        }
    }

    @Test(arguments: [
        ("From: Łukasz <lukasz@nowak.example>\nSubject: Frage", "from lukasz@nowak.example"),
        ("From: lukasz@nowak.example\nAuto-Submitted: no", "from lukasz@nowak.example"),
        ("From: lukasz@nowak.example\nPrecedence: bulk", "from lukasz@nowak.example, silent: bulk"),
        ("From: no-reply@shop.example\nReply-To: lukasz@nowak.example", "from lukasz@nowak.example"),
        ("From: Formular <form@shop.example>\nReply-To: Łukasz <lukasz@nowak.example>", "from lukasz@nowak.example"),
        ("From: lukasz@nowak.example\nReply-To: liste@liste.example\nList-Id: <liste.example>", "from lukasz@nowak.example, silent: bulk"),
        ("From: no-reply@shop.example", "from no-reply@shop.example, silent: noReply"),
        ("From: lukasz@nowak.example\nAuto-Submitted: auto-replied", "machine: autoReplyToNothing"),
        ("From: monitor@maschine.example\nAuto-Submitted: auto-generated", "from monitor@maschine.example, silent: automatic"),
        ("From: lukasz@nowak.example\nX-Auto-Response-Suppress: All", "from lukasz@nowak.example, silent: askedForSilence"),
        ("Subject: nichts weiter", "held: noSender"), ("From: hilfe@nordlicht.example", "held: ownMail"),
        (
            "From: lukasz@nowak.example\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b",
            "machine: readReceipt"
        ),
    ])
    func `each kind of mail goes its own way`(_ headers: String, _ expected: String) throws {
        #expect(word(try sort(headers)) == expected)
    }

    @Test func `an absence note that answers a letter belongs to its ticket, folded and unanswered`() throws {
        let letter = mailbox.messageID(letter: 12).rawValue
        let sorted = try sort("From: lukasz@nowak.example\nAuto-Submitted: auto-replied\nIn-Reply-To: <\(letter)>")
        #expect(word(sorted) == "from lukasz@nowak.example, automatic, silent: automatic")
    }

    @Test func `a bounce is known by the envelope sender it returns to, even when it quotes nothing`() throws {
        let sorted = try sort(
            "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender",
            text: "<lukasz@nowak.example>: host mx.example said: 550 5.1.1 User unknown", sender: "", to: [mailbox.returnPath(letter: 12)])
        #expect(word(sorted) == "report on 12")
    }

    @Test func `a bounce of a letter that is not ours waits for a person`() throws {
        let sorted = try sort(
            "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender",
            text: "<x@y.example>: host mx.example said: 550 5.1.1 User unknown", sender: "")
        #expect(word(sorted) == "held: bounceOfUnknownLetter")
    }

    @Test func `a forged mark proves nothing`() throws {
        let sorted = try sort(
            "From: lukasz@nowak.example\nSubject: x", to: ["hilfe+100014.aaaaaaaaaaaaaaaa@nordlicht.example"])
        guard case .correspondence(let mail) = sorted else {
            Issue.record("not filed as a mail")
            return
        }
        #expect(mail.conversations.isEmpty)
        #expect(mail.letters.isEmpty)
    }
}
