import Foundation
import Logging
import Storage

/// Does promised work: leases one due job after the other, calls its handler, records what became of it.
struct Worker: Sendable {
    typealias Handler = @Sendable (Job) async throws -> JobOutcome

    var database: Database
    var clock: Clock
    var bell: Bell
    /// One handler for each kind of job.
    var handlers: [String: Handler]
    var logger: Logger
    /// Longer than any handler may take: SMTP's own timeouts add up to less.
    var leaseSeconds: Double = 900

    /// Does one job of a lane.
    /// - Returns: false when none was due.
    @discardableResult func doOne(_ lane: Job.Lane) async throws -> Bool {
        guard let job = try await turn(lane, settling: nil) else { return false }
        let outcome = await perform(job)
        _ = try await turn(lane, settling: (job.key, outcome), leasesNext: false)
        return true
    }

    private typealias Tried = (key: String, outcome: JobOutcome)

    /// Records what became of the last job and leases the next one: one commit between two jobs, not two.
    private func turn(_ lane: Job.Lane, settling tried: Tried?, leasesNext: Bool = true) async throws -> Job? {
        let now = clock.now()
        let until = now.addingTimeInterval(leaseSeconds)
        return try await database.write { tx in
            if let tried { try tx.settle(tried.key, tried.outcome, now: now) }
            return leasesNext ? try tx.lease(lane, now: now, until: until) : nil
        }
    }

    /// Does everything that is due now, lane by lane, until nothing is left.
    func drain() async throws {
        var worked = true
        while worked {
            worked = false
            for lane in Job.Lane.allCases { while try await doOne(lane) { worked = true } }
        }
    }

    private func perform(_ job: Job) async -> JobOutcome {
        guard let handler = handlers[job.kind] else { return .dead(because: "no handler for jobs of kind \(job.kind)") }
        do {
            let outcome = try await handler(job)
            if case .dead(let reason) = outcome { logger.error("a job died", metadata: ["job": "\(job.key)", "reason": "\(reason)"]) }
            return outcome
        } catch {
            logger.warning("a job failed", metadata: ["job": "\(job.key)", "attempt": "\(job.attempts)", "error": "\(error)"])
            return JobRetry.outcome(afterAttempt: job.attempts, at: clock.now(), error: "\(error)")
        }
    }

    /// Works on a lane until told to stop; a job in hand is finished first.
    func work(_ lane: Job.Lane, until isStopping: @Sendable () -> Bool) async {
        var tried: Tried?
        while true {
            let (seen, isLast) = (bell.rings, isStopping())
            if isLast, tried == nil { return }
            do {
                let job = try await turn(lane, settling: tried, leasesNext: !isLast)
                tried = nil
                if let job {
                    tried = (job.key, await perform(job))
                    continue
                }
            } catch {
                logger.error("cannot look for work", metadata: ["lane": "\(lane.rawValue)", "error": "\(error)"])
                // what could not be recorded runs again when its lease is over
                if isLast { return }
                try? await Task.sleep(for: .seconds(1))
                continue
            }
            if !isLast { await bell.wait(since: seen) }
        }
    }
}
