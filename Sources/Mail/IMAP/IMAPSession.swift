import NIOCore
import NIOPosix
import NIOSSL

/// A conversation with a server, signed in: one command after the other.
public actor IMAPSession {
    let server: IMAPServerAddress
    let limits: IMAPLimits
    let wire: IMAPWire
    /// In capitals.
    var capabilities: Set<String> = []
    /// Mails have come since the last search, as the server said in between: it says it once.
    var hasNews = false
    private var count = 0

    private init(server: IMAPServerAddress, limits: IMAPLimits, wire: IMAPWire) {
        (self.server, self.limits, self.wire) = (server, limits, wire)
    }

    /// Connects, signs in, does what is to be done, signs out. A cancelled task gets a failure at once, except while TCP connects.
    ///
    /// - Throws: ``IMAPFailure``, and what `body` throws.
    public static func with<Result: Sendable>(
        _ server: IMAPServerAddress, limits: IMAPLimits = IMAPLimits(),
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        _ body: @Sendable (IMAPSession) async throws -> Result
    ) async throws -> Result {
        let tls = try server.makeTLSContext()
        let wire = try await IMAPWire.connect(to: server, tls: server.security == .implicit ? tls : nil, limits: limits, group: group)
        let session = IMAPSession(server: server, limits: limits, wire: wire)
        do {
            let result = try await withTaskCancellationHandler {
                try await session.signIn(tls)
                return try await body(session)
            } onCancel: {
                wire.abandon()
            }
            await session.leave()
            return result
        } catch {
            await wire.close()
            throw error
        }
    }

    /// A part of a command: what may stand in a line as it is, or bytes that need a literal.
    enum Part: Sendable {
        case text(String)
        case literal([UInt8])
    }

    /// What a command brought.
    struct Outcome: Sendable {
        var responses: [IMAPResponse]
        var status: IMAPStatus
    }

    /// Sends one command and collects all that the server says until it is done.
    ///
    /// - Parameter keep: which responses matter; others are let go as they come.
    /// - Throws: ``IMAPFailure/refused(_:)`` where the server says NO or BAD.
    func command(_ parts: Part..., keep: (IMAPResponse.Kind) -> Bool = { _ in true }) async throws(IMAPFailure) -> Outcome {
        let tag = nextTag()
        var line = Array("\(tag) ".utf8)
        for part in parts {
            switch part {
            case .text(let text):
                guard text.utf8.allSatisfy({ !ASCII.isControl($0) }) else { throw .refused("a control character in a command") }
                line.append(contentsOf: text.utf8)
            case .literal(let bytes):
                wire.send(line + Array("{\(bytes.count)}\r\n".utf8))
                if let status = try await untilContinuation(tag) { throw .refused(status.words) }
                line = bytes
            }
        }
        wire.send(line + [13, 10])
        let outcome = try await untilEnd(of: tag, keep: keep)
        guard outcome.status.condition == .ok else { throw .refused(outcome.status.words) }
        return outcome
    }

    func command(_ text: String, keep: (IMAPResponse.Kind) -> Bool = { _ in true }) async throws(IMAPFailure) -> Outcome {
        try await command(.text(text), keep: keep)
    }

    func nextTag() -> String {
        count += 1
        return "k\(count)"
    }

    /// Everything up to the tagged end of a command.
    func untilEnd(of tag: String, keep: (IMAPResponse.Kind) -> Bool) async throws(IMAPFailure) -> Outcome {
        var responses: [IMAPResponse] = []
        for _ in 0..<limits.responses {
            let response = try await wire.next()
            let kind = response.kind
            note(kind)
            switch kind {
            case .tagged(tag, let status): return Outcome(responses: responses, status: status)
            case .tagged(let other, _): throw await broken("an answer to \(IMAPResponse.printable(Array(other.utf8))), which nobody asked")
            case .status(let status) where status.condition == .bye: throw await parting(status)
            case .unknown: throw await broken("a line that is no response")
            case .continuation, .status, .data: if keep(kind) { responses.append(response) }
            }
        }
        throw await broken("more than \(limits.responses) responses to one command")
    }

    /// - Returns: nil at the go-ahead; the end of the command where there is none.
    func untilContinuation(_ tag: String) async throws(IMAPFailure) -> IMAPStatus? {
        for _ in 0..<limits.responses {
            let kind = try await wire.next().kind
            note(kind)
            switch kind {
            case .continuation: return nil
            case .tagged(tag, let status): return status
            case .status(let status) where status.condition == .bye: throw await parting(status)
            case .tagged, .unknown: throw await broken("a line that is no answer")
            case .status, .data: break
            }
        }
        throw await broken("more than \(limits.responses) responses to one command")
    }

    func note(_ kind: IMAPResponse.Kind) {
        if case .data("EXISTS", _) = kind { hasNews = true }
    }

    /// Ends a conversation in which nobody can say any more what belongs to what.
    func broken(_ reason: String) async -> IMAPFailure {
        await wire.close()
        return .malformed(reason)
    }

    func parting(_ status: IMAPStatus) async -> IMAPFailure {
        await wire.close()
        return .connection("the server said goodbye: \(status.words)")
    }

    /// Signs out politely, but not for long.
    private func leave() async {
        if await wire.isUsable() {
            wire.send(Array("\(nextTag()) LOGOUT\r\n".utf8))
            wire.close(afterSeconds: limits.farewellSeconds)
            while let response = try? await wire.next() {
                if case .tagged = response.kind { break }
            }
        }
        await wire.close()
    }
}

extension IMAPServerAddress {
    /// Nil where there is never to be TLS. Reads files.
    func makeTLSContext() throws(IMAPFailure) -> NIOSSLContext? {
        guard security != .none else { return nil }
        do {
            return try trust.makeContext()
        } catch {
            throw .tls("\(error)")
        }
    }
}
