import Foundation
import TestServers
import Testing

@testable import Mail

/// The client against aiosmtpd, a server of somebody else's making.
@Suite(.timeLimit(.minutes(2)))
struct SMTPAiosmtpdTests {
    private struct Letter: Decodable {
        let peer, from: String
        let to, options: [String]
        let content: String
        let tls: String?
        let user: String?
    }

    private struct Record: Decodable {
        let letters: [Letter]
        /// Most letters under way at the same time.
        let most: Int
    }

    /// aiosmtpd on a free port. It prints the port, and what it received once its input is closed.
    private static let script = """
        import asyncio, base64, json, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult
        options = json.loads(sys.argv[1])
        letters, now, most = [], 0, 0
        class Handler:
            async def handle_EHLO(self, server, session, envelope, hostname, responses):
                session.host_name = hostname
                if options.get("pipelining"): responses.insert(1, "250-PIPELINING")
                return responses
            async def handle_MAIL(self, server, session, envelope, address, options):
                global now, most
                now += 1
                most = max(most, now)
                envelope.mail_from = address
                envelope.mail_options.extend(options)
                return "250 2.1.0 ok"
            async def handle_DATA(self, server, session, envelope):
                global now
                now -= 1
                ssl_object = server.transport.get_extra_info("ssl_object")
                letters.append(dict(peer=str(session.peer), to=envelope.rcpt_tos, options=envelope.mail_options,
                    content=base64.b64encode(envelope.content).decode(), tls=ssl_object and ssl_object.version(),
                    user=session.auth_data and session.auth_data.login.decode(), **{"from": envelope.mail_from}))
                return "250 2.0.0 kept"
        def sign_in(server, session, envelope, mechanism, data):
            return AuthResult(success=(data.login, data.password) == (b"me", "sécret".encode()), auth_data=data, handled=False)
        async def main():
            loop = asyncio.get_running_loop()
            tls = None
            if options.get("certificate"):
                tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                tls.load_cert_chain(options["certificate"], options["key"])
            implicit = options.get("implicit", False)
            make = lambda: SMTP(Handler(), enable_SMTPUTF8=True, tls_context=None if implicit else tls, loop=loop,
                authenticator=sign_in if options.get("auth") else None, auth_required=bool(options.get("auth")),
                auth_require_tls=not implicit, auth_exclude_mechanism=options.get("exclude", []))
            listener = await loop.create_server(make, "127.0.0.1", 0, ssl=tls if implicit else None)
            print(listener.sockets[0].getsockname()[1], flush=True)
            await loop.run_in_executor(None, sys.stdin.read)
            print(json.dumps(dict(letters=letters, most=most)), flush=True)
        asyncio.run(main())
        """

    private func start(_ options: [String: Any] = [:]) async throws -> (SMTPTestProcess, port: Int) {
        let json = try JSONSerialization.data(withJSONObject: options)
        let server = try SMTPTestProcess(python: Self.script, String(decoding: json, as: UTF8.self))
        let port = try #require(await server.line().flatMap { Int($0) })
        return (server, port)
    }

    private func record(_ server: SMTPTestProcess) async throws -> Record {
        try JSONDecoder().decode(Record.self, from: Data(try #require(await server.output().first).utf8))
    }

    @Test(arguments: [false, true])
    func `a letter arrives as it was, with its envelope`(isPipelining: Bool) async throws {
        let (server, port) = try await start(["pipelining": isPipelining])
        let client = SMTPClient(server: SMTPServerAddress(host: "127.0.0.1", port: port, security: .none), heloName: "desk.example.org")
        let letter = Array("Subject: Größe\r\n\r\n.\r\n..two\r\nend".utf8)
        let acceptance = try await client.send(letter, envelope: Envelope(from: "", to: ["a@example.net", "jürgen@example.net"]))
        #expect(acceptance.reply == SMTPReply(code: 250, enhanced: "2.0.0", text: "kept"))
        await client.close()
        let received = try #require(try await record(server).letters.first)
        #expect(received.from == "<>")
        #expect(received.to == ["a@example.net", "jürgen@example.net"])
        #expect(received.options.sorted() == ["BODY=8BITMIME", "SIZE=\(letter.count + 2)", "SMTPUTF8"])
        #expect(Data(base64Encoded: received.content) == Data(letter + [13, 10]))
    }

    @Test(arguments: [ServerSecurity.startTLS, .startTLSIfOffered, .implicit], [[], ["PLAIN"]])
    func `a client signs in over TLS with a certificate it trusts`(security: ServerSecurity, exclude: [String]) async throws {
        let certificate = try await SMTPTestCertificate.shared.value
        let (server, port) = try await start([
            "certificate": certificate.certificateFile, "key": certificate.keyFile, "auth": true, "exclude": exclude,
            "implicit": security == .implicit,
        ])
        var address = SMTPServerAddress(
            host: "localhost", port: port, security: security, user: "me", password: "sécret",
            trust: .certificates(pemFile: certificate.certificateFile))
        for host in ["localhost", "127.0.0.1"] {
            address.host = host
            let client = SMTPClient(server: address, heloName: "desk.example.org")
            let acceptance = try await client.send(Array("a\r\n".utf8), envelope: Envelope(from: "", to: ["a@example.net"]))
            #expect(acceptance.tls == "TLS 1.3")
            await client.close()
        }
        address.password = "wrong"
        let failure = await smtpFailure {
            _ = try await SMTPClient(server: address, heloName: "x").send([97], envelope: Envelope(from: "", to: ["a@example.net"]))
        }
        guard case .authentication(let reply) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(reply.code == 535)
        let letters = try await record(server).letters
        #expect(letters.map(\.user) == ["me", "me"])
        #expect(letters.map(\.tls) == ["TLSv1.3", "TLSv1.3"])
    }

    @Test func `a thousand letters travel over two connections at a time`() async throws {
        let (server, port) = try await start(["pipelining": true])
        let client = SMTPClient(server: SMTPServerAddress(host: "127.0.0.1", port: port, security: .none), heloName: "desk.example.org")
        try await withThrowingTaskGroup { group in
            for number in 1...1000 {
                group.addTask {
                    let envelope = Envelope(from: "desk@example.org", to: ["\(number)@example.net"])
                    _ = try await client.send(Array("\(number)\r\n".utf8), envelope: envelope)
                }
            }
            try await group.waitForAll()
        }
        await client.close()
        let record = try await record(server)
        #expect(Set(record.letters.flatMap(\.to)).count == 1000)
        #expect(record.letters.allSatisfy { Data(base64Encoded: $0.content) == Data(($0.to[0].prefix { $0 != "@" } + "\r\n").utf8) })
        #expect((10...11).contains(Set(record.letters.map(\.peer)).count))
        #expect(record.most <= 2)
    }
}
