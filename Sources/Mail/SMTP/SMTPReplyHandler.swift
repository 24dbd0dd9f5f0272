import NIOCore
import NIOSSL

/// Matches the replies of a server to the commands that were sent, in order, each with its own timeout. Lives on the event loop.
///
/// Whatever goes wrong is remembered as the reason for every command after it: the channel is closed and no promise is left waiting.
final class SMTPReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private enum Loss {
        case closed(String)
        case tls(String)
        case timeout
    }

    private let timeouts: SMTPTimeouts
    private var parser = SMTPReplyParser()
    private var expected = CircularBuffer<(stage: SMTPFailure.Stage, promise: EventLoopPromise<SMTPReply>)>()
    private var timer: Scheduled<Void>?
    private var idleTimer: Scheduled<Void>?
    private var loss: Loss?
    private var channel: (any Channel)?
    /// A reply nobody had asked for, such as `421 4.4.2 idle for too long` or a `552` in the middle of the letter.
    private(set) var farewell: SMTPReply?

    init(timeouts: SMTPTimeouts, greeting: EventLoopPromise<SMTPReply>) {
        self.timeouts = timeouts
        expected.append((.greeting, greeting))
    }

    var isUsable: Bool { loss == nil }
    /// Nothing of a reply has arrived that was not asked for.
    var isQuiet: Bool { loss == nil && parser.isEmpty && expected.isEmpty }

    // MARK: What the connection asks for

    func expect(_ stage: SMTPFailure.Stage, _ promise: EventLoopPromise<SMTPReply>) {
        guard isUsable else { return promise.fail(failure(at: stage)) }
        expected.append((stage, promise))
        if expected.count == 1 { startTimer() }
    }

    /// What to say about something that did not work because the connection is gone.
    func failure(at stage: SMTPFailure.Stage) -> SMTPFailure {
        switch loss {
        case .closed(let reason): .connection(reason, stage: stage)
        case .tls(let reason): .tls(reason)
        case .timeout: .timeout(stage)
        case nil: .connection("the connection was lost", stage: stage)
        }
    }

    /// Says QUIT if nothing happens for so long. The connection closes itself, so that an idle client costs no task.
    func park(seconds: Double) {
        idleTimer = channel?.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { self.quit() }
    }

    /// Takes a parked connection into use again; false if it is closed, or closing.
    func unpark() -> Bool {
        idleTimer?.cancel()
        idleTimer = nil
        if !isQuiet { lose(because: "the server said something while nobody had asked") }
        return isUsable
    }

    /// Says QUIT and closes after the reply, or after a few seconds without. Whoever sends a command from now on gets a failure.
    func quit() {
        guard isUsable, let channel else { return }
        let promise = channel.eventLoop.makePromise(of: SMTPReply.self)
        promise.futureResult.whenComplete { _ in channel.close(promise: nil) }
        expect(.quit, promise)
        loss = .closed("the connection was closed by QUIT")
        channel.writeAndFlush(ByteBuffer(staticString: "QUIT\r\n"), promise: nil)
    }

    /// Gives up on a server that does not take what it is sent.
    func expire() { lose(.timeout) }

    /// Gives up for a reason of our own.
    func lose(because reason: String) { lose(.closed(reason)) }

    // MARK: What the network brings

    func handlerAdded(context: ChannelHandlerContext) {
        channel = context.channel
        if context.channel.isActive { startTimer() }
    }

    func channelActive(context: ChannelHandlerContext) {
        startTimer()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            try parser.feed(unwrapInboundIn(data).readableBytesView) { take($0) }
        } catch {
            lose(.closed(error.reason))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        lose(.closed("the server closed the connection"))
        context.fireChannelInactive()
    }

    /// A channel that never became active (another address of the host was faster) has no other end than this.
    func handlerRemoved(context: ChannelHandlerContext) {
        lose(.closed("the connection was closed"))
        channel = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOSSLError.uncleanShutdown: lose(.closed("the server closed the connection"))
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: lose(.tls("\(error)"))
        default: lose(.closed("\(error)"))
        }
    }

    private func take(_ reply: SMTPReply) {
        guard let next = expected.popFirst() else {
            farewell = farewell ?? reply
            return lose(.closed("the server said out of turn: \(reply)"))
        }
        startTimer()
        next.promise.succeed(reply)
    }

    private func startTimer() {
        timer?.cancel()
        timer = nil
        guard let stage = expected.first?.stage, let loop = channel?.eventLoop else { return }
        let wait = TimeAmount.nanoseconds(Int64(timeouts.seconds(for: stage) * 1e9))
        timer = loop.assumeIsolated().scheduleTask(in: wait) { self.lose(.timeout) }
    }

    private func lose(_ newLoss: Loss) {
        loss = loss ?? newLoss
        timer?.cancel()
        idleTimer?.cancel()
        while let next = expected.popFirst() { next.promise.fail(failure(at: next.stage)) }
        channel?.close(promise: nil)
    }
}
