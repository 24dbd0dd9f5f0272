/// The words for states, impacts and the whole.
extension ComponentState {
    var textKey: TextKey {
        switch self {
        case .operational: TextKey("statuspage.state.operational")
        case .underMaintenance: TextKey("statuspage.state.underMaintenance")
        case .degradedPerformance: TextKey("statuspage.state.degraded")
        case .partialOutage: TextKey("statuspage.state.partialOutage")
        case .majorOutage: TextKey("statuspage.state.majorOutage")
        }
    }
}

extension IncidentState {
    var textKey: TextKey {
        switch self {
        case .investigating: TextKey("statuspage.incident.investigating")
        case .identified: TextKey("statuspage.incident.identified")
        case .monitoring: TextKey("statuspage.incident.monitoring")
        case .resolved: TextKey("statuspage.incident.resolved")
        case .postmortem: TextKey("statuspage.incident.postmortem")
        }
    }
}

extension MaintenanceState {
    var textKey: TextKey {
        switch self {
        case .scheduled: TextKey("statuspage.maintenance.scheduled")
        case .inProgress: TextKey("statuspage.maintenance.inProgress")
        case .verifying: TextKey("statuspage.maintenance.verifying")
        case .completed: TextKey("statuspage.maintenance.completed")
        }
    }
}

extension Impact {
    var textKey: TextKey {
        switch self {
        case .none: TextKey("statuspage.impact.none")
        case .minor: TextKey("statuspage.impact.minor")
        case .major: TextKey("statuspage.impact.major")
        case .critical: TextKey("statuspage.impact.critical")
        }
    }
}

extension Overall {
    /// The one sentence at the top.
    var textKey: TextKey {
        switch self {
        case .operational: TextKey("statuspage.overall.operational")
        case .maintenance: TextKey("statuspage.overall.maintenance")
        case .partlyDegraded: TextKey("statuspage.overall.partlyDegraded")
        case .degraded: TextKey("statuspage.overall.degraded")
        case .minorOutage: TextKey("statuspage.overall.minorOutage")
        case .partialOutage: TextKey("statuspage.overall.partialOutage")
        case .majorOutage: TextKey("statuspage.overall.majorOutage")
        }
    }
}

/// The word for the state of an update, whichever of the two kinds it belongs to.
func stateKey(_ state: String) -> TextKey {
    IncidentState(rawValue: state)?.textKey ?? MaintenanceState(rawValue: state)?.textKey ?? TextKey("statuspage.incident.update")
}
