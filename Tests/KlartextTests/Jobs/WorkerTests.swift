import Foundation
import NIOConcurrencyHelpers
import Storage
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct WorkerTests {
    private struct Errand: JobParameters {
        static let kind = "errand"
        static let lane = Job.Lane.work
        var number: Int
        var key: String { "errand/\(number)" }
    }

    /// What a worker did, in order.
    private final class Diary: Sendable {
        private let keys = NIOLockedValueBox<[String]>([])
        var done: [String] { keys.withLockedValue { $0 } }
        func note(_ job: Job) { keys.withLockedValue { $0.append(job.key) } }
    }

    private func promise(_ numbers: ClosedRange<Int>, on desk: Desk) async throws {
        let now = desk.clock.now()
        try await desk.database.write { tx in
            for number in numbers { try tx.promise(Errand(number: number), at: now.addingTimeInterval(Double(number - 100)), now: now) }
        }
    }

    private func worker(_ desk: Desk, _ handler: @escaping Worker.Handler) -> Worker {
        Worker(
            database: desk.database, clock: desk.clock, bell: desk.bell, process: desk.process, handlers: [Errand.kind: handler],
            logger: desk.logger)
    }

    private func waiting(_ desk: Desk) async throws -> Int { try await desk.database.read { db in try db.waitingJobs() } }

    @Test func `everything promised is done once, the longest due first`() async throws {
        try await TestDesk.with { test in
            let diary = Diary()
            try await promise(1...20, on: test.desk)
            let worker = worker(test.desk) { job in
                diary.note(job)
                return .finished
            }
            await worker.work(.work, until: { diary.done.count == 20 })
            #expect(diary.done == (1...20).map { "errand/\($0)" })
            #expect(try await waiting(test.desk) == 0)
        }
    }

    @Test func `a worker told to stop records the job in hand and takes no other`() async throws {
        try await TestDesk.with { test in
            let diary = Diary()
            try await promise(1...3, on: test.desk)
            let worker = worker(test.desk) { job in
                diary.note(job)
                return .finished
            }
            await worker.work(.work, until: { !diary.done.isEmpty })
            #expect(diary.done == ["errand/1"])
            #expect(try await waiting(test.desk) == 2)
        }
    }

    @Test func `a job whose end could not be recorded is not done again when the database recovers`() async throws {
        try await TestDesk.with { test in
            let (diary, database) = (Diary(), test.desk.database)
            try await promise(1...1, on: test.desk)
            // BEGIN, SAVEPOINT, then what became of the job
            let fault = FaultPlan(failAtStatement: 3)
            let worker = worker(test.desk) { job in
                diary.note(job)
                database.faults = fault
                return .finished
            }
            await worker.work(.work, until: { fault.wasHit })
            #expect(diary.done == ["errand/1"])
            #expect(try await waiting(test.desk) == 0)
        }
    }

    @Test func `a death that is recorded twice is counted once`() async throws {
        try await TestDesk.with { test in
            try await promise(1...1, on: test.desk)
            let now = test.desk.clock.now()
            let isRecorded = try await test.desk.database.write { tx in
                _ = try tx.lease(.work, by: "one/1", now: now, until: now.addingTimeInterval(900))
                return try (1...2).map { _ in try tx.settle("errand/1", .dead(because: "no use"), by: "one/1", now: now) }
            }
            #expect(isRecorded == [true, false])
            try await test.expectWhole()
        }
    }
}
