import Foundation

/// Work promised inside a transaction and done after it, at least once.
///
/// A job's life: *promised* in the transaction that makes it necessary; *leased* by one worker; then *finished* (its row goes: what it did is in the
/// journal), or *put off* with a growing pause, or, when patience ends, *dead*: kept with its last error and shown to an operator, never retried alone.
/// A worker that dies loses its lease and the job runs again, so every handler is idempotent by the job's key. What became of a job is recorded by
/// whoever holds its lease then, and by nobody else: a worker that was only frozen cannot settle what another has taken over.
struct Job: Sendable, Equatable {
    /// Unique among unfinished jobs, such as `send-letter/12`; promising it twice is promising it once.
    var key: String
    var kind: String
    var lane: Lane
    /// The parameters as JSON.
    var body: String
    /// How often it has been tried, this time included.
    var attempts: Int

    /// Lanes keep slow work from holding up quick work: a mail server that hangs must not delay the sorting of incoming mail.
    enum Lane: String, Sendable, CaseIterable {
        case sorting, letters, work, fetching
        /// What we said: promises and next contacts are not held up by anything.
        case word
        /// What everybody is told at once: that page waits for nobody's mail.
        case status
        /// Who is told of what was just said: decided at once, whatever still waits to be sent.
        case telling
        /// Letters to all who asked to be told, apart from those on tickets; and what could not be sent at first, apart from both.
        case notices, retries
        /// Programs that are called, each in its own time.
        case webhooks
    }

    /// The parameters.
    /// - Throws: `DecodingError` when the body is another kind's.
    func decoded<Parameters: JobParameters>(as _: Parameters.Type) throws -> Parameters {
        try JSONDecoder.journal.decode(Parameters.self, from: Data(body.utf8))
    }
}

/// The parameters of one kind of job.
protocol JobParameters: Codable, Sendable {
    static var kind: String { get }
    static var lane: Job.Lane { get }
    /// Tells this job from all other unfinished ones.
    var key: String { get }
}

/// What a handler says of a job it has tried.
enum JobOutcome: Sendable, Equatable {
    case finished
    /// Try again at the given time; the text says why.
    case putOff(until: Date, because: String)
    /// Trying again cannot help.
    case dead(because: String)
}

/// How long to wait before a failed job is tried again.
enum JobRetry {
    /// After so many attempts a job is dead: with these pauses, after about two days.
    static let mostAttempts = 20

    /// 5 s, 20 s, 1 min, 5 min, 15 min, 30 min, then hourly, then every three hours: quick enough for a restart, patient enough for a weekend's outage.
    static func pauseSeconds(afterAttempt attempt: Int) -> Double {
        let pauses: [Double] = [5, 20, 60, 300, 900, 1800, 3600, 3600, 3600]
        return attempt <= pauses.count ? pauses[max(attempt, 1) - 1] : 10_800
    }

    /// What follows when a handler fails with an error it did not foresee.
    static func outcome(afterAttempt attempt: Int, at now: Date, error: String) -> JobOutcome {
        attempt >= mostAttempts
            ? .dead(because: error) : .putOff(until: now.addingTimeInterval(pauseSeconds(afterAttempt: attempt)), because: error)
    }
}
