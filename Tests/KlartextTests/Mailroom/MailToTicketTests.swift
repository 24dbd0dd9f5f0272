import Foundation
import Mail
import Testing

@testable import Klartext

/// Mails through the inbox to where they belong, on a whole desk.
@Suite(.timeLimit(.minutes(2))) struct MailToTicketTests {
    private func mail(
        from: String = "Łukasz Nowak <lukasz@nowak.example>", subject: String, id: String = UUID().uuidString, headers: String = "",
        text: String
    ) -> String {
        """
        From: \(from)
        To: hilfe@nordlicht.example
        Subject: \(subject)
        Message-ID: <\(id)@nowak.example>
        Date: Mon, 23 Nov 2026 09:10:00 +0100
        Content-Type: text/plain; charset=utf-8
        \(headers.isEmpty ? "" : headers + "\n")
        \(text)

        """
    }

    @Test func `a mail becomes a ticket with number, confirmation and private link`() async throws {
        try await TestDesk.with { test in
            let entry = try await test.receive(
                mail(subject: "TXT-Eintrag fehlt", text: "Hallo,\nes fehlt ein Eintrag."), from: "lukasz@nowak.example")
            #expect(entry.state == .filed)
            let number = try #require(entry.conversation.flatMap(TicketNumber.init(rawValue:)))
            let ticket = try await test.ticket(number)
            #expect(ticket.subject == "TXT-Eintrag fehlt")
            #expect(ticket.language == .de)
            let sent = try #require(test.carrier.sent.first)
            let confirmation = try Email(parsing: sent.bytes)
            #expect(confirmation.to.map(\.mailbox) == ["lukasz@nowak.example"])
            #expect(confirmation.subject.contains("[#\(number)]"))
            #expect(confirmation.header("Auto-Submitted") == "auto-replied")
            #expect(confirmation.text.contains(test.desk.tickets.links.url(ticket)))
            #expect(confirmation.inReplyTo.count == 1)
            #expect(test.desk.mailbox.recognise(sent.envelope.from) == .letter(1))
            #expect(test.desk.mailbox.recognise(try #require(confirmation.replyTo.first).mailbox) == .conversation(number.rawValue))
            try await test.expectWhole()
        }
    }

    @Test func `the same mail delivered twice is one mail`() async throws {
        try await TestDesk.with { test in
            let raw = mail(subject: "Einmal", id: "einmal", text: "Bitte nur einmal.")
            let first = try await test.receive(raw)
            let second = try await test.receive(raw)
            #expect(first.id == second.id)
            #expect(test.carrier.sent.count == 1)
        }
    }

    @Test func `an answer to the reply address lands on the ticket, from whatever address it comes`() async throws {
        try await TestDesk.with { test in
            let receipt = try await test.request()
            let reply = test.desk.mailbox.replyAddress(conversation: receipt.ticket.number.rawValue)
            let entry = try await test.receive(
                mail(from: "privat@nowak.example", subject: "ganz anderer Betreff", text: "Noch etwas dazu."), to: [reply])
            #expect(entry.conversation == receipt.ticket.number.rawValue)
            #expect(entry.reason == FiledBecause.replyAddress.rawValue)
        }
    }

    @Test func `an answer that lost the reply address is known by the letter it answers`() async throws {
        try await TestDesk.with { test in
            let receipt = try await test.request()
            try await test.drain()
            let letter = try #require(try await test.letters(receipt.ticket.number).first)
            let entry = try await test.receive(
                mail(subject: "AW: x", headers: "References: <fremd@x.example> <\(letter.messageID)>", text: "Ja."))
            #expect(entry.conversation == receipt.ticket.number.rawValue)
            #expect(entry.reason == FiledBecause.answersOurLetter.rawValue)
        }
    }

    @Test func `the number in the subject files a participant's mail and only offers a stranger's`() async throws {
        try await TestDesk.with { test in
            let receipt = try await test.request(DemoCast.lukasz)
            let own = try await test.receive(mail(subject: "WG: Frage [#\(receipt.ticket.number)]", text: "Hier noch einmal."))
            #expect(own.conversation == receipt.ticket.number.rawValue)
            #expect(own.reason == FiledBecause.numberFromParticipant.rawValue)
            let other = try await test.receive(
                mail(from: "fremd@anderswo.example", subject: "Re: [#\(receipt.ticket.number)]", text: "Ich will auch etwas wissen."))
            let number = try #require(other.conversation.flatMap(TicketNumber.init(rawValue:)))
            #expect(number != receipt.ticket.number)
            let todos = try await test.desk.database.read { db in try db.todos(on: number) }
            #expect(todos.contains { if case .mayBelongTo(receipt.ticket.number, _) = $0.kind { true } else { false } })
            try await test.expectWhole()
        }
    }

    @Test func `an absence note is filed folded, answers nobody and changes nobody's turn`() async throws {
        try await TestDesk.with { test in
            let receipt = try await test.request()
            try await test.drain()
            let reply = test.desk.mailbox.replyAddress(conversation: receipt.ticket.number.rawValue)
            let before = test.carrier.sent.count
            try await test.receive(
                mail(subject: "Abwesend", headers: "Auto-Submitted: auto-replied", text: "Ich bin nicht da."), to: [reply])
            let messages = try await test.desk.database.read { db in try db.messages(on: receipt.ticket.number) }
            #expect(messages.last?.isAutomatic == true)
            #expect(test.carrier.sent.count == before)
        }
    }

    @Test func `a person's mail marked as bulk is filed, and the missing confirmation is a to-do`() async throws {
        try await TestDesk.with { test in
            let entry = try await test.receive(mail(subject: "Aus dem Formular", headers: "Precedence: bulk", text: "Bitte rufen Sie an."))
            let number = try #require(entry.conversation.flatMap(TicketNumber.init(rawValue:)))
            #expect(try await test.ticket(number).confirmation == .withheld(.bulk))
            #expect(test.carrier.sent.isEmpty)
            let todos = try await test.desk.database.read { db in try db.todos(on: number) }
            #expect(todos.map(\.kind) == [.notConfirmed(.bulk)])
            try await test.expectWhole()
        }
    }

    @Test func `two machines that answer each other stop, and a person sees it`() async throws {
        try await TestDesk.with { test in
            for turn in 0..<40 {
                try await test.receive(
                    mail(
                        from: "bot@schleife.example", subject: "Ticket eingegangen", id: "schleife-\(turn)",
                        text: "Wir haben Ihre Mail erhalten."))
            }
            #expect(test.carrier.sent.count <= Confirming.mostPerHour)
            try await test.expectWhole()
        }
    }

    @Test func `a machine that keeps opening tickets is held`() async throws {
        try await TestDesk.with { test in
            var states: [InboxEntry.State] = []
            for turn in 0..<10 {
                states.append(
                    try await test.receive(
                        mail(
                            from: "monitor@maschine.example", subject: "Alarm \(turn)", id: "alarm-\(turn)",
                            headers: "Auto-Submitted: auto-generated",
                            text: "Platte voll")
                    ).state)
            }
            #expect(states.suffix(3).allSatisfy { $0 == .held })
            #expect(states.first == .filed)
        }
    }

    @Test func `a bounce is pinned to its letter, and the ticket says that the customer does not know`() async throws {
        try await TestDesk.with { test in
            let receipt = try await test.request()
            try await test.drain()
            let letter = try #require(try await test.letters(receipt.ticket.number).first)
            let bounce = """
                From: MAILER-DAEMON@mx.example
                To: \(test.desk.mailbox.returnPath(letter: letter.id))
                Subject: Undelivered Mail Returned to Sender
                Message-ID: <bounce-1@mx.example>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                The mailbox is full.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; lukasz@nowak.example
                Action: failed
                Status: 5.2.2
                Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

                --b--

                """
            try await test.receive(bounce, from: "", to: [test.desk.mailbox.returnPath(letter: letter.id)])
            let after = try #require(try await test.letters(receipt.ticket.number).first)
            #expect(after.state == .failed)
            let todos = try await test.desk.database.read { db in try db.todos(on: receipt.ticket.number) }
            #expect(todos.map(\.kind) == [.customerDoesNotKnow(letter: letter.id, .mailboxFull)])
            try await test.expectWhole()
        }
    }

    @Test(arguments: [
        ("nothing in it that is a mail", HeldReason.unreadable), ("Subject: kein Absender\n\nHallo", .noSender),
    ])
    func `what cannot be understood is held with its reason`(_ raw: String, _ reason: HeldReason) async throws {
        try await TestDesk.with { test in
            let entry = try await test.receive(raw)
            #expect(entry.state == .held)
            #expect([reason.rawValue, HeldReason.noSender.rawValue].contains(entry.reason))
            try await test.expectWhole()
        }
    }

    @Test func `our own letter coming back is held, not answered`() async throws {
        try await TestDesk.with { test in
            _ = try await test.request()
            try await test.drain()
            let own = try #require(test.carrier.texts.first).replacing("\r\n", with: "\n")
            let entry = try await test.receive(own)
            #expect(entry.state == .held)
            #expect(entry.reason == HeldReason.ownMail.rawValue)
        }
    }

    @Test func `a mail to a ticket that was merged goes on where the ticket goes on`() async throws {
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            let (first, second) = (try await test.request(), try await test.request())
            try await test.desk.tickets.move(message: second.message.id, to: first.ticket.number, by: agent)
            let reply = test.desk.mailbox.replyAddress(conversation: second.ticket.number.rawValue)
            let entry = try await test.receive(mail(subject: "Noch etwas", text: "x"), to: [reply])
            #expect(entry.conversation == first.ticket.number.rawValue)
            try await test.expectWhole()
        }
    }
}
