import Foundation
import NIOCore
import NIOSSL

/// A greeted, secured and signed-in connection that takes one letter after the other.
struct SMTPConnection: Sendable {
    let wire: SMTPWire
    /// What the server said it can do, inside TLS where there is TLS.
    let extensions: SMTPExtensions
    /// Host and the name the server greeted with: `mail.example.org (mx3.example.org)`.
    let serverName: String
    /// `TLS 1.3`, or nil in the clear.
    let tlsVersion: String?
    let timeouts: SMTPTimeouts
}

/// Who we are and what we need to become somebody's client.
struct SMTPLogin: Sendable {
    let server: SMTPServerAddress
    let heloName: String
    let timeouts: SMTPTimeouts
    /// Nil exactly for ``ServerSecurity/none``.
    let tls: NIOSSLContext?

    /// Connects, greets, starts TLS and signs in. A cancelled task gets a failure at once, except while TCP connects.
    func open(group: any EventLoopGroup) async throws(SMTPFailure) -> SMTPConnection {
        let implicit = server.security == .implicit ? tls : nil
        let wire = try await SMTPWire.connect(to: server, tls: implicit, timeouts: timeouts, group: group)
        let outcome: Result<SMTPConnection, SMTPFailure> = await withTaskCancellationHandler {
            do throws(SMTPFailure) {
                return .success(try await introduce(wire))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            wire.abandon(because: "the sending was cancelled")
        }
        if case .failure = outcome { await wire.close(because: "the connection was given up") }
        return try outcome.get()
    }

    func introduce(_ wire: SMTPWire) async throws(SMTPFailure) -> SMTPConnection {
        let greeting = try await SMTPWire.reply(wire.greeting)
        guard greeting.code == 220 else { throw .refused(greeting, stage: .greeting) }
        var extensions = try await hello(wire)
        if let tls, server.security != .implicit, server.security == .startTLS || extensions.startTLS {
            guard extensions.startTLS else { throw .tls("the server does not offer STARTTLS") }
            let reply = try await wire.ask("STARTTLS", .tls)
            guard reply.code == 220 else { throw .tls("STARTTLS was refused: \(reply)") }
            try await wire.startTLS(tls, server)
            // What was offered in the clear may have been offered by somebody in between (RFC 3207 section 4.2).
            extensions = try await hello(wire)
        }
        let version = try? await wire.channel.nioSSL_tlsVersion().get()
        if server.user != nil { try await signIn(wire, extensions, isSecure: version != nil) }
        let name = greeting.text.utf8.prefix { $0 > 0x20 }
        return SMTPConnection(
            wire: wire, extensions: extensions, serverName: name.isEmpty ? server.host : "\(server.host) (\(String(name) ?? ""))",
            tlsVersion: version.map(Self.name), timeouts: timeouts)
    }

    private func hello(_ wire: SMTPWire) async throws(SMTPFailure) -> SMTPExtensions {
        let reply = try await wire.ask("EHLO \(heloName)", .hello)
        if reply.isSuccess { return SMTPExtensions(reply) }
        // RFC 5321 section 3.2: a server that does not know EHLO is asked in the old way.
        guard reply.code / 100 == 5 else { throw .refused(reply, stage: .hello) }
        let old = try await wire.ask("HELO \(heloName)", .hello)
        guard old.isSuccess else { throw .refused(old, stage: .hello) }
        return SMTPExtensions()
    }

    private func signIn(_ wire: SMTPWire, _ extensions: SMTPExtensions, isSecure: Bool) async throws(SMTPFailure) {
        guard isSecure || server.isLoopback else { throw .tls("the password is not sent without TLS") }
        let user = Array((server.user ?? "").utf8)
        let password = Array((server.password ?? "").utf8)
        var steps: [String]
        if extensions.authentication.contains("PLAIN") {
            steps = ["AUTH PLAIN " + Self.base64([0] + user + [0] + password)]
        } else if extensions.authentication.contains("LOGIN") {
            steps = ["AUTH LOGIN", Self.base64(user), Self.base64(password)]
        } else {
            throw .authentication(SMTPReply(code: 504, enhanced: "5.5.4", text: "The server offers neither AUTH PLAIN nor LOGIN"))
        }
        let last = steps.removeLast()
        for step in steps {
            let reply = try await wire.ask(step, .authentication)
            guard reply.code == 334 else { throw .authentication(reply) }
        }
        let reply = try await wire.ask(last, .authentication)
        guard reply.isSuccess else { throw .authentication(reply) }
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    private static func name(_ version: TLSVersion) -> String {
        switch version {
        case .tlsv1: "TLS 1.0"
        case .tlsv11: "TLS 1.1"
        case .tlsv12: "TLS 1.2"
        case .tlsv13: "TLS 1.3"
        }
    }
}

extension SMTPServerAddress {
    /// Nil where there is never to be TLS. Reads files.
    func makeTLSContext() throws(SMTPFailure) -> NIOSSLContext? {
        guard security != .none else { return nil }
        do {
            return try trust.makeContext()
        } catch {
            throw .tls("\(error)")
        }
    }
}
