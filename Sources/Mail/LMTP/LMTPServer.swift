import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Receives mail by LMTP (RFC 2033): like SMTP, but with an answer for each recipient after the letter, and no queue of its own.
///
/// Postfix and Exim deliver to it. ENHANCEDSTATUSCODES, PIPELINING, SIZE, 8BITMIME and SMTPUTF8 are offered, STARTTLS with a TLS
/// context. The letters of one connection are delivered one after the other; while one is being delivered nothing more is read.
public final class LMTPServer: Sendable {
    /// Decides about a recipient: nil accepts, anything else is the refusal, such as `550 5.1.1`.
    public typealias Accepts = @Sendable (_ recipient: String) async -> SMTPReply?
    /// Takes responsibility for a letter: returns one reply for each recipient, in their order. For a recipient without a reply the client
    /// is told to come again. It is not cancelled when the client goes away; the client will then send the letter again.
    public typealias Deliver = @Sendable (_ delivery: LMTPDelivery) async -> [SMTPReply]

    /// Opens a spool for a letter above ``LMTPConfiguration/spoolBytes``.
    public typealias Spool = @Sendable () async throws -> any LMTPSpool

    private struct State {
        var listener: (any Channel)?
        var sessions: [ObjectIdentifier: NIOLoopBound<LMTPSession>] = [:]
        var isStopping = false
    }

    private let services: LMTPServices
    private let group: any EventLoopGroup
    private let state = NIOLockedValueBox(State())

    public init(
        configuration: LMTPConfiguration, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        accepts: @escaping Accepts, spool: Spool? = nil, deliver: @escaping Deliver
    ) {
        let budget = LMTPBudget(limitBytes: configuration.maxBytesInFlight)
        services = LMTPServices(configuration: configuration, budget: budget, accepts: accepts, spool: spool, deliver: deliver)
        self.group = group
    }

    /// Connections being served at the moment.
    public var connectionCount: Int { state.withLockedValue { $0.sessions.count } }

    /// Starts listening and returns the port, which is of interest where the configured one is 0. To be called once.
    public func start() async throws -> Int {
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // The session reads when it has dealt with what it has: that is the backpressure.
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in channel.eventLoop.makeCompletedFuture { try self.admit(channel) } }
            .bind(host: services.configuration.host, port: services.configuration.port)
            .get()
        let isStopping = state.withLockedValue {
            $0.listener = listener
            return $0.isStopping
        }
        if isStopping { try? await listener.close() }
        return listener.localAddress?.port ?? services.configuration.port
    }

    /// Stops listening, ends idle connections with 421, and lets letters under way come to their end for up to the grace period.
    public func stop() async {
        let (listener, sessions) = state.withLockedValue {
            $0.isStopping = true
            return ($0.listener, Array($0.sessions.values))
        }
        try? await listener?.close()
        for session in sessions { session.eventLoop.execute { session.value.drain() } }
        let grace = TimeAmount.nanoseconds(Int64(services.configuration.graceSeconds * 1e9))
        let timer = group.any().scheduleTask(in: grace) {
            for session in sessions { session.eventLoop.execute { session.value.abort() } }
        }
        for session in sessions { try? await session.eventLoop.flatSubmit { session.value.ended }.get() }
        timer.cancel()
    }

    private func admit(_ channel: any Channel) throws {
        let session = LMTPSession(services: services, eventLoop: channel.eventLoop)
        let bound = NIOLoopBound(session, eventLoop: channel.eventLoop)
        let id = ObjectIdentifier(session)
        let isAdmitted = state.withLockedValue {
            guard !$0.isStopping, $0.sessions.count < services.configuration.maxConnections else { return false }
            $0.sessions[id] = bound
            return true
        }
        if isAdmitted {
            session.ended.whenComplete { _ in self.state.withLockedValue { _ = $0.sessions.removeValue(forKey: id) } }
            try channel.pipeline.syncOperations.addHandler(session)
        } else {
            session.abort()
            try channel.pipeline.syncOperations.addHandler(LMTPRefusal())
        }
    }
}

/// What all sessions of a server share.
struct LMTPServices: Sendable {
    let configuration: LMTPConfiguration
    let budget: LMTPBudget
    let accepts: LMTPServer.Accepts
    /// Nil where all letters stay in memory.
    let spool: LMTPServer.Spool?
    let deliver: LMTPServer.Deliver
}

/// How much of all letters together is in memory.
final class LMTPBudget: Sendable {
    private let limitBytes: Int
    private let used = NIOLockedValueBox(0)

    init(limitBytes: Int) { self.limitBytes = limitBytes }

    var usedBytes: Int { used.withLockedValue { $0 } }

    func reserve(_ count: Int) -> Bool {
        used.withLockedValue {
            guard $0 + count <= limitBytes else { return false }
            $0 += count
            return true
        }
    }

    func release(_ count: Int) { used.withLockedValue { $0 -= count } }
}

/// Turns a client away that finds all connections taken, or the server stopping.
private final class LMTPRefusal: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelActive(context: ChannelHandlerContext) {
        let reply = SMTPReply(code: 421, enhanced: "4.3.2", text: "Too many connections, come again later")
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply.wireBytes)), promise: nil)
        context.close(promise: nil)
    }
}
