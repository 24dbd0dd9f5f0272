import NIOCore
import NIOSSL
import TestServers
import Testing

@testable import Mail

/// What the client makes of servers that refuse, fall silent, hang up or talk nonsense, at every stage.
@Suite(.timeLimit(.minutes(1)))
struct SMTPFailureTests {
    typealias Step = ScriptedServer.Step
    typealias Stage = SMTPFailure.Stage

    /// A conversation that goes well up to each stage, and the stage.
    static let stages: [(Stage, [Step])] = {
        let welcome: [Step] = .welcome("AUTH PLAIN LOGIN")
        let signedIn: [Step] = welcome + [.hear("AUTH PLAIN"), .say("235 ok\r\n")]
        return [
            (.greeting, []), (.hello, [.say("220 mx.example\r\n"), .hear("EHLO")]), (.authentication, welcome + [.hear("AUTH PLAIN")]),
            (.mail, signedIn + [.hear("MAIL")]), (.recipient, signedIn + Array([Step].letter[..<3])),
            (.data, signedIn + Array([Step].letter[..<5])), (.final, signedIn + Array([Step].letter[..<7])),
        ]
    }()

    private func failure(_ script: [Step], timeouts: SMTPTimeouts = SMTPTimeouts()) async throws -> SMTPFailure? {
        let server = try await ScriptedServer(script)
        var address = server.address()
        (address.user, address.password) = ("me", "secret")
        let client = SMTPClient(server: address, heloName: "desk.example.org", timeouts: timeouts)
        return await smtpFailure { _ = try await client.send([97], envelope: Envelope(from: "a@example.org", to: ["b@example.org"])) }
    }

    @Test(arguments: stages, ["451 4.3.0 not now\r\n", "554 5.7.1 never\r\n"])
    func `a refusal is permanent only where it is about the letter`(at stage: (Stage, [Step]), reply: String) async throws {
        // EHLO refused with 5yz is asked again as HELO.
        let again: [Step] = stage.0 == .hello && reply.hasPrefix("5") ? [.hear("HELO"), .say(reply)] : []
        let failure = try #require(try await failure(stage.1 + [.say(reply)] + again + [.hear("RSET"), .hangUp]))
        let expected =
            reply.hasPrefix("5")
            ? SMTPReply(code: 554, enhanced: "5.7.1", text: "never") : SMTPReply(code: 451, enhanced: "4.3.0", text: "not now")
        #expect(failure == (stage.0 == .authentication ? .authentication(expected) : .refused(expected, stage: stage.0)))
        #expect(failure.isPermanent == (reply.hasPrefix("5") && [.mail, .recipient, .data, .final].contains(stage.0)))
    }

    @Test(arguments: stages)
    func `a connection that is closed is a failure of that stage`(at stage: (Stage, [Step])) async throws {
        let failure = try await failure(stage.1 + [.hangUp])
        #expect(failure == .connection("the server closed the connection", stage: stage.0))
        #expect(failure?.isFateUnknown == (stage.0 == .final))
    }

    @Test(arguments: stages)
    func `silence ends with the time for that stage`(at stage: (Stage, [Step])) async throws {
        var timeouts = SMTPTimeouts()
        switch stage.0 {
        case .greeting: timeouts.greetingSeconds = 0.05
        case .hello, .authentication: timeouts.helloSeconds = 0.5
        case .mail: timeouts.mailSeconds = 0.05
        case .recipient: timeouts.recipientSeconds = 0.05
        case .data: timeouts.dataSeconds = 0.05
        default: timeouts.finalSeconds = 0.05
        }
        #expect(try await failure(stage.1, timeouts: timeouts) == .timeout(stage.0))
    }

    @Test(arguments: stages, ["HTTP/1.1 400 Bad Request\r\n", String(repeating: "x", count: 5000)])
    func `nonsense is a broken connection`(at stage: (Stage, [Step]), nonsense: String) async throws {
        guard case .connection(_, stage.0) = try await failure(stage.1 + [.say(nonsense)]) else {
            Issue.record("not a failure of the connection")
            return
        }
    }

    @Test func `a demand to sign in is not the letter's fault`() {
        #expect(!SMTPFailure.refused(SMTPReply(code: 530, enhanced: "5.7.0", text: ""), stage: .mail).isPermanent)
        #expect(SMTPFailure.refused(SMTPReply(code: 550, text: ""), stage: .recipient).isPermanent)
    }

    @Test func `a server without EHLO is greeted in the old way`() async throws {
        let old: [Step] = [.say("220 old\r\n"), .hear("EHLO"), .say("502 what\r\n"), .hear("HELO"), .say("250 old\r\n")]
        let server = try await ScriptedServer(old + .letter)
        _ = try await SMTPClient(server: server.address(), heloName: "desk").send([97], envelope: Envelope(from: "", to: ["b@example.org"]))
        #expect(server.lines[0][2] == "MAIL FROM:<>")
    }

    @Test func `nobody there is a failure to connect`() async throws {
        let address = SMTPServerAddress(host: "127.0.0.1", port: 1, security: .none)
        let client = SMTPClient(server: address, heloName: "desk")
        guard
            case .connection(_, .connect) = await smtpFailure({
                _ = try await client.send([97], envelope: Envelope(from: "", to: ["b@example.org"]))
            })
        else {
            Issue.record("not a failure to connect")
            return
        }
    }

    // MARK: TLS

    private func failure(
        over security: ServerSecurity, host: String = "127.0.0.1", trust: ServerTrust = .anyCertificate,
        _ script: [Step]
    ) async throws -> SMTPFailure? {
        let server = try await ScriptedServer(script)
        let address = SMTPServerAddress(host: host, port: server.port, security: security, trust: trust)
        let client = SMTPClient(server: address, heloName: "desk.example.org")
        return await smtpFailure { _ = try await client.send([97], envelope: Envelope(from: "", to: ["b@example.org"])) }
    }

    @Test func `TLS that is required and not offered stops the letter`() async throws {
        #expect(try await failure(over: .startTLS, .welcome()) == .tls("the server does not offer STARTTLS"))
    }

    @Test func `TLS that is refused stops the letter even if it was optional`() async throws {
        let refused: [Step] = .welcome("STARTTLS") + [.hear("STARTTLS"), .say("454 4.7.0 not now\r\n")]
        #expect(try await failure(over: .startTLSIfOffered, refused) == .tls("STARTTLS was refused: 454 4.7.0 not now"))
    }

    @Test(arguments: ["220 go\r\n250 forged\r\n", "220 go\r\n25"])
    func `what comes between the go-ahead and TLS is not believed`(reply: String) async throws {
        let tls = try await SMTPTestCertificate.shared.value.serverContext()
        let script: [Step] = .welcome("STARTTLS") + [.hear("STARTTLS"), .say(reply), .startTLS(tls), .hear("EHLO")]
        let failure = try await failure(over: .startTLS, script)
        switch failure {
        case .tls, .connection(_, .tls): break
        default: Issue.record("\(String(describing: failure))")
        }
    }

    @Test func `a certificate nobody signed is refused`() async throws {
        let tls = try await SMTPTestCertificate.shared.value.serverContext()
        let script: [Step] = .welcome("STARTTLS") + [.hear("STARTTLS"), .say("220 go\r\n"), .startTLS(tls)]
        guard case .tls(let reason) = try await failure(over: .startTLS, trust: .systemRoots, script) else {
            Issue.record("not a failure of TLS")
            return
        }
        #expect(reason.contains("CERTIFICATE_VERIFY_FAILED"))
    }

    @Test func `a server that does not speak TLS is a failure of TLS`() async throws {
        guard case .tls = try await failure(over: .implicit, .welcome()) else {
            Issue.record("not a failure of TLS")
            return
        }
    }

    @Test func `the password does not travel in the clear`() async throws {
        let server = try await ScriptedServer(.welcome("AUTH PLAIN") + [.hear("AUTH")])
        let login = SMTPLogin(
            server: SMTPServerAddress(host: "192.0.2.1", port: 25, security: .startTLSIfOffered, user: "me", password: "secret"),
            heloName: "desk", timeouts: SMTPTimeouts(), tls: nil)
        let wire = try await SMTPWire.connect(
            to: server.address(), tls: nil, timeouts: SMTPTimeouts(), group: .singletonMultiThreadedEventLoopGroup)
        await #expect(throws: SMTPFailure.tls("the password is not sent without TLS")) { try await login.introduce(wire) }
        #expect(server.lines[0].count == 1)
    }
}
