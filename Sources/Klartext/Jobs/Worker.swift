import Foundation
import Logging
import Storage

/// Does promised work: leases one due job after the other, calls its handler, records what became of it.
struct Worker: Sendable {
    typealias Handler = @Sendable (Job) async throws -> JobOutcome

    var database: Database
    var clock: Clock
    var bell: Bell
    /// The process in whose name jobs are leased; it has no slash.
    var process: String
    /// Whether it stands on the list of those that live, and leases nothing while it was taken off it, which happens to one that was frozen: of
    /// what it leased then nobody would know to give it back should it die before its next sign of life.
    var isListed = false
    /// One handler for each kind of job.
    var handlers: [String: Handler]
    var logger: Logger
    /// Longer than any handler may take: SMTP's own timeouts add up to less.
    var leaseSeconds: Double = 900

    /// Does one job of a lane.
    /// - Returns: false when none was due.
    @discardableResult func doOne(_ lane: Job.Lane) async throws -> Bool {
        var hand = Hand(process: process, lane: lane, number: 0, isListed: isListed)
        guard let job = try await turn(hand) else { return false }
        hand.tried = (job.key, await perform(job))
        _ = try await turn(hand, leasesNext: false)
        return true
    }

    /// One turn of a hand, in a transaction of its own. Each statement sees the newest state, since each checks for itself that the job is
    /// still free, or still ours.
    private func turn(_ hand: Hand, leasesNext: Bool = true) async throws -> Job? {
        let now = clock.now()
        let until = leasesNext ? now.addingTimeInterval(leaseSeconds) : nil
        let (next, lost) = try await database.write(seeing: .latest) { tx in try hand.turn(in: tx, leasingUntil: until, now: now) }
        if let lost, !hand.isUnsure { logger.warning("another has taken over a job that took too long", metadata: ["job": "\(lost)"]) }
        return next
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
    /// - Parameter number: tells this hand from the others of the lane in this process.
    func work(_ lane: Job.Lane, hand number: Int = 1, until isStopping: @Sendable () -> Bool) async {
        var hand = Hand(process: process, lane: lane, number: number, isListed: isListed)
        while true {
            let (seen, isLast) = (bell.rings, isStopping())
            if isLast, hand.tried == nil, !hand.isUnsure { return }
            do {
                let job = try await turn(hand, leasesNext: !isLast)
                (hand.tried, hand.isUnsure) = (nil, false)
                if let job {
                    bell.pass(lane)
                    hand.tried = (job.key, await perform(job))
                    continue
                }
            } catch {
                logger.error("cannot look for work", metadata: ["lane": "\(lane.rawValue)", "error": "\(error)"])
                hand.isUnsure = true
                // what could not be recorded runs again when its lease is given back, or over
                if isLast { return }
                try? await Task.sleep(for: .seconds(1))
                continue
            }
            if !isLast { await bell.wait(lane, since: seen) }
        }
    }
}
