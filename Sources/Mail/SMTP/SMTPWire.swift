import NIOCore
import NIOPosix
import NIOSSL

/// A connection to a server as commands out, replies in. All its state is on the channel's event loop; this is the way in from tasks.
final class SMTPWire: Sendable {
    let channel: any Channel
    let greeting: EventLoopFuture<SMTPReply>
    private let handler: NIOLoopBound<SMTPReplyHandler>

    private init(channel: any Channel, handler: NIOLoopBound<SMTPReplyHandler>, greeting: EventLoopFuture<SMTPReply>) {
        self.channel = channel
        self.handler = handler
        self.greeting = greeting
    }

    /// Connects to the first address of the host that answers; with a context, TLS starts at once.
    static func connect(
        to server: SMTPServerAddress, tls: NIOSSLContext?, timeouts: SMTPTimeouts, group: any EventLoopGroup
    ) async throws(SMTPFailure) -> SMTPWire {
        let bootstrap = ClientBootstrap(group: group).connectTimeout(.nanoseconds(Int64(timeouts.connectSeconds * 1e9)))
        do {
            return try await bootstrap.connect(host: server.host, port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let greeting = channel.eventLoop.makePromise(of: SMTPReply.self)
                    let handler = SMTPReplyHandler(timeouts: timeouts, greeting: greeting)
                    if let tls { try channel.pipeline.syncOperations.addHandler(ServerTrust.handler(tls, host: server.host)) }
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return SMTPWire(
                        channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop), greeting: greeting.futureResult)
                }
            }
        } catch ChannelError.connectTimeout {
            throw .timeout(.connect)
        } catch let error as NIOConnectionError {
            let reasons = error.connectionErrors.map { "\($0.target): \($0.error)" }
            throw .connection(reasons.isEmpty ? "no address for \(server.host)" : reasons.joined(separator: ", "), stage: .connect)
        } catch {
            throw .connection("\(error)", stage: .connect)
        }
    }

    /// Sends commands in one go, each with CRLF appended, and returns a future reply for each.
    func send(_ commands: [(line: String, stage: SMTPFailure.Stage)]) -> [EventLoopFuture<SMTPReply>] {
        var bytes = ByteBuffer()
        for command in commands { bytes.writeString(command.line + "\r\n") }
        return send(bytes, expecting: commands.map(\.stage))
    }

    func send(_ bytes: ByteBuffer, expecting stages: [SMTPFailure.Stage]) -> [EventLoopFuture<SMTPReply>] {
        let pending = stages.map { ($0, channel.eventLoop.makePromise(of: SMTPReply.self)) }
        channel.eventLoop.execute { [self] in
            for (stage, promise) in pending { handler.value.expect(stage, promise) }
            channel.writeAndFlush(bytes, promise: nil)
        }
        return pending.map(\.1.futureResult)
    }

    /// Sends one command and waits for its reply.
    func ask(_ line: String, _ stage: SMTPFailure.Stage) async throws(SMTPFailure) -> SMTPReply {
        try await Self.reply(send([(line, stage)])[0])
    }

    static func reply(_ future: EventLoopFuture<SMTPReply>) async throws(SMTPFailure) -> SMTPReply {
        do {
            return try await future.get()
        } catch {
            throw error as? SMTPFailure ?? .connection("\(error)", stage: .connect)
        }
    }

    /// Hands a block of the letter, but not the last, to the network. Fails with the server's refusal if it spoke up in the middle.
    func write(_ block: ByteBuffer, timeoutSeconds: Double) async throws(SMTPFailure) {
        let timer = channel.eventLoop.scheduleTask(in: .nanoseconds(Int64(timeoutSeconds * 1e9))) { self.handler.value.expire() }
        defer { timer.cancel() }
        do {
            try await channel.writeAndFlush(block)
        } catch {
            throw await onLoop { handler in
                if let reply = handler.farewell, !reply.isSuccess { return .refused(reply, stage: .data) }
                return handler.failure(at: .data)
            }
        }
    }

    /// Puts TLS under the conversation, before anything else is read.
    ///
    /// Bytes that came after the go-ahead but before TLS are somebody's forgery (CVE-2011-0411 the other way round).
    func startTLS(_ context: NIOSSLContext, _ server: SMTPServerAddress) async throws(SMTPFailure) {
        let failure: SMTPFailure? = await onLoop { [channel] handler in
            guard handler.isQuiet else {
                return handler.isUsable ? .tls("the server sent something before TLS began") : handler.failure(at: .tls)
            }
            do {
                try channel.pipeline.syncOperations.addHandler(ServerTrust.handler(context, host: server.host), position: .first)
                return nil
            } catch {
                return .tls("\(error)")
            }
        }
        if let failure { throw failure }
    }

    func park(seconds: Double) async { await onLoop { $0.park(seconds: seconds) } }
    func unpark() async -> Bool { await onLoop { $0.unpark() } }

    /// Says QUIT if there is anybody to say it to, and returns when the connection is closed: only then may another take its place.
    func quit() async {
        await onLoop { $0.quit() }
        try? await channel.closeFuture.get()
    }

    /// Closes without QUIT, and returns when the connection is closed.
    func close(because reason: String) async {
        abandon(because: reason)
        try? await channel.closeFuture.get()
    }

    /// Begins to close; whoever waits for a reply gets a failure with this reason.
    func abandon(because reason: String) { channel.eventLoop.execute { self.handler.value.lose(because: reason) } }

    private func onLoop<Result: Sendable>(_ body: @escaping @Sendable (SMTPReplyHandler) -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            channel.eventLoop.execute { continuation.resume(returning: body(self.handler.value)) }
        }
    }
}
