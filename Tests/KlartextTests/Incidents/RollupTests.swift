import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct RollupTests {
    @Test(arguments: [
        ([], .none, "All Systems Operational"),
        ([.operational, .operational], .none, "All Systems Operational"),
        ([.operational, .underMaintenance], .maintenance, "Service Under Maintenance"),
        ([.underMaintenance, .degradedPerformance], .minor, "Partially Degraded Service"),
        ([.degradedPerformance, .degradedPerformance], .minor, "Degraded System Service"),
        ([.operational, .partialOutage], .minor, "Minor Service Outage"),
        ([.partialOutage, .partialOutage], .major, "Partial System Outage"),
        ([.operational, .majorOutage], .major, "Partial System Outage"),
        ([.majorOutage, .majorOutage], .critical, "Major System Outage"),
        // GitHub, 2 April 2020: six of nine
        (Array(repeating: .majorOutage, count: 6) + Array(repeating: .operational, count: 3), .major, "Partial System Outage"),
    ] as [([ComponentState], Rollup.Indicator, String)])
    func `all components together have one word and one sentence`(
        _ states: [ComponentState], _ indicator: Rollup.Indicator, _ description: String
    ) {
        #expect(Rollup(states).indicator == indicator)
        #expect(Rollup(states).description == description)
    }
}
