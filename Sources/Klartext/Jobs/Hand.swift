import Foundation
import Storage

/// One of a process's hands, which has one job at a time.
struct Hand: Sendable {
    /// Stands in `job.leased_by`: the process, a slash, and what tells this hand from the others. As a hand records its job before it takes the
    /// next one, a lease in its name is the one that it knows of, and no number has to tell a first lease from a second one.
    let name: String
    let lane: Job.Lane
    /// The process, where it has to be on the list to lease.
    private let listed: String?
    /// The job it has tried and not recorded yet.
    var tried: (key: String, outcome: JobOutcome)?
    /// Set where the answer to a turn was lost: a job may be leased in this hand's name that it does not know of.
    var isUnsure = false

    init(process: String, lane: Job.Lane, number: Int, isListed: Bool = false) {
        name = "\(process)/\(lane.rawValue)-\(number)"
        self.lane = lane
        listed = isListed ? process : nil
    }

    /// Records what became of the last job and leases the next one: one commit between two jobs, not two.
    ///
    /// - Parameter until: the lease's end; nil leases nothing.
    /// - Returns: the next job, and the key of the last one where another has taken it over and nothing was recorded.
    func turn(in tx: Transaction, leasingUntil until: Date?, now: Date) throws -> (next: Job?, lost: String?) {
        var lost: String?
        if let tried, try !tx.settle(tried.key, tried.outcome, by: name, now: now) { lost = tried.key }
        if isUnsure { try tx.releaseLeases(by: name) }
        guard let until else { return (nil, lost) }
        return (try tx.lease(lane, by: name, ifListed: listed, now: now, until: until), lost)
    }
}
