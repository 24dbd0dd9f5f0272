import Foundation
import NIOConcurrencyHelpers
import Storage
import TestDatabases

@testable import Klartext

/// The built program, installed for one test in a directory of its own. Nothing of it stays: no process, no file.
struct Installation: Sendable {
    let directory: String
    /// What every command of it runs with.
    var environment: [String: String]
    private let started = NIOLockedValueBox<[ChildProcess]>([])

    var data: String { directory + "/data" }

    static func with<Result>(_ settings: [String: String] = [:], _ body: (Installation) async throws -> Result) async throws -> Result {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("klartext-run-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var settings = settings
        if let database = try await TestDesk.freshDatabase() { settings["KLARTEXT_DATABASE"] = database }
        let installation = Installation(directory: directory, settings: settings)
        do {
            let result = try await body(installation)
            await installation.remove()
            return result
        } catch {
            // A task of its own, since this one may have been cancelled for taking too long.
            await Task { await installation.remove() }.value
            throw error
        }
    }

    private init(directory: String, settings: [String: String]) {
        self.directory = directory
        environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix(ConfigurationKey.prefix) }
        environment.merge(
            [
                "KLARTEXT_DATA": directory + "/data", "KLARTEXT_LISTEN": "127.0.0.1:0", "KLARTEXT_LMTP": "127.0.0.1:0",
                "KLARTEXT_URL": "http://hilfe.nordlicht.example", "KLARTEXT_ADDRESS": DemoCast.supportAddress,
                "KLARTEXT_COMPANY": DemoCast.company,
                "KLARTEXT_PUBLIC": TestDesk.root + "/Public", "KLARTEXT_LOCALES": TestDesk.root + "/Locales",
                "KLARTEXT_FORMS": TestDesk.root + "/forms",
                "KLARTEXT_LOG_LEVEL": "warning",
            ]
        ) { $1 }
        environment.merge(settings) { $1 }
    }

    private func remove() async {
        let children = started.withLockedValue { $0 }
        for child in children { child.send(SIGKILL) }
        for child in children { _ = try? await child.status(within: 10) }
        if let database = environment["KLARTEXT_DATABASE"] { try? await TestDatabases.remove(database) }
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Starts any program as part of this installation: it ends with it at the latest.
    func spawn(_ path: String, _ arguments: [String], input: [UInt8]? = nil, named name: String) throws -> ChildProcess {
        let child = try ChildProcess(path, arguments, environment: environment, input: input, named: name, in: directory)
        started.withLockedValue { children in
            children.removeAll { !$0.isRunning }
            children.append(child)
        }
        return child
    }

    /// What a command said and how it ended.
    struct Outcome: Sendable {
        var status: Int32
        var output: String
        var complaints: String
    }

    /// Runs `klartext` with arguments to its end.
    func run(_ arguments: String..., input: [UInt8]? = nil) async throws -> Outcome {
        let child = try spawn(try Self.executable, arguments, input: input, named: "command-\(UUID().uuidString)")
        return Outcome(status: try await child.status(), output: child.output, complaints: child.complaints)
    }

    /// Starts `klartext serve`, and returns at once: it may not listen yet.
    func spawnServer() throws -> ChildProcess { try spawn(try Self.executable, ["serve"], named: "serve-\(UUID().uuidString)") }

    /// Starts `klartext serve` and waits until both doors are open.
    func serve() async throws -> RunningKlartext { try await RunningKlartext(try spawnServer()) }

    /// Looks into the database, also while it is served.
    func rows(_ sql: SQL) async throws -> [Row] {
        try await withDatabase { database in try await database.read { db in try db.rows(sql) } }
    }

    /// Opens the database for a moment, also while it is served.
    func withDatabase<Result>(_ body: (Database) async throws -> Result) async throws -> Result {
        let database = try Configuration.load(environment: environment.filter { $0.key.hasPrefix(ConfigurationKey.prefix) }).openDatabase()
        do {
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    /// The first column of each row.
    func column<Value: SQLConvertible>(_ sql: SQL) async throws -> [Value] { try await rows(sql).map { try $0[0] } }

    /// The program that was built together with these tests: it lies beside them.
    static var executable: String {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let path = URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("klartext").path
            guard FileManager.default.isExecutableFile(atPath: path) else { throw NotBuilt(path: path) }
            return path
        }
    }

    struct NotBuilt: Error, CustomStringConvertible {
        var path: String
        var description: String { "there is no program \(path): build with `swift build --build-tests` and the same --scratch-path" }
    }
}

/// `klartext serve` as a process, both doors open.
struct RunningKlartext: Sendable {
    let child: ChildProcess
    let webPort: Int
    let mailPort: Int

    fileprivate init(_ child: ChildProcess) async throws {
        self.child = child
        (webPort, mailPort) = try await eventually("klartext to open its doors") {
            guard child.isRunning else { throw EndedEarly(complaints: child.complaints) }
            guard let web = Self.port("web: http://", in: child.output), let mail = Self.port("mail: lmtp://", in: child.output) else {
                return nil
            }
            return (web, mail)
        }
    }

    /// The port on a whole line that begins so.
    private static func port(_ beginning: String, in output: String) -> Int? {
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return lines.first { $0.hasPrefix(beginning) }?.split(separator: ":").last.flatMap { Int($0) }
    }

    /// The most memory it has had so far (`VmHWM` in proc(5)).
    func peakBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(child.identifier)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0) << 10
    }

    /// Asks it to end, and waits.
    /// - Returns: its exit status.
    func stop(within seconds: Double = 30) async throws -> Int32 {
        child.send(SIGTERM)
        return try await child.status(within: seconds)
    }

    /// Ends it in the middle of whatever it does.
    func kill() async throws {
        child.send(SIGKILL)
        _ = try await child.status()
    }

    struct EndedEarly: Error, CustomStringConvertible {
        var complaints: String
        var description: String { "klartext ended before it opened its doors: \(complaints)" }
    }
}
