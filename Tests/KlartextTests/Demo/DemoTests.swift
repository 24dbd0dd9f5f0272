import Foundation
import Logging
import Storage
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(3))) struct DemoTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func `the demo tells all five stories and leaves an instance that is whole`() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("klartext-demo-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let configuration = try TestDesk.configuration(directory)
        let demo = Demo(configuration: configuration, logger: logger)
        let signIn = try await demo.tell(endingAt: TestDesk.start)
        #expect(signIn.address == DemoCast.ayse.address)

        let desk = try await Desk.open(configuration, clock: DemoTime(TestDesk.start).clock, carrier: RecordingCarrier(), logger: logger)
        let (tickets, counters) = try await desk.database.read { db in try (db.tickets(after: 0, limit: 100), db.counters()) }
        #expect(tickets.count >= 7)
        #expect(tickets.contains { $0.status == .solved })
        #expect(counters["held"] == 1)
        #expect(counters["todos", default: 0] >= 2)
        #expect(counters["failed letters"] == 1)
        #expect(tickets.allSatisfy { $0.openedAt <= TestDesk.start })
        for result in try await Check(desk: desk).run() { #expect(result.breaches.isEmpty, "\(result.line)") }
        await desk.close()
        await #expect(throws: DemoFailure.notEmpty) { _ = try await demo.tell(endingAt: TestDesk.start) }
    }
}
