import Foundation
import Storage
import TestDatabases
import Testing

@testable import Klartext

/// Whether a test may have a disk of its own.
private enum SmallDisk {
    /// Tried once, since no rule tells it: mounted and taken off again.
    static let canMount: Bool = {
        let directory = NSTemporaryDirectory() + "klartext-mount-\(UUID().uuidString)"
        guard getuid() == 0, mkdir(directory, 0o755) == 0 else { return false }
        defer { rmdir(directory) }
        guard mount("tmpfs", directory, "tmpfs", 0, "size=1m") == 0 else { return false }
        return umount2(directory, Int32(MNT_DETACH)) == 0
    }()
}

/// A disk that is really full: a small file system of a test's own, which only root may mount.
@Suite(.timeLimit(.minutes(2)), .enabled(if: SmallDisk.canMount, "only root, and not in every container, may mount a small disk"))
struct DiskFullTests {
    /// A disk of some megabytes, of which a file takes a part that can be given back.
    private func withSmallDisk(megabytes: Int, _ body: (_ directory: String, _ makeSpace: () throws -> Void) async throws -> Void)
        async throws
    {
        let directory = NSTemporaryDirectory() + "klartext-disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        guard mount("tmpfs", directory, "tmpfs", 0, "size=\(megabytes)m,mode=777") == 0 else {
            throw CannotStart(path: directory, code: errno)
        }
        defer {
            umount2(directory, Int32(MNT_DETACH))
            rmdir(directory)
        }
        let ballast = directory + "/ballast"
        try Data(count: 4 << 20).write(to: URL(fileURLWithPath: ballast))
        try await body(directory) { try FileManager.default.removeItem(atPath: ballast) }
    }

    private static let tables = Migration(
        1, "pages", "CREATE TABLE page (number BIGINT NOT NULL, half BIGINT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (number, half))")

    /// Writes pages of two halves until the disk is full; then makes space and writes on.
    private func fill(_ database: Database, _ makeSpace: () throws -> Void) async throws {
        try await Migrator.migrate(database, [Self.tables])
        var acknowledged: [Int] = []
        var failure: (any Error)?
        while failure == nil, acknowledged.count < 1_000 {
            let number = acknowledged.count + 1
            do {
                try await Self.write(number, to: database)
                acknowledged.append(number)
            } catch { failure = error }
        }
        #expect(failure as? StorageError == .full, "\(String(describing: failure))")
        #expect(acknowledged.count > 3)
        #expect(try await Self.pages(of: database) == acknowledged)
        try makeSpace()
        try await Self.write(acknowledged.count + 1, to: database)
        let pages = try await Self.pages(of: database)
        #expect(pages == acknowledged + [acknowledged.count + 1])
        let finding = try await database.read { try $0.soundness() }
        #expect(finding.breaches.isEmpty)
    }

    private static func write(_ number: Int, to database: Database) async throws {
        // Noise, because PostgreSQL compresses what it can.
        var random = SeededGenerator(seed: UInt64(number))
        let text = (0..<4_000).map { _ in String(random.next(), radix: 36) }.joined()
        try await database.write { tx in
            try tx.run("INSERT INTO page (number, half, text) VALUES (\(number), 1, \(text))")
            try tx.run("INSERT INTO page (number, half, text) VALUES (\(number), 2, \(text))")
        }
    }

    /// The pages that are there, each with both halves.
    private static func pages(of database: Database) async throws -> [Int] {
        let rows = try await database.read { db in
            try db.rows("SELECT number, count(*) AS halves FROM page GROUP BY number ORDER BY number").map {
                (number: try $0["number"] as Int, halves: try $0["halves"] as Int)
            }
        }
        #expect(rows.allSatisfy { $0.halves == 2 })
        return rows.map(\.number)
    }

    @Test func `a full disk under SQLite is told, nothing half stays, and it goes on when there is space`() async throws {
        try await withSmallDisk(megabytes: 8) { directory, makeSpace in
            let database = try Database.sqlite(path: directory + "/full.sqlite")
            do { try await fill(database, makeSpace) } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }

    /// On a server of its own: one that was started elsewhere need not see what is mounted here.
    @Test(.enabled(if: TestDatabases.engine == .postgreSQL))
    func `a full disk under PostgreSQL is told, nothing half stays, and it goes on when there is space`() async throws {
        try await Installation.with { installation in
            try await RunningPostgreSQL.with(in: installation) { server in
                try await withSmallDisk(megabytes: 24) { directory, makeSpace in
                    let space = directory + "/space"
                    try FileManager.default.createDirectory(atPath: space, withIntermediateDirectories: false)
                    try FileManager.default.setAttributes([.ownerAccountName: "postgres"], ofItemAtPath: space)
                    // The log stays on the other disk: where that is full the server ends, and it is lost as in `ServerLossTests`.
                    try await TestDatabases.order("CREATE TABLESPACE small LOCATION '\(space)'", on: server.address)
                    try await TestDatabases.order("CREATE DATABASE small TABLESPACE small STRATEGY file_copy", on: server.address)
                    let address = server.address.replacingOccurrences(of: "/postgres", with: "/small")
                    let database = try Database.postgreSQL(try PostgreSQLAddress(address), readers: 1, writers: 1)
                    do { try await fill(database, makeSpace) } catch {
                        await database.close()
                        throw error
                    }
                    await database.close()
                    // Before its disk is taken away.
                    try await TestDatabases.order("DROP DATABASE small", on: server.address)
                }
            }
        }
    }
}
