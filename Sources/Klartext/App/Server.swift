import Foundation
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle

/// Klartext as a running process: web, mail and work, started together and stopped in an order in which nothing accepted is lost.
struct Server: Sendable {
    let configuration: Configuration
    let logger: Logger

    init(_ configuration: Configuration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    /// Serves until SIGTERM or SIGINT: first the doors close and what is in hand is finished, then the workers stop, then the database closes.
    func run() async throws {
        let lock = try ProcessLock(path: configuration.data + "/serve.lock", directory: configuration.data)
        defer { lock.release() }
        let desk = try await Desk.open(configuration, logger: logger)
        let logger = logger
        var services: [any Service] = [Work(desk)]
        if let endpoint = configuration.lmtp {
            services.append(LMTPDoor(desk, at: endpoint) { port in Self.announce("mail: lmtp://\(endpoint.host):\(port)") })
        }
        services.append(
            Application(
                router: try Routes(desk).router(),
                server: .http1(configuration: .init(idleTimeout: .seconds(60))),
                configuration: .init(
                    address: .hostname(configuration.listen.host, port: configuration.listen.port), serverName: nil, reuseAddress: true),
                onServerRunning: { channel in
                    Self.announce("web: http://\(configuration.listen.host):\(channel.localAddress?.port ?? configuration.listen.port)")
                }, logger: logger))
        var group = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(60)
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            await desk.close()
            throw error
        }
        await desk.close()
    }

    /// Says at once where a door is: to whoever started us through a pipe, a line in a buffer is no line.
    private static func announce(_ line: String) {
        print(line)
        fflush(nil)
    }
}

/// Keeps a second server off the same data directory; let go by the system when the process dies, however it dies.
final class ProcessLock: Sendable {
    private let descriptor: Int32

    enum Failure: Error, CustomStringConvertible {
        case taken(String)
        case cannotOpen(String)

        var description: String {
            switch self {
            case .taken(let path): "another klartext serves this data directory (\(path) is locked)"
            case .cannotOpen(let path): "cannot open \(path)"
            }
        }
    }

    init(path: String, directory: String) throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure.cannotOpen(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Failure.taken(path)
        }
    }

    func release() { close(descriptor) }
}
