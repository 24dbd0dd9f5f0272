import Foundation
import Logging
import TestDatabases
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2)), .enabled(if: TestDatabases.engine == .sqlite, "PostgreSQL is copied by its own tools")) struct BackupTests {
    @Test func `a backup taken while requests come in is a whole instance with working links`() async throws {
        try await TestDesk.with { test in
            let receipt = try await test.request()
            let target = test.directory + "-backup"
            defer { try? FileManager.default.removeItem(atPath: target) }
            async let more: Void = { for _ in 0..<50 { _ = try await test.request() } }()
            let report = try await Backup(database: test.desk.database, data: test.directory).run(to: target)
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

    @Test func `a backup never writes over anything`() async throws {
        try await TestDesk.with { test in
            await #expect(throws: Backup.Failure.self) {
                _ = try await Backup(database: test.desk.database, data: test.directory).run(to: test.directory)
            }
        }
    }
}
