import Foundation

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

/// Has those told who asked for it, of what was just said of an incident: promised in the commit that says it.
struct TellOfIncident: JobParameters {
    static let kind = "tell of incident"
    static let lane = Job.Lane.telling
    var incident: PublicID
    var telling: Telling
    var key: String {
        switch telling {
        case .update(let update): "tell/\(update)"
        case .translation(let update, let language): "tell/\(update)/\(language.rawValue)"
        case .postmortem: "tell/\(incident)/postmortem"
        }
    }
}

/// Has what was not sent yet say the words as they were corrected.
struct RewordUpdate: JobParameters {
    static let kind = "reword update"
    static let lane = Job.Lane.telling
    var incident: PublicID
    var update: PublicID
    /// How many things had happened to the incident: the next correction has a job of its own.
    var events: Int
    var key: String { "reword/\(update)/\(events)" }
}

/// The same as ``TellOfIncident`` of a maintenance.
struct TellOfMaintenance: JobParameters {
    static let kind = "tell of maintenance"
    static let lane = Job.Lane.telling
    var maintenance: PublicID
    var telling: MaintenanceTelling
    /// When it was said.
    var saidAt: Date
    var key: String {
        switch telling {
        case .update(let update): "tell/\(update)"
        case .reminder(let lead): "tell/\(maintenance)/\(lead.rawValue)/\(Int64(saidAt.timeIntervalSince1970))"
        }
    }
}
