/// The state of everything in one word, from those of the components.
///
/// The words and their order are Statuspage's, whose clients compare them letter by letter.
enum Overall: Sendable, Equatable, CaseIterable {
    case operational, maintenance, partlyDegraded, degraded, minorOutage, partialOutage, majorOutage

    /// - Parameter states: of the components that are no groups and not hidden. None at all means that nothing is known to be wrong.
    init(_ states: [ComponentState]) {
        func any(_ state: ComponentState) -> Bool { states.contains(state) }
        func all(_ state: ComponentState) -> Bool { !states.isEmpty && states.allSatisfy { $0 == state } }
        self =
            if all(.majorOutage) {
                .majorOutage
            } else if any(.majorOutage) || all(.partialOutage) {
                .partialOutage
            } else if any(.partialOutage) {
                .minorOutage
            } else if all(.degradedPerformance) {
                .degraded
            } else if any(.degradedPerformance) {
                .partlyDegraded
            } else if any(.underMaintenance) {
                .maintenance
            } else {
                .operational
            }
    }

    /// `maintenance` only where nothing else is the matter: some clients know the other four alone.
    var indicator: String {
        switch self {
        case .operational: "none"
        case .maintenance: "maintenance"
        case .partlyDegraded, .degraded, .minorOutage: "minor"
        case .partialOutage: "major"
        case .majorOutage: "critical"
        }
    }

    /// English in every language: clients read it.
    var description: String {
        switch self {
        case .operational: "All Systems Operational"
        case .maintenance: "Service Under Maintenance"
        case .partlyDegraded: "Partially Degraded Service"
        case .degraded: "Degraded System Service"
        case .minorOutage: "Minor Service Outage"
        case .partialOutage: "Partial System Outage"
        case .majorOutage: "Major System Outage"
        }
    }
}

extension PublishedStatus {
    var overall: Overall { Overall(components.filter { !$0.isGroup }.map(\.state)) }
}
