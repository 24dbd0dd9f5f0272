import Foundation
import Storage

/// Who is told: what was said of an incident becomes one notice for each who wants it, in batches. A crash loses nothing and doubles nothing: how far
/// it has been decided stands in the same commit as the notices.
extension Subscriptions {
    /// So many subscribers are decided in one commit: everybody else who writes waits for no more than this.
    static let batch = 400

    /// Tells what was said of an incident.
    func tell(_ job: TellOfIncident) async throws -> JobOutcome {
        let bulletin = try await database.write { tx -> Bulletin? in
            guard let incident = try tx.incident(job.incident), !incident.isBackfilled else { return nil }
            let parts = try tx.parts()
            // who has waited for these words gets a line of his own; who has not been sent the others yet reads these
            if case .translation(let update, _) = job.telling, let story = Story(incident, update: update, parts) {
                try tx.reword(update.text, story)
            }
            guard let bulletin = Bulletin(job.telling, of: incident, parts) else { return nil }
            try tx.insert(bulletin)
            return bulletin
        }
        return try await expand(bulletin)
    }

    /// Has what was not sent yet say the words as they were corrected.
    func reword(_ job: RewordUpdate) async throws -> JobOutcome {
        try await database.write { tx in
            guard let incident = try tx.incident(job.incident), let story = Story(incident, update: job.update, try tx.parts()) else {
                return
            }
            try tx.reword(job.update.text, story)
        }
        return .finished
    }

    /// Tells what was said of a maintenance, or reminds of it.
    func tell(_ job: TellOfMaintenance) async throws -> JobOutcome {
        let bulletin = try await database.write { tx -> Bulletin? in
            guard let maintenance = try tx.maintenance(job.maintenance) else { return nil }
            guard let bulletin = Bulletin(job.telling, of: maintenance, try tx.parts(), at: job.saidAt) else { return nil }
            try tx.insert(bulletin)
            return bulletin
        }
        return try await expand(bulletin)
    }

    private func expand(_ bulletin: Bulletin?) async throws -> JobOutcome {
        guard let bulletin else { return .finished }
        while try await !expandSome(bulletin.id) {}
        return .finished
    }

    /// Decides for the next subscribers whether they are told.
    /// - Returns: whether it is decided for all.
    func expandSome(_ id: String, limit: Int = batch) async throws -> Bool {
        let (now, bell) = (clock.now(), bell)
        return try await database.writeUntilKnown { tx in
            guard let bulletin = try tx.bulletin(id), bulletin.expandedAt == nil else { return true }
            let page = try tx.recipients(after: bulletin.expandedTo, limit: limit)
            let told = try tx.told(page.map(\.subscriber.id), of: bulletin)
            var ledger = NoticeLedger()
            for subscriber in page.map(\.subscriber) {
                let line = NoticeRules.line(subscriber, bulletin, told: told[subscriber.id] ?? Told())
                guard let notice = try tx.insert(line, for: subscriber, of: bulletin, at: now) else { continue }
                ledger.add(line == .queued ? .queued : .skipped, 1)
                guard line == .queued else { continue }
                switch subscriber.channel {
                case .mail: try tx.promise(SendNotice(notice: notice), at: now, now: now)
                case .webhook: try tx.promise(CallWebhook(notice: notice), at: now, now: now)
                }
            }
            try tx.count(id, ledger)
            let isDone = page.count < limit
            try tx.advance(id, to: page.last?.subscriber.id ?? bulletin.expandedTo, isDone: isDone, at: now)
            if ledger.queued > 0 { tx.onCommit { bell.ring() } }
            return isDone
        }
    }

    /// What somebody answered to "does it work for you again?"; changeable, and counted once for each subscriber.
    func answer(_ works: Bool, of subscriber: Subscriber, _ incident: PublicID) async throws {
        let now = clock.now()
        try await database.writeUntilKnown { tx in
            try tx.insertAnswer(works, story: Story.name(.incident, incident), subscriber: subscriber.id, at: now)
        }
    }
}
