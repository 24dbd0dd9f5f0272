import Foundation
import Storage
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct TimetableTests {
    private struct Chore: JobParameters {
        static let kind = "chore"
        static let lane = Job.Lane.work
        var key: String { "chore" }
    }

    private func timetable(_ desk: Desk, everySeconds: Int = 600) -> Timetable {
        Timetable(
            entries: [.init(Chore(), everySeconds: everySeconds)], database: desk.database, clock: desk.clock, bell: desk.bell,
            process: desk.process)
    }

    private func finishChore(_ desk: Desk) async throws -> Bool {
        let now = desk.clock.now()
        return try await desk.database.write { tx in
            guard try tx.lease(.work, by: "one/1", now: now, until: now.addingTimeInterval(900)) != nil else { return false }
            return try tx.settle("chore", .finished, by: "one/1", now: now)
        }
    }

    @Test func `three processes that race do it once in each period`() async throws {
        try await TestDesk.with { test in
            try await test.withAnother { second in
                try await test.withAnother { third in
                    let all = [test.desk, second, third].map { timetable($0) }
                    for period in 0..<4 {
                        let claims = try await withThrowingTaskGroup(of: [String].self) { group in
                            for _ in 1...3 { for timetable in all { group.addTask { try await timetable.look() } } }
                            return try await group.reduce([], +)
                        }
                        #expect(claims == ["chore"], "period \(period)")
                        #expect(try await finishChore(test.desk))
                        #expect(try await finishChore(test.desk) == false)
                        test.pass(minutes: 10)
                    }
                }
            }
        }
    }

    @Test func `what was claimed is promised, even when the claiming process dies at once`() async throws {
        try await TestDesk.with { test in
            #expect(try await timetable(test.desk).look() == ["chore"])
            try await test.withAnother { other in
                let (claimed, isThere) = (try await timetable(other).look(), try await finishChore(other))
                #expect(claimed.isEmpty)
                #expect(isThere)
            }
        }
    }

    @Test func `a claim whose job could not be promised is no claim`() async throws {
        try await TestDesk.with { test in
            // BEGIN, SAVEPOINT, the claim, then the promise
            test.desk.database.faults = FaultPlan(failAtStatement: 4)
            await #expect(throws: StorageError.self) { try await timetable(test.desk).look() }
            let claimed = try await timetable(test.desk).look()
            #expect(claimed == ["chore"])
        }
    }

    @Test func `what was missed while nobody ran is done once, and what is not finished is not promised twice`() async throws {
        try await TestDesk.with { test in
            var claims = [try await timetable(test.desk).look()]
            test.pass(hours: 50)
            for _ in 1...2 { claims.append(try await timetable(test.desk).look()) }
            #expect(claims == [["chore"], ["chore"], []])
            let finished = [try await finishChore(test.desk), try await finishChore(test.desk)]
            #expect(finished == [true, false])
        }
    }

    @Test(arguments: [(3600, 0.0, 3600.0), (3600, 3599.999, 3600), (3600, 3600, 7200), (1, 10.5, 11), (86_400, 100, 86_400)])
    func `an entry is due at the whole multiples of its period`(everySeconds: Int, now: Double, next: Double) {
        let entry = Timetable.Entry(Chore(), everySeconds: everySeconds)
        #expect(entry.next(after: Date(timeIntervalSince1970: now)) == Date(timeIntervalSince1970: next))
    }

    @Test func `the house is kept once an hour, a batch at a time`() async throws {
        try await TestDesk.with { test in
            let (now, work) = (test.desk.clock.now(), Work(test.desk))
            try await test.desk.database.write { tx in
                for number in 1...25 { _ = try tx.hit("name \(number)", windowSeconds: 900, now: now) }
            }
            var house = Housekeeping(test.desk)
            house.batch = 10
            func throttles() async throws -> Int {
                try await test.desk.database.read { db in try db.rows("SELECT name FROM throttle").count }
            }
            try await house.run()
            #expect(try await throttles() == 25, "not old enough")
            test.pass(hours: 25)
            let before = test.desk.database.statistics.units
            try await house.run()
            #expect(try await throttles() == 0)
            #expect(
                test.desk.database.statistics.units - before == 8,
                "three for the throttles, one each for seals, sessions, forms, uploads and subscribers")

            let due = try await work.timetable.look()
            #expect(
                due == [
                    KeepLedger.kind, AlarmHeld.kind, KeepHouse.kind, SweepFiles.kind, KeepWord.kind, RemindAgents.kind, WatchIncidents.kind,
                ])
            try await test.drain()
            #expect(try await test.desk.database.read { db in try db.waitingJobs() } == 0)
            #expect(try await work.timetable.look().isEmpty)
            test.pass(hours: 1)
            #expect(try await work.timetable.look().contains(KeepHouse.kind))
        }
    }
}
