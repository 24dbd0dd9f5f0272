/// The state of everything in one word and one sentence, from the states of all components that are shown.
///
/// The words are Statuspage's, which clients read programmatically and which therefore are English everywhere; the sentence that people read is chosen by
/// ``sentence``. Statuspage gives no rule for several components; this one is that of Freshstatus, which says the same words, and agrees
/// with the captured documents of GitHub and HTX.
struct Rollup: Sendable, Equatable {
    enum Indicator: String, Sendable, CaseIterable { case none, minor, major, critical, maintenance }

    /// What people are told, the best first.
    enum Sentence: String, Sendable, CaseIterable {
        case allWell, maintenance, partlyDegraded, degraded, minorOutage, partialOutage, majorOutage
    }

    let sentence: Sentence

    /// - Parameter states: those of the components, groups left out, hidden ones left out.
    init(_ states: [ComponentState]) {
        sentence = Self.sentence(states)
    }

    private static func sentence(_ states: [ComponentState]) -> Sentence {
        func all(_ state: ComponentState) -> Bool { states.allSatisfy { $0 == state } }
        guard let worst = states.max() else { return .allWell }
        switch worst {
        case .operational: return .allWell
        case .underMaintenance: return .maintenance
        case .degradedPerformance: return all(.degradedPerformance) ? .degraded : .partlyDegraded
        case .partialOutage: return all(.partialOutage) ? .partialOutage : .minorOutage
        case .majorOutage: return all(.majorOutage) ? .majorOutage : .partialOutage
        }
    }

    var indicator: Indicator {
        switch sentence {
        case .allWell: .none
        case .maintenance: .maintenance
        case .partlyDegraded, .degraded, .minorOutage: .minor
        case .partialOutage: .major
        case .majorOutage: .critical
        }
    }

    /// In English, word for word as Statuspage says it.
    var description: String {
        switch sentence {
        case .allWell: "All Systems Operational"
        case .maintenance: "Service Under Maintenance"
        case .partlyDegraded: "Partially Degraded Service"
        case .degraded: "Degraded System Service"
        case .minorOutage: "Minor Service Outage"
        case .partialOutage: "Partial System Outage"
        case .majorOutage: "Major System Outage"
        }
    }
}
