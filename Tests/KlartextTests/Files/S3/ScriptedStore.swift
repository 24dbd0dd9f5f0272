import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A store that gives the answers it was told to give, one for each connection, and remembers what it was asked. For what no real store does on demand.
final class ScriptedStore: Sendable {
    private let channel: any Channel
    private let state: NIOLockedValueBox<(answers: [String], requests: [String])>

    var port: Int { channel.localAddress?.port ?? 0 }
    /// Heads and bodies.
    var requests: [String] { state.withLockedValue { $0.requests } }

    /// - Parameter answers: raw; the connection ends after each, whole or not. Empty ends it without an answer.
    static func with(_ answers: [String], _ body: (ScriptedStore) async throws -> Void) async throws {
        let store = try await ScriptedStore(answers)
        do {
            try await body(store)
            try await store.channel.close()
        } catch {
            try? await store.channel.close()
            throw error
        }
    }

    /// It says that the connection ends, or a client could ask again over one that is just being closed.
    static func answer(_ status: String, _ body: String = "", length: Int? = nil, headers: String = "") -> String {
        "HTTP/1.1 \(status)\r\nConnection: close\r\nContent-Length: \(length ?? body.utf8.count)\r\n\(headers)\r\n\(body)"
    }

    private init(_ answers: [String]) async throws {
        let state = NIOLockedValueBox((answers: answers, requests: [String]()))
        self.state = state
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Answering(state)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let state: NIOLockedValueBox<(answers: [String], requests: [String])>
        private var request = ""

        init(_ state: NIOLockedValueBox<(answers: [String], requests: [String])>) { self.state = state }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            request += String(buffer: unwrapInboundIn(data))
            guard isWhole else { return }
            let answer = state.withLockedValue { state in
                state.requests.append(request)
                return state.answers.isEmpty ? "" : state.answers.removeFirst()
            }
            request = ""
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            context.close(promise: nil)
        }

        private var isWhole: Bool {
            guard let end = request.range(of: "\r\n\r\n") else { return false }
            let lines = request[..<end.lowerBound].lowercased().components(separatedBy: "\r\n")
            let length = lines.first { $0.hasPrefix("content-length:") }?.split(separator: ":").last
            return request[end.upperBound...].utf8.count >= length.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } ?? 0
        }
    }
}
