/// What a component can do for its users just now, the best first.
///
/// The raw values are those of Statuspage's public API, version 2.
enum ComponentState: String, Codable, Sendable, CaseIterable, Comparable {
    case operational
    case underMaintenance = "under_maintenance"
    case degradedPerformance = "degraded_performance"
    case partialOutage = "partial_outage"
    case majorOutage = "major_outage"

    static func < (a: ComponentState, b: ComponentState) -> Bool { a.severity < b.severity }

    private var severity: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
