import Foundation
import Mail
import Testing

@testable import Klartext

/// Klartext behind a real mail server: Postfix delivers to it by LMTP and takes its letters by SMTP.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(
        if: RunningPostfix.isAvailable && SMTPSink.isAvailable, "needs Debian's package postfix, and root to start it (bin/setup test)"))
struct PostfixTests {
    /// Everything between a customer and the desk.
    private struct Post {
        var installation: Installation
        var klartext: RunningKlartext
        var postfix: RunningPostfix
        /// Where mail to everybody else arrives.
        var world: SMTPSink

        static let refusingDomain = "refusing.example"
        static let silentDomain = "silent.example"

        static func with(_ body: (Post) async throws -> Void) async throws {
            let (smtpPort, lmtpPort) = (try FreePort.next(), try FreePort.next())
            let settings = ["KLARTEXT_SMTP": "smtp://127.0.0.1:\(smtpPort)", "KLARTEXT_LMTP": "127.0.0.1:\(lmtpPort)"]
            try await Installation.with(settings) { installation in
                let world = try await SMTPSink.start(in: installation)
                let refusing = try await SMTPSink.start(in: installation, named: "refusing", refusal: "550 5.1.1 No such mailbox")
                let silent = try await SMTPSink.start(in: installation, named: "silent", reports: false)
                let plan = RunningPostfix.Plan(
                    port: smtpPort, lmtpPort: lmtpPort, refusing: (refusingDomain, refusing.port), silent: (silentDomain, silent.port),
                    worldPort: world.port)
                let klartext = try await installation.serve()
                let postfix = try await RunningPostfix.start(plan, in: installation)
                do {
                    try await body(Post(installation: installation, klartext: klartext, postfix: postfix, world: world))
                    await postfix.stop()
                } catch {
                    // A task of its own, since this one may have been cancelled for taking too long.
                    await Task { await postfix.stop() }.value
                    Issue.record("Postfix's log:\n\(postfix.log)")
                    throw error
                }
            }
        }

        /// Hands a customer's mail to Postfix.
        func write(from sender: String, to recipient: String = DemoCast.supportAddress, subject: String = "Frage", text: String)
            async throws
        {
            let mail = Postman.mail(from: sender, to: recipient, subject: subject, id: "\(UUID().uuidString)@kunde.example", text: text)
            try await Postman(.smtp, port: postfix.port).deliver(mail, from: sender, to: recipient)
        }

        func tickets() async throws -> [TicketNumber] {
            let numbers: [Int64] = try await installation.column("SELECT number FROM ticket ORDER BY number")
            return numbers.compactMap(TicketNumber.init(rawValue:))
        }

        func messages(on number: TicketNumber) async throws -> [String] {
            try await installation.column("SELECT body FROM message WHERE ticket = \(number.rawValue) ORDER BY id")
        }

        /// The only ticket there is, once it is there.
        func ticket() async throws -> TicketNumber { try await eventually("a ticket") { try await tickets().first } }

        /// State and report of the only letter there is, once it is as expected.
        func letter(becomes expected: [String]) async throws {
            try await eventually("the letter to be \(expected)") {
                let row = try await installation.rows("SELECT state, report FROM letter").first
                return try row.map { try [$0["state"], $0["report"]] } == expected ? true : nil
            }
        }

        /// The newest mail in the inbox: state, reason and envelope sender.
        func newest() async throws -> [String] {
            let row = try #require(try await installation.rows("SELECT state, reason, sender FROM inbox ORDER BY id DESC LIMIT 1").first)
            return try [row["state"], row["reason"], row["sender"]]
        }

        func expectWhole(sourceLocation: SourceLocation = #_sourceLocation) async throws {
            let check = try await installation.run("check")
            #expect(check.status == 0, "\(check.output)\(check.complaints)", sourceLocation: sourceLocation)
        }
    }

    @Test func `a mail becomes a ticket, and its confirmation reaches the customer`() async throws {
        try await Post.with { post in
            try await post.write(from: "lukasz@nowak.example", subject: "TXT-Eintrag fehlt", text: "Hallo, es fehlt ein Eintrag.")
            let taken = try await post.world.mail(to: "lukasz@nowak.example")
            let number = try await post.ticket()
            #expect(try await post.messages(on: number).map { $0.trimmingCharacters(in: .newlines) } == ["Hallo, es fehlt ein Eintrag."])
            #expect(taken.sender.hasPrefix("hilfe+b1."))
            #expect(taken.sender.hasSuffix("@nordlicht.example"))
            #expect(taken.email.header("Auto-Submitted") == "auto-replied")
            #expect(taken.email.messageID?.rawValue.hasSuffix("@nordlicht.example") == true)
            #expect(taken.email.subject == "TXT-Eintrag fehlt \(number.tag)")
            #expect(taken.email.text.contains("\(number)"))
            try await eventually("the letter to be recorded as accepted") {
                let states: [String] = try await post.installation.column("SELECT state FROM letter")
                return states == ["accepted"] ? true : nil
            }
            try await post.expectWhole()
        }
    }

    @Test func `an answer to the confirmation lands on the same ticket, whoever sends it`() async throws {
        try await Post.with { post in
            try await post.write(from: "lukasz@nowak.example", text: "Hallo, es fehlt ein Eintrag.")
            let confirmation = try await post.world.mail(to: "lukasz@nowak.example").email
            let reply = try #require(confirmation.replyTo.first).mailbox
            try await post.write(from: "privat@anderswo.example", to: reply, subject: "ganz anders", text: "Ich habe ihn gefunden.")
            let number = try await post.ticket()
            let messages = try await eventually("the answer on the ticket") {
                let messages = try await post.messages(on: number)
                return messages.count > 1 ? messages : nil
            }
            #expect(messages.last?.contains("gefunden") == true)
            #expect(try await post.tickets() == [number])
            try await post.expectWhole()
        }
    }

    @Test func `a mail to an address that is not ours goes back to who wrote it`() async throws {
        try await Post.with { post in
            try await post.write(from: "tom@oleary.example", to: "niemand@nordlicht.example", text: "Ist da wer?")
            let returned = try await post.world.mail(to: "tom@oleary.example")
            #expect(returned.sender.isEmpty)
            let recipient = try #require(returned.email.deliveryReport?.recipients.first)
            #expect(recipient.status == "5.1.1")
            #expect(recipient.diagnostic.contains("No such address here"))
            #expect(try await post.installation.rows("SELECT id FROM inbox").isEmpty)
            try await post.expectWhole()
        }
    }

    @Test func `a confirmation that the customer's server refuses comes back to its letter and becomes a to-do`() async throws {
        try await Post.with { post in
            try await post.write(from: "tom@\(Post.refusingDomain)", text: "Wo ist mein Paket?")
            let number = try await post.ticket()
            let todos = try await eventually("a to-do") {
                let todos: [String] = try await post.installation.column("SELECT kind FROM todo WHERE ticket = \(number.rawValue)")
                return todos.isEmpty ? nil : todos
            }
            #expect(todos == ["customerDoesNotKnow"])
            let letter = try #require(try await post.installation.rows("SELECT state, detail FROM letter").first)
            let (state, detail): (String, String) = try (letter["state"], letter["detail"])
            #expect(state == "failed")
            #expect(detail.contains("550 5.1.1 No such mailbox"))
            let reports = try await post.installation.rows("SELECT state, reason, sender, conversation FROM inbox ORDER BY id DESC LIMIT 1")
            let report = try #require(reports.first)
            let words: [String] = try [report["state"], report["reason"], report["sender"]]
            #expect(words == ["machine", "report: failed", ""])
            let conversation: Int64? = try report["conversation"]
            #expect(conversation == number.rawValue)
            try await post.expectWhole()
        }
    }

    @Test func `a letter that reaches a mailbox is reported as delivered`() async throws {
        try await Post.with { post in
            try await post.write(from: "marlene@postfach.example", text: "Wo ist mein Paket?")
            try await post.letter(becomes: ["delivered", ""])
            #expect(try await post.newest() == ["machine", "report: delivered", ""])
            let number = try await post.ticket()
            #expect(try await post.messages(on: number).count == 1)
            #expect(try await post.installation.rows("SELECT id FROM todo").isEmpty)
            let outcomes: [String] = try await post.installation.column("SELECT outcome FROM letter_attempt ORDER BY attempted_at")
            #expect(outcomes == ["accepted", "report: delivered"])
            let report: String = try #require(
                try await post.installation.column(
                    "SELECT raw FROM inbox_raw r JOIN inbox i ON i.digest = r.digest ORDER BY i.id DESC LIMIT 1"
                )
                .map { (raw: [UInt8]) in String(decoding: raw, as: UTF8.self) }.first)
            #expect(report.contains("Original-Envelope-Id: l1."))
            try await post.expectWhole()
        }
    }

    @Test func `a letter handed to a server that does not report is said to be passed on`() async throws {
        try await Post.with { post in
            try await post.write(from: "tom@\(Post.silentDomain)", text: "Wo ist mein Paket?")
            try await post.letter(becomes: ["accepted", "relayed"])
            #expect(try await post.newest() == ["machine", "report: relayed", ""])
            try await post.expectWhole()
        }
    }

    @Test func `a letter to a mailbox that does not exist fails at once`() async throws {
        try await Post.with { post in
            try await post.write(from: "niemand@postfach.example", text: "Wo ist mein Paket?")
            try await post.letter(becomes: ["failed", ""])
            let todos: [String] = try await post.installation.column("SELECT detail FROM todo")
            #expect(todos.count == 1)
            #expect(todos.first?.contains("noSuchAddress") == true)
            try await post.expectWhole()
        }
    }

    @Test func `what comes while Klartext is down waits, and is delivered once`() async throws {
        try await Post.with { post in
            #expect(try await post.klartext.stop() == 0)
            let senders = (1...3).map { "kunde\($0)@kunde.example" }
            for sender in senders { try await post.write(from: sender, text: "Frage von \(sender)") }
            try await eventually("Postfix to find nobody at home") {
                post.postfix.log.components(separatedBy: "status=deferred").count > senders.count ? true : nil
            }
            #expect(try await post.postfix.waiting() == senders.count)
            let again = try await post.installation.serve()
            try await post.postfix.flush()
            for sender in senders { _ = try await post.world.mail(to: sender) }
            // its queue holds our confirmations for a moment, too
            try await eventually("Postfix to have nothing left") { try await post.postfix.waiting() == 0 ? true : nil }
            #expect(try await post.tickets().count == senders.count)
            #expect(try await post.installation.rows("SELECT id FROM inbox").count == senders.count)
            #expect(try post.world.mails().map(\.recipient).sorted() == senders)
            #expect(try await again.stop() == 0)
            try await post.expectWhole()
        }
    }
}
