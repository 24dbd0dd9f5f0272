import Foundation
import Logging
import ServiceLifecycle
import Storage

/// A running `klartext serve`, as the others on the same database know it.
struct ProcessEntry: Sendable, Equatable {
    /// Random, new with each start; no slash is in it.
    var id: String
    var host: String
    /// The number the system gave it, for people who look for it.
    var pid: Int
    /// What it does: `web`, `mail`, `work`.
    var roles: [String]
    /// Which version of the program it is.
    var version: String
    var startedAt: Date
}

/// This process among those that share the database: it is on the list while it lives, and takes others off it when they have died.
struct Presence: Service {
    var database: Database
    var clock: Clock
    var bell: Bell
    var entry: ProcessEntry
    var logger: Logger

    /// Gives a sign of life every two seconds until shut down. Whoever ends last is to be last seen: stop this after all that does work.
    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var watch = Watch()
            while true {
                try await Task.sleep(for: .seconds(Watch.beatSeconds))
                do {
                    try await beat()
                    try await look(&watch)
                } catch {
                    logger.error("cannot give a sign of life", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Gives one sign of life; the first one puts the process on the list, and has to come before it leases anything.
    func beat() async throws {
        let now = clock.now()
        try await database.write { [entry] tx in try tx.see(entry, now: now) }
    }

    /// Looks after the others: gives back what those had leased who have died.
    func look(_ watch: inout Watch) async throws {
        let seen = try await database.read { db in try db.processes() }.filter { $0.process.id != entry.id }
        let dead = watch.look(at: Dictionary(seen.map { ($0.process.id, $0.seenAt) }) { $1 }, now: clock.now())
        for (process, seenAt) in seen where dead.contains(process.id) {
            let isBuried = try await database.write { [bell] tx in
                guard try tx.bury(process.id, seenAt: seenAt) else { return false }
                tx.onCommit { bell.ring() }
                return true
            }
            if isBuried {
                logger.warning(
                    "a process has died, its work is taken over", metadata: ["host": "\(process.host)", "pid": "\(process.pid)"])
            }
        }
    }

    /// Takes this process off the list; afterwards it must lease nothing more. Where the database cannot be reached, the others notice by
    /// themselves.
    func leave() async {
        do {
            try await database.write { [entry, bell] tx in
                try tx.leave(entry.id)
                tx.onCommit { bell.ring() }
            }
        } catch {
            logger.error("cannot say goodbye", metadata: ["error": "\(error)"])
        }
    }
}
