import Foundation
import Storage

/// What is done again and again, once for all processes together.
///
/// Each entry is due at the whole multiples of its period, counted from 1970, so that all processes mean the same moment. Who is first to move
/// the entry on to the next one promises its job in the same commit: it is promised once, and not lost when that process dies. What fell due
/// while nobody ran is done once, not once for each time it was missed.
struct Timetable: Sendable {
    struct Entry: Sendable {
        var name: String
        /// 1 or more.
        var everySeconds: Int
        var promise: @Sendable (Transaction, Date) throws -> Void

        /// - Parameters:
        ///   - job: where the last one is not finished yet, the next one is not promised beside it.
        ///   - name: tells it from other entries; its kind, where there is one of it.
        init<Parameters: JobParameters>(_ job: Parameters, named name: String = Parameters.kind, everySeconds: Int) {
            self.name = name
            self.everySeconds = max(1, everySeconds)
            promise = { tx, now in try tx.promise(job, at: now, now: now) }
        }

        /// The first moment after `now` at which it is due.
        func next(after now: Date) -> Date {
            let period = Double(everySeconds)
            return Date(timeIntervalSince1970: ((now.timeIntervalSince1970 / period).rounded(.down) + 1) * period)
        }
    }

    var entries: [Entry]
    var database: Database
    var clock: Clock
    var bell: Bell
    /// Which process this is; told with each entry that it was the last to claim.
    var process: String

    /// Promises what is due.
    /// - Returns: the names of the entries this process has claimed.
    @discardableResult func look() async throws -> [String] {
        let now = clock.now()
        let planned = try await database.read { db in try db.timetable() }
        let due = entries.filter { entry in planned[entry.name].map { $0 <= now } ?? true }
        guard !due.isEmpty else { return [] }
        return try await database.write { [bell, process] tx in
            let claimed = try due.filter { try tx.claim($0.name, next: $0.next(after: now), by: process, now: now) }
            for entry in claimed { try entry.promise(tx, now) }
            if !claimed.isEmpty { tx.onCommit { bell.ring() } }
            return claimed.map(\.name)
        }
    }
}
