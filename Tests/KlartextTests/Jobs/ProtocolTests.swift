import Foundation
import Storage
import TestDatabases
import Testing

@testable import Klartext

/// The outbox and the leases, proved by going through everything that can happen.
///
/// Two processes and two letters. The steps are those of the product, by its own statements: a turn (record the last job, lease the next),
/// reading the letter, the mail server's answer, recording it. Between any two of them any other step may come, and what can go wrong: a
/// crash at any step, a process that is taken for dead while it works (or whose lease runs out) and goes on, a mail server that says "not
/// now", a commit whose answer is lost, a clock that moves on. How often each may happen is bounded; within that, everything is gone through
/// in every order: some 45,000 situations, to whose ends more than 100 million ways lead.
///
/// Held in every situation: no two good leases on one job; no letter is sent twice, but for one crash or takeover between the server's yes and
/// our commit each; none waits for the quarter of an hour after which leases end by themselves, unless somebody was frozen. At each end: every
/// letter was sent, and is known as accepted, once.
@Suite(
    .serialized, .timeLimit(.minutes(10)),
    .enabled(if: TestDatabases.engine == .sqlite, "tens of thousands of situations, each in a database: in a file they take seconds")
) struct ProtocolTests {
    /// All mishaps together take a minute and more: for who changes the protocol.
    private static let isThorough = ProcessInfo.processInfo.environment["KLARTEXT_TEST_THOROUGH"] != nil

    private func explore(_ mishaps: ProtocolMishaps, fault: ProtocolFault = .none) async throws -> ProtocolExploration.Report {
        try await TestDesk.with { test in
            for _ in 1...2 { _ = try await test.request() }
            let (outbox, now) = (test.desk.outbox, test.desk.clock.now())
            return try await test.desk.database.write { tx in try ProtocolExploration(tx, outbox, fault: fault).run(mishaps, from: now) }
        }
    }

    @Test(arguments: [
        (ProtocolMishaps(), 20),
        (ProtocolMishaps(crashes: 1, freezes: 0, refusals: 1, lostAnswers: 1, haste: 0), 1000),
        (ProtocolMishaps(crashes: 0, freezes: 1, refusals: 1, lostAnswers: 0, haste: 1), 1000),
        (ProtocolMishaps(crashes: 0, freezes: 1, refusals: 0, lostAnswers: 1, haste: 0), 1000),
        (ProtocolMishaps(crashes: 1, freezes: 1, refusals: 1, lostAnswers: 0, haste: 0), 1000),
    ])
    func `no letter is lost, and none is sent twice without a crash or a takeover`(mishaps: ProtocolMishaps, least: Int) async throws {
        let start = ContinuousClock.now
        let report = try await explore(mishaps)
        print("ProtocolTests: \(mishaps): \(report) in \(ContinuousClock.now - start)")
        #expect(report.situations > least)
        #expect(report.ways > Double(report.situations))
    }

    @Test(.enabled(if: isThorough)) func `all mishaps together break no law either`() async throws {
        let report = try await explore(ProtocolMishaps(crashes: 1, freezes: 1, refusals: 1, lostAnswers: 1, haste: 1))
        print("ProtocolTests: \(report)")
        #expect(report.situations > 100_000)
    }

    @Test(arguments: [
        (ProtocolFault.settlesWithoutLease, "has two holders"), (.recordsBeforeSending, "was lost"),
        (.forgetsLostTurn, "waits for a lease that nobody has"), (.buriesWithoutReleasing, "waits for a lease that nobody has"),
    ])
    func `what is left out of the protocol is noticed`(fault: ProtocolFault, breach: String) async throws {
        let mishaps = ProtocolMishaps(crashes: 1, freezes: 1, refusals: 1, lostAnswers: 1, haste: 1)
        let found = await #expect(throws: ProtocolBreach.self) { try await explore(mishaps, fault: fault) }
        #expect(found?.what.hasSuffix(breach) == true, "\(found?.description ?? "nothing")")
    }
}
