import Foundation
import NIOCore

/// The server's side of one connection. Everything happens on the channel's event loop; this file is about bytes and time, what the
/// commands do is in `LMTPSessionCommands.swift`.
final class LMTPSession: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// RFC 5321 section 4.5.3.1.4 wants 512, and each extension adds to it.
    static let maxLineBytes = 4096
    /// After so many wrong commands it is no mail server that talks to us.
    static let maxErrors = 20
    /// Replies are collected up to here when a client sends many commands at once.
    private static let maxOutputBytes = 16 * 1024

    /// How long a client that was hung up on has for reading why.
    private static let lingerTime = TimeAmount.seconds(2)

    enum Phase { case command, skippingLine, data, waiting, closed }

    let services: LMTPServices
    var phase = Phase.command
    var transaction: LMTPTransaction?
    var heloName: String?
    var isSecure = false
    var errorCount = 0
    private(set) var isDraining = false
    private(set) var peer = ""
    private(set) var startedAt = NIODeadline.now()
    private(set) var context: ChannelHandlerContext?
    private(set) var input = ByteBuffer()

    private var output = ByteBuffer()
    private var isWorking = false
    private let endedPromise: EventLoopPromise<Void>
    private let deadline: LMTPDeadline
    private var dataDeadline = NIODeadline.distantFuture
    private var windowBytes = 0

    init(services: LMTPServices, eventLoop: any EventLoop) {
        self.services = services
        endedPromise = eventLoop.makePromise()
        deadline = LMTPDeadline(eventLoop: eventLoop)
    }

    /// The connection is closed and no work for it is going on any more.
    var ended: EventLoopFuture<Void> { endedPromise.futureResult }

    // MARK: Life

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        deadline.whenReached = { self.timeIsUp() }
        peer = context.remoteAddress.map { "\($0.ipAddress ?? "local"):\($0.port ?? 0)" } ?? "unknown"
        guard !isDraining else { return closeForStop() }
        send(SMTPReply(code: 220, text: "\(services.configuration.serverName) LMTP"))
        awaitCommand()
        flush()
        context.read()
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closed
        self.context = nil
        deadline.cancel()
        input = ByteBuffer()
        if !isWorking { end() }
        context.fireChannelInactive()
    }

    /// A connection that breaks is everyday life; the client knows that it got no answer.
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// Ends at once if no letter is under way, else after it.
    func drain() {
        isDraining = true
        if transaction == nil, phase != .waiting { closeForStop() }
    }

    /// Ends now, whatever is going on.
    func abort() {
        context?.close(promise: nil)
        end()
    }

    private func end() {
        transaction?.body?.release()
        let spooling = transaction?.spooling
        transaction = nil
        guard let spooling else { return endedPromise.succeed() }
        endedPromise.futureResult.eventLoop.makeFutureWithTask { await spooling.abort() }.cascade(to: endedPromise)
    }

    func closeForStop() { close(SMTPReply(code: 421, enhanced: "4.3.2", text: "Shutting down, come again later")) }

    /// Says goodbye and closes, without waiting for a client that does not read.
    func close(_ reply: SMTPReply) {
        guard phase != .closed, let context else { return }
        send(reply)
        flush()
        phase = .closed
        context.close(promise: nil)
        // TLS says goodbye on both sides, so the client's has to be read.
        context.read()
    }

    /// Says goodbye to a client that may still be sending. Closing at once would answer its bytes with a reset, and that destroys our
    /// reply before it is read; so they are read and dropped for a moment.
    func hangUp(_ reply: SMTPReply) {
        guard phase != .closed, let context else { return }
        send(reply)
        flush()
        phase = .closed
        input = ByteBuffer()
        context.close(mode: .output, promise: nil)
        deadline.set(.now() + Self.lingerTime)
        context.read()
    }

    // MARK: Input

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard phase != .closed else { return }
        if phase == .data { windowBytes += bytes.readableBytes }
        if input.readableBytes == 0 {
            input = bytes
        } else {
            input.discardReadBytes()
            input.writeBuffer(&bytes)
        }
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) { proceed() }

    /// A client that sends commands and does not read the replies is not listened to for a while; the deadline goes on.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            process()
            proceed()
        }
        context.fireChannelWritabilityChanged()
    }

    private func process() {
        while true {
            switch phase {
            case .command:
                guard context?.channel.isWritable == true, let line = nextLine() else { return }
                handle(line)
            case .skippingLine:
                guard let length = lineLength() else { return input.clear() }
                input.moveReaderIndex(forwardBy: length)
                phase = .command
            case .data:
                guard transaction?.body?.take(from: &input) == true else { return spool() }
                endOfData()
            case .waiting, .closed:
                return
            }
        }
    }

    /// Sends the replies collected so far, and asks for more input unless there is something to finish first.
    private func proceed() {
        flush()
        switch phase {
        case .command, .skippingLine: if context?.channel.isWritable == true { context?.read() }
        case .data, .closed: context?.read()
        case .waiting: break
        }
    }

    /// The next line including its end. A line that is too long is answered once and skipped.
    private func nextLine() -> ByteBufferView? {
        let length = lineLength()
        guard (length ?? input.readableBytes) <= Self.maxLineBytes else {
            phase = .skippingLine
            refuse(SMTPReply(code: 500, enhanced: "5.5.2", text: "Line too long"))
            return nil
        }
        return length.flatMap { input.readSlice(length: $0)?.readableBytesView }
    }

    private func lineLength() -> Int? {
        input.withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base, 10, bytes.count) else { return nil }
            return found - UnsafeMutableRawPointer(mutating: base) + 1
        }
    }

    // MARK: Output

    func send(_ reply: SMTPReply) {
        output.writeBytes(reply.wireBytes)
        if output.readableBytes > Self.maxOutputBytes { flush() }
    }

    func flush() {
        guard output.readableBytes > 0, let context else { return }
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
        output = ByteBuffer()
    }

    // MARK: Work

    /// Runs something that takes time. Nothing is read, handled or timed until it is done.
    ///
    /// - Parameter next: `.command`, or `.data` in the middle of a letter.
    func wait<Value: Sendable>(
        for work: @escaping @Sendable () async -> Value, resuming next: Phase = .command, then finish: @escaping (Value) -> Void
    ) {
        guard let eventLoop = context?.eventLoop else { return }
        phase = .waiting
        deadline.clear()
        isWorking = true
        let began = NIODeadline.now()
        eventLoop.makeFutureWithTask(work).assumeIsolated().whenSuccess { value in
            self.isWorking = false
            guard self.phase == .waiting else { return self.end() }
            self.phase = next
            if next == .data { self.resumeData(after: .now() - began) } else { self.awaitCommand() }
            finish(value)
            self.process()
            self.proceed()
        }
    }

    // MARK: Time

    /// The client's time for the next command starts now.
    func awaitCommand() { deadline.set(.now() + Self.amount(services.configuration.lineTimeoutSeconds)) }

    func awaitData() {
        dataDeadline = .now() + Self.amount(services.configuration.dataTimeoutSeconds)
        awaitProgress()
    }

    /// What the disk took is not the client's time.
    private func resumeData(after pause: TimeAmount) {
        dataDeadline = dataDeadline + pause
        awaitProgress()
    }

    private func awaitProgress() {
        windowBytes = 0
        deadline.set(min(dataDeadline, .now() + Self.amount(services.configuration.progressSeconds)))
    }

    private func timeIsUp() {
        if phase == .closed {
            context?.close(promise: nil)
            return
        }
        let wanted = services.configuration.minBytesPerSecond * services.configuration.progressSeconds
        if phase == .data, dataDeadline > .now(), Double(windowBytes) >= wanted { return awaitProgress() }
        hangUp(SMTPReply(code: 421, enhanced: "4.4.2", text: "Too slow, closing the connection"))
    }

    private static func amount(_ seconds: Double) -> TimeAmount { .nanoseconds(Int64(seconds * 1e9)) }
}
