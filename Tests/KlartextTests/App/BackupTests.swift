import Foundation
import Logging
import TestDatabases
import Testing

@testable import Klartext

@Suite(
    .s3Server, .timeLimit(.minutes(3)), .enabled(if: TestDatabases.engine == .sqlite, "PostgreSQL is copied by its own tools")
) struct BackupTests {
    @Test func `a backup taken while requests come in is a whole instance with working links`() async throws {
        try await TestDesk.with { test in
            let receipt = try await test.request()
            let target = test.directory + "-backup"
            defer { try? FileManager.default.removeItem(atPath: target) }
            async let more: Void = { for _ in 0..<50 { _ = try await test.request() } }()
            let report = try await Backup(database: test.desk.database, data: test.directory, files: test.desk.configuration.files).run(
                to: target)
            try await more
            #expect(report.databaseBytes > 0)
            let copy = try await Desk.open(
                try TestDesk.configuration(target), clock: test.time.clock, carrier: RecordingCarrier(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let token = copy.tickets.links.token(receipt.ticket.number, generation: 1)
            #expect(try await copy.tickets.number(link: token) == receipt.ticket.number)
            for result in try await Check(desk: copy).run() { #expect(result.breaches.isEmpty, "\(result.line)") }
            await copy.close()
        }
    }

    @Test func `files in a shared directory are copied, and the copy has them where a new instance looks`() async throws {
        try await withTemporaryDirectory { shared in
            try await TestDesk.with(environment: ["KLARTEXT_FILES": shared + "/files"]) { test in
                let digest = try await test.desk.files.store(Array("Beleg".utf8)).digest
                let backup = Backup(database: test.desk.database, data: test.directory, files: test.desk.configuration.files)
                #expect(try await backup.run(to: shared + "/copy").files == .copied(1))
                let copy = try await FileStore(root: shared + "/copy/files")
                #expect(try await copy.bytes(digest) == Array("Beleg".utf8))
            }
        }
    }

    @Test func `files in a bucket stay there, and the backup says so`() async throws {
        try await TestDesk.with(environment: try TestShelf.bucket.settings()) { test in
            let raw = [UInt8](repeating: UInt8(ascii: "x"), count: Inbox.inlineBytes + 1)
            try await test.desk.inbox.keep(.init(door: "lmtp", sender: "", recipients: [], raw: raw))
            let target = test.directory + "-backup"
            defer { try? FileManager.default.removeItem(atPath: target) }
            let backup = Backup(database: test.desk.database, data: test.directory, files: test.desk.configuration.files)
            let report = try await backup.run(to: target)
            guard case .inBucket(let bucket, 1) = report.files else { throw Backup.Failure.notEmpty("\(report)") }
            #expect(report.sentence(target: "/t").hasSuffix("the instance key to /t; the 1 files that it names stay in \(bucket)"))
            #expect(!FileManager.default.fileExists(atPath: target + "/files"))
        }
    }

    @Test func `a backup never writes over anything`() async throws {
        try await TestDesk.with { test in
            await #expect(throws: Backup.Failure.self) {
                _ = try await Backup(database: test.desk.database, data: test.directory, files: test.desk.configuration.files).run(
                    to: test.directory)
            }
        }
    }
}
