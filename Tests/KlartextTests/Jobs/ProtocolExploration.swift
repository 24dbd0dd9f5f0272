import Foundation
import Mail
import Storage

@testable import Klartext

/// Goes through all ways in which the steps of the workers, and what can go wrong, may follow one another.
///
/// Depth first, in one transaction: each step is a savepoint that is rolled back for the next way. A situation that was met before, the same in the
/// database and in the workers, is not gone through again, but its ways are counted.
final class ProtocolExploration {
    private let tx: Transaction
    private let outbox: Outbox
    private let fault: ProtocolFault
    private var known: [String: Double] = [:]
    private var trace: [String] = []

    struct Report: Sendable {
        var situations = 0
        var steps = 0
        var ends = 0
        /// How many different ways lead from the beginning to an end.
        var ways = 0.0
    }
    private(set) var report = Report()

    init(_ tx: Transaction, _ outbox: Outbox, fault: ProtocolFault) { (self.tx, self.outbox, self.fault) = (tx, outbox, fault) }

    /// - Throws: `ProtocolBreach` for the first law that is broken.
    func run(_ mishaps: ProtocolMishaps, from start: Date) throws -> Report {
        let workers = ["a", "b"].map(ProtocolWorker.init)
        for worker in workers { try tx.see(entry(worker.process), now: start) }
        report.ways = try explore(ProtocolSituation(workers: workers, mishaps: mishaps, now: start))
        return report
    }

    // MARK: All ways

    private func explore(_ here: ProtocolSituation) throws -> Double {
        let key = try self.key(here)
        if let ways = known[key] { return ways }
        report.situations += 1
        var (ways, isQuiet) = (0.0, true)
        func follow(_ name: String, isWork: Bool = false, _ step: (inout ProtocolSituation) throws -> Bool) throws {
            try attempt(name, from: here, step).map {
                ways += $0
                if isWork { isQuiet = false }
            }
        }
        for index in here.workers.indices {
            let name = here.workers[index].name
            for choice in choices(here, here.workers[index]) {
                try follow("\(name) \(choice)", isWork: choice != .losesAnswer) { try self.advance(&$0, index, choice) }
            }
            try follow("\(name) crashes") { try self.crash(&$0, index) }
        }
        for (process, seenAt) in try tx.processes().map({ ($0.process.id, $0.seenAt) }) {
            let owner = here.workers.firstIndex { $0.process == process }
            try follow("\(process) is buried", isWork: owner == nil) { try self.bury(&$0, process, seenAt, owner) }
        }
        try follow("time passes") { try self.pass(&$0, isQuiet: isQuiet) }
        if ways == 0 {
            try checkEnd(here)
            ways = 1
        }
        known[key] = ways
        return ways
    }

    /// Takes one step and goes through all that can follow it.
    /// - Returns: how many ways there are; nil where the step cannot be taken.
    private func attempt(_ name: String, from here: ProtocolSituation, _ step: (inout ProtocolSituation) throws -> Bool) throws -> Double? {
        var there = here
        _ = try tx.run("SAVEPOINT step")
        trace.append(name)
        let isTaken = try step(&there)
        var ways: Double?
        if isTaken {
            report.steps += 1
            ways = try explore(there)
        }
        trace.removeLast()
        _ = try tx.run("ROLLBACK TO SAVEPOINT step")
        _ = try tx.run("RELEASE SAVEPOINT step")
        return ways
    }

    // MARK: What a worker does

    private enum Choice { case goesOn, hearsNo, losesAnswer }

    private func choices(_ here: ProtocolSituation, _ worker: ProtocolWorker) -> [Choice] {
        switch worker.step {
        case .read: here.mishaps.refusals > 0 ? [.goesOn, .hearsNo] : [.goesOn]
        case .idle, .recorded, .answered: here.mishaps.lostAnswers > 0 ? [.goesOn, .losesAnswer] : [.goesOn]
        case .leased: [.goesOn]
        }
    }

    private func advance(_ here: inout ProtocolSituation, _ index: Int, _ choice: Choice) throws -> Bool {
        if choice == .hearsNo { here.mishaps.refusals -= 1 }
        if choice == .losesAnswer { here.mishaps.lostAnswers -= 1 }
        switch here.workers[index].step {
        case .idle, .recorded: return try turn(&here, index, isHeard: choice == .goesOn)
        case .leased: try read(&here, index)
        case .read(let letter): try ask(&here, index, letter, yes: choice == .goesOn)
        case .answered(let letter, let yes): try record(&here, index, letter, yes, isHeard: choice == .goesOn)
        }
        return true
    }

    private func turn(_ here: inout ProtocolSituation, _ index: Int, isHeard: Bool) throws -> Bool {
        var worker = here.workers[index]
        let (wasIdle, until) = (worker.step == .idle && !worker.hand.isUnsure, here.now.addingTimeInterval(900))
        if fault == .settlesWithoutLease, let key = worker.job?.key {
            _ = try tx.run("UPDATE job SET leased_by = \(worker.hand.name) WHERE key = \(key)")
        }
        if fault == .forgetsLostTurn { worker.hand.isUnsure = false }
        let (next, _) = try worker.hand.turn(in: tx, leasingUntil: until, now: here.now)
        if wasIdle, next == nil { return false }
        if let next { try checkAlone(here, with: next) }
        if isHeard {
            (worker.step, worker.job) = (next == nil ? .idle : .leased, next)
            (worker.leasedUntil, worker.isRevoked) = (next == nil ? .distantPast : until, false)
            (worker.hand.tried, worker.hand.isUnsure) = (nil, false)
        } else {
            worker.hand.isUnsure = true
        }
        here.workers[index] = worker
        return true
    }

    private func read(_ here: inout ProtocolSituation, _ index: Int) throws {
        guard let job = here.workers[index].job else { return }
        if let letter = try Outbox.letter(of: job, in: tx) {
            here.workers[index].step = .read(letter: letter.id)
        } else {
            finish(&here, index, .finished)
        }
    }

    private func ask(_ here: inout ProtocolSituation, _ index: Int, _ letter: Int64, yes: Bool) throws {
        if fault == .recordsBeforeSending {
            _ = try outbox.record(answer(yes), to: letter, in: tx, at: here.now)
        } else if yes {
            here.taken[letter, default: 0] += 1
        }
        here.workers[index].step = .answered(letter: letter, yes: yes)
    }

    private func record(_ here: inout ProtocolSituation, _ index: Int, _ letter: Int64, _ yes: Bool, isHeard: Bool) throws {
        let worker = here.workers[index]
        if fault == .recordsBeforeSending, yes { here.taken[letter, default: 0] += 1 }
        if yes, !worker.isGood(at: here.now) { here.orphaned[letter, default: 0] += 1 }
        let outcome = try outbox.record(answer(yes), to: letter, in: tx, at: here.now)
        // A handler whose commit was not confirmed throws, and the worker puts its job off.
        let attempt = worker.job?.attempts ?? 1
        finish(&here, index, isHeard ? outcome : JobRetry.outcome(afterAttempt: attempt, at: here.now, error: "lost"))
        try checkDoubles(here)
    }

    private func finish(_ here: inout ProtocolSituation, _ index: Int, _ outcome: JobOutcome) {
        guard let job = here.workers[index].job else { return }
        here.workers[index].hand.tried = (job.key, outcome)
        here.workers[index].step = .recorded
    }

    private func answer(_ yes: Bool) -> Outbox.Answer {
        yes
            ? .taken(SMTPAcceptance(reply: SMTPReply(code: 250, enhanced: "2.0.0", text: "Ok"), server: "mx.example"))
            : .refused(.refused(SMTPReply(code: 451, enhanced: "4.7.1", text: "not now"), stage: .recipient))
    }

    // MARK: What can go wrong

    private func crash(_ here: inout ProtocolSituation, _ index: Int) throws -> Bool {
        let worker = here.workers[index]
        // Who has nothing in hand loses nothing.
        guard here.mishaps.crashes > 0, worker.step != .idle || worker.hand.isUnsure else { return false }
        here.mishaps.crashes -= 1
        if case .answered(let letter, true) = worker.step { here.orphaned[letter, default: 0] += 1 }
        here.workers[index].beginAgain()
        try tx.see(entry(here.workers[index].process), now: here.now)
        return true
    }

    /// Somebody takes a process off the list: rightly, or because it was silent for too long.
    private func bury(_ here: inout ProtocolSituation, _ process: String, _ seenAt: Date, _ owner: Int?) throws -> Bool {
        if let owner {
            guard here.mishaps.freezes > 0, here.workers[owner].step != .idle else { return false }
            here.mishaps.freezes -= 1
            here.hasThawed = true
            here.workers[owner].isRevoked = true
        }
        if fault == .buriesWithoutReleasing { return try tx.run("DELETE FROM process WHERE id = \(process)") > 0 }
        return try tx.bury(process, seenAt: seenAt)
    }

    /// The clock moves on to the next moment at which something is due or a lease runs out.
    private func pass(_ here: inout ProtocolSituation, isQuiet: Bool) throws -> Bool {
        let now = here.now
        let jobs = try tx.rows("SELECT run_at, leased_until FROM job WHERE died_at IS NULL")
        let due = try jobs.map { try $0["run_at"] as Date }.filter { $0 > now }.min()
        let ends = try jobs.map { try $0["leased_until"] as Date }.filter { $0 > now }.min()
        guard let next = [due, ends].compactMap({ $0 }).min() else { return false }
        here.now = next
        if next == ends {
            if isQuiet {
                guard here.hasThawed else { throw breach("a letter waits for a lease that nobody has") }
            } else {
                guard here.mishaps.freezes > 0 else { return false }
                here.mishaps.freezes -= 1
            }
        } else if !isQuiet {
            guard here.mishaps.haste > 0 else { return false }
            here.mishaps.haste -= 1
        }
        return true
    }

    // MARK: The laws

    /// Nobody gets a job that somebody else holds by a good lease.
    private func checkAlone(_ here: ProtocolSituation, with next: Job) throws {
        let holders = here.workers.filter { $0.job?.key == next.key && $0.step != .idle && $0.hand.tried == nil && $0.isGood(at: here.now) }
        if !holders.isEmpty { throw breach("\(next.key) has two holders") }
    }

    /// The mail server takes a letter once, and once more for each crash or takeover between its yes and our commit.
    private func checkDoubles(_ here: ProtocolSituation) throws {
        for (letter, times) in here.taken {
            let overtaken = here.workers.count { $0.step == .answered(letter: letter, yes: true) && !$0.isGood(at: here.now) }
            if times > 1 + here.orphaned[letter, default: 0] + overtaken { throw breach("letter \(letter) was sent twice") }
        }
    }

    /// When nothing is left to do, every letter was sent, and is known to be.
    private func checkEnd(_ here: ProtocolSituation) throws {
        report.ends += 1
        try checkDoubles(here)
        let letters = try tx.rows("SELECT id, state FROM letter")
        for letter in letters {
            let (id, state): (Int64, String) = try (letter["id"], letter["state"])
            if here.taken[id, default: 0] == 0 { throw breach("letter \(id) was lost") }
            if state != Letter.State.accepted.rawValue { throw breach("letter \(id) is \(state)") }
        }
        let accepted: Int = try tx.value("SELECT count(*) FROM letter_attempt WHERE outcome = 'accepted'") ?? 0
        if accepted != letters.count { throw breach("\(accepted) acceptances of \(letters.count) letters") }
        if try tx.waitingJobs() != 0 { throw breach("a job is left over") }
    }

    private func breach(_ what: String) -> ProtocolBreach { ProtocolBreach(what: what, steps: trace) }

    private func entry(_ process: String) -> ProcessEntry {
        ProcessEntry(id: process, host: "", pid: 0, roles: [], version: "", startedAt: .init(timeIntervalSince1970: 0))
    }

    /// All that decides what can follow. The two processes are alike, so that a situation with their parts exchanged counts as the same one.
    private func key(_ here: ProtocolSituation) throws -> String {
        let jobs = try tx.rows("SELECT leased_by, key, leased_until, attempts, run_at FROM job ORDER BY key").map {
            (try $0[0] as String, "\(try $0[1] as String) \(try $0[2] as Int64) \(try $0[3] as Int64) \(try $0[4] as Int64)")
        }
        let letters = try tx.rows("SELECT id, state, attempts FROM letter ORDER BY id").map {
            "\(try $0[0] as Int64) \(try $0[1] as String) \(try $0[2] as Int64)"
        }
        let processes = try tx.processes().map(\.process.id)
        let counts = [here.taken, here.orphaned].flatMap { $0.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" } + ["/"] }
        let rest = (letters + counts).joined(separator: "|") + "\(here.mishaps)\(here.now.timeIntervalSince1970)\(here.hasThawed)"
        return [false, true].map { isExchanged in
            func name(_ process: String) -> String {
                guard isExchanged, let first = process.first else { return process }
                return (first == "a" ? "b" : "a") + process.dropFirst()
            }
            let workers = here.workers.map { name($0.process) + $0.description }
            let leases = jobs.map { name($0.0) + " " + $0.1 }
            return (leases + workers.sorted() + processes.map(name).sorted()).joined(separator: "|") + rest
        }.min() ?? ""
    }
}
