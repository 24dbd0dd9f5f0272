import Foundation
import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle
import Storage

/// The work door: which handler does which promised job, and what the timetable does by itself.
struct Work: Service {
    let desk: Desk
    let worker: Worker
    private let isStopping = NIOLockedValueBox(false)

    /// How many jobs of a lane run at the same time.
    static let hands: [Job.Lane: Int] = [.sorting: 2, .letters: 4, .work: 1]

    init(_ desk: Desk) {
        self.desk = desk
        worker = Worker(
            database: desk.database, clock: desk.clock, bell: desk.bell, handlers: Self.handlers(desk), logger: desk.logger)
    }

    static func mailRoutes(_ desk: Desk) -> MailRoutes {
        MailRoutes(inbox: desk.inbox, tickets: desk.tickets, files: desk.files, mailbox: desk.mailbox)
    }

    private static func handlers(_ desk: Desk) -> [String: Worker.Handler] {
        let mail = mailRoutes(desk)
        return [
            SortMail.kind: { job in try await mail.sort(job) },
            SendLetter.kind: { job in try await desk.outbox.send(job) },
            IndexDocuments.kind: { job in try await desk.search.fill(job) },
        ]
    }

    /// Works until shut down; jobs in hand are finished first.
    func run() async throws {
        // one process owns an SQLite database, so any lease is one of a process that is no more
        try await desk.database.write { tx in try tx.releaseAllLeases() }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for (lane, count) in Self.hands {
                    for _ in 0..<count { group.addTask { await worker.work(lane, until: { isStopping.withLockedValue { $0 } }) } }
                }
                group.addTask { await keepTime() }
            }
        } onGracefulShutdown: {
            isStopping.withLockedValue { $0 = true }
            desk.bell.ring()
        }
    }

    /// Rings every second, so that jobs put off, and mail kept by another process, are found; keeps house every hour.
    private func keepTime() async {
        var seconds = 0
        while !isStopping.withLockedValue({ $0 }) {
            try? await Task.sleep(for: .seconds(1))
            desk.bell.ring()
            seconds += 1
            if seconds % 3600 == 60 {
                do { try await keepHouse() } catch { desk.logger.error("housekeeping failed", metadata: ["error": "\(error)"]) }
            }
        }
    }

    /// Forgets ended sessions, old throttles and old forms, and removes uploads that became part of nothing.
    func keepHouse() async throws {
        let now = desk.clock.now()
        try await desk.database.write { tx in
            try tx.deleteSessions(expiredBefore: now)
            try tx.deleteThrottles(startedBefore: now.addingTimeInterval(-86_400))
            try tx.deleteSubmissions(before: now.addingTimeInterval(-7 * 86_400))
        }
        let database = desk.database
        let removed = try await desk.files.sweep(olderThan: 2 * 86_400, now: now) { digest in
            try await database.read { db in try db.namesFile(digest) }
        }
        if removed > 0 { desk.logger.info("removed uploads that became part of nothing", metadata: ["files": "\(removed)"]) }
    }
}
