import Foundation

/// Everything the public may know about the state of the service at one moment.
///
/// Each public document, the page in two languages, the API, the feeds, the calendar and the badge, is a function of this value: what is not in here is not published.
struct PublishedStatus: Sendable, Equatable, Codable {
    var page: PublishedPage
    /// When this was true.
    var asOf: Date
    /// In the order of the page: a group stands before its components. Hidden components are not in here.
    var components: [PublishedComponent]
    /// All that is told, the newest first by the time they began.
    var incidents: [PublishedIncident]
    /// The earliest first.
    var maintenances: [PublishedMaintenance]
    var announcements: [PublishedAnnouncement]
    /// Of the last 90 days: how often we said when the next update comes, and how often it came by then.
    var updatesPromised: Int
    var updatesInTime: Int
}

/// Whose page it is.
struct PublishedPage: Sendable, Equatable, Codable {
    /// Twelve lower-case letters and digits.
    var id: String
    /// The company's name.
    var name: String
    /// Where the page is, without a slash at the end.
    var url: String
    /// Where customers write to us, without a slash at the end.
    var deskURL: String
    /// An IANA name: the zone in which times are said, and in which days and months begin.
    var timeZone: String
    /// When anything on it changed last.
    var updatedAt: Date
}

/// One thing the customers use, or a group of such.
struct PublishedComponent: Sendable, Equatable, Codable {
    var id: String
    var name: PublicText
    var description: PublicText
    /// Of a group: that of its worst component.
    var state: ComponentState
    var isGroup: Bool
    /// The group it belongs to; nil at the top and for a group.
    var group: String?
    /// From 1 on, within the page or within its group.
    var position: Int
    var isShownOnlyIfDegraded: Bool
    /// The first day its availability is counted, `2026-02-15`.
    var startDay: String?
    var createdAt: Date
    var updatedAt: Date
    /// The last 90 days, the oldest first; days before ``startDay`` are not in it. Empty for a group.
    var days: [PublishedDay]
}

/// How long a component was in which state during one day in the page's zone.
struct PublishedDay: Sendable, Equatable, Codable {
    /// `2026-11-23`.
    var day: String
    /// 86,400 but for the days when the clock changes, and less for today.
    var seconds: Int
    var partialSeconds: Int
    var majorSeconds: Int
    var degradedSeconds: Int
    var maintenanceSeconds: Int
    /// The incidents that touched it.
    var incidents: [String]
}

/// Something that went wrong.
struct PublishedIncident: Sendable, Equatable, Codable {
    var id: String
    var name: PublicText
    var state: IncidentState
    var impact: Impact
    var createdAt: Date
    var updatedAt: Date
    /// When it began for the users: before it was noticed.
    var startedAt: Date
    var monitoringAt: Date?
    var resolvedAt: Date?
    /// By when the next update was promised; nil once resolved.
    var nextUpdateBy: Date?
    /// In which language something has still to be said, and by when that was promised.
    var translationDue: [PublishedDebt]
    /// The components it concerns or concerned.
    var components: [String]
    /// The newest first.
    var updates: [PublishedUpdate]
    /// What happened and what follows from it, once told.
    var postmortem: PublicText?
    var postmortemAt: Date?
    /// Told afterwards: nobody was notified.
    var isBackfilled: Bool
}

/// One language that still owes an update.
struct PublishedDebt: Sendable, Equatable, Codable {
    var language: Language
    var update: String
    var by: Date
}

/// One thing we said about an incident or a maintenance.
struct PublishedUpdate: Sendable, Equatable, Codable {
    var id: String
    /// The raw value of an ``IncidentState`` or a ``MaintenanceState``.
    var state: String
    /// Plain text; an empty line begins a paragraph.
    var text: PublicText
    var createdAt: Date
    var updatedAt: Date
    /// The time it tells of, which may be before it was written.
    var displayAt: Date
    /// What it changed of the components.
    var components: [PublishedTurn]
    /// By when it promised the next one.
    var nextUpdateBy: Date?
    /// By how many minutes it came later than the update before it had promised; nil when it was in time.
    var minutesLate: Int?
}

/// A component going from one state to another.
struct PublishedTurn: Sendable, Equatable, Codable {
    var component: String
    var from: ComponentState
    var to: ComponentState
}

/// Something that will be done at an announced time, and may disturb.
struct PublishedMaintenance: Sendable, Equatable, Codable {
    var id: String
    var name: PublicText
    var state: MaintenanceState
    var createdAt: Date
    var updatedAt: Date
    var scheduledFor: Date
    var scheduledUntil: Date
    var startedAt: Date?
    var completedAt: Date?
    /// When it was called off; its state is `completed` then, since nothing of it is still to come.
    var cancelledAt: Date?
    var components: [String]
    /// The newest first.
    var updates: [PublishedUpdate]
    /// How often its times or words have changed since it was announced: a calendar takes over only what has grown (RFC 5545, 3.8.7.4).
    var sequence: Int
}

/// Something worth knowing that disturbs nobody.
struct PublishedAnnouncement: Sendable, Equatable, Codable {
    var id: String
    var title: PublicText
    var text: PublicText
    var publishedAt: Date
    /// When it leaves the page; nil: it stays.
    var until: Date?
}
