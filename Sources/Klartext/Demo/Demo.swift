import Foundation
import Logging

/// Fills an empty instance with the standing cast and their stories, told through the actions.
struct Demo: Sendable {
    var configuration: Configuration
    var logger: Logger

    struct SignIn: Sendable {
        var address: String
        var password: String
    }

    /// The same on every machine, printed by `bin/run`; good for nothing but the demo.
    static let password = "nordlicht-2026"
    /// The stories take so long, so that they end now.
    static let daysBack: Double = 4.81

    /// - Parameter now: when the stories end
    func tell(endingAt now: Date) async throws -> SignIn {
        let time = DemoTime(now.addingTimeInterval(-Self.daysBack * 86_400))
        let desk = try await Desk.open(configuration, clock: time.clock, carrier: DemoCarrier(), logger: logger)
        do {
            guard try await desk.database.read({ db in try db.tickets(after: 0, limit: 1).isEmpty }) else { throw DemoFailure.notEmpty }
            for agent in DemoCast.agents {
                try await desk.people.addAgent(address: agent.address, name: agent.name, language: agent.language, password: Self.password)
            }
            try await DemoStories(stage: DemoStage(desk: desk, time: time)).tell()
        } catch {
            await desk.close()
            throw error
        }
        await desk.close()
        return SignIn(address: DemoCast.ayse.address, password: Self.password)
    }
}
