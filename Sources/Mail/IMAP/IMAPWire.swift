import NIOCore
import NIOPosix
import NIOSSL

/// A connection to a server as lines out, responses in. All its state is on the channel's event loop; this is the way in from tasks.
final class IMAPWire: Sendable {
    let channel: any Channel
    private let handler: NIOLoopBound<IMAPHandler>

    private init(channel: any Channel, handler: NIOLoopBound<IMAPHandler>) { (self.channel, self.handler) = (channel, handler) }

    /// Connects to the first address of the host that answers; with a context, TLS starts at once.
    static func connect(
        to server: IMAPServerAddress, tls: NIOSSLContext?, limits: IMAPLimits, group: any EventLoopGroup
    ) async throws(IMAPFailure) -> IMAPWire {
        let bootstrap = ClientBootstrap(group: group).connectTimeout(.nanoseconds(Int64(limits.connectSeconds * 1e9)))
            .channelOption(.autoRead, value: false)
        do {
            return try await bootstrap.connect(host: server.host, port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = IMAPHandler(limits: limits)
                    if let tls { try channel.pipeline.syncOperations.addHandler(ServerTrust.handler(tls, host: server.host)) }
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return IMAPWire(channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
                }
            }
        } catch ChannelError.connectTimeout {
            throw .timeout
        } catch let error as NIOConnectionError {
            let reasons = error.connectionErrors.map { "\($0.target): \($0.error)" }
            throw .connection(reasons.isEmpty ? "no address for \(server.host)" : reasons.joined(separator: ", "))
        } catch {
            throw .connection("\(error)")
        }
    }

    /// Sends bytes as they are. That they arrived is told by the answer alone.
    func send(_ bytes: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }

    /// The next thing the server says.
    ///
    /// - Parameter patienceSeconds: how much longer than usual to wait for it.
    func next(patienceSeconds: Double = 0) async throws(IMAPFailure) -> IMAPResponse {
        let promise = channel.eventLoop.makePromise(of: IMAPResponse.self)
        channel.eventLoop.execute { self.handler.value.next(promise, patienceSeconds: patienceSeconds) }
        do {
            return try await promise.futureResult.get()
        } catch {
            throw error as? IMAPFailure ?? .connection("\(error)")
        }
    }

    /// Puts TLS under the conversation, before anything else is read.
    ///
    /// Bytes that came after the go-ahead but before TLS are somebody's forgery (CVE-2011-0411 the other way round).
    func startTLS(_ context: NIOSSLContext, host: String) async throws(IMAPFailure) {
        let failure: IMAPFailure? = await onLoop { [channel] handler in
            guard handler.isQuiet else {
                return handler.isUsable ? .tls("the server sent something before TLS began") : handler.failure
            }
            do {
                try channel.pipeline.syncOperations.addHandler(ServerTrust.handler(context, host: host), position: .first)
                return nil
            } catch {
                return .tls("\(error)")
            }
        }
        if let failure { throw failure }
    }

    /// Whether anything can still be said.
    func isUsable() async -> Bool { await onLoop { $0.isUsable } }

    /// Closes by itself unless it was closed before: for a farewell on which nothing depends.
    func close(afterSeconds seconds: Double) {
        let timer = channel.eventLoop.scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { self.abandon() }
        channel.closeFuture.whenComplete { _ in timer.cancel() }
    }

    /// Closes, and returns when the connection is closed.
    func close() async {
        abandon()
        try? await channel.closeFuture.get()
    }

    /// Begins to close; whoever waits gets a failure.
    func abandon() {
        channel.eventLoop.execute {
            self.handler.value.lose(.connection("we closed the connection"))
            self.channel.close(promise: nil)
        }
    }

    private func onLoop<Result: Sendable>(_ body: @escaping @Sendable (IMAPHandler) -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            channel.eventLoop.execute { continuation.resume(returning: body(self.handler.value)) }
        }
    }
}
