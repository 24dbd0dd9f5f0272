import Foundation
import Testing

@testable import Klartext

/// The server killed at random moments while customers write, mail arrives and an agent answers: nothing that was acknowledged is lost,
/// nothing is there twice.
///
/// `KLARTEXT_TEST_KILLS` is how often it is killed. `KLARTEXT_TEST_SEED` repeats the moments of a run, as far as a machine repeats
/// anything.
@Suite(.timeLimit(.minutes(10)))
struct KillTests {
    private static let kills = setting("KLARTEXT_TEST_KILLS").flatMap { Int($0) } ?? 100
    private static let seed = setting("KLARTEXT_TEST_SEED").flatMap { UInt64($0) } ?? .random(in: 0...UInt64(UInt32.max))

    private static func setting(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

    @Test func `whatever was acknowledged is there once, however often the server is killed`() async throws {
        print("KillTests: \(Self.kills) kills, KLARTEXT_TEST_SEED=\(Self.seed)")
        try await Installation.with { bare in
            var installation = bare
            // Without root there is no sink; letters then wait in the outbox.
            let sink = SMTPSink.isAvailable ? try await SMTPSink.start(in: bare) : nil
            if let sink { installation.environment["KLARTEXT_SMTP"] = "smtp://127.0.0.1:\(sink.port)?tls=off" }
            let load = KillLoad()
            let trial = KillTrial(installation: installation, load: load, sink: sink)
            try await withThrowingTaskGroup { group in
                try await trial.begin(in: &group)
                try await killAgainAndAgain(installation, load)
                // The last time it is asked to end, under the same load, and must do so in good order.
                let last = try await installation.serve()
                load.doors = .init(web: last.webPort, mail: last.mailPort)
                try await Task.sleep(for: .milliseconds(300))
                #expect(try await last.stop() == 0)
                load.end()
                try await group.waitForAll()
            }
            try await trial.finishWork()
            #expect(load.ledger.unheard > 0, "the kills met nobody")
            try await trial.expectEverything()
        }
    }

    @Test func `a first start that is killed can be begun again`() async throws {
        var random = SeededGenerator(seed: Self.seed)
        for _ in 0..<max(1, Self.kills / 10) {
            try await Installation.with { installation in
                let starting = try installation.spawnServer()
                try await Task.sleep(for: .milliseconds(Int.random(in: 0..<300, using: &random)))
                starting.send(SIGKILL)
                _ = try await starting.status()
                #expect(try await installation.serve().stop() == 0)
                let check = try await installation.run("check")
                #expect(check.status == 0, "\(check.output)\(check.complaints)")
            }
        }
    }

    private func killAgainAndAgain(_ installation: Installation, _ load: KillLoad) async throws {
        var random = SeededGenerator(seed: Self.seed)
        for kill in 1...Self.kills {
            if kill % 10 == 0 {
                // Also while it starts.
                let starting = try installation.spawnServer()
                try await Task.sleep(for: .milliseconds(Int.random(in: 0..<400, using: &random)))
                starting.send(SIGKILL)
                _ = try await starting.status()
            } else {
                let running = try await installation.serve()
                load.doors = .init(web: running.webPort, mail: running.mailPort)
                try await Task.sleep(for: .milliseconds(Int.random(in: 0..<400, using: &random)))
                try await running.kill()
            }
            load.doors = nil
        }
    }
}
