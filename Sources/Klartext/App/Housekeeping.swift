import Foundation
import Logging
import Storage

/// Seals the journal, forgets ended sessions, old throttles, old forms, uploads that nobody finished and subscribers who never confirmed or have left; and removes uploads that became part of nothing.
struct Housekeeping: Sendable {
    var database: Database
    var files: FileStore
    var clock: Clock
    var logger: Logger
    /// So many rows go in one transaction, however many there are: everybody else who writes waits for no more than this.
    var batch = 1000
    var subscriptions: Subscriptions

    init(_ desk: Desk) {
        (database, files, clock, logger) = (desk.database, desk.files, desk.clock, desk.logger)
        subscriptions = desk.subscriptions
    }

    func run() async throws {
        let (now, batch) = (clock.now(), batch)
        while try await database.write({ tx in try tx.sealJournal(now: now) }) == JournalSeal.mostLines {}
        try await forget { tx in try tx.deleteSessions(expiredBefore: now, limit: batch) }
        try await forget { tx in try tx.deleteThrottles(startedBefore: now.addingTimeInterval(-86_400), limit: batch) }
        try await forget { tx in try tx.deleteSubmissions(before: now.addingTimeInterval(-7 * 86_400), limit: batch) }
        try await forget { tx in try tx.deleteUploads(before: now.addingTimeInterval(-Upload.validSeconds), limit: batch) }
        while try await subscriptions.forget(limit: 200) == 200 {}
    }

    /// Removes what is older than two days and part of nothing. Goes through all files, and in a bucket each thousand of them is a request that
    /// somebody is paid for.
    func sweep() async throws {
        let removed = try await files.sweep(olderThan: 2 * 86_400, now: clock.now()) { [database] digest in
            try await database.read { db in try db.namesFile(digest) }
        }
        if removed > 0 { logger.info("removed uploads that became part of nothing", metadata: ["files": "\(removed)"]) }
    }

    private func forget(_ some: @escaping @Sendable (Transaction) throws -> Int) async throws {
        while try await database.write(some) == batch {}
    }
}

/// Keeps house once.
struct KeepHouse: JobParameters {
    static let kind = "keep house"
    static let lane = Job.Lane.work
    var key: String { "keep-house" }
}

/// Sweeps the files once.
struct SweepFiles: JobParameters {
    static let kind = "sweep files"
    static let lane = Job.Lane.work
    var key: String { "sweep-files" }
}
