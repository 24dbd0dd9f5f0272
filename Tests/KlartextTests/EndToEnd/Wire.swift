import Foundation
import NIOCore
import NIOPosix

/// A connection to a port of this machine that sends what it is told, byte for byte. Used by one task.
final class Wire {
    private let channel: any Channel
    private var pieces: AsyncStream<ByteBuffer>.AsyncIterator
    private var input = ByteBuffer()

    /// The other side has closed the connection, or died.
    struct HungUp: Error {}

    init(port: Int) async throws {
        let (pieces, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Collector(continuation)) }
            }
            .connect(host: "127.0.0.1", port: port).get()
        self.pieces = pieces.makeAsyncIterator()
    }

    deinit { channel.close(promise: nil) }

    func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }
    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// The next line without its end.
    func line() async throws -> String {
        while true {
            if let end = input.readableBytesView.firstIndex(of: 10) {
                let line = input.readBytes(length: end - input.readerIndex + 1) ?? []
                return String(decoding: line.dropLast(line.dropLast().last == 13 ? 2 : 1), as: UTF8.self)
            }
            try await more()
        }
    }

    func bytes(_ count: Int) async throws -> [UInt8] {
        while input.readableBytes < count { try await more() }
        return input.readBytes(length: count) ?? []
    }

    /// Returns when the other side has closed the connection.
    func hangUp() async {
        while await pieces.next() != nil {}
    }

    private func more() async throws {
        guard var piece = await pieces.next() else { throw HungUp() }
        input.writeBuffer(&piece)
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let continuation: AsyncStream<ByteBuffer>.Continuation
        init(_ continuation: AsyncStream<ByteBuffer>.Continuation) { self.continuation = continuation }
        func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }
        func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}

/// A port on which nobody listens. It lies below those that the system gives to outgoing connections, so that it stays free.
enum FreePort {
    static func next() throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000..<32_000)
            if isFree(port) { return port }
        }
        throw NoneFree()
    }

    struct NoneFree: Error {}

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
