import Foundation
import TestDatabases
import Testing

@testable import Klartext

/// The PostgreSQL server lost under load, while one Klartext goes on serving: nothing that was acknowledged is lost, nothing is there twice.
@Suite(.timeLimit(.minutes(5)), .enabled(if: TestDatabases.engine == .postgreSQL), .serialized)
struct ServerLossTests {
    /// Klartext under load on an address; nobody restarts it.
    private func underLoad(_ bare: Installation, on address: String, _ body: (KillLoad) async throws -> Void) async throws {
        var installation = bare
        installation.environment["KLARTEXT_DATABASE"] = address
        let load = KillLoad()
        let trial = KillTrial(installation: installation, load: load, sink: nil)
        try await withThrowingTaskGroup { group in
            try await trial.begin(in: &group)
            let desk = try await installation.serve()
            load.doors = .init(web: desk.webPort, mail: desk.mailPort)
            try await goesOn(load)
            try await body(load)
            try await goesOn(load)
            load.end()
            try await group.waitForAll()
            #expect(try await desk.stop() == 0)
        }
        try await trial.finishWork()
        try await trial.expectEverything()
    }

    /// Waits until people and mail servers of each kind have been told yes again.
    private func goesOn(_ load: KillLoad) async throws {
        let before = load.ledger
        try await eventually("requests, mails and replies to be taken", within: 60) { () -> Bool? in
            let now = load.ledger
            let isMore = now.requests.count > before.requests.count + 3 && now.mails.count > before.mails.count + 3
            return isMore && now.replies.count > before.replies.count ? true : nil
        }
    }

    @Test func `a server that is killed and comes back has lost nothing, and the desk goes on by itself`() async throws {
        try await Installation.with { installation in
            try await RunningPostgreSQL.with(in: installation) { server in
                try await underLoad(installation, on: server.address) { load in
                    for _ in 1...3 {
                        try await server.kill()
                        try await server.startAgain()
                        try await goesOn(load)
                    }
                }
            }
        }
    }

    @Test func `a promoted standby takes over with everything that was acknowledged`() async throws {
        try await Installation.with { installation in
            try await RunningPostgreSQL.with(in: installation) { primary in
                try await primary.withStandby { standby in
                    try await underLoad(installation, on: primary.address(or: standby)) { _ in
                        try await primary.kill()
                        try await standby.promote()
                    }
                }
            }
        }
    }
}
