import Foundation
import NIOCore
import NIOSSL

extension IMAPSession {
    /// Hears the greeting, starts TLS and signs in.
    func signIn(_ tls: NIOSSLContext?) async throws(IMAPFailure) {
        let isPreauthenticated = try await greeting()
        if let tls, server.security != .implicit {
            if capabilities.isEmpty { try await askCapabilities() }
            try await secure(tls, isPreauthenticated: isPreauthenticated)
        }
        if isPreauthenticated { return }
        if capabilities.isEmpty { try await askCapabilities() }
        let isSecure = (try? await wire.channel.nioSSL_tlsVersion().get()) != nil
        guard isSecure || server.isLoopback else { throw .tls("nobody signs in without TLS") }
        switch server.credential {
        case .password(let password): try await signIn(password: password)
        case .tokenFile(let path): try await signIn(token: try Self.token(path))
        }
        // What somebody may do is often more than what anybody may.
        if capabilities.isEmpty { try await askCapabilities() }
    }

    /// - Returns: whether we are signed in already.
    private func greeting() async throws(IMAPFailure) -> Bool {
        guard case .status(let status) = try await wire.next().kind else { throw await broken("the greeting is none") }
        switch status.condition {
        case .ok, .preauth: note(status)
        case .bye: throw await parting(status)
        case .no, .bad: throw await broken("the greeting is none")
        }
        return status.condition == .preauth
    }

    private func secure(_ tls: NIOSSLContext, isPreauthenticated: Bool) async throws(IMAPFailure) {
        guard capabilities.contains("STARTTLS"), !isPreauthenticated else {
            guard server.security == .startTLSIfOffered else { throw .tls("the server does not offer STARTTLS") }
            return
        }
        do {
            _ = try await command("STARTTLS")
        } catch .refused(let words) {
            throw .tls("STARTTLS was refused: \(words)")
        }
        try await wire.startTLS(tls, host: server.host)
        // What was offered in the clear may have been offered by somebody in between.
        capabilities = []
        try await askCapabilities()
    }

    private func askCapabilities() async throws(IMAPFailure) {
        for response in try await command("CAPABILITY").responses {
            guard case .data("CAPABILITY", nil) = response.kind, let values = response.values else { continue }
            capabilities = Set(values.compactMap(\.atom).map { $0.uppercased() })
        }
    }

    private func note(_ status: IMAPStatus) {
        guard let code = status.code, code.word == "CAPABILITY" else { return }
        capabilities = Set(code.value.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self).uppercased() })
    }

    // MARK: Ways to sign in

    private func signIn(password: String) async throws(IMAPFailure) {
        let (user, password) = (Array(server.user.utf8), Array(password.utf8))
        if capabilities.contains("AUTH=PLAIN") {
            return try await authenticate("PLAIN", [0] + user + [0] + password)
        }
        guard !capabilities.contains("LOGINDISABLED") else { throw .authentication("the server allows neither PLAIN nor LOGIN") }
        do {
            let outcome: Outcome
            // What is not ASCII has no quoted form: a literal then.
            if let user = IMAPText.quoted(server.user), let password = IMAPText.quoted(String(decoding: password, as: UTF8.self)) {
                outcome = try await command("LOGIN \(user) \(password)")
            } else {
                outcome = try await command(.text("LOGIN "), .literal(user), .text(" "), .literal(password))
            }
            capabilities = []
            note(outcome.status)
        } catch .refused(let words) {
            throw .authentication(words)
        }
    }

    /// The standard's way where it is offered (RFC 7628), else the one that came before it and that Google and Microsoft know.
    private func signIn(token: String) async throws(IMAPFailure) {
        if capabilities.contains("AUTH=OAUTHBEARER") {
            let name = server.user.replacing("=", with: "=3D").replacing(",", with: "=2C")
            let message = "n,a=\(name),\u{1}host=\(server.host)\u{1}port=\(server.port)\u{1}auth=Bearer \(token)\u{1}\u{1}"
            try await authenticate("OAUTHBEARER", Array(message.utf8), onError: [1])
        } else if capabilities.contains("AUTH=XOAUTH2") {
            let message = "user=\(server.user)\u{1}auth=Bearer \(token)\u{1}\u{1}"
            try await authenticate("XOAUTH2", Array(message.utf8), onError: [])
        } else {
            throw .authentication("the server takes no OAuth 2 token (neither OAUTHBEARER nor XOAUTH2)")
        }
    }

    /// - Parameter onError: what is answered when the server explains a refusal before it refuses.
    private func authenticate(_ mechanism: String, _ message: [UInt8], onError: [UInt8] = []) async throws(IMAPFailure) {
        let tag = nextTag()
        let encoded = Base64.encode(message)
        if capabilities.contains("SASL-IR") {
            wire.send(Array("\(tag) AUTHENTICATE \(mechanism) ".utf8) + encoded + [13, 10])
        } else {
            wire.send(Array("\(tag) AUTHENTICATE \(mechanism)\r\n".utf8))
            if let status = try await untilContinuation(tag) { throw .authentication(status.words) }
            wire.send(encoded + [13, 10])
        }
        var explanation: String?
        for _ in 0..<100 {
            switch try await wire.next().kind {
            case .continuation(let text):
                // A second question is the reason, as JSON in base64: it is answered, and the refusal follows.
                guard explanation == nil else { throw await broken("questions without end") }
                explanation = IMAPResponse.printable(Base64.decode(text.utf8))
                wire.send(Base64.encode(onError) + [13, 10])
            case .tagged(tag, let status):
                guard status.condition == .ok else {
                    throw .authentication([status.words, explanation].compactMap { $0 }.joined(separator: " "))
                }
                capabilities = []
                return note(status)
            case .status(let status) where status.condition == .bye: throw await parting(status)
            case .tagged, .unknown: throw await broken("a line that is no answer")
            case .status, .data: break
            }
        }
        throw await broken("no end of signing in")
    }

    /// The token in a file, as it is now.
    private static func token(_ path: String) throws(IMAPFailure) -> String {
        let handle = FileHandle(forReadingAtPath: path)
        defer { try? handle?.close() }
        guard let handle, let data = try? handle.read(upToCount: 16_385) else {
            throw .authentication("the token file \(path) cannot be read")
        }
        let token = String(decoding: ASCII.trimmed(Array(data)[...]), as: UTF8.self)
        // RFC 6750 section 2.1: visible ASCII.
        guard !token.isEmpty, data.count <= 16_384, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .authentication("the token file \(path) holds no token")
        }
        return token
    }
}
