import NIOConcurrencyHelpers
import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct LMTPServerTests {
    @Test func `a letter is taken with an answer for each recipient`() async throws {
        let desk = LMTPTestDesk.delivering { delivery in
            [SMTPReply(code: 250, enhanced: "2.0.0", text: "kept"), SMTPReply(code: 452, enhanced: "4.2.2", text: "mailbox\nfull")]
        }
        let peer = try await LMTPTestPeer(desk.server.start())
        #expect(await peer.line() == "220 desk.example.org LMTP")
        try await peer.send("LHLO mx.example.org\r\n")
        var lines: [String] = []
        while let line = await peer.line() {
            lines.append(line)
            if line.hasPrefix("250 ") { break }
        }
        #expect(
            lines == [
                "250-desk.example.org", "250-ENHANCEDSTATUSCODES", "250-PIPELINING", "250-8BITMIME", "250-SMTPUTF8", "250 SIZE 27262976",
            ])
        #expect(try await peer.ask("MAIL FROM:<a@example.org> SIZE=20 BODY=8BITMIME SMTPUTF8") == "250 2.1.0 Sender taken")
        #expect(try await peer.ask("RCPT TO:<jürgen@example.net>") == "250 2.1.5 Recipient taken")
        #expect(try await peer.ask("RCPT TO:<nobody@example.net>") == "550 5.1.1 No such mailbox")
        #expect(try await peer.ask("RCPT TO:<b@example.net>") == "250 2.1.5 Recipient taken")
        #expect(try await peer.ask("RCPT TO:<c@example.net>") == "250 2.1.5 Recipient taken")
        #expect(try await peer.ask("DATA")?.hasPrefix("354 ") == true)
        try await peer.send("Subject: x\r\n\r\n..\r\n.\r\n")
        #expect(await peer.line() == "250 2.0.0 kept")
        #expect(await peer.line() == "452-4.2.2 mailbox")
        #expect(await peer.line() == "452 4.2.2 full")
        #expect(await peer.line() == "451 4.3.0 Not stored, try again")
        #expect(try await peer.ask("QUIT") == "221 2.0.0 Goodbye")
        #expect(await peer.line() == nil)
        let letter = try #require(desk.letters.first)
        #expect(letter.sender == "a@example.org")
        #expect(letter.recipients == ["jürgen@example.net", "b@example.net", "c@example.net"])
        #expect(desk.texts == ["Subject: x\r\n\r\n.\r\n"])
        #expect(letter.heloName == "mx.example.org")
        #expect(letter.peer.hasPrefix("127.0.0.1:"))
        #expect(letter.isEightBit && letter.isSMTPUTF8 && !letter.isSecure)
    }

    @Test func `commands out of order are refused`() async throws {
        let desk = LMTPTestDesk()
        let peer = try await LMTPTestPeer(desk.server.start())
        _ = await peer.reply()
        #expect(try await peer.ask("EHLO x") == "500 5.5.1 This is LMTP: say LHLO")
        #expect(try await peer.ask("MAIL FROM:<>") == "503 5.5.1 Say LHLO first")
        _ = try await peer.ask("LHLO x")
        #expect(try await peer.ask("RCPT TO:<b@example.net>") == "503 5.5.1 MAIL comes first")
        #expect(try await peer.ask("DATA") == "503 5.5.1 No recipient yet")
        #expect(try await peer.ask("MAIL FROM:<>") == "250 2.1.0 Sender taken")
        #expect(try await peer.ask("MAIL FROM:<>") == "503 5.5.1 There is a letter under way already")
        #expect(try await peer.ask("RCPT TO:<nobody@example.net>") == "550 5.1.1 No such mailbox")
        #expect(try await peer.ask("DATA") == "503 5.5.1 No recipient yet")
        #expect(try await peer.ask("RCPT TO:<grün@example.net>") == "553 5.6.7 This address needs SMTPUTF8")
        #expect(try await peer.ask("RSET") == "250 2.0.0 Forgotten")
        #expect(try await peer.ask("RCPT TO:<b@example.net>") == "503 5.5.1 MAIL comes first")
        #expect(try await peer.ask("NOOP") == "250 2.0.0 Here")
        #expect(try await peer.ask("VRFY b")?.hasPrefix("252 2.5.0 ") == true)
        #expect(try await peer.ask("STARTTLS") == "502 5.5.1 STARTTLS is not available")
        #expect(desk.letters.isEmpty)
    }

    @Test(arguments: [Int.max, 1, 7])
    func `three pipelined letters are delivered in order`(pieceBytes: Int) async throws {
        let desk = LMTPTestDesk.delivering { delivery in
            // The first takes longest.
            for _ in 0..<(delivery.data.first == UInt8(ascii: "1") ? 100 : 1) { await Task.yield() }
            return [SMTPReply(code: 250, text: "kept \(String(decoding: delivery.data.dropLast(2), as: UTF8.self))")]
        }
        let peer = try await LMTPTestPeer(desk.server.start())
        let letters = (1...3).map { "MAIL FROM:<>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n\($0)\r\n.\r\n" }
        var rest = ("LHLO x\r\n" + letters.joined() + "QUIT\r\n")[...]
        while !rest.isEmpty {
            try await peer.send(String(rest.prefix(pieceBytes)))
            rest = rest.dropFirst(pieceBytes)
        }
        var replies: [String] = []
        while let reply = await peer.reply() { replies.append(reply) }
        #expect(replies.filter { $0.contains("kept") } == ["250 kept 1", "250 kept 2", "250 kept 3"])
        #expect(replies.count == 2 + 3 * 4 + 1)
        #expect(desk.texts == ["1\r\n", "2\r\n", "3\r\n"])
    }

    @Test(arguments: ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r"])
    func `a letter cannot carry another one past the server before us`(end: String) async throws {
        let desk = LMTPTestDesk()
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        let smuggled =
            "Subject: outer\r\n\r\ntext\(end)MAIL FROM:<boss@example.org>\r\nRCPT TO:<c@example.net>\r\nDATA\r\nSubject: inner\r\n"
        #expect(try await peer.ask(smuggled + ".") == "250 2.0.0 kept for b@example.net")
        #expect(try await peer.ask("NOOP") == "250 2.0.0 Here")
        #expect(desk.texts.count == 1)
        #expect(desk.texts[0].contains("MAIL FROM:<boss@example.org>"))
    }

    @Test(arguments: ["NOOP\n", "NO\rOP\r\n", "NOOP\nQUIT\r\n"])
    func `only CRLF ends a command`(line: String) async throws {
        let desk = LMTPTestDesk()
        let peer = try await LMTPTestPeer(desk.server.start())
        _ = await peer.reply()
        try await peer.send(line)
        #expect(await peer.reply()?.hasPrefix("500 5.5.2 ") == true)
    }

    @Test func `nothing more is read from a client whose letter is being delivered`() async throws {
        let gate = LMTPTestGate()
        let desk = LMTPTestDesk.delivering { _ in
            await gate.wait()
            return [SMTPReply(code: 250, text: "kept")]
        }
        let port = try await desk.server.start()
        let peer = try await LMTPTestPeer(port)
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        // Far more than sockets hold, so it can be sent only once the server reads on.
        let next = "MAIL FROM:<>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n" + String(repeating: "x", count: 24 << 20) + "\r\n.\r\n"
        let isSent = NIOLockedValueBox(false)
        let sending = peer.startSending("x\r\n.\r\n" + next)
        sending.whenComplete { _ in isSent.withLockedValue { $0 = true } }
        while desk.letters.isEmpty { await Task.yield() }
        let other = try await LMTPTestPeer(port)
        #expect(await other.reply()?.hasPrefix("220 ") == true)
        for _ in 1...100 { #expect(try await other.ask("NOOP") == "250 2.0.0 Here") }
        #expect(!isSent.withLockedValue { $0 })
        gate.open()
        #expect(await peer.reply() == "250 kept")
        try await sending.get()
        var codes: [String] = []
        for _ in 1...4 { codes.append(String(await peer.reply()?.prefix(4) ?? "")) }
        #expect(codes == ["250 ", "250 ", "354 ", "250 "])
        #expect(desk.letters.map(\.data.count) == [3, (24 << 20) + 2])
    }
}
