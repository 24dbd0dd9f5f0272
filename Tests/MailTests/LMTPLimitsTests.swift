import Testing

@testable import Mail

/// What the server does about clients that send too much, too slowly, or too much nonsense.
@Suite(.timeLimit(.minutes(1)))
struct LMTPLimitsTests {
    @Test func `a letter announced as too large is refused at once`() async throws {
        let desk = LMTPTestDesk { $0.maxSizeBytes = 1000 }
        let peer = try await LMTPTestPeer(desk.server.start())
        _ = await peer.reply()
        _ = try await peer.ask("LHLO x")
        #expect(try await peer.ask("MAIL FROM:<> SIZE=1001") == "552 5.3.4 The letter is too large")
        #expect(try await peer.ask("MAIL FROM:<> SIZE=1000") == "250 2.1.0 Sender taken")
    }

    @Test func `a letter that turns out too large is refused for each recipient`() async throws {
        let desk = LMTPTestDesk { $0.maxSizeBytes = 100_000 }
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net", "c@example.net")
        _ = try await peer.ask("DATA")
        try await peer.send(String(repeating: "MAIL FROM:<forged@example.org>\r\n", count: 10_000) + ".\r\n")
        for _ in 1...2 { #expect(await peer.line() == "552 5.3.4 The letter is too large") }
        #expect(try await peer.ask("MAIL FROM:<>") == "250 2.1.0 Sender taken")
        #expect(try await peer.ask("RCPT TO:<b@example.net>") == "250 2.1.5 Recipient taken")
        _ = try await peer.ask("DATA")
        #expect(try await peer.ask(String(repeating: "x", count: 99_998) + "\r\n.") == "250 2.0.0 kept for b@example.net")
        #expect(desk.letters.map(\.data.count) == [100_000])
    }

    @Test func `letters beyond the common memory are put off`() async throws {
        let desk = LMTPTestDesk { $0.maxBytesInFlight = 1000 }
        let port = try await desk.server.start()
        let first = try await LMTPTestPeer(port)
        try await first.begin(to: "b@example.net")
        _ = try await first.ask("DATA")
        try await first.send(String(repeating: "x", count: 1001) + "\r\n.\r\n")
        #expect(await first.line() == "452 4.3.1 Too many letters at once, try again")
        // What was put off or delivered weighs nothing any more, and neither does what its sender gave up.
        for _ in 1...3 {
            let peer = try await LMTPTestPeer(port)
            try await peer.begin(to: "b@example.net")
            _ = try await peer.ask("DATA")
            #expect(try await peer.ask(String(repeating: "x", count: 900) + "\r\n.") == "250 2.0.0 kept for b@example.net")
        }
    }

    @Test func `recipients beyond the limit are put off`() async throws {
        let desk = LMTPTestDesk { $0.maxRecipients = 2 }
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net", "c@example.net")
        #expect(try await peer.ask("RCPT TO:<d@example.net>")?.hasPrefix("452 4.5.3 ") == true)
        _ = try await peer.ask("DATA")
        #expect(try await peer.ask("x\r\n.") == "250 2.0.0 kept for b@example.net")
        #expect(await peer.line() == "250 2.0.0 kept for c@example.net")
    }

    @Test(arguments: [4095, 5000, 300_000])
    func `a command line that is too long is answered once and skipped`(length: Int) async throws {
        let desk = LMTPTestDesk()
        let peer = try await LMTPTestPeer(desk.server.start())
        _ = await peer.reply()
        #expect(try await peer.ask(String(repeating: "x", count: length)) == "500 5.5.2 Line too long")
        #expect(try await peer.ask("NOOP " + String(repeating: "x", count: 4000)) == "250 2.0.0 Here")
    }

    @Test func `lines of a letter have no limit of their own`() async throws {
        let desk = LMTPTestDesk()
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        #expect(try await peer.ask(String(repeating: "x", count: 1 << 20) + "\r\n.") == "250 2.0.0 kept for b@example.net")
        #expect(desk.letters.map(\.data.count) == [(1 << 20) + 2])
    }

    @Test func `after twenty wrong commands the connection is ended`() async throws {
        let desk = LMTPTestDesk()
        let peer = try await LMTPTestPeer(desk.server.start())
        _ = await peer.reply()
        for _ in 1...20 { #expect(try await peer.ask("GET / HTTP/1.1") == "500 5.5.1 Unknown command") }
        #expect(await peer.reply() == "421 4.7.0 Too many errors")
        #expect(await peer.reply() == nil)
    }

    @Test func `one connection too many is turned away until another ends`() async throws {
        let desk = LMTPTestDesk { $0.maxConnections = 2 }
        let port = try await desk.server.start()
        let peers = [try await LMTPTestPeer(port), try await LMTPTestPeer(port)]
        for peer in peers { #expect(await peer.reply()?.hasPrefix("220 ") == true) }
        let third = try await LMTPTestPeer(port)
        #expect(await third.reply() == "421 4.3.2 Too many connections, come again later")
        #expect(await third.reply() == nil)
        #expect(try await peers[0].ask("QUIT") == "221 2.0.0 Goodbye")
        #expect(await peers[0].reply() == nil)
        while desk.server.connectionCount == 2 { await Task.yield() }
        #expect(try await LMTPTestPeer(port).reply()?.hasPrefix("220 ") == true)
    }

    @Test func `a client that says nothing is cut off`() async throws {
        let desk = LMTPTestDesk { $0.lineTimeoutSeconds = 0.05 }
        let peer = try await LMTPTestPeer(desk.server.start())
        #expect(await peer.reply()?.hasPrefix("220 ") == true)
        #expect(await peer.reply() == "421 4.4.2 Too slow, closing the connection")
        #expect(await peer.reply() == nil)
    }

    @Test func `a command that drips in without an end is cut off`() async throws {
        let desk = LMTPTestDesk { $0.lineTimeoutSeconds = 0.2 }
        let peer = try await LMTPTestPeer(desk.server.start())
        #expect(await peer.reply()?.hasPrefix("220 ") == true)
        let drip = Task { [sender = peer.sender] in while !Task.isCancelled { try await sender("x") } }
        #expect(await peer.reply() == "421 4.4.2 Too slow, closing the connection")
        #expect(await peer.reply() == nil)
        drip.cancel()
    }

    @Test func `a letter that drips in is cut off`() async throws {
        let desk = LMTPTestDesk {
            $0.progressSeconds = 0.05
            $0.minBytesPerSecond = 1_000_000_000
        }
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        let drip = Task { [sender = peer.sender] in while !Task.isCancelled { try await sender("drip\r\n") } }
        #expect(await peer.reply() == "421 4.4.2 Too slow, closing the connection")
        drip.cancel()
        #expect(desk.letters.isEmpty)
    }

    @Test func `a letter must end some day, however fast it comes`() async throws {
        let desk = LMTPTestDesk {
            $0.dataTimeoutSeconds = 0.05
            $0.minBytesPerSecond = 0
        }
        let peer = try await LMTPTestPeer(desk.server.start())
        try await peer.begin(to: "b@example.net")
        _ = try await peer.ask("DATA")
        let stream = Task { [sender = peer.sender] in while !Task.isCancelled { try await sender("more\r\n") } }
        #expect(await peer.reply() == "421 4.4.2 Too slow, closing the connection")
        stream.cancel()
    }

    @Test func `the time of a slow delivery is not the client's`() async throws {
        let gate = LMTPTestGate()
        let desk = LMTPTestDesk {
            $0.lineTimeoutSeconds = 1
        } replies: { _ in
            await gate.wait()
            return [SMTPReply(code: 250, text: "kept")]
        }
        let port = try await desk.server.start()
        let letter = "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nx\r\n.\r\n"
        let peer = try await LMTPTestPeer(port, saying: letter)
        while desk.letters.isEmpty { await Task.yield() }
        // Once a silent client that came later is cut off, the time has passed.
        let silent = try await LMTPTestPeer(port)
        _ = await silent.reply()
        #expect(await silent.reply()?.hasPrefix("421 4.4.2 ") == true)
        gate.open()
        var replies: [String] = []
        for _ in 1...6 { replies.append(await peer.reply() ?? "") }
        #expect(replies.last == "250 kept")
    }

    @Test func `an old connection is ended between two letters`() async throws {
        let desk = LMTPTestDesk { $0.sessionTimeoutSeconds = 0 }
        let peer = try await LMTPTestPeer(desk.server.start())
        _ = await peer.reply()
        #expect(try await peer.ask("LHLO x") == "421 4.4.2 This connection is old, make a new one")
        #expect(await peer.reply() == nil)
    }
}
