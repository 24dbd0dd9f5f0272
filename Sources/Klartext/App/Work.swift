import Foundation
import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle
import Storage

/// The work door: which handler does which promised job, and what the timetable does by itself.
struct Work: Service {
    let desk: Desk
    let worker: Worker
    let timetable: Timetable
    private let isStopping = NIOLockedValueBox(false)

    /// How many jobs of a lane run at the same time.
    static func hands(_ desk: Desk) -> [Job.Lane: Int] {
        // Each folder may be listened to all the time; they must not wait for each other.
        [
            .sorting: 2, .letters: 4, .work: 1, .word: 1, .status: 2, .telling: 1, .notices: 4, .retries: 2, .webhooks: 4,
            .fetching: max(1, desk.fetching.sources.count),
        ]
    }

    /// Called when it begins to work.
    private let onStart: @Sendable () -> Void

    /// - Parameter isListed: whether this process stands on the list of those that live, as a server does.
    init(_ desk: Desk, isListed: Bool = false, onStart: @escaping @Sendable () -> Void = {}) {
        self.desk = desk
        self.onStart = onStart
        worker = Worker(
            database: desk.database, clock: desk.clock, bell: desk.bell, process: desk.process, isListed: isListed,
            handlers: Self.handlers(desk), logger: desk.logger)
        timetable = Timetable(
            entries: Self.entries + desk.fetching.timetable, database: desk.database, clock: desk.clock, bell: desk.bell,
            process: desk.process)
    }

    /// What is done by itself, and how often.
    private static let entries: [Timetable.Entry] = [
        .init(KeepLedger(), everySeconds: KeepLedger.everySeconds), .init(AlarmHeld(), everySeconds: AlarmHeld.everySeconds),
        .init(KeepHouse(), everySeconds: 3600), .init(SweepFiles(), everySeconds: 86_400),
        .init(KeepWord(), everySeconds: KeepWord.everySeconds), .init(RemindAgents(), everySeconds: RemindAgents.everySeconds),
        .init(WatchIncidents(), everySeconds: WatchIncidents.everySeconds),
    ]

    static func mailRoutes(_ desk: Desk) -> MailRoutes {
        MailRoutes(
            inbox: desk.inbox, tickets: desk.tickets, subscriptions: desk.subscriptions, files: desk.files, mailboxes: desk.mailboxes)
    }

    private static func handlers(_ desk: Desk) -> [String: Worker.Handler] {
        let mail = mailRoutes(desk)
        return [
            SortMail.kind: { job in try await mail.sort(job) },
            SendLetter.kind: { job in try await desk.outbox.send(job) },
            KeepHouse.kind: { _ in
                try await Housekeeping(desk).run()
                return .finished
            },
            SweepFiles.kind: { _ in
                try await Housekeeping(desk).sweep()
                return .finished
            },
            KeepWord.kind: { _ in
                let round = try await desk.tickets.keepWord()
                for failure in round.failures { desk.logger.error("cannot tell a customer", metadata: ["what": "\(failure)"]) }
                return .finished
            },
            RemindAgents.kind: { _ in
                _ = try await desk.tickets.remindAgents()
                return .finished
            },
            WatchIncidents.kind: { _ in
                let round = try await desk.incidents.watch()
                for failure in round.failures { desk.logger.error("cannot watch the status page", metadata: ["what": "\(failure)"]) }
                return .finished
            },
            PublishPage.kind: { job in
                // an older version than what stands by now has nothing to add: the newest one has its own job
                let version = try job.decoded(as: PublishPage.self).version
                if let newest = try await desk.database.read({ db in try db.pageVersion() })?.version, newest > version { return .finished }
                try await desk.publish(try await desk.incidents.published())
                return .finished
            },
            AlarmHeld.kind: { _ in
                _ = try await desk.tickets.alarmHeld()
                return .finished
            },
            KeepLedger.kind: { _ in
                _ = try await desk.inbox.keepLedger()
                return .finished
            },
            TellOfIncident.kind: { job in try await desk.subscriptions.tell(job.decoded(as: TellOfIncident.self)) },
            TellOfMaintenance.kind: { job in try await desk.subscriptions.tell(job.decoded(as: TellOfMaintenance.self)) },
            RewordUpdate.kind: { job in try await desk.subscriptions.reword(job.decoded(as: RewordUpdate.self)) },
            SendNotice.kind: { job in try await desk.sending.send(job.decoded(as: SendNotice.self).notice) },
            CallWebhook.kind: { job in try await desk.sending.send(job.decoded(as: CallWebhook.self).notice) },
            RetryNotice.kind: { job in try await desk.sending.send(job.decoded(as: RetryNotice.self).notice, isRetry: true) },
            ChallengeWebhook.kind: { job in try await desk.sending.challenge(job.decoded(as: ChallengeWebhook.self).subscriber) },
            FetchMail.kind: { job in try await desk.fetching.look(job) },
            IndexDocuments.kind: { job in try await desk.search.fill(job) },
        ]
    }

    /// Does all that is due now, and returns when nobody has any of it in hand any more. Folders are left to those who listen to them.
    func catchUp() async throws {
        try await timetable.look()
        var isBusy = true
        while isBusy {
            for lane in Job.Lane.allCases where lane != .fetching { while try await worker.doOne(lane) {} }
            let now = desk.clock.now()
            isBusy = try await desk.database.read { db in try db.isBusy(otherThan: .fetching, at: now) }
            if isBusy { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    /// Works until shut down, or until another service has failed; jobs in hand are finished first.
    func run() async throws {
        onStart()
        do { try await desk.fetching.forgetOthers() } catch {
            desk.logger.error("cannot look at the mailboxes", metadata: ["error": "\(error)"])
        }
        await withTaskCancellationOrGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for (lane, count) in Self.hands(desk) {
                    for hand in 1...count {
                        group.addTask { await worker.work(lane, hand: hand, until: { isStopping.withLockedValue { $0 } }) }
                    }
                }
                group.addTask { await keepTime() }
            }
        } onCancelOrGracefulShutdown: {
            isStopping.withLockedValue { $0 = true }
            desk.bell.ringForAll()
        }
    }

    /// Rings every second, so that jobs put off, and mail kept by another process, are found; and looks at the timetable.
    private func keepTime() async {
        while !isStopping.withLockedValue({ $0 }) {
            try? await Task.sleep(for: .seconds(1))
            desk.bell.ringFromOutside()
            do { try await timetable.look() } catch { desk.logger.error("cannot keep time", metadata: ["error": "\(error)"]) }
        }
    }
}
