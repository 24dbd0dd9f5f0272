import Foundation
import Mail
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct LetterFateTests {
    private static let recipient = "lukasz@nowak.example"

    private func letter(_ state: Letter.State, _ report: Letter.Report?) -> Letter {
        let time = Date(timeIntervalSince1970: 0)
        return Letter(
            id: 12, conversation: nil, kind: "reply", language: .de, recipient: Self.recipient, recipientName: "", subject: "",
            replyTo: nil,
            messageID: "", thread: [], isAutomatic: false, writtenAt: time, state: state, stateAt: time, report: report, mailbox: "",
            server: "",
            code: nil, detail: "", attempts: 1, dismissedAt: nil)
    }

    /// A report with a line for each recipient.
    private func report(_ lines: (address: String, action: String)...) throws -> DeliveryReport {
        let groups = lines.map { "Final-Recipient: rfc822; \($0.address)\nAction: \($0.action)\nStatus: 2.0.0\n" }.joined(separator: "\n")
        let raw = """
            From: MAILER-DAEMON@mx.example
            Message-ID: <1@mx.example>
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            \(groups)
            --b--

            """
        return try #require(try Email(parsing: Array(raw.replacing("\n", with: "\r\n").utf8)).deliveryReport)
    }

    /// State and report as one word.
    private func word(_ state: Letter.State, _ report: Letter.Report?) -> String {
        report.map { "\(state.rawValue), \($0.rawValue)" } ?? state.rawValue
    }

    static let known: [(Letter.State, Letter.Report?)] = [
        (.queued, nil), (.delayed, nil), (.accepted, nil), (.accepted, .delayed), (.accepted, .relayed), (.accepted, .expanded),
        (.delivered, nil),
        (.failed, nil),
    ]
    /// What is known after each action; in the order of ``known``.
    static let after: [(action: String, words: [String])] = [
        ("delayed", ["accepted, delayed", "accepted, delayed", "accepted, delayed", "", "", "", "", ""]),
        ("relayed", ["accepted, relayed", "accepted, relayed", "accepted, relayed", "accepted, relayed", "", "", "", ""]),
        ("expanded", ["accepted, expanded", "accepted, expanded", "accepted, expanded", "accepted, expanded", "", "", "", ""]),
        ("delivered", ["delivered", "delivered", "delivered", "delivered", "delivered", "delivered", "", ""]),
        ("failed", ["failed", "failed", "failed", "failed", "failed", "failed", "failed", ""]),
    ]

    @Test(arguments: after) func `what is known of a letter never goes backwards`(_ row: (action: String, words: [String])) throws {
        let report = try report((Self.recipient, row.action))
        for (known, expected) in zip(Self.known, row.words) {
            let fate = letter(known.0, known.1).fate(after: report)
            #expect((fate.map { word($0.state, $0.report) } ?? "") == expected, "\(row.action) after \(known)")
        }
    }

    @Test func `a failure for somebody the letter was passed on to changes nothing once it was delivered`() throws {
        let elsewhere = try report(("weiter@anderswo.example", "failed"))
        #expect(letter(.delivered, nil).fate(after: elsewhere) == nil)
        #expect(letter(.accepted, nil).fate(after: elsewhere) == LetterFate(state: .failed))
    }

    @Test func `of several lines the one that names the recipient counts`() throws {
        let mixed = try report(("other@nowak.example", "failed"), ("LUKASZ@nowak.example", "delivered"))
        #expect(letter(.accepted, nil).fate(after: mixed) == LetterFate(state: .delivered))
        let foreign = try report(("a@liste.example", "delivered"), ("b@liste.example", "delayed"))
        #expect(letter(.accepted, nil).fate(after: foreign) == LetterFate(state: .accepted, report: .delayed))
    }

    @Test(arguments: [
        (SMTPFailure.tls("no"), LetterFailure.noTLS), (.timeout(.connect), .unreachable), (.connection("no", stage: .data), .unreachable),
        (.authentication(SMTPReply(code: 535, enhanced: "5.7.8", text: "no")), .relayDenied), (.unsupported("SMTPUTF8"), .other),
        (.refused(SMTPReply(code: 450, enhanced: "4.2.0", text: "Greylisted"), stage: .recipient), .greylisted),
        (.refused(SMTPReply(code: 452, enhanced: "4.2.2", text: "Mailbox full"), stage: .recipient), .mailboxFull),
        (.refused(SMTPReply(code: 451, enhanced: nil, text: "what"), stage: .data), .unreachable),
        (.refused(SMTPReply(code: 530, enhanced: "5.7.0", text: "Must issue a STARTTLS command first"), stage: .mail), .noTLS),
        (.refused(SMTPReply(code: 530, enhanced: "5.7.0", text: "Authentication required"), stage: .mail), .relayDenied),
        (.refused(SMTPReply(code: 554, enhanced: "5.7.1", text: "Relay access denied"), stage: .recipient), .relayDenied),
        (.refused(SMTPReply(code: 550, enhanced: nil, text: "User unknown"), stage: .recipient), .noSuchAddress),
        (.refused(SMTPReply(code: 554, enhanced: nil, text: "no"), stage: .greeting), .unreachable),
    ])
    func `why a letter was given up is said in a word`(_ failure: SMTPFailure, _ word: LetterFailure) {
        #expect(LetterFailure(failure) == word)
    }
}
