import Foundation
import Logging
import Mail
import ServiceLifecycle
import Storage

/// Fetches mail from folders on mail servers (IMAP) into the inbox.
///
/// A mail is kept durably first, then marked as seen on the server, then we remember that we are past it. Whoever dies in between fetches it again, and
/// the inbox knows its bytes. One look at a folder is one job, so that one process at a time has it.
struct Fetching: Sendable {
    /// A folder and the address whose mail lies in it.
    struct Source: Sendable {
        var server: IMAPServerAddress
        var mailbox: String
    }

    var sources: [Source]
    var inbox: Inbox
    var logger: Logger
    /// A mail above this is not fetched: its header is kept for a person.
    var mailLimitBytes: Int
    var limits = IMAPLimits()
    /// How long one job listens for new mail, in seconds; 0 where each look is by the timetable. Less than a job's lease.
    var idleSeconds = 540.0
    /// How long one job fetches before it gives others a chance, in seconds.
    var mostSeconds = 300.0

    /// Without a day of its own, a folder's first look goes back so far.
    static let recentDays = 7

    var timetable: [Timetable.Entry] {
        sources.map { source in
            let job = FetchMail(folder: source.server.description)
            return Timetable.Entry(job, named: job.key, everySeconds: 60)
        }
    }

    /// Looks into the folder that a job names.
    func look(_ job: Job) async throws -> JobOutcome {
        let name = try job.decoded(as: FetchMail.self).folder
        // a folder that is no longer ours: nothing to do
        guard let source = sources.first(where: { $0.server.description == name }) else { return .finished }
        return await look(into: source)
    }

    /// Looks into one folder. Nothing that goes wrong ends its job for good: mail that waits there is mail that nobody answers.
    func look(into source: Source) async -> JobOutcome {
        let progress = FolderVisit.Progress()
        do {
            return try await IMAPSession.with(source.server, limits: limits) { session in
                try await look(into: source, by: session, progress)
            }
        } catch {
            return await fail(error, source, progress)
        }
    }

    private func look(into source: Source, by session: IMAPSession, _ progress: FolderVisit.Progress) async throws -> JobOutcome {
        let end = ContinuousClock.now + .seconds(mostSeconds)
        let listeningEnd = ContinuousClock.now + .seconds(idleSeconds)
        let visit = FolderVisit(
            fetching: self, source: source, session: session, there: try await open(source, session), progress: progress)
        while true {
            let isComplete = try await visit.fetchAll(until: end)
            let now = inbox.clock.now()
            try await change(source) { $0.looking(at: now) }
            guard isComplete else { return .putOff(until: now, because: "more mail waits") }
            let left = (listeningEnd - ContinuousClock.now) / .seconds(1)
            guard left > 1, await session.canIdle else { return .finished }
            let hasNews = try await cancelWhenGracefulShutdown { try await session.idle(seconds: min(left, 240)) }
            // told to stop: the next start looks again
            if Task.isShuttingDownGracefully { return .finished }
            // A server that tells of news that are none must not keep us running in a circle.
            if hasNews { try await Task.sleep(for: .milliseconds(200)) }
        }
    }

    /// Opens the folder and compares its numbers with ours.
    private func open(_ source: Source, _ session: IMAPSession) async throws -> IMAPFolder {
        let there = try await session.open()
        let known = try await state(source)
        var folder = known.opened(validity: there.validity, first: firstDay(source.server.since))
        if known.validity != there.validity {
            let word =
                known.validity == 0 ? "fetching mail from a folder for the first time" : "a folder has new numbers, its mail is compared"
            logger.notice("\(word)", metadata: ["folder": "\(folder.name)", "since": "\(folder.since)"])
            if known.validity == 0, let day = IMAPDay(folder.since) {
                let ours = try await session.mails(from: 1, since: day).count
                folder.leftBehind = max(0, Int(there.mails) - ours)
            }
            try await inbox.database.write { [folder] tx in try tx.put(folder) }
        }
        return there
    }

    private func firstDay(_ since: IMAPServerAddress.Since) -> String {
        switch since {
        case .always: return ""
        case .day(let day): return "\(day)"
        case .recently:
            let day = inbox.clock.now().addingTimeInterval(Double(-Self.recentDays) * 86_400)
            return String(day.formatted(.iso8601).prefix(10))
        }
    }

    /// Records why it failed, and when to try again.
    private func fail(_ error: any Error, _ source: Source, _ progress: FolderVisit.Progress) async -> JobOutcome {
        let (problem, uid, now) = (MailFolder.Problem(error), progress.uid, inbox.clock.now())
        let isTooLarge = if case .tooLarge? = error as? IMAPFailure { true } else { false }
        logger.warning("mail could not be fetched", metadata: ["folder": "\(source.server)", "reason": "\(error)"])
        let folder = try? await change(source) { $0.failing(problem, atMail: uid, isTooLarge: isTooLarge, at: now) }
        return .putOff(until: now.addingTimeInterval(folder?.pauseSeconds ?? 60), because: problem.detail)
    }

    /// Folders that were taken out of the configuration fail no more.
    func forgetOthers() async throws {
        let names = sources.map(\.server.description)
        try await inbox.database.write { tx in try tx.calmMailFolders(except: names) }
    }

    func state(_ source: Source) async throws -> MailFolder {
        let name = source.server.description
        return try await inbox.database.read { db in try db.mailFolder(name) } ?? MailFolder(name: name)
    }

    /// Changes what is known of a folder, as it is then.
    @discardableResult func change(
        _ source: Source, _ rule: @escaping @Sendable (MailFolder) -> MailFolder
    ) async throws -> MailFolder {
        let name = source.server.description
        return try await inbox.database.write { tx in
            let folder = rule(try tx.mailFolder(name) ?? MailFolder(name: name))
            try tx.put(folder)
            return folder
        }
    }
}

/// Fetches what is new in one folder.
struct FetchMail: JobParameters {
    static let kind = "fetch mail"
    static let lane = Job.Lane.fetching
    var folder: String
    var key: String { "fetch-mail/\(folder)" }
}

extension MailFolder.Problem {
    init(_ error: any Error) {
        guard let failure = error as? IMAPFailure else {
            self.init(kind: .ours, detail: "\(error)")
            return
        }
        switch failure {
        case .connection(let reason): self.init(kind: .connection, detail: reason)
        case .timeout: self.init(kind: .connection, detail: "timeout")
        case .tls(let reason): self.init(kind: .tls, detail: reason)
        case .authentication(let reason): self.init(kind: .signIn, detail: reason)
        case .folder(let reason): self.init(kind: .folder, detail: reason)
        case .refused(let reason): self.init(kind: .refused, detail: reason)
        case .malformed(let reason): self.init(kind: .nonsense, detail: reason)
        case .tooLarge(let bytes): self.init(kind: .nonsense, detail: "\(bytes) bytes at once")
        }
    }
}
