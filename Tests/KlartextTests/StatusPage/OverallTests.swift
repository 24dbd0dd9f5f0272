import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct OverallTests {
    @Test(
        arguments: [
            ([], "none", "All Systems Operational"),
            ([.operational, .operational], "none", "All Systems Operational"),
            ([.operational, .underMaintenance], "maintenance", "Service Under Maintenance"),
            ([.underMaintenance, .degradedPerformance], "minor", "Partially Degraded Service"),
            ([.operational, .degradedPerformance], "minor", "Partially Degraded Service"),
            ([.degradedPerformance, .degradedPerformance], "minor", "Degraded System Service"),
            ([.operational, .partialOutage], "minor", "Minor Service Outage"),
            ([.degradedPerformance, .partialOutage], "minor", "Minor Service Outage"),
            ([.partialOutage, .partialOutage], "major", "Partial System Outage"),
            ([.operational, .majorOutage], "major", "Partial System Outage"),
            ([.partialOutage, .majorOutage], "major", "Partial System Outage"),
            ([.majorOutage], "critical", "Major System Outage"),
            ([.majorOutage, .majorOutage], "critical", "Major System Outage"),
        ] as [([ComponentState], String, String)])
    func `all components together have one state`(states: [ComponentState], indicator: String, description: String) {
        let overall = Overall(states)
        #expect(overall.indicator == indicator)
        #expect(overall.description == description)
    }

    @Test func `nobody is told that all is well while an incident is open`() {
        var status = SampleStatus.calm()
        #expect(status.sentenceKey == Overall.operational.textKey)
        #expect(status.badgeKey == .statuspageBadgeOperational)
        status.incidents = [SampleStatus.untranslated]
        #expect(status.sentenceKey == .statuspageIncidentOpen)
        #expect(status.badgeKey == .statuspageBadgeDegraded)
    }

    @Test(arguments: [(0, 0, 10_000), (0, 1, 9_999), (1, 0, 9_999), (0, 86_400, 9_888), (86_400, 0, 9_944), (0, 7_776_000, 0)])
    func `availability is rounded down and never whole with any outage`(partial: Int, major: Int, hundredths: Int) {
        var days = SampleStatus.days()
        (days[89].seconds, days[0].partialSeconds, days[0].majorSeconds) = (86_400, partial, major)
        #expect(SampleStatus.component("x", "x", "x", position: 1, days: days).availability == hundredths)
    }

    @Test func `slowness and maintenance are no outage, and no days are no number`() {
        var days = SampleStatus.days()
        (days[3].degradedSeconds, days[3].maintenanceSeconds) = (5000, 5000)
        #expect(SampleStatus.component("x", "x", "x", position: 1, days: days).availability == 10_000)
        #expect(SampleStatus.component("x", "x", "x", position: 1, days: []).availability == nil)
        #expect(9998.hundredths(point: ",") == "99,98")
        #expect(9905.hundredths(point: ".") == "99.05")
    }
}
