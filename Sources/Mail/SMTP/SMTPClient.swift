import NIOCore
import NIOPosix
import NIOSSL

/// Hands letters to one server over a few connections that are kept open and used again.
///
/// Letters beyond the number of connections wait their turn, in order. A connection that died while it was idle is replaced
/// unnoticed; once the final dot of a letter was sent nothing is tried again, because its fate is unknown.
public actor SMTPClient {
    /// Servers limit this too, most of them at 100 or more; a new connection now and then also finds a changed MX or certificate.
    static let maxLettersPerConnection = 100

    private struct Pooled {
        let connection: SMTPConnection
        var letters = 0
    }

    private let server: SMTPServerAddress
    private let heloName: String
    private let idleSeconds: Double
    private let timeouts: SMTPTimeouts
    private let group: any EventLoopGroup
    private var turns: SMTPTurns
    private var idle: [Pooled] = []
    private var login: SMTPLogin?
    private var isClosed = false

    /// - Parameters:
    ///   - heloName: our own host name, for EHLO. Something that cannot be one is replaced by `localhost`.
    ///   - maxConnections: connections in use at the same time, at least 1.
    ///   - idleSeconds: how long a connection without work stays open. Servers give up after 300 s (RFC 5321 section 4.5.3.2.7).
    public init(
        server: SMTPServerAddress, heloName: String, maxConnections: Int = 2, idleSeconds: Double = 30,
        timeouts: SMTPTimeouts = SMTPTimeouts(), group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.server = server
        self.heloName = heloName.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !heloName.isEmpty ? heloName : "localhost"
        self.idleSeconds = idleSeconds
        self.timeouts = timeouts
        self.group = group
        turns = SMTPTurns(count: max(1, maxConnections))
    }

    /// Sends a letter to all recipients of the envelope and returns when the server took responsibility for it.
    ///
    /// - Parameter bytes: header and body (RFC 5322). Line ends may be CRLF or LF; dots are taken care of.
    /// - Returns: what the server said. Some recipients may have been refused all the same: look at `refusedRecipients`.
    /// - Throws: ``SMTPFailure``, also when no recipient was accepted, and `CancellationError` while waiting for a turn.
    public func send(_ bytes: [UInt8], envelope: Envelope) async throws -> SMTPAcceptance {
        try await waitForTurn()
        defer { turns.next() }
        if let used = await takeIdle() {
            do {
                return try await send(bytes, envelope, over: used)
            } catch let failure as SMTPFailure where failure.mayBeStaleConnection && !Task.isCancelled {}
        }
        return try await send(bytes, envelope, over: Pooled(connection: connect()))
    }

    /// Says QUIT on the idle connections and takes no more letters. Those under way are finished first.
    public func close() async {
        isClosed = true
        let last = idle
        idle = []
        for pooled in last { await pooled.connection.wire.quit() }
    }

    private func send(_ bytes: [UInt8], _ envelope: Envelope, over pooled: Pooled) async throws -> SMTPAcceptance {
        do {
            let acceptance = try await pooled.connection.deliver(bytes, envelope)
            await giveBack(pooled)
            return acceptance
        } catch {
            switch error {
            case .refused(let reply, _) where reply.code != 421:
                if await pooled.connection.reset() { await giveBack(pooled) }
            case .unsupported: await giveBack(pooled)
            default: await pooled.connection.wire.close(because: "the connection failed before")
            }
            throw error
        }
    }

    private func connect() async throws -> SMTPConnection {
        guard !isClosed else { throw SMTPFailure.connection("this client was closed", stage: .connect) }
        let login = try self.login ?? SMTPLogin(server: server, heloName: heloName, timeouts: timeouts, tls: server.makeTLSContext())
        self.login = login
        return try await login.open(group: group)
    }

    /// The connection used last: those not needed any more grow old and close.
    private func takeIdle() async -> Pooled? {
        while let pooled = idle.popLast() {
            if await pooled.connection.wire.unpark() { return pooled }
        }
        return nil
    }

    private func giveBack(_ pooled: Pooled) async {
        let used = Pooled(connection: pooled.connection, letters: pooled.letters + 1)
        guard used.letters < Self.maxLettersPerConnection, !isClosed else { return await used.connection.wire.quit() }
        await used.connection.wire.park(seconds: idleSeconds)
        guard !isClosed else { return await used.connection.wire.quit() }
        idle.append(used)
    }

    // MARK: Turns

    private func waitForTurn() async throws {
        guard let ticket = turns.take() else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    turns.wait(ticket, continuation)
                }
            }
        } onCancel: {
            Task { await self.giveUp(ticket) }
        }
    }

    private func giveUp(_ ticket: Int) { turns.giveUp(ticket) }
}

extension SMTPFailure {
    /// Whether a connection that had been idle may simply have been closed by the server meanwhile, and the letter with certainty not sent.
    var mayBeStaleConnection: Bool {
        switch self {
        case .connection(_, let stage), .timeout(let stage): stage != .final
        case .refused(let reply, let stage): reply.code == 421 && stage == .mail
        case .tls, .authentication, .unsupported: false
        }
    }
}
