import Foundation
import NIOSSL
import TestServers
import Testing

@testable import Mail

/// The client against a server that follows a script.
@Suite(.timeLimit(.minutes(1)))
struct IMAPSessionTests {
    @Test func `reads what is new and marks it seen`() async throws {
        let mail = "Subject: Hallo\r\n\r\nWo bleibt mein Paket?\r\n"
        let server = try await ScriptedServer(
            .opened + [
                .hear("K3 UID SEARCH UID 10:* SINCE 1-NOV-2026"), .say("* SEARCH 11 9 11\r\nk3 OK found\r\n"),
                .hear("K4 UID FETCH 11 (UID RFC822.SIZE)"), .say("* 2 FETCH (RFC822.SIZE \(mail.utf8.count) UID 11)\r\nk4 OK\r\n"),
                .hear("K5 UID FETCH 11 (UID BODY.PEEK[])"),
                .sayByByte("* 1 FETCH (FLAGS (\\Seen) UID 9)\r\n* 2 FETCH (UID 11 BODY[] {\(mail.utf8.count)}\r\n\(mail))\r\nk5 OK\r\n"),
                .hear("K6 UID STORE 11 +FLAGS.SILENT (\\SEEN)"), .say("k6 OK\r\n"),
            ] + .leaving)
        let result = try await IMAPSession.with(server.folder(), limits: .short) { session in
            let folder = try await session.open()
            let day = IMAPDay(year: 2026, month: 11, day: 1)
            let uids = try await session.mails(from: 10, since: day)
            let sizes = try await session.sizes(of: uids)
            let bytes = try await session.mail(uids[0])
            try await session.markSeen(uids[0])
            return (folder, uids, sizes, bytes)
        }
        #expect(result.0 == IMAPFolder(validity: 77, nextUID: 12, mails: 2, isReadOnly: false))
        // a range to the end finds the newest mail however low its number is
        #expect(result.1 == [11])
        #expect(result.2 == [11: mail.utf8.count])
        #expect(result.3 == Array(mail.utf8))
        #expect(server.lines[0].last == "k7 LOGOUT")
    }

    @Test(arguments: ["NIL", "\"\"", "{0}\r\n"])
    func `a mail that the server does not give is none`(body: String) async throws {
        let server = try await ScriptedServer(
            .opened + [.hear("K3"), .say("* 1 FETCH (UID 5 BODY[] \(body))\r\n* 1 FETCH (UID 6 BODY[] \"x\")\r\nk3 OK\r\n")] + .leaving)
        let mail = try await IMAPSession.with(server.folder(), limits: .short) { session in
            _ = try await session.open()
            return try await session.mail(5)
        }
        #expect(mail == nil)
    }

    @Test func `what has no quoted form goes as a literal, and nothing in it becomes a command`() async throws {
        let server = try await ScriptedServer(
            [
                .say("* OK [CAPABILITY IMAP4rev1] ready\r\n"), .hear("K1 LOGIN {7}"), .say("+ go\r\n"), .hear("A"), .hear("K9 X {7}"),
                .say("+ go\r\n"), .hear("GEHÄIM"), .say("k1 OK\r\n"), .hear("K2 CAPABILITY"), .say("* CAPABILITY IMAP4rev1\r\nk2 OK\r\n"),
            ] + .leaving)
        let address = server.folder(user: "a\r\nk9 X", credential: .password("gehäim"))
        try await IMAPSession.with(address, limits: .short) { _ in }
        #expect(server.lines[0].last == "k3 LOGOUT")
    }

    @Test func `quotes in a password stay within it`() async throws {
        let server = try await ScriptedServer(
            [
                .say("* OK [CAPABILITY IMAP4rev1] ready\r\n"), .hear("K1 LOGIN \"HILFE\" \"A\\\"B\\\\C\""),
                .say("k1 OK [CAPABILITY IMAP4rev1] x\r\n"),
            ]
                + .leaving)
        try await IMAPSession.with(server.folder(credential: .password("a\"b\\c")), limits: .short) { _ in }
        #expect(server.lines[0].first == "k1 LOGIN \"hilfe\" \"a\\\"b\\\\c\"")
    }

    @Test(arguments: [true, false])
    func `PLAIN is used where it is offered`(isOneStep: Bool) async throws {
        let message = Data("\0hilfe\0geheim".utf8).base64EncodedString()
        let steps: [ScriptedServer.Step] =
            isOneStep
            ? [.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi\r\n"), .hear("K1 AUTHENTICATE PLAIN \(message.uppercased())")]
            : [
                .say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n"), .hear("K1 AUTHENTICATE PLAIN"), .say("+ \r\n"),
                .hear(message.uppercased()),
            ]
        let server = try await ScriptedServer(steps + [.say("k1 OK [CAPABILITY IMAP4rev1] x\r\n")] + .leaving)
        try await IMAPSession.with(server.folder(), limits: .short) { _ in }
        #expect(server.lines[0].contains { $0.hasSuffix(message) })
    }

    @Test(arguments: ["XOAUTH2", "OAUTHBEARER"])
    func `a token is sent as the mechanism wants it, and a refusal is explained`(mechanism: String) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("imap-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data("ya29.token\n".utf8).write(to: URL(fileURLWithPath: directory))
        let reason = Data("{\"status\":\"invalid_token\"}".utf8).base64EncodedString()
        let greeting = "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=\(mechanism)] hi\r\n"
        let server = try await ScriptedServer(
            [.say(greeting), .hear("K1 AUTHENTICATE \(mechanism) "), .say("k1 OK [CAPABILITY IMAP4rev1] x\r\n")] + .leaving,
            [
                .say(greeting), .hear("K1 AUTHENTICATE"), .say("+ \(reason)\r\n"), .hear(mechanism == "XOAUTH2" ? "" : "AQ=="),
                .say("k1 NO [AUTHENTICATIONFAILED] wrong\r\n"),
            ])
        let address = server.folder(credential: .tokenFile(directory))
        try await IMAPSession.with(address, limits: .short) { _ in }
        let sent = try #require(server.lines[0].first?.split(separator: " ").last.flatMap { Data(base64Encoded: String($0)) })
        let expected =
            mechanism == "XOAUTH2"
            ? "user=hilfe\u{1}auth=Bearer ya29.token\u{1}\u{1}"
            : "n,a=hilfe,\u{1}host=127.0.0.1\u{1}port=\(server.port)\u{1}auth=Bearer ya29.token\u{1}\u{1}"
        #expect(String(decoding: sent, as: UTF8.self) == expected)
        await #expect(throws: IMAPFailure.authentication("[AUTHENTICATIONFAILED] wrong {\"status\":\"invalid_token\"}")) {
            try await IMAPSession.with(address, limits: .short) { _ in }
        }
        try FileManager.default.removeItem(atPath: directory)
        await #expect(throws: IMAPFailure.self) { try await IMAPSession.with(address, limits: .short) { _ in } }
    }

    @Test func `TLS comes before the password`() async throws {
        let tls = try await SMTPTestCertificate.shared.value.serverContext()
        let server = try await ScriptedServer(
            [
                .say("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\r\n"), .hear("K1 STARTTLS"), .say("k1 OK go\r\n"),
                .startTLS(tls),
                .hear("K2 CAPABILITY"), .say("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nk2 OK\r\n"), .hear("K3 AUTHENTICATE PLAIN"),
                .say("k3 OK [CAPABILITY IMAP4rev1] x\r\n"),
            ] + .leaving, [.startTLS(tls)] + .signedIn + .leaving)
        try await IMAPSession.with(server.folder(.startTLS), limits: .short) { _ in }
        try await IMAPSession.with(server.folder(.implicit), limits: .short) { _ in }
        #expect(server.lines.map(\.count) == [4, 2])
    }

    @Test func `new mail ends the waiting, also mail that was told of before it began`() async throws {
        func idle(_ number: Int, _ news: String = "") -> [ScriptedServer.Step] {
            [.hear("K\(number) IDLE"), .say("+ idling\r\n" + news), .hear("DONE"), .say("k\(number) OK\r\n")]
        }
        func search(_ number: Int) -> [ScriptedServer.Step] { [.hear("K\(number) UID SEARCH"), .say("* SEARCH\r\nk\(number) OK\r\n")] }
        let server = try await ScriptedServer(
            .opened + search(3) + idle(4, "* OK still here\r\n* 3 EXISTS\r\n") + search(5)
                + [.hear("K6 UID STORE"), .say("* 4 EXISTS\r\nk6 OK\r\n")] + idle(7) + search(8) + idle(9) + .leaving)
        let news = try await IMAPSession.with(server.folder(), limits: .short) { session in
            _ = try await session.open()
            var news: [Bool] = []
            _ = try await session.mails(from: 1)
            news.append(try await session.idle(seconds: 5))
            _ = try await session.mails(from: 1)
            try await session.markSeen(1)
            news.append(try await session.idle(seconds: 5))
            _ = try await session.mails(from: 1)
            news.append(try await session.idle(seconds: 0.05))
            return news
        }
        #expect(news == [true, true, false])
    }
}
