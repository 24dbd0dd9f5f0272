import ArgumentParser
import Foundation

struct MoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move-database", abstract: "Copies a stopped instance to another database, and proves that it is whole there.",
        discussion: """
            FROM and TO are each a data directory (SQLite) or an address postgresql://user@host/name. TO is empty, or holds the beginning of the \
            same move, which then goes on. FROM stays as it is. A password is better kept in ~/.pgpass than in a command that others can see.
            """)

    @Argument(help: "The instance as it is.") var from: String
    @Argument(help: "Where it goes.") var to: String

    func run() async throws {
        let configuration = try configured()
        do {
            var move = try Move(from: from, to: to, configuration: configuration, logger: logger(configuration))
            move.onStep = { table, rows in if rows % 10_000 == 0 { complain("\(table): \(rows) rows so far") } }
            let report = try await move.run()
            for line in report.lines(from: move.from, to: move.to) { print(line) }
        } catch let failure as MoveFailure {
            complain("\(failure)")
            throw ExitCode(1)
        }
    }
}

extension Move.Report {
    /// What was done, for whoever asked for it.
    func lines(from: MoveEnd, to: MoveEnd) -> [String] {
        let rest = isResumed ? " (\(rows - copiedRows) were there from an earlier attempt)" : ""
        let files =
            switch files {
            case nil: "files: both have them in the same place"
            case .some(let files): "files: \(files.copied) copied, \(files.there) there already"
            }
        return checks.map(\.line) + [
            "rows: \(rows) in \(Schema.tables.count) tables, the same in both\(rest)", files,
            "moved from \(from.name) to \(to.name); set KLARTEXT_DATABASE and KLARTEXT_DATA to it, and keep the old one out of reach",
        ]
    }
}
