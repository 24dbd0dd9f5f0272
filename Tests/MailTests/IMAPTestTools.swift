import Foundation
import NIOCore
import TestServers
import Testing

@testable import Mail

extension ScriptedServer {
    /// A folder on this server.
    func folder(
        _ security: ServerSecurity = .none, user: String = "hilfe", credential: IMAPServerAddress.Credential = .password("geheim"),
        folder: String = "INBOX"
    ) -> IMAPServerAddress {
        IMAPServerAddress(
            host: "127.0.0.1", port: port, security: security, trust: .anyCertificate, user: user, credential: credential, folder: folder)
    }
}

extension [ScriptedServer.Step] {
    /// Greeting and sign-in by LOGIN.
    static let signedIn: Self = [
        .say("* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n"), .hear("K1 LOGIN"), .say("k1 OK [CAPABILITY IMAP4rev1 IDLE] welcome\r\n"),
    ]
    /// And the folder open.
    static let opened: Self =
        signedIn + [
            .hear("K2 SELECT"),
            .say("* 2 EXISTS\r\n* OK [UIDVALIDITY 77] ok\r\n* OK [UIDNEXT 12] ok\r\nk2 OK [READ-WRITE] open\r\n"),
        ]
    static let leaving: Self = [.hear("K"), .say("* BYE see you\r\nk9 OK gone\r\n"), .hangUp]
}

extension IMAPLimits {
    /// For servers that are on this machine and mean ill.
    static let short = {
        var limits = IMAPLimits()
        (limits.silenceSeconds, limits.wholeSeconds, limits.farewellSeconds) = (5, 10, 1)
        return limits
    }()
}

/// The failure a conversation ends with.
func imapFailure(
    _ server: ScriptedServer, _ security: ServerSecurity = .none, limits: IMAPLimits = .short,
    _ body: @Sendable (IMAPSession) async throws -> Void = { session in _ = try await session.open() },
    sourceLocation: SourceLocation = #_sourceLocation
) async -> IMAPFailure? {
    do {
        try await IMAPSession.with(server.folder(security), limits: limits, body)
        Issue.record("went well", sourceLocation: sourceLocation)
    } catch {
        #expect(error is IMAPFailure, sourceLocation: sourceLocation)
        return error as? IMAPFailure
    }
    return nil
}
