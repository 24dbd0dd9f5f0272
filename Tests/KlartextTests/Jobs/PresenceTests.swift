import Foundation
import NIOConcurrencyHelpers
import Storage
import Testing

@testable import Klartext

/// Several processes on one database: who lives, who has died, and what becomes of the work.
@Suite(.timeLimit(.minutes(2))) struct PresenceTests {
    private func presence(_ desk: Desk) -> Presence {
        Presence(
            database: desk.database, clock: desk.clock, bell: desk.bell, entry: ProcessEntry(desk, Set(ProcessRole.allCases)),
            logger: desk.logger)
    }

    private func living(_ desk: Desk) async throws -> [String] {
        try await desk.database.read { db in try db.processes() }.map(\.process.id)
    }

    /// Takes a job as a worker would, and does no more.
    private func lease(_ desk: Desk) async throws -> Job? {
        let now = desk.clock.now()
        let hand = Hand(process: desk.process, lane: .letters, number: 1)
        return try await desk.database.write { tx in
            try hand.turn(in: tx, leasingUntil: now.addingTimeInterval(900), now: now).next
        }
    }

    private func settle(_ job: Job, _ outcome: JobOutcome, on desk: Desk) async throws -> Bool {
        let (now, hand) = (desk.clock.now(), Hand(process: desk.process, lane: .letters, number: 1))
        return try await desk.database.write { tx in try tx.settle(job.key, outcome, by: hand.name, now: now) }
    }

    @Test func `the work of a process that died is taken over after 15 seconds, and not before`() async throws {
        try await TestDesk.with { test in
            try await test.withAnother { other in
                let (dying, looking) = (presence(other), presence(test.desk))
                try await dying.beat()
                try await looking.beat()
                let receipt = try await test.request()
                #expect(try await lease(other)?.kind == SendLetter.kind)
                var watch = Watch()
                var seconds = 0.0
                while try await living(test.desk).contains(other.process), seconds < 60 {
                    try await test.drain()
                    #expect(test.carrier.sent.isEmpty, "after \(seconds) seconds")
                    try await looking.beat()
                    try await looking.look(&watch)
                    test.time.pass(seconds: 2)
                    seconds += 2
                }
                #expect((15...20).contains(seconds))
                try await test.drain()
                #expect(test.carrier.sent.count == 1)
                #expect(try await test.letters(receipt.ticket.number).map(\.state) == [.accepted])
                #expect(try await living(test.desk) == [test.desk.process])
            }
            try await test.expectWhole()
        }
    }

    @Test func `a process that gives signs of life keeps its work`() async throws {
        try await TestDesk.with { test in
            try await test.withAnother { other in
                let (slow, looking) = (presence(other), presence(test.desk))
                _ = try await test.request()
                #expect(try await lease(other) != nil)
                var watch = Watch()
                for _ in 0..<30 {
                    try await slow.beat()
                    try await looking.look(&watch)
                    test.time.pass(seconds: 2)
                }
                try await test.drain()
                #expect(test.carrier.sent.isEmpty)
                #expect(try await living(test.desk) == [other.process])
            }
        }
    }

    @Test(arguments: [JobOutcome.finished, .putOff(until: .distantFuture.wholeMilliseconds, because: "slow"), .dead(because: "slow")])
    func `a frozen process cannot settle what was taken over`(outcome: JobOutcome) async throws {
        try await TestDesk.with { test in
            try await test.withAnother { frozen in
                _ = try await test.request()
                try await presence(frozen).beat()
                let job = try #require(try await lease(frozen))
                let seenAt = try #require(try await test.desk.database.read { db in try db.processes().first?.seenAt })
                let isBuried = try await test.desk.database.write { tx in try tx.bury(frozen.process, seenAt: seenAt) }
                #expect(isBuried)
                #expect(try await settle(job, outcome, on: frozen) == false, "free")
                #expect(try await lease(test.desk)?.key == job.key)
                #expect(try await settle(job, outcome, on: frozen) == false, "another's")
                #expect(try await test.desk.database.read { db in try db.waitingJobs() } == 1)
                let dead = try await test.desk.database.read { db in try db.deadJobs(limit: 9) }
                #expect(dead.isEmpty)
                #expect(try await settle(job, .finished, on: test.desk))
                // It goes on as if nothing had happened.
                try await presence(frozen).beat()
                #expect(try await living(test.desk) == [frozen.process])
            }
        }
    }

    @Test func `who has given a sign of life meanwhile is not buried`() async throws {
        try await TestDesk.with { test in
            let presence = presence(test.desk)
            try await presence.beat()
            let seenAt = test.desk.clock.now()
            test.time.pass(seconds: 1)
            try await presence.beat()
            let isBuried = try await test.desk.database.write { tx in try tx.bury(test.desk.process, seenAt: seenAt) }
            #expect(!isBuried)
            #expect(try await living(test.desk) == [test.desk.process])
        }
    }

    @Test func `who ends in good order is off the list, and its work is free at once`() async throws {
        try await TestDesk.with { test in
            try await test.withAnother { other in
                let leaving = presence(other)
                try await leaving.beat()
                _ = try await test.request()
                #expect(try await lease(other) != nil)
                await leaving.leave()
                #expect(try await living(test.desk).isEmpty)
                try await test.drain()
                #expect(test.carrier.sent.count == 1)
            }
        }
    }

    @Test func `who was taken off the list leases nothing until it is on it again`() async throws {
        try await TestDesk.with { test in
            let (presence, worker) = (presence(test.desk), Work(test.desk, isListed: true).worker)
            try await presence.beat()
            let seenAt = test.desk.clock.now()
            _ = try await test.request()
            _ = try await test.desk.database.write { tx in try tx.bury(test.desk.process, seenAt: seenAt) }
            #expect(try await worker.doOne(.letters) == false)
            try await presence.beat()
            #expect(try await worker.doOne(.letters))
            #expect(test.carrier.sent.count == 1)
        }
    }

    @Test func `two processes share the work, and each job is done once`() async throws {
        try await TestDesk.with { test in
            try await test.withAnother { other in
                for number in 1...30 {
                    _ = try await test.request(.init(name: "", address: "kunde\(number)@nowak.example", language: .de))
                }
                let isDone = { @Sendable in test.carrier.sent.count >= 30 }
                try await withThrowingTaskGroup { group in
                    for desk in [test.desk, other] {
                        let worker = Work(desk).worker
                        for hand in 1...3 {
                            group.addTask {
                                await worker.work(.letters, hand: hand, until: { isDone() })
                            }
                        }
                        // Whoever waits when the last one is done has to be told, as the clock does in life.
                        group.addTask {
                            while !isDone() { try await Task.sleep(for: .milliseconds(10)) }
                            desk.bell.ringForAll()
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(test.carrier.sent.count == 30)
                #expect(Set(test.carrier.sent.map(\.envelope.envelopeID)).count == 30)
                #expect(try await test.desk.database.read { db in try db.waitingJobs() } == 0)
            }
            try await test.expectWhole()
        }
    }

    @Test func `a job that was leased by a turn whose answer was lost is not forgotten`() async throws {
        try await TestDesk.with { test in
            _ = try await test.request()
            // BEGIN, SAVEPOINT, lease, RELEASE, COMMIT: it is durable, and nobody knows.
            let fault = FaultPlan(failAtStatement: 5, moment: .after)
            test.desk.database.faults = fault
            await test.worker.work(.letters, until: { !test.carrier.sent.isEmpty })
            #expect(fault.wasHit)
            #expect(test.carrier.sent.count == 1)
            try await test.expectWhole()
        }
    }

    @Test func `a ring wakes one hand of each lane, a hand that has found work the next, and the end everybody`() async {
        let bell = Bell()
        await withTaskGroup(of: Void.self) { group in
            let seen = bell.rings
            let lanes: [Job.Lane] = [.letters, .letters, .letters, .sorting]
            for lane in lanes { group.addTask { await bell.wait(lane, since: seen) } }
            while bell.waiting < lanes.count { await Task.yield() }
            bell.ring()
            #expect(bell.waiting == 2)
            bell.pass(.sorting)
            #expect(bell.waiting == 2)
            bell.pass(.letters)
            #expect(bell.waiting == 1)
            bell.ringForAll()
            #expect(bell.waiting == 0)
            // who looked before it rang looks again
            await bell.wait(.letters, since: seen)
        }
    }

    @Test func `a bell tells the other processes of our work, and not of what they told us`() {
        let told = NIOLockedValueBox(0)
        let bell = Bell { told.withLockedValue { $0 += 1 } }
        bell.ring()
        bell.ringFromOutside()
        #expect(bell.rings == 2)
        #expect(told.withLockedValue { $0 } == 1)
    }
}
