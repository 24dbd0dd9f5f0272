/// Tells customers whose time has come. Few seconds apart: a customer who looks at the clock is told at once.
struct KeepWord: JobParameters {
    static let kind = "keep word"
    static let lane = Job.Lane.word
    static let everySeconds = 10
    var key: String { "keep-word" }
}

/// Tells agents of mail that has been held for longer than a working day.
struct AlarmHeld: JobParameters {
    static let kind = "alarm held"
    static let lane = Job.Lane.word
    static let everySeconds = 300
    var key: String { "alarm-held" }
}

/// Tells agents what is due soon. Minutes apart, so that one letter holds what belongs together.
struct RemindAgents: JobParameters {
    static let kind = "remind agents"
    static let lane = Job.Lane.word
    static let everySeconds = 900
    var key: String { "remind-agents" }
}
