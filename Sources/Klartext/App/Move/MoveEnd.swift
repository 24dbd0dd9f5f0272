import Foundation
import Logging
import Storage

/// One end of a move: a database, and the data directory with the key and the files that go with it.
///
/// A directory is an SQLite instance: its database, key and files are in it. An address is a database alone; its key is in the configured data
/// directory. Files are where the configuration says, unless the end is another directory than the configured one.
struct MoveEnd: Sendable {
    let data: String
    let files: FilesLocation
    /// nil for SQLite.
    let address: PostgreSQLAddress?
    /// For people; without a password.
    let name: String

    /// - Throws: `StorageError.cannotOpen` where the text begins like an address and is none.
    init(_ text: String, _ configuration: Configuration) throws {
        let configured = Self.absolute(configuration.data)
        if PostgreSQLAddress.isAddress(text) {
            (data, files, name) = (configured, configuration.files, "the PostgreSQL database")
            address = try PostgreSQLAddress(text)
        } else {
            data = Self.absolute(text)
            files = data == configured ? configuration.files : .directory(data + "/files")
            (name, address) = (data, nil)
        }
    }

    var isSQLite: Bool { address == nil }
    var databasePath: String { data + "/klartext.sqlite" }
    var keyPath: String { "\(data)/\(InstanceKey.fileName)" }

    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }

    func makeDirectory() throws {
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Opens the database, brought to the schema of this version, as a server of it would.
    func open() async throws -> Database {
        let database = try address.map { try Database.postgreSQL($0, readers: 1, writers: 1) } ?? Database.sqlite(path: databasePath)
        do {
            try await Migrator.migrate(database, Schema.migrations)
            if !isSQLite { try await expectNobody(on: database) }
            return database
        } catch {
            await database.close()
            throw error
        }
    }

    /// A database that others can reach has nobody on it when no sign of life changes for as long as it takes to be taken for dead.
    private func expectNobody(on database: Database) async throws {
        let first = try await Self.signs(on: database)
        guard !first.isEmpty else { return }
        for _ in 0..<Int((Watch.deadAfterSeconds / Watch.beatSeconds).rounded(.up)) {
            try await Task.sleep(for: .seconds(Watch.beatSeconds))
            let now = try await Self.signs(on: database)
            if now.contains(where: { first[$0.key] != $0.value }) { throw MoveFailure.served(name) }
            if now.isEmpty { return }
        }
    }

    private static func signs(on database: Database) async throws -> [String: Date] {
        let processes = try await database.read { db in try db.processes() }
        return Dictionary(processes.map { ($0.process.id, $0.seenAt) }) { $1 }
    }
}
