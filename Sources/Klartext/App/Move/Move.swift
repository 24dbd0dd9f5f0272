import Foundation
import Logging
import Storage

/// `klartext move-database FROM TO`: a whole instance goes from SQLite to PostgreSQL, or back, or to another place of the same kind.
///
/// Nothing is taken away at the source. Until its last transaction the target is marked as unfinished, and no desk opens on it; whatever ends a
/// move before, it can be run again and goes on where it was.
struct Move: Sendable {
    var from: MoveEnd
    var to: MoveEnd
    var logger: Logger
    /// For tests: the most rows of a step, and what is called after each.
    var mostRows = Int.max
    var onStep: @Sendable (_ table: String, _ rows: Int) throws -> Void = { _, _ in }

    struct Report: Sendable {
        var isResumed: Bool
        var copiedRows: Int
        var rows: Int
        /// nil where both ends have them in the same place.
        var files: MoveFiles.Report?
        var checks: [Check.Result]
    }

    init(from: String, to: String, configuration: Configuration, logger: Logger) throws {
        self.from = try MoveEnd(from, configuration)
        self.to = try MoveEnd(to, configuration)
        self.logger = logger
        guard from != to, !(self.from.isSQLite && self.to.isSQLite && self.from.data == self.to.data) else { throw MoveFailure.samePlace }
    }

    func run() async throws -> Report {
        if from.isSQLite, !FileManager.default.fileExists(atPath: from.databasePath) { throw MoveFailure.noDatabase(from.data) }
        guard FileManager.default.fileExists(atPath: from.keyPath) else { throw MoveFailure.noKey(from.keyPath) }
        try to.makeDirectory()
        let locks = try lock()
        defer { for lock in locks { lock.release() } }
        let source = try await from.open()
        do {
            let report = try await run(source)
            await source.close()
            return report
        } catch {
            await source.close()
            throw error
        }
    }

    /// An SQLite file has one server, which holds its lock.
    private func lock() throws -> [ProcessLock] {
        var locks: [ProcessLock] = []
        do {
            for end in [from, to] where end.isSQLite { locks.append(try ProcessLock(directory: end.data)) }
            return locks
        } catch ProcessLock.Failure.taken(let path) {
            for lock in locks { lock.release() }
            throw MoveFailure.served(path)
        }
    }

    private func run(_ source: Database) async throws -> Report {
        let key = try InstanceKey.load(directory: from.data)
        let seal = Seal(key: key)
        try await InstanceKey.match(seal, source, directory: from.data)
        let target = try await to.open()
        do {
            let rows = MoveRows(source: source, target: target, mark: InstanceKey.mark(seal), mostRows: mostRows, onStep: onStep)
            let report = try await run(rows, key)
            await target.close()
            return report
        } catch {
            await target.close()
            throw error
        }
    }

    private func run(_ rows: MoveRows, _ key: [UInt8]) async throws -> Report {
        let isResumed = try await rows.begin()
        try InstanceKey.put(key, directory: to.data)
        let copied = try await rows.copy()
        let compared = try await rows.compare()
        let files = try await to.files.open(data: to.data, logger: logger)
        do {
            let moved = try await copyFiles(rows.target, to: files)
            let checks = try await Check(database: rows.target, files: files).run()
            let broken = checks.filter { !$0.breaches.isEmpty }
            guard broken.isEmpty else { throw MoveFailure.notWhole(broken.map(\.line)) }
            try await rows.finish()
            await files.close()
            return Report(isResumed: isResumed, copiedRows: copied, rows: compared, files: moved, checks: checks)
        } catch {
            await files.close()
            throw error
        }
    }

    private func copyFiles(_ database: Database, to target: FileStore) async throws -> MoveFiles.Report? {
        guard from.files != to.files else { return nil }
        let source = try await from.files.open(data: from.data, logger: logger)
        do {
            let report = try await MoveFiles(database: database, source: source, target: target).run()
            await source.close()
            return report
        } catch {
            await source.close()
            throw error
        }
    }
}
