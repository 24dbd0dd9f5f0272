import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing

@testable import Mail

/// A client that sends what it is told, byte for byte. Used by one task.
final class LMTPTestPeer {
    private let channel: any Channel
    private var pieces: AsyncStream<ByteBuffer>.AsyncIterator
    private var input = ByteBuffer()

    /// Connects, and says something at once, however busy the tasks of other tests are.
    init(_ port: Int, saying words: String = "") async throws {
        let (pieces, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Collector(words, continuation)) }
            }
            .connect(host: "127.0.0.1", port: port).get()
        self.pieces = pieces.makeAsyncIterator()
    }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

    /// Sends from another task.
    var sender: @Sendable (String) async throws -> Void {
        { [channel] in try await channel.writeAndFlush(ByteBuffer(string: $0)) }
    }

    /// Starts sending; fulfilled when the network has taken all of it.
    func startSending(_ text: String) -> EventLoopFuture<Void> { channel.writeAndFlush(ByteBuffer(string: text)) }

    /// The next line without its end; nil when the server has closed the connection.
    func line() async -> String? {
        while true {
            if let end = input.readableBytesView.firstIndex(of: 10) {
                let line = input.readString(length: end - input.readerIndex + 1) ?? ""
                return String(line.unicodeScalars.filter { $0 != "\r" && $0 != "\n" }.map(Character.init))
            }
            guard var more = await pieces.next() else { return nil }
            input.writeBuffer(&more)
        }
    }

    /// The last line of the next reply.
    func reply() async -> String? {
        while let line = await line() {
            if line.utf8.dropFirst(3).first != UInt8(ascii: "-") { return line }
        }
        return nil
    }

    func ask(_ command: String) async throws -> String? {
        try await send(command + "\r\n")
        return await reply()
    }

    /// Greeting, LHLO, MAIL and one RCPT for each recipient.
    func begin(to recipients: String...) async throws {
        #expect(await reply()?.hasPrefix("220 ") == true)
        #expect(try await ask("LHLO peer.example")?.hasPrefix("250 ") == true)
        #expect(try await ask("MAIL FROM:<a@example.org>") == "250 2.1.0 Sender taken")
        for recipient in recipients { #expect(try await ask("RCPT TO:<\(recipient)>") == "250 2.1.5 Recipient taken") }
    }

    func close() async throws { try await channel.close() }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        let words: String
        let continuation: AsyncStream<ByteBuffer>.Continuation
        init(_ words: String, _ continuation: AsyncStream<ByteBuffer>.Continuation) {
            (self.words, self.continuation) = (words, continuation)
        }
        func channelActive(context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: words)), promise: nil)
        }
        func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }
        func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}

/// A server that keeps what it is given. Knows everybody but `nobody@...`.
final class LMTPTestDesk: Sendable {
    let server: LMTPServer
    private let kept = NIOLockedValueBox<[LMTPDelivery]>([])

    init(
        configure: (inout LMTPConfiguration) -> Void = { _ in },
        replies: @escaping @Sendable (LMTPDelivery) async -> [SMTPReply] = { delivery in
            delivery.recipients.map { SMTPReply(code: 250, enhanced: "2.0.0", text: "kept for \($0)") }
        },
        spool: LMTPServer.Spool? = nil
    ) {
        var configuration = LMTPConfiguration(host: "127.0.0.1", port: 0, serverName: "desk.example.org")
        configure(&configuration)
        let kept = kept
        server = LMTPServer(
            configuration: configuration,
            accepts: { $0.hasPrefix("nobody@") ? SMTPReply(code: 550, enhanced: "5.1.1", text: "No such mailbox") : nil },
            spool: spool,
            deliver: { delivery in
                kept.withLockedValue { $0.append(delivery) }
                return await replies(delivery)
            })
    }

    /// Large letters leave memory.
    static func spooling(_ spool: @escaping LMTPServer.Spool, configure: (inout LMTPConfiguration) -> Void = { _ in }) -> LMTPTestDesk {
        LMTPTestDesk(configure: configure, spool: spool)
    }

    static func delivering(_ replies: @escaping @Sendable (LMTPDelivery) async -> [SMTPReply]) -> LMTPTestDesk {
        LMTPTestDesk(replies: replies)
    }

    var letters: [LMTPDelivery] { kept.withLockedValue { $0 } }
    var texts: [String] { letters.map { String(decoding: $0.data, as: UTF8.self) } }
}

extension LMTPDelivery {
    /// A letter in memory; empty for one that was spooled.
    var data: [UInt8] { if case .bytes(let bytes) = content { bytes } else { [] } }
}

/// A door that is opened once, for all who wait.
final class LMTPTestGate: Sendable {
    private let state = NIOLockedValueBox<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLockedValue {
                if !$0.isOpen { $0.waiting.append(continuation) }
                return $0.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLockedValue { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
