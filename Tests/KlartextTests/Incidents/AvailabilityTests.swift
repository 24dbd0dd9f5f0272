import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct AvailabilityTests {
    private let clock = Outage.berlin

    private func day(_ text: String) throws -> LocalDay { try #require(LocalDay(text)) }
    private func at(_ day: String, _ hour: Double) throws -> Date { clock.moment(try self.day(day), minute: Int(hour * 60)) }
    private func span(_ state: ComponentState, _ from: Date, _ until: Date?, _ incident: UInt64? = nil) -> ComponentSpan {
        ComponentSpan(component: Outage.mail, state: state, from: from, until: until, incident: incident.map(PublicID.init(drawn:)))
    }

    @Test func `ninety days are shown, today as far as it has come, and none before the first`() throws {
        let days = Availability.days([], from: .first, to: Outage.now, in: clock)
        #expect(days.count == 90)
        #expect(days.last?.day.description == "2026-11-23")
        #expect(days.last?.seconds == 9 * 3600 + 12 * 60)
        #expect(days.first?.day.description == "2026-08-26")
        #expect(Availability.days([], from: try day("2026-11-20"), to: Outage.now, in: clock).count == 4)
        #expect(Availability.days([], from: try day("2026-11-24"), to: Outage.now, in: clock).isEmpty)
    }

    @Test func `days on which the clock changes are an hour longer or shorter`() throws {
        let autumn = Availability.days([], from: try day("2026-10-24"), to: try at("2026-10-27", 0), in: clock)
        #expect(autumn.map(\.seconds) == [86_400, 90_000, 86_400, 0])
        let spring = Availability.days([], from: try day("2027-03-28"), to: try at("2027-03-29", 1), in: clock)
        #expect(spring.map(\.seconds) == [82_800, 3600])
        let whole = [span(.majorOutage, try at("2026-10-25", 0), try at("2026-10-26", 0))]
        let down = Availability.days(whole, from: try day("2026-10-25"), to: try at("2026-10-26", 0), in: clock)
        #expect(down.map(\.majorSeconds) == [90_000, 0])
    }

    @Test func `what goes over midnight is cut there, and the worse of two is true`() throws {
        let spans = [
            span(.partialOutage, try at("2026-11-20", 22), try at("2026-11-21", 2), 1),
            span(.majorOutage, try at("2026-11-20", 23), try at("2026-11-21", 1), 2),
            span(.degradedPerformance, try at("2026-11-20", 21), try at("2026-11-20", 22.5), 3),
            span(.underMaintenance, try at("2026-11-21", 0), nil),
        ]
        let days = Availability.days(spans, from: try day("2026-11-20"), to: try at("2026-11-21", 4), in: clock)
        #expect(days.map(\.degradedSeconds) == [3600, 0])
        #expect(days.map(\.partialSeconds) == [3600, 3600])
        #expect(days.map(\.majorSeconds) == [3600, 3600])
        #expect(days.map(\.maintenanceSeconds) == [0, 7200])
        #expect(days.map(\.incidents) == [[3, 1, 2].map(PublicID.init(drawn:)), [1, 2].map(PublicID.init(drawn:))])
        #expect(Availability.state(spans, at: try at("2026-11-20", 23.5)) == .majorOutage)
        #expect(Availability.state(spans, at: try at("2026-11-21", 3)) == .underMaintenance)
    }

    @Test(
        arguments: [
            (86_400, 0, 0, 10_000), (86_400 * 90, 0, 1, 9999), (86_400 * 90, 1, 0, 9999), (86_400, 0, 86_400, 0), (86_400, 86_400, 0, 5000),
            (86_400, 0, 864, 9900), (86_400, 0, 865, 9899), (0, 0, 0, nil),
        ] as [(Int, Int, Int, Int?)])
    func `per cent are rounded down and are never a hundred with an outage`(_ all: Int, _ partial: Int, _ major: Int, _ expected: Int?) {
        #expect(Availability.hundredths(seconds: all, partialSeconds: partial, majorSeconds: major) == expected)
    }

    @Test(arguments: 0..<50) func `the parts of a day never exceed it`(_ seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let spans = (0..<20).map { _ -> ComponentSpan in
            let start = Outage.now.addingTimeInterval(-.random(in: 0...8_000_000, using: &random))
            let end = Bool.random(using: &random) ? start.addingTimeInterval(.random(in: 0...400_000, using: &random)) : nil
            return span(ComponentState.allCases.randomElement(using: &random) ?? .majorOutage, start, end)
        }
        for day in Availability.days(spans, from: .first, to: Outage.now, in: clock) {
            #expect(day.degradedSeconds + day.partialSeconds + day.majorSeconds + day.maintenanceSeconds <= day.seconds)
        }
    }
}
