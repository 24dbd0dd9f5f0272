import Foundation

/// Something that will be done at an announced time, and may disturb. Its state is the fold of its journal; it begins and ends by the clock.
struct Maintenance: Chronicle {
    static let kind = "maintenance"

    let id: PublicID
    var title: PublicText
    var state: MaintenanceState
    /// The agent who sees to it; nil where everybody does.
    var owner: Int64?
    var scheduledFor: Date
    var scheduledUntil: Date
    /// The states that components have while it runs.
    var effects: [ComponentEffect]
    /// Somebody looks whether all is well before it counts as completed.
    var verifies: Bool
    var announcedAt: Date
    var changedAt: Date
    var startedAt: Date?
    var completedAt: Date?
    var cancelledAt: Date?
    /// By when somebody has to have said that all is well; nil but while it is verified.
    var verification: Deadline?
    /// The oldest first.
    var updates: [MaintenanceUpdate]
    /// How often its times or words have changed since it was announced (RFC 5545, 3.8.7.4).
    var sequence: Int
    /// Which reminders subscribers have had of the time that holds now.
    var reminded: Lead
    var series: MaintenanceSeries?
    /// Whether the next one of its series has been looked for.
    var hasContinued: Bool
    /// How many journal entries have made this state.
    var events: Int

    /// How long before it begins subscribers are reminded.
    enum Lead: Int, Codable, Sendable, Comparable, CaseIterable {
        case none, day, hour
        static func < (a: Lead, b: Lead) -> Bool { a.rawValue < b.rawValue }
        /// Seconds before the beginning; none for ``none``.
        var seconds: Double? {
            switch self {
            case .none: nil
            case .day: 86_400
            case .hour: 3600
            }
        }
    }

    var isOver: Bool { state == .completed }
    var components: [PublicID] { effects.map(\.component) }

    /// How long each component was in which state.
    var spans: [ComponentSpan] {
        guard let startedAt else { return [] }
        return effects.filter { $0.state != .operational }.map {
            ComponentSpan(component: $0.component, state: $0.state, from: startedAt, until: completedAt, incident: nil)
        }
    }
}

/// What a maintenance makes of a component while it runs.
struct ComponentEffect: Codable, Sendable, Equatable {
    var component: PublicID
    var state: ComponentState
}

/// One thing we said about a maintenance.
struct MaintenanceUpdate: Sendable, Equatable {
    var id: PublicID
    var state: MaintenanceState
    var text: PublicText
    var writtenAt: Date
    var changedAt: Date
    var displayAt: Date
}

/// What a maintenance is one of.
struct MaintenanceSeries: Codable, Sendable, Equatable {
    /// As RFC 5545 writes it, `FREQ=MONTHLY;BYDAY=-1SU`.
    var rule: String
    /// When the first one was to begin.
    var firstAt: Date
    /// When this one was to begin by the rule, wherever it has been moved since.
    var slot: Date
}
