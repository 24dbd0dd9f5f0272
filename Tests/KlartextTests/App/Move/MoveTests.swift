import Foundation
import NIOConcurrencyHelpers
import Storage
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(5))) struct MoveTests {
    @Test func `an instance that moves away and back is the same row by row, and whole in each place`() async throws {
        try await MoveStage.with { stage in
            try await stage.tellStories()
            let before = try await stage.contents(of: stage.home)
            let there = try await stage.move(stage.home, stage.away)
            #expect(!there.isResumed)
            #expect(there.copiedRows == there.rows)
            #expect(there.rows == before.filter { !["sequences", "instance"].contains($0.key) }.values.reduce(0) { $0 + $1.count })
            #expect((there.files?.copied ?? 0) > 0)
            #expect(try await stage.contents(of: stage.away) == before)
            _ = try await stage.move(stage.away, stage.back)
            #expect(try await stage.contents(of: stage.back) == before)
            #expect(try await stage.contents(of: stage.home) == before)
            for place in [stage.away, stage.back] {
                let results = try await stage.withDesk(at: place) { try await Check(desk: $0).run() }
                for result in results { #expect(result.breaches.isEmpty, "\(result.line)") }
            }
        }
    }

    @Test func `numbers go on where they were, and links open, in the new place`() async throws {
        try await MoveStage.with { stage in
            try await stage.tellStories()
            let (last, token) = try await stage.withDesk(at: stage.home) { desk in
                let last = try await desk.database.read { db in try db.lastNumber(of: NumberSequence.ticket.rawValue) }
                return (last, desk.tickets.links.token(TicketNumber(sequence: last), generation: 1))
            }
            _ = try await stage.move(stage.home, stage.away)
            try await stage.withDesk(at: stage.away) { desk in
                let number = try await desk.tickets.number(link: token)
                #expect(number == TicketNumber(sequence: last))
                let next = try await desk.database.write { tx in try tx.next(.ticket) }
                #expect(next == last + 1)
            }
        }
    }

    @Test func `a move that was interrupted goes on where it was, and nobody opens what is half there`() async throws {
        try await MoveStage.with { stage in
            try await stage.tellStories()
            let steps = NIOLockedValueBox(0)
            struct Interruption: Error {}
            for most in [1, 9, 30] {
                let move = try stage.mover(stage.home, stage.away, mostRows: 7) { _, _ in
                    let step = steps.withLockedValue { steps in
                        steps += 1
                        return steps
                    }
                    if step >= most { throw Interruption() }
                }
                await #expect(throws: Interruption.self) { _ = try await move.run() }
                await #expect(throws: DeskError.self) { try await stage.withDesk(at: stage.away) { _ in } }
            }
            let rest = try await stage.move(stage.home, stage.away)
            #expect(rest.isResumed)
            #expect(rest.copiedRows < rest.rows)
            #expect(try await stage.contents(of: stage.away) == stage.contents(of: stage.home))
        }
    }

    @Test func `a place that is not empty is refused, and so is the unfinished move of another instance`() async throws {
        try await MoveStage.with { stage in
            try await stage.tellStories()
            _ = try await stage.move(stage.home, stage.away)
            await #expect(throws: MoveFailure.notEmpty(table: "customer")) { _ = try await stage.move(stage.home, stage.away) }
            struct Interruption: Error {}
            let other = try stage.mover(stage.home, stage.back) { _, _ in throw Interruption() }
            await #expect(throws: Interruption.self) { _ = try await other.run() }
            let stranger = stage.directory + "/stranger"
            try await stage.withDesk(at: stranger) { _ in }
            await #expect(throws: MoveFailure.otherMove) { _ = try await stage.move(stranger, stage.back) }
            await #expect(throws: MoveFailure.unfinishedSource) { _ = try await stage.move(stage.back, stage.directory + "/more") }
        }
    }

    @Test func `who writes into the source between two attempts is noticed`() async throws {
        try await MoveStage.with { stage in
            try await stage.tellStories()
            struct Interruption: Error {}
            let move = try stage.mover(stage.home, stage.away) { table, _ in if table == "journal" { throw Interruption() } }
            await #expect(throws: Interruption.self) { _ = try await move.run() }
            try await stage.withDesk(at: stage.home) { desk in
                _ = try await desk.database.write { tx in try tx.run("UPDATE customer SET name = 'Anders' WHERE id = 1") }
            }
            await #expect(throws: MoveFailure.differs(table: "customer", "not the same behind row 0")) {
                _ = try await stage.move(stage.home, stage.away)
            }
        }
    }

    @Test func `a file that is nowhere ends the move before anybody can be served without it`() async throws {
        try await MoveStage.with { stage in
            try await stage.tellStories()
            let digest = try await stage.withDesk(at: stage.home) { desk in
                try await desk.database.read { db in try db.fileDigests(after: "", limit: 1) }
            }.first
            let lost = try #require(digest)
            let path = "\(stage.home)/files/\(lost.prefix(2))/\(lost.dropFirst(2))"
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            try FileManager.default.removeItem(atPath: path)
            await #expect(throws: MoveFailure.files([String(lost.prefix(12))])) { _ = try await stage.move(stage.home, stage.away) }
            await #expect(throws: DeskError.self) { try await stage.withDesk(at: stage.away) { _ in } }
            try bytes.write(to: URL(fileURLWithPath: path))
            let report = try await stage.move(stage.home, stage.away)
            #expect(report.isResumed)
            #expect(report.files?.copied == 1)
        }
    }

    @Test func `a ticket that names a later one, and a job in somebody's hands, arrive as they should`() async throws {
        try await MoveStage.with { stage in
            try await stage.tellStories()
            try await stage.withDesk(at: stage.home) { desk in
                _ = try await desk.database.write { tx in
                    try tx.run(
                        "UPDATE ticket SET merged_into = (SELECT max(number) FROM ticket) WHERE number = (SELECT min(number) FROM ticket)")
                    return try tx.run("UPDATE job SET leased_until = 5, leased_by = 'gone/work-1'")
                }
                try await stage.withDesk(at: stage.away) { other in
                    let rows = MoveRows(source: desk.database, target: other.database, mark: "mark", mostRows: 1)
                    try await other.database.write { tx in try tx.beginMove(of: "mark") }
                    #expect(try await rows.begin())
                    #expect(try await rows.copy() == rows.compare())
                    let merged: Int64? = try await other.database.read { db in
                        try db.value("SELECT merged_into FROM ticket ORDER BY number LIMIT 1")
                    }
                    let newest: Int64? = try await other.database.read { db in try db.value("SELECT max(number) FROM ticket") }
                    #expect(merged == newest)
                    let leases: Int? = try await other.database.read { db in
                        try db.value("SELECT count(*) FROM job WHERE leased_until > 0 OR leased_by <> ''")
                    }
                    #expect(leases == 0)
                }
            }
        }
    }
}
