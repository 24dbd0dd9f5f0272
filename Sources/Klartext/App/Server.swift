import Foundation
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle

/// Klartext as a running process: web, mail and work, or some of them, started together and stopped in an order in which nothing accepted is lost.
struct Server: Sendable {
    let configuration: Configuration
    let logger: Logger

    init(_ configuration: Configuration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    /// Serves until SIGTERM or SIGINT: first the doors close and what is in hand is finished, then the workers stop, then this process goes off
    /// the list of those that live, then the database closes.
    func run() async throws {
        // An SQLite file has one server, and nobody else may migrate it meanwhile. On PostgreSQL the leases keep several out of each other's way.
        try FileManager.default.createDirectory(
            atPath: configuration.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let lock = configuration.database == nil ? try ProcessLock(directory: configuration.data) : nil
        defer { lock?.release() }
        let desk = try await Desk.open(configuration, logger: logger)
        do {
            if lock != nil { try await beginAlone(desk) }
            try await serve(desk)
            await desk.close()
        } catch {
            await desk.close()
            throw error
        }
    }

    /// The lock proves that no other server runs, so that any lease is one of a process that is no more.
    private func beginAlone(_ desk: Desk) async throws {
        try await desk.database.write { tx in try tx.beginAlone() }
        let missing = ProcessRole.allCases.filter { !configuration.roles.contains($0) }.map(\.rawValue)
        guard !missing.isEmpty else { return }
        logger.warning("nobody does this while we run, since SQLite has one server", metadata: ["missing": .array(missing.map { "\($0)" })])
    }

    private func serve(_ desk: Desk) async throws {
        let presence = Presence(
            database: desk.database, clock: desk.clock, bell: desk.bell, entry: .init(desk, configuration.roles), logger: logger)
        try await presence.beat()
        // Stopped from the last to the first: the others see this process live until its last job is recorded.
        var group = ServiceGroupConfiguration(
            services: ([presence] + (try doors(desk))).map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(60)
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            await presence.leave()
            throw error
        }
        await presence.leave()
    }

    private func doors(_ desk: Desk) throws -> [any Service] {
        // in every process, since the signal would end one that does not listen
        var doors: [any Service] = [FormsReload(forms: desk.forms, logger: logger)]
        if configuration.roles.contains(.work) { doors.append(Work(desk, isListed: true) { Self.announce("work: \(desk.process)") }) }
        if configuration.roles.contains(.mail), let endpoint = configuration.lmtp {
            doors.append(LMTPDoor(desk, at: endpoint) { port in Self.announce("mail: lmtp://\(endpoint.host):\(port)") })
        }
        if configuration.roles.contains(.web) { doors += [StatusPageDoor(page: desk.statusPage, logger: logger), try web(desk)] }
        if configuration.roles.contains(.work), let copy = configuration.statusCopy {
            doors.append(StatusPageCopies(page: desk.statusPage, copy: StatusPageCopy(copy), logger: logger))
        }
        return doors
    }

    private func web(_ desk: Desk) throws -> any Service {
        let listen = configuration.listen
        return Application(
            router: try Routes(desk).router(),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(listen.host, port: listen.port), serverName: nil, reuseAddress: true),
            onServerRunning: { channel in
                Self.announce("web: http://\(listen.host):\(channel.localAddress?.port ?? listen.port)")
            }, logger: logger)
    }

    /// Says at once where a door is: to whoever started us through a pipe, a line in a buffer is no line.
    private static func announce(_ line: String) {
        print(line)
        fflush(nil)
    }
}

extension ProcessEntry {
    /// How this process presents itself to those on the same database.
    init(_ desk: Desk, _ roles: Set<ProcessRole>) {
        var name = [CChar](repeating: 0, count: 256)
        let isNamed = gethostname(&name, name.count - 1) == 0
        self.init(
            id: desk.process, host: isNamed ? String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "",
            pid: Int(getpid()), roles: ProcessRole.allCases.filter(roles.contains).map(\.rawValue),
            version: "schema \(Schema.migrations.last?.number ?? 0)", startedAt: desk.clock.now())
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

    /// - Parameter directory: the data directory, which is there.
    init(directory: String) throws {
        let path = directory + "/serve.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure.cannotOpen(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Failure.taken(path)
        }
    }

    func release() { close(descriptor) }
}
