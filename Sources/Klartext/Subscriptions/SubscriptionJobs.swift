/// Sends one notice by mail.
struct SendNotice: JobParameters {
    static let kind = "send notice"
    static let lane = Job.Lane.notices
    var notice: Int64
    var key: String { "send-notice/\(notice)" }
}

/// Calls one webhook. Apart from letters: a program that does not answer takes its time.
struct CallWebhook: JobParameters {
    static let kind = "call webhook"
    static let lane = Job.Lane.webhooks
    var notice: Int64
    var key: String { "call-webhook/\(notice)" }
}

/// Tries a notice again that could not be handed over, by whatever way: in a lane where it costs nobody a turn.
struct RetryNotice: JobParameters {
    static let kind = "retry notice"
    static let lane = Job.Lane.retries
    var notice: Int64
    var key: String { "retry-notice/\(notice)" }
}

/// Asks a webhook to prove that its owner wants it.
struct ChallengeWebhook: JobParameters {
    static let kind = "challenge webhook"
    static let lane = Job.Lane.webhooks
    var subscriber: Int64
    var key: String { "challenge-webhook/\(subscriber)" }
}
