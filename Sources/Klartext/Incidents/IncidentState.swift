/// How far we are with an incident, in the words of Statuspage's public API, version 2.
enum IncidentState: String, Codable, Sendable, CaseIterable {
    case investigating, identified, monitoring, resolved
    /// Resolved, and what happened is told.
    case postmortem

    /// Whether the next update has to be promised: everybody still waits.
    var isOpen: Bool { self != .resolved && self != .postmortem }
}

/// How bad it is for the users as a whole.
enum Impact: String, Codable, Sendable, CaseIterable, Comparable {
    case none, minor, major, critical

    static func < (a: Impact, b: Impact) -> Bool { a.severity < b.severity }

    private var severity: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How far a maintenance is, in the words of Statuspage's public API, version 2.
enum MaintenanceState: String, Codable, Sendable, CaseIterable {
    case scheduled
    case inProgress = "in_progress"
    case verifying, completed
}
