import NIOCore
import TestServers
import Testing

@testable import Mail

/// The client against a server that keeps to a script.
@Suite(.timeLimit(.minutes(1)))
struct SMTPClientTests {
    private let letter = Array("Subject: hello\r\n\r\n.dot\r\n".utf8)
    private let envelope = Envelope(from: "desk@example.org", to: ["a@example.net"])
    private let two = Envelope(from: "desk@example.org", to: ["a@example.net", "b@example.net"])

    private func client(_ server: ScriptedServer, _ security: ServerSecurity = .none) -> SMTPClient {
        SMTPClient(server: server.address(security), heloName: "desk.example.org", maxConnections: 1)
    }

    @Test func `a letter is sent and the acceptance says by whom`() async throws {
        let server = try await ScriptedServer(.welcome() + .letter)
        let acceptance = try await client(server).send(letter, envelope: envelope)
        #expect(acceptance.reply == SMTPReply(code: 250, enhanced: "2.0.0", text: "queued as 1"))
        #expect(acceptance.server == "127.0.0.1 (mx.example)")
        #expect(acceptance.tls == nil)
        #expect(acceptance.refusedRecipients.isEmpty)
        #expect(
            server.lines[0] == [
                "EHLO desk.example.org", "MAIL FROM:<desk@example.org>", "RCPT TO:<a@example.net>", "DATA",
                "Subject: hello\r\n\r\n..dot",
            ])
    }

    @Test func `pipelined commands are sent before the first reply comes`() async throws {
        let server = try await ScriptedServer(
            .welcome("PIPELINING") + [
                .hear("MAIL"), .hear("RCPT"), .hear("DATA"), .sayByByte("250-2.1.0 ok\r\n250 2.1.0 ok\r\n250 ok\r\n354 go\r\n"),
                .hearLetter,
                .sayByByte("250-2.0.0 taken\r\n250 2.0.0 and queued\r\n"),
            ])
        let acceptance = try await client(server).send(letter, envelope: envelope)
        #expect(acceptance.reply.text == "taken\nand queued")
    }

    @Test(arguments: [true, false])
    func `recipients refused among others are named`(isPipelining: Bool) async throws {
        let server = try await ScriptedServer(
            .welcome(isPipelining ? "PIPELINING" : "HELP") + [
                .hear("MAIL"), .say("250 ok\r\n"), .hear("RCPT"), .say("550 5.1.1 unknown\r\n"), .hear("RCPT"), .say("250 ok\r\n"),
                .hear("DATA"), .say("354 go\r\n"), .hearLetter, .say("250 ok\r\n"),
            ])
        let acceptance = try await client(server).send(letter, envelope: two)
        #expect(acceptance.refusedRecipients.map(\.0) == ["a@example.net"])
        #expect(acceptance.refusedRecipients.map(\.1.code) == [550])
    }

    @Test func `a recipient refused for now outweighs one refused for good`() async throws {
        let server = try await ScriptedServer(
            .welcome("PIPELINING") + [
                .hear("MAIL"), .hear("RCPT"), .hear("RCPT"), .hear("DATA"),
                .say("250 ok\r\n550 5.1.1 unknown\r\n451 4.7.1 greylisted\r\n503 no recipients\r\n"), .hear("RSET"), .say("250 ok\r\n"),
            ])
        let failure = await smtpFailure { _ = try await client(server).send(letter, envelope: two) }
        #expect(failure == .refused(SMTPReply(code: 451, enhanced: "4.7.1", text: "greylisted"), stage: .recipient))
        #expect(failure?.isPermanent == false)
    }

    @Test func `after a refusal the connection is used again`() async throws {
        let server = try await ScriptedServer(
            .welcome("PIPELINING") + [
                .hear("MAIL"), .hear("RCPT"), .hear("DATA"), .say("552 5.3.4 too large\r\n503 no\r\n503 no\r\n"), .hear("RSET"),
                .say("250 ok\r\n"),
            ] + .letter)
        let client = client(server)
        let failure = await smtpFailure { _ = try await client.send(letter, envelope: envelope) }
        #expect(failure == .refused(SMTPReply(code: 552, enhanced: "5.3.4", text: "too large"), stage: .mail))
        #expect(failure?.isPermanent == true)
        _ = try await client.send(letter, envelope: envelope)
        #expect(server.connectionCount == 1)
    }

    @Test func `a server that wants a letter for nobody gets none`() async throws {
        let server = try await ScriptedServer(
            .welcome("PIPELINING") + [
                .hear("MAIL"), .hear("RCPT"), .hear("DATA"), .say("250 ok\r\n550 5.1.1 unknown\r\n354 go\r\n"), .hearLetter,
            ], .welcome() + .letter)
        let client = client(server)
        let failure = await smtpFailure { _ = try await client.send(letter, envelope: envelope) }
        #expect(failure?.reply?.code == 550)
        _ = try await client.send(letter, envelope: envelope)
        #expect(server.connectionCount == 2)
        #expect(server.lines[0].count == 4)
    }

    @Test func `a connection carries many letters`() async throws {
        let server = try await ScriptedServer(.welcome() + .letter + .letter + .letter + [.hear("QUIT"), .say("221 bye\r\n")])
        let client = client(server)
        for _ in 1...3 { _ = try await client.send(letter, envelope: envelope) }
        await client.close()
        #expect(server.connectionCount == 1)
        let failure = await smtpFailure { _ = try await client.send(letter, envelope: envelope) }
        #expect(failure == .connection("this client was closed", stage: .connect))
    }

    @Test(
        arguments: [
            [.hangUp], [.say("421 4.4.2 idle for too long\r\n"), .hangUp], [.hear("MAIL"), .hangUp],
            [.hear("MAIL"), .say("421 4.3.2 going down\r\n")],
            [.hear("MAIL"), .say("250 ok\r\n"), .hear("RCPT"), .hangUp],
        ] as [[ScriptedServer.Step]])
    func `a connection that died while idle is replaced`(death: [ScriptedServer.Step]) async throws {
        let server = try await ScriptedServer(.welcome() + .letter + death, .welcome() + .letter)
        let client = client(server)
        for _ in 1...2 { _ = try await client.send(letter, envelope: envelope) }
        #expect(server.connectionCount == 2)
    }

    @Test func `a dead connection is replaced once only`() async throws {
        let death: [ScriptedServer.Step] = [.hear("MAIL"), .hangUp]
        let server = try await ScriptedServer(.welcome() + .letter + death, .welcome() + death, .welcome() + .letter)
        let client = client(server)
        _ = try await client.send(letter, envelope: envelope)
        let failure = await smtpFailure { _ = try await client.send(letter, envelope: envelope) }
        #expect(failure == .connection("the server closed the connection", stage: .mail))
        #expect(server.connectionCount == 2)
    }

    @Test func `nothing is sent again after the final dot`() async throws {
        let silence: [ScriptedServer.Step] = [
            .hear("MAIL"), .say("250 ok\r\n"), .hear("RCPT"), .say("250 ok\r\n"), .hear("DATA"), .say("354 go\r\n"), .hearLetter, .hangUp,
        ]
        let server = try await ScriptedServer(.welcome() + .letter + silence, .welcome() + .letter)
        let client = client(server)
        _ = try await client.send(letter, envelope: envelope)
        let failure = await smtpFailure { _ = try await client.send(letter, envelope: envelope) }
        #expect(failure == .connection("the server closed the connection", stage: .final))
        #expect(failure?.isFateUnknown == true)
        #expect(failure?.isPermanent == false)
        #expect(server.connectionCount == 1)
    }

    @Test func `a refusal in the middle of a large letter is heard`() async throws {
        let server = try await ScriptedServer(
            .welcome("PIPELINING") + [
                .hear("MAIL"), .hear("RCPT"), .hear("DATA"), .say("250 ok\r\n250 ok\r\n354 go\r\n"), .hear("X"),
                .say("552 5.3.4 enough\r\n"),
            ])
        let large = Array("X\r\n".utf8) + [UInt8](repeating: 97, count: 16 << 20)
        let failure = await smtpFailure { _ = try await client(server).send(large, envelope: envelope) }
        #expect(failure == .refused(SMTPReply(code: 552, enhanced: "5.3.4", text: "enough"), stage: .data))
    }

    @Test func `an idle connection is ended politely after a while`() async throws {
        let server = try await ScriptedServer(.welcome() + .letter + [.hear("QUIT"), .say("221 bye\r\n")], .welcome() + .letter)
        let client = SMTPClient(server: server.address(), heloName: "desk.example.org", maxConnections: 1, idleSeconds: 0.01)
        _ = try await client.send(letter, envelope: envelope)
        while server.lines[0].last != "QUIT" { await Task.yield() }
        _ = try await client.send(letter, envelope: envelope)
        #expect(server.connectionCount == 2)
    }

    @Test func `a cancelled sending ends at once and frees its turn`() async throws {
        let server = try await ScriptedServer(.welcome() + [.hear("MAIL")], .welcome() + .letter)
        let client = client(server)
        let first = Task { try await client.send(letter, envelope: envelope) }
        while server.lines.first?.count != 2 { await Task.yield() }
        let waiting = Task { try await client.send(letter, envelope: envelope) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        first.cancel()
        await #expect(throws: SMTPFailure.connection("the sending was cancelled", stage: .mail)) { try await first.value }
        _ = try await client.send(letter, envelope: envelope)
    }

    @Test func `a sending is cancelled before the server has greeted`() async throws {
        let server = try await ScriptedServer([])
        let client = client(server)
        let sending = Task { try await client.send(letter, envelope: envelope) }
        while server.connectionCount == 0 { await Task.yield() }
        sending.cancel()
        await #expect(throws: SMTPFailure.connection("the sending was cancelled", stage: .greeting)) { try await sending.value }
    }

    @Test func `what a server says to an idle client is no reply to the next command`() async throws {
        let server = try await ScriptedServer(
            .welcome() + .letter + [.say("250 2.1.0 forged\r\n250 2"), .hear("QUIT")], .welcome() + .letter)
        let client = client(server)
        for _ in 1...2 { _ = try await client.send(letter, envelope: envelope) }
        #expect(server.connectionCount == 2)
    }
}
