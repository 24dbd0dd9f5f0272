import ArgumentParser
import Foundation
import Logging

/// The shell door: what an operator can do from a terminal.
public struct Commands: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "klartext",
        abstract: "The customer-service desk that keeps its word.",
        subcommands: [
            ServeCommand.self, ReceiveCommand.self, CheckCommand.self, DemoCommand.self, AgentCommand.self, BackupCommand.self,
            IncidentCommand.self, ComponentCommand.self, ReindexCommand.self, MoveCommand.self, ReceiptsCommand.self, VerifyCommand.self,
            StatusCommand.self, FormsCommand.self, ConfigCommand.self,
        ])

    public init() {}
}

/// Opens the configured desk for one command and closes it after.
func withDesk<Result>(_ body: (Desk) async throws -> Result) async throws -> Result {
    let configuration = try configured()
    let desk = try await Desk.open(configuration, logger: logger(configuration))
    do {
        let result = try await body(desk)
        await desk.close()
        return result
    } catch {
        await desk.close()
        throw error
    }
}

/// The configuration in force, or every problem it has on standard error and exit code 78 (`EX_CONFIG`).
func configured() throws -> Configuration {
    do {
        return try Configuration.load()
    } catch {
        complain("\(error)")
        throw ExitCode(78)
    }
}

func logger(_ configuration: Configuration) -> Logger {
    var logger = Logger(label: "klartext") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = configuration.logLevel
    return logger
}

func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves web and mail until told to stop (SIGTERM or SIGINT).")

    func run() async throws {
        let configuration = try configured()
        do {
            try await Server(configuration, logger: logger(configuration)).run()
        } catch let error as DeskError {
            // Starting again cannot help: the service manager is told so by the code (EX_CONFIG).
            complain("\(error)")
            throw ExitCode(78)
        } catch let error as FormsError {
            complain("\(error)")
            throw ExitCode(78)
        }
    }
}

struct ReceiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive",
        abstract: "Takes one mail on standard input; exits with 0 when it is durably kept, with 75 for \"try later\".")

    @Option(help: "The envelope's recipient, where the mail server knows it.") var recipient: [String] = []

    func run() async throws {
        let configuration = try configured()
        let raw = try FileHandle.standardInput.read(upToCount: configuration.mailLimitBytes + 1) ?? Data()
        guard !raw.isEmpty else { throw Self.refused("no mail on standard input") }
        guard raw.count <= configuration.mailLimitBytes else {
            throw Self.refused("the mail is larger than \(configuration.mailLimitMegabytes) MB (KLARTEXT_MAIL_LIMIT_MEGABYTES)")
        }
        do {
            let entry = try await withDesk { desk in
                try await desk.inbox.keep(Inbox.Arrival(door: "pipe", sender: "", recipients: recipient, raw: Array(raw)))
            }
            print("kept as \(entry)")
        } catch {
            complain("cannot keep the mail now: \(error)")
            throw ExitCode(75)
        }
    }

    /// `EX_DATAERR`: trying again cannot help, the mail server is to tell the sender.
    private static func refused(_ reason: String) -> ExitCode {
        complain(reason)
        return ExitCode(65)
    }
}

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Proves that what is stored is whole: one line for each law, exit code 1 when one is broken.")

    func run() async throws {
        let results = try await withDesk { desk in try await Check(desk: desk).run() }
        for result in results { print(result.line) }
        if results.contains(where: { !$0.breaches.isEmpty }) { throw ExitCode(1) }
    }
}

struct ReindexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reindex", abstract: "Makes everything searchable anew, newest first, also while it runs.")

    func run() async throws {
        let written = try await withDesk { desk in
            try await desk.search.reindex { written in if written % 10_000 == 0 { complain("\(written) so far") } }
        }
        print("\(written) messages, notes and customers can be found")
    }
}

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the whole instance into an empty directory, also while it runs.")

    @Argument(help: "The directory; made when it is not there.") var directory: String

    func run() async throws {
        let report = try await withDesk { desk in
            try await Backup(database: desk.database, data: desk.configuration.data, files: desk.configuration.files).run(to: directory)
        }
        print(report.sentence(target: directory))
    }
}

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Prints the configuration in force, passwords masked, with each key's meaning.")

    func run() async throws { print(try configured().report(), terminator: "") }
}
