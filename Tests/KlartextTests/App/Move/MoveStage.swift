import Foundation
import Logging
import Storage
import TestDatabases
import Testing

@testable import Klartext

/// An SQLite instance with stories at home, and places to move it to: one away, on PostgreSQL where the run is for it, and one back on SQLite.
struct MoveStage: Sendable {
    let directory: String
    /// The database away; nil where that is SQLite too.
    let server: String?
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    var home: String { directory + "/home" }
    var away: String { server ?? directory + "/away" }
    var back: String { directory + "/back" }

    static func with(_ body: (MoveStage) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let stage = MoveStage(directory: directory, server: try await TestDesk.freshDatabase())
            do {
                try await body(stage)
            } catch {
                if let server = stage.server { try? await TestDatabases.remove(server) }
                throw error
            }
            if let server = stage.server { try await TestDatabases.remove(server) }
        }
    }

    private func configuration(of place: String) throws -> Configuration {
        guard place == server else { return try TestDesk.configuration(place) }
        return try TestDesk.configuration(directory + "/away", ["KLARTEXT_DATABASE": place])
    }

    func withDesk<Result>(at place: String, _ body: (Desk) async throws -> Result) async throws -> Result {
        let desk = try await Desk.open(
            try configuration(of: place), clock: DemoTime(TestDesk.start).clock, carrier: RecordingCarrier(), logger: logger)
        do {
            let result = try await body(desk)
            await desk.close()
            return result
        } catch {
            await desk.close()
            throw error
        }
    }

    /// Fills the instance at home: the demo's stories, and a mail that is so large that it is a file.
    func tellStories() async throws {
        _ = try await Demo(configuration: try configuration(of: home), logger: logger).tell(endingAt: TestDesk.start)
        let raw = [UInt8](repeating: UInt8(ascii: "x"), count: Inbox.inlineBytes + 1)
        _ = try await withDesk(at: home) { try await $0.inbox.keep(.init(door: "lmtp", sender: "", recipients: [], raw: raw)) }
    }

    func mover(
        _ from: String, _ to: String, mostRows: Int = .max, onStep: @escaping @Sendable (String, Int) throws -> Void = { _, _ in }
    ) throws -> Move {
        var move = try Move(from: from, to: to, configuration: try configuration(of: server ?? away), logger: logger)
        (move.mostRows, move.onStep) = (mostRows, onStep)
        return move
    }

    func move(_ from: String, _ to: String) async throws -> Move.Report { try await mover(from, to).run() }

    /// Every row of every table, and the sequences' last numbers.
    func contents(of place: String) async throws -> [String: [[SQLValue]]] {
        try await withDesk(at: place) { desk in
            try await desk.database.read { db in
                var all: [String: [[SQLValue]]] = [:]
                for table in Schema.tables { all[table.name] = try db.page(of: table, try db.columns(of: table), after: [], limit: .max) }
                all["sequences"] = try NumberSequence.allCases.map { [.text($0.rawValue), .int(try db.lastNumber(of: $0.rawValue))] }
                all["instance"] = try db.instanceFacts().map { [.text($0.name), .text($0.value)] }
                return all
            }
        }
    }
}
