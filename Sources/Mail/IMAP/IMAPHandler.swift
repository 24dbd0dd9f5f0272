import NIOCore
import NIOSSL

/// Reads responses for somebody who waits for them, one at a time. Lives on the event loop.
///
/// It asks the network for more only while somebody waits, so that a server that talks without end fills no memory. Whatever goes wrong is
/// remembered as the reason for everybody who waits later: the channel is closed and no promise is left waiting.
final class IMAPHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    private let limits: IMAPLimits
    private var parser: IMAPResponseParser
    private var ready = CircularBuffer<IMAPResponse>()
    private var waiter: EventLoopPromise<IMAPResponse>?
    private var silence: Scheduled<Void>?
    private var deadline: Scheduled<Void>?
    private var silenceSeconds = 0.0
    private var loss: IMAPFailure?
    private var context: ChannelHandlerContext?

    init(limits: IMAPLimits) {
        self.limits = limits
        parser = IMAPResponseParser(limits: limits)
    }

    /// Nothing has arrived that nobody has asked for.
    var isQuiet: Bool { loss == nil && parser.isEmpty && ready.isEmpty && waiter == nil }
    var isUsable: Bool { loss == nil }
    var failure: IMAPFailure { loss ?? .connection("the connection was lost") }

    // MARK: What the connection asks for

    /// The next response. One waits at a time.
    ///
    /// - Parameter patienceSeconds: how long nothing at all may come beyond what is usual, since we wait for something to happen.
    func next(_ promise: EventLoopPromise<IMAPResponse>, patienceSeconds: Double) {
        if let response = ready.popFirst() { return promise.succeed(response) }
        guard loss == nil, waiter == nil, let context else { return promise.fail(failure) }
        waiter = promise
        silenceSeconds = limits.silenceSeconds + patienceSeconds
        deadline = schedule(limits.wholeSeconds + patienceSeconds, context)
        restartSilence(context)
        context.read()
    }

    /// Gives up for a reason of our own.
    func lose(_ reason: IMAPFailure) {
        loss = loss ?? reason
        stopTimers()
        let waiting = waiter
        waiter = nil
        waiting?.fail(failure)
        context?.close(promise: nil)
    }

    // MARK: What the network brings

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        restartSilence(context)
        do {
            try parser.feed(Array(unwrapInboundIn(data).readableBytesView)) { ready.append($0) }
        } catch {
            // What was said before the trouble still counts.
            hand()
            return lose(error)
        }
        hand()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if waiter != nil { context.read() }
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        lose(.connection("the server closed the connection"))
        context.fireChannelInactive()
    }

    /// A channel that never became active (another address of the host was faster) has no other end than this.
    func handlerRemoved(context: ChannelHandlerContext) {
        lose(.connection("the connection was closed"))
        self.context = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOSSLError.uncleanShutdown: lose(.connection("the server closed the connection"))
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: lose(.tls("\(error)"))
        default: lose(.connection("\(error)"))
        }
    }

    private func hand() {
        guard let waiting = waiter, let response = ready.popFirst() else { return }
        waiter = nil
        stopTimers()
        waiting.succeed(response)
    }

    private func restartSilence(_ context: ChannelHandlerContext) {
        silence?.cancel()
        silence = waiter == nil ? nil : schedule(silenceSeconds, context)
    }

    private func schedule(_ seconds: Double, _ context: ChannelHandlerContext) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { self.lose(.timeout) }
    }

    private func stopTimers() {
        silence?.cancel()
        deadline?.cancel()
        (silence, deadline) = (nil, nil)
    }
}
