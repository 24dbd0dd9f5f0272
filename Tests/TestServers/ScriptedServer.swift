import Mail
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// A server that follows a script, right or wrong: the n-th connection gets the n-th script. What it hears is kept. It listens until
/// the tests are over.
public final class ScriptedServer: Sendable {
    public enum Step: Sendable {
        case say(String)
        /// Every byte in a write of its own.
        case sayByByte(String)
        /// Waits for a line that starts so, in any case.
        case hear(String)
        /// Waits for the final dot.
        case hearLetter
        /// Starts reading TLS.
        case startTLS(NIOSSLContext)
        case hangUp
    }

    public let port: Int
    private let heard: NIOLockedValueBox<[[String]]>

    public convenience init(_ scripts: [Step]...) async throws { try await self.init(scripts) { _ in [.hangUp] } }

    /// - Parameter further: the script of a connection beyond the last, by its number from 0; nobody is welcome any more where it hangs up.
    public init(_ scripts: [[Step]], further: @escaping @Sendable (Int) -> [Step]) async throws {
        let heard = NIOLockedValueBox<[[String]]>([])
        self.heard = heard
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let index = heard.withLockedValue {
                        $0.append([])
                        return $0.count - 1
                    }
                    let script = index < scripts.count ? scripts[index] : further(index)
                    let player = ScriptPlayer(script) { line in heard.withLockedValue { $0[index].append(line) } }
                    try channel.pipeline.syncOperations.addHandler(player)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    /// The lines of each connection; a letter is one entry.
    public var lines: [[String]] { heard.withLockedValue { $0 } }
    public var connectionCount: Int { lines.count }

    public func address(_ security: ServerSecurity = .none) -> SMTPServerAddress {
        SMTPServerAddress(host: "127.0.0.1", port: port, security: security, trust: .anyCertificate)
    }
}

extension [ScriptedServer.Step] {
    /// Greeting and EHLO with the extensions given.
    public static func welcome(_ extensions: String...) -> Self {
        let lines = (["mx.example"] + extensions).enumerated().map { "250\($0 == extensions.count ? " " : "-")\($1)\r\n" }
        return [.say("220 mx.example ESMTP\r\n"), .hear("EHLO"), .say(lines.joined())]
    }

    /// One letter to one recipient, taken with pleasure.
    public static let letter: Self = [
        .hear("MAIL"), .say("250 2.1.0 ok\r\n"), .hear("RCPT"), .say("250 2.1.5 ok\r\n"), .hear("DATA"), .say("354 go\r\n"), .hearLetter,
        .say("250 2.0.0 queued as 1\r\n"),
    ]
}

private final class ScriptPlayer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var script: ArraySlice<ScriptedServer.Step>
    private let note: (String) -> Void
    private var input: [UInt8] = []

    init(_ script: [ScriptedServer.Step], note: @escaping (String) -> Void) {
        self.script = script[...]
        self.note = note
    }

    func channelActive(context: ChannelHandlerContext) { play(context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        input.append(contentsOf: unwrapInboundIn(data).readableBytesView)
        play(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func play(_ context: ChannelHandlerContext) {
        while let step = script.first {
            switch step {
            case .say(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            case .sayByByte(let text):
                for byte in text.utf8 { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [byte])), promise: nil) }
            case .hear(let prefix):
                guard let line = take(upTo: "\r\n") else { return }
                note(line)
                guard line.uppercased().hasPrefix(prefix) else { return context.close(promise: nil) }
            case .hearLetter:
                guard let letter = take(upTo: "\r\n.\r\n") else { return }
                note(letter)
            case .startTLS(let tls):
                try? context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), position: .first)
            case .hangUp:
                return context.close(promise: nil)
            }
            script.removeFirst()
        }
    }

    private func take(upTo end: String) -> String? {
        let end = Array(end.utf8)
        guard input.count >= end.count else { return nil }
        guard let start = (0...(input.count - end.count)).first(where: { input[$0..<($0 + end.count)].elementsEqual(end) }) else {
            return nil
        }
        defer { input.removeFirst(start + end.count) }
        return String(decoding: input[..<start], as: UTF8.self)
    }
}
