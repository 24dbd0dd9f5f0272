import Foundation
import Mail
import Storage

@testable import Klartext

/// The protocol as it is, or with one thing left out, to see whether the exploration would notice.
enum ProtocolFault: Sendable, CaseIterable {
    case none
    /// What became of a job is recorded by whoever tried it, without asking whether it is still his.
    case settlesWithoutLease
    /// The letter is called accepted before it is handed over.
    case recordsBeforeSending
    /// A turn whose answer was lost is done again, without giving back what it may have leased.
    case forgetsLostTurn
    /// A dead process is taken off the list, and its leases are left.
    case buriesWithoutReleasing
}

/// What may still go wrong, and how often; each is used up by happening, so that every way ends.
struct ProtocolMishaps: Hashable {
    /// A process ends in the middle of its work, and begins again under a new name.
    var crashes = 0
    /// A process is taken for dead, or its lease runs out, while it works; then it goes on as if nothing had been.
    var freezes = 0
    /// The mail server says "not now".
    var refusals = 0
    /// A commit succeeds, and its answer is lost.
    var lostAnswers = 0
    /// The clock moves on to the next attempt before everybody is idle.
    var haste = 0
}

/// One worker of the model: a process with one hand, between two of its atomic steps.
struct ProtocolWorker {
    enum Step: Hashable {
        case idle
        case leased
        case read(letter: Int64)
        case answered(letter: Int64, yes: Bool)
        case recorded
    }

    /// `a` or `b`, and how many lives it has had.
    var name: String
    var lives = 1
    var step = Step.idle
    var hand: Hand
    var job: Job?
    var leasedUntil = Date.distantPast
    /// It was taken for dead since it leased its job.
    var isRevoked = false

    init(_ name: String) {
        self.name = name
        hand = Hand(process: "\(name)1", lane: .letters, number: 1)
    }

    var process: String { "\(name)\(lives)" }

    func isGood(at now: Date) -> Bool { !isRevoked && now < leasedUntil }

    mutating func beginAgain() {
        (lives, step, job, isRevoked) = (lives + 1, .idle, nil, false)
        hand = Hand(process: process, lane: .letters, number: 1)
    }

    /// All of it that decides what follows, but for its name.
    var description: String {
        let tried = hand.tried.map { "\($0.key) \($0.outcome)" } ?? ""
        return "\(step) \(job?.key ?? "") \(leasedUntil.timeIntervalSince1970) \(isRevoked) \(tried) \(hand.isUnsure)"
    }
}

/// Where the model is, apart from what stands in the database.
struct ProtocolSituation {
    var workers: [ProtocolWorker]
    var mishaps: ProtocolMishaps
    var now: Date
    /// For each letter: how often the mail server said yes.
    var taken: [Int64: Int] = [:]
    /// For each letter: those of them that nobody recorded under a good lease, because of a crash or a takeover.
    var orphaned: [Int64: Int] = [:]
    /// Somebody was taken for dead who lived, and so may have leased something since without being on the list.
    var hasThawed = false
}

/// What the exploration found to be wrong, and how it came to it.
struct ProtocolBreach: Error, CustomStringConvertible {
    var what: String
    var steps: [String]
    var description: String { "\(what): " + steps.joined(separator: ", ") }
}
