import NIOConcurrencyHelpers
import TestServers
import Testing

@testable import Mail

/// The client against servers that mean ill or break at the worst moment.
@Suite(.timeLimit(.minutes(2)))
struct IMAPHostileTests {
    private static let endless = String(repeating: "* 1 RECENT\r\n", count: 1000)

    @Test(
        arguments: [
            ("a literal of ten gigabytes", "* 1 FETCH (UID 1 BODY[] {9999999999}\r\n", .tooLarge(9_999_999_999)),
            ("a literal of more than there are numbers", "* 1 FETCH (UID 1 BODY[] {99999999999999999999}\r\n", .tooLarge(.max)),
            ("an endless line", "* OK " + String(repeating: "x", count: 1_300_000), .malformed("a line of more than 1200000 bytes")),
            ("an answer to another command", "k9 OK\r\n", .malformed("an answer to k9, which nobody asked")),
            ("an answer to an earlier command", "k1 OK\r\n", .malformed("an answer to k1, which nobody asked")),
            ("something else than IMAP", "HTTP/1.1 400 Bad Request\r\n", .malformed("a line that is no response")),
            ("an empty line", "\r\n", .malformed("a line that is no response")),
            ("a refusal", "k2 NO [NONEXISTENT] no such mailbox\r\n", .folder("[NONEXISTENT] no such mailbox")),
            ("a folder without lasting numbers", "k2 OK\r\n", .folder("the server gives its mails no lasting numbers (UIDVALIDITY)")),
            ("goodbye", "* BYE [UNAVAILABLE] restarting\r\n", .connection("the server said goodbye: [UNAVAILABLE] restarting")),
        ] as [(String, String, IMAPFailure)])
    func `ends the conversation with the reason`(_: String, answer: String, failure: IMAPFailure) async throws {
        let server = try await ScriptedServer(.signedIn + [.hear("K2 SELECT"), .say(answer)] + .leaving)
        #expect(await imapFailure(server) == failure)
    }

    @Test func `who talks without end is not listened to without end`() async throws {
        var limits = IMAPLimits.short
        limits.responses = 3000
        let talk = Array(repeating: ScriptedServer.Step.say(Self.endless), count: 100)
        let server = try await ScriptedServer(.signedIn + [.hear("K2 SELECT")] + talk)
        #expect(await imapFailure(server, limits: limits) == .malformed("more than 3000 responses to one command"))
    }

    @Test func `who says nothing, or a byte now and then, is left`() async throws {
        var limits = IMAPLimits.short
        (limits.silenceSeconds, limits.wholeSeconds) = (0.2, 0.2)
        let silent = try await ScriptedServer([])
        #expect(await imapFailure(silent, limits: limits) == .timeout)
        limits.silenceSeconds = 60
        let half = try await ScriptedServer(.signedIn + [.hear("K2"), .sayByByte("* 1 FETCH (UID 1 BODY[] {100}\r\nhalf of it")])
        // the deadline is for a whole thing, however steadily it comes
        #expect(await imapFailure(half, limits: limits) == .timeout)
    }

    @Test(arguments: [
        "k1 OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "k1 OK go\r\n*",
    ])
    func `what was said before TLS began is somebody's forgery`(answer: String) async throws {
        let server = try await ScriptedServer([.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n"), .hear("K1 STARTTLS"), .say(answer)])
        guard case .tls = await imapFailure(server, .startTLS) else { return #expect(Bool(false), "no TLS failure") }
    }

    @Test(arguments: [
        "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] no TLS here\r\n", "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] you are in\r\n",
    ])
    func `without TLS no password leaves`(greeting: String) async throws {
        let server = try await ScriptedServer([.say(greeting), .hear("K")])
        #expect(await imapFailure(server, .startTLS) == .tls("the server does not offer STARTTLS"))
        #expect(server.lines[0].allSatisfy { !$0.contains("LOGIN") && !$0.contains("AUTHENTICATE") })
    }

    @Test(arguments: ["* NO busy\r\n", "220 mx.example ESMTP\r\n", "k1 OK\r\n"])
    func `a greeting that is none ends it`(greeting: String) async throws {
        let server = try await ScriptedServer([.say(greeting)])
        #expect(await imapFailure(server) == .malformed("the greeting is none"))
    }

    @Test func `a server without a way to sign in is told apart from a wrong password`() async throws {
        let closed = try await ScriptedServer([.say("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n")])
        #expect(await imapFailure(closed) == .authentication("the server allows neither PLAIN nor LOGIN"))
        let wrong = try await ScriptedServer(
            [.say("* OK [CAPABILITY IMAP4rev1] hi\r\n"), .hear("K1 LOGIN"), .say("k1 NO [AUTHENTICATIONFAILED] wrong\r\n")])
        #expect(await imapFailure(wrong) == .authentication("[AUTHENTICATIONFAILED] wrong"))
    }

    /// All that a server says in a short session, and what it hears in between.
    private static func session(_ mail: String) -> [(said: String, heard: String)] {
        [
            ("* OK [CAPABILITY IMAP4rev1] hi\r\n", "K1 LOGIN"), ("k1 OK [CAPABILITY IMAP4rev1] in\r\n", "K2 SELECT"),
            ("* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\nk2 OK [READ-WRITE] open\r\n", "K3 UID SEARCH"),
            ("* SEARCH 4\r\nk3 OK\r\n", "K4 UID FETCH"),
            ("* 1 FETCH (UID 4 BODY[] {\(mail.utf8.count)}\r\n\(mail))\r\nk4 OK\r\n", "K5 UID STORE"), ("k5 OK\r\n", "K6 LOGOUT"),
        ]
    }

    @Test func `a connection that breaks at any byte gives the whole mail or none`() async throws {
        let mail = "Subject: x\r\n\r\nHallo\r\n"
        let session = Self.session(mail)
        let length = session.map(\.said.utf8.count).reduce(0, +)
        for cut in 0..<length {
            var left = cut
            var script: [ScriptedServer.Step] = []
            for (said, heard) in session {
                let part = said.utf8.prefix(left)
                left -= part.count
                script.append(.say(String(decoding: part, as: UTF8.self)))
                if part.count < said.utf8.count { break }
                script.append(.hear(heard))
            }
            let server = try await ScriptedServer(script + [.hangUp])
            let received = NIOLockedValueBox<[UInt8]?>(nil)
            let failure = await imapFailure(server) { session in
                _ = try await session.open()
                for uid in try await session.mails(from: 1) {
                    let bytes = try await session.mail(uid)
                    received.withLockedValue { $0 = bytes }
                    try await session.markSeen(uid)
                }
            }
            #expect(failure != nil, "cut at \(cut)")
            let bytes = received.withLockedValue { $0 }
            #expect(bytes == nil || bytes == Array(mail.utf8), "cut at \(cut)")
        }
    }
}
