/// Has the page made anew that the public reads, by one version of what is told.
///
/// Each change promises a version of its own: a job that runs already has read what was before, and must not be taken for the next one.
struct PublishPage: JobParameters {
    var version: Int64
    static let kind = "publish page"
    static let lane = Job.Lane.status
    var key: String { "publish-page/\(version)" }
}

/// Reminds of what is due, and does what the clock does. Few seconds apart: a page that is late says so at once.
struct WatchIncidents: JobParameters {
    static let kind = "watch incidents"
    static let lane = Job.Lane.status
    static let everySeconds = 10
    var key: String { "watch-incidents" }
}
