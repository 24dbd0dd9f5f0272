import Foundation
import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct DraftTests {
    private func draft(subject: String = "Ihr Anliegen", text: String = "Guten Tag\n") throws -> Draft {
        Draft(
            from: try #require(Address("support@nordlicht-hosting.example", name: "Nordlicht Hosting")),
            to: [try #require(Address("jonas@example.de", name: "Jonas Weber"))], subject: subject,
            messageID: MessageID(rawValue: "t.100014.1.k@nordlicht-hosting.example"), date: Date(timeIntervalSince1970: 1_773_310_261),
            text: text)
    }

    private func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] { bytes.split(separator: 0x0A, omittingEmptySubsequences: false) }

    @Test func `a plain letter looks as simple as it is`() throws {
        let text = String(decoding: try draft().rendered(), as: UTF8.self)
        let expected = """
            Date: Thu, 12 Mar 2026 10:11:01 +0000
            From: Nordlicht Hosting <support@nordlicht-hosting.example>
            To: Jonas Weber <jonas@example.de>
            Message-ID: <t.100014.1.k@nordlicht-hosting.example>
            Subject: Ihr Anliegen
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            Guten Tag

            """
        #expect(text == expected.replacing("\n", with: "\r\n"))
    }

    @Test func `what is built is read again as it was`() throws {
        var draft = try draft(
            subject: "Re: [#100-014] Lieferung für Łukasz – „eilig“ 🎉",
            text: "Grüße\n.\nFrom hier\nZeile mit Leerzeichen \n" + String(repeating: "ü", count: 500) + "\n")
        draft.to = [
            try #require(Address("lukasz@example.de", name: "Łukasz \"Luk\" Nowak, sen.")),
            try #require(Address("o'leary@example.com", name: "O'Leary, Tom")),
        ]
        draft.cc = [try #require(Address("info@müller.example"))]
        draft.replyTo = Address("support+k3f9@nordlicht-hosting.example")
        draft.inReplyTo = MessageID(rawValue: "a@example.de")
        draft.references = [MessageID(rawValue: "first@example.de"), MessageID(rawValue: "a@example.de")]
        draft.html = "<p>Grüße</p>"
        draft.attachments = [
            .init(name: "Beleg März.pdf", contentType: "application/pdf", bytes: Array(0...255)),
            .init(
                name: String(repeating: "langer Name mit Ümlaut ", count: 6) + ".txt", contentType: "text/plain; charset=utf-8", bytes: []),
            .init(name: "mail.eml", contentType: "message/rfc822", bytes: Array("From: x".utf8)),
        ]
        draft.headers = [("Auto-Submitted", "auto-replied"), ("X-Anliegen", "Größe")]
        let bytes = try draft.rendered()
        let email = try Email(parsing: bytes)
        #expect(email.subject == draft.subject)
        #expect(email.from == [draft.from])
        #expect(email.to == draft.to)
        #expect(email.cc.map(\.key) == draft.cc.map(\.key))
        #expect(email.replyTo.map(\.mailbox) == ["support+k3f9@nordlicht-hosting.example"])
        #expect(email.messageID == draft.messageID)
        #expect(email.inReplyTo == [MessageID(rawValue: "a@example.de")])
        #expect(email.references == draft.references)
        #expect(email.date == draft.date)
        #expect(email.text == draft.text)
        #expect(email.html?.contains("<p>Grüße</p>") == true)
        #expect(email.attachments.map(\.bytes) == draft.attachments.map(\.bytes))
        #expect(email.attachments.first?.name == "Beleg März.pdf")
        #expect(email.attachments.map(\.contentType) == ["application/pdf", "text/plain", "application/octet-stream"])
        #expect(email.header("auto-submitted") == "auto-replied")
        #expect(email.header("X-Anliegen") == "Größe")
        #expect(email.defects.isEmpty)
        #expect(bytes.allSatisfy { $0 < 0x80 })
        #expect(!draft.needsSMTPUTF8)
    }

    @Test func `every line ends in CRLF and is short, none is a lone dot`() throws {
        var draft = try draft(
            subject: String(repeating: "Wort ", count: 300), text: String(repeating: "x", count: 5_000) + "\n.\n..\r\n\tq\u{7F}\n")
        draft.references = (0..<500).map { MessageID(rawValue: "reference.\($0)@nordlicht-hosting.example") }
        draft.attachments = [.init(name: "a.bin", contentType: "application/octet-stream", bytes: [UInt8](repeating: 7, count: 10_000))]
        for line in lines(try draft.rendered()).dropLast() {
            #expect(line.last == 0x0D)
            #expect(line.count <= 200)
            #expect(line.dropLast().firstIndex(of: 0x0D) == nil)
        }
        let plain = String(decoding: try draft.rendered(), as: UTF8.self)
        #expect(!plain.contains("\r\n.\r\n"))
    }

    @Test func `the same draft gives the same bytes`() throws {
        var draft = try draft()
        draft.html = "<p>x</p>"
        #expect(try draft.rendered() == draft.rendered())
    }

    @Test func `of long threads the first and the last twenty are named`() throws {
        var draft = try draft()
        draft.references = (0..<500).map { MessageID(rawValue: "r\($0)@example.de") }
        let email = try Email(parsing: draft.rendered())
        #expect(email.references.map(\.rawValue) == ["r0@example.de"] + (480..<500).map { "r\($0)@example.de" })
    }

    @Test(arguments: ["Hallo\r\nBcc: all@example.de", "Hallo\nX", "a\rb", "a\u{0}b", "a\u{2028}b", "a\u{85}b"])
    func `no line can be injected`(_ text: String) throws {
        #expect(throws: DraftError.controlCharacter(field: "Subject")) { try draft(subject: text).rendered() }
        var named = try draft()
        named.from.name = text
        #expect(throws: DraftError.self) { try named.rendered() }
        var extra = try draft()
        extra.headers = [("X-A", text)]
        #expect(throws: DraftError.controlCharacter(field: "X-A")) { try extra.rendered() }
        var replying = try draft()
        replying.inReplyTo = MessageID(rawValue: text)
        #expect(throws: DraftError.invalidMessageID(text)) { try replying.rendered() }
        var filed = try draft()
        filed.attachments = [.init(name: text + "\"; x=y", contentType: text, bytes: [])]
        let email = try Email(parsing: filed.rendered())
        #expect(email.headers.count == 7)
        #expect(email.header("Bcc") == nil)
    }

    @Test func `fields that are not the caller's are refused`() throws {
        for name in ["From", "to", "CONTENT-TYPE", "Content-Foo", "Bcc", "MIME-Version"] {
            var draft = try draft()
            draft.headers = [(name, "x")]
            #expect(throws: DraftError.reservedField(name)) { try draft.rendered() }
        }
        for name in ["", "X A", "X:", "X\r\n", "Ü"] {
            var draft = try draft()
            draft.headers = [(name, "x")]
            #expect(throws: DraftError.invalidFieldName(name)) { try draft.rendered() }
        }
    }

    @Test func `nobody and nowhere are refused`() throws {
        var alone = try draft()
        alone.to = []
        #expect(throws: DraftError.noRecipient) { try alone.rendered() }
        for id in ["", "a", "a@", "@b", "a b@c", "<a@b>", "a@b@c", "ü@c"] {
            var draft = try draft()
            draft.messageID = MessageID(rawValue: id)
            #expect(throws: DraftError.invalidMessageID(id)) { try draft.rendered() }
        }
    }

    @Test func `a local part beyond ASCII needs SMTPUTF8 and survives`() throws {
        var draft = try draft()
        draft.to = [try #require(Address("jörg@müller.example"))]
        #expect(draft.needsSMTPUTF8)
        #expect(try Email(parsing: draft.rendered()).to.map(\.mailbox) == ["jörg@müller.example"])
    }

    @Test(arguments: [
        (0.0, "Thu, 1 Jan 1970 00:00:00 +0000"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
        (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 +0000"),
        (1_798_761_599.9, "Thu, 31 Dec 2026 23:59:59 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
    ])
    func `dates are written as RFC 5322 asks`(_ seconds: Double, _ text: String) {
        #expect(DraftDate.text(Date(timeIntervalSince1970: seconds)) == text)
    }
}
