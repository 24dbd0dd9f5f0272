import Foundation
import TestServers
import Testing

@testable import Mail

/// The server against Python's smtplib, a client of somebody else's making, and TLS.
@Suite(.timeLimit(.minutes(1)))
struct LMTPPythonTests {
    private func secureDesk() async throws -> LMTPTestDesk {
        let tls = try await SMTPTestCertificate.shared.value.serverContext()
        return LMTPTestDesk { $0.tls = tls }
    }

    /// One accepted recipient for each letter: smtplib reads one reply after the final dot, however many there are.
    private static let script = """
        import smtplib, ssl, sys
        port, certificate, command = int(sys.argv[1]), sys.argv[2], sys.argv[3]
        peer = smtplib.LMTP("localhost", port)
        if command != "plain":
            peer.starttls(context=ssl.create_default_context(cafile=certificate))
            peer.ehlo_or_helo_if_needed()
            assert not peer.has_extn("starttls")
        letter = "Subject: Größe\\r\\n\\r\\n.a\\r\\n..b\\r\\n" + "x" * 100000 + "\\r\\n"
        for number in range(3):
            refused = peer.sendmail("a@example.org", ["nobody@example.net", "jürgen@example.net"],
                letter.encode(), ["SMTPUTF8", "BODY=8BITMIME"])
            print(sorted((address, code) for address, (code, text) in refused.items()))
        print(peer.quit()[0])
        """

    @Test(arguments: ["plain", "starttls"])
    func `smtplib delivers letters`(command: String) async throws {
        let desk = try await secureDesk()
        let port = try await desk.server.start()
        let certificate = try await SMTPTestCertificate.shared.value.certificateFile
        let peer = try SMTPTestProcess(python: Self.script, "\(port)", certificate, command)
        #expect(await peer.output() == Array(repeating: "[('nobody@example.net', 550)]", count: 3) + ["221"])
        let expected = "Subject: Größe\r\n\r\n.a\r\n..b\r\n" + String(repeating: "x", count: 100_000) + "\r\n"
        #expect(desk.texts == Array(repeating: expected, count: 3))
        #expect(desk.letters.allSatisfy { $0.isSecure == (command != "plain") })
        #expect(desk.letters.allSatisfy { $0.recipients == ["jürgen@example.net"] })
    }

    @Test(arguments: ["NOOP\r\n", "N", "MAIL FROM:<forged@example.org>\r\nRCPT TO:<b@example.net>\r\n"])
    func `commands slipped in before TLS end the connection`(injected: String) async throws {
        let peer = try await LMTPTestPeer(try await secureDesk().server.start())
        _ = await peer.reply()
        _ = try await peer.ask("LHLO x")
        #expect(try await peer.ask("STARTTLS\r\n" + injected)?.hasPrefix("554 5.5.0 ") == true)
        #expect(await peer.reply() == nil)
    }

    @Test func `commands in the clear after the go-ahead are not carried out`() async throws {
        let desk = try await secureDesk()
        let peer = try await LMTPTestPeer(try await desk.server.start())
        _ = await peer.reply()
        _ = try await peer.ask("LHLO x")
        #expect(try await peer.ask("STARTTLS") == "220 2.0.0 Start TLS")
        try await peer.send("LHLO x\r\nMAIL FROM:<>\r\n")
        while let line = await peer.line() { #expect(!line.hasPrefix("250")) }
    }

    @Test func `a client that never begins the handshake is cut off`() async throws {
        let tls = try await SMTPTestCertificate.shared.value.serverContext()
        let desk = LMTPTestDesk {
            $0.tls = tls
            $0.lineTimeoutSeconds = 0.3
        }
        let peer = try await LMTPTestPeer(try await desk.server.start(), saying: "STARTTLS\r\n")
        while await peer.line() != nil {}
        while desk.server.connectionCount > 0 { await Task.yield() }
    }

    @Test func `a hundred connections start TLS, ten at a time`() async throws {
        let certificate = try await SMTPTestCertificate.shared.value
        let secure = try await secureDesk()
        let port = try await secure.server.start()
        let script = """
            import smtplib, ssl, sys, threading
            context = ssl.create_default_context(cafile=sys.argv[2])
            def deliver(number):
                for again in range(10):
                    peer = smtplib.LMTP("localhost", int(sys.argv[1]))
                    peer.starttls(context=context)
                    peer.sendmail("a@example.org", ["b@example.net"], f"{number}-{again}\\r\\n")
                    peer.quit()
            threads = [threading.Thread(target=deliver, args=(number,)) for number in range(10)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            print("done")
            """
        let peer = try SMTPTestProcess(python: script, "\(port)", certificate.certificateFile)
        #expect(await peer.output() == ["done"])
        #expect(Set(secure.texts).count == 100)
    }
}
