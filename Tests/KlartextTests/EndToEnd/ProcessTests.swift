import Foundation
import Storage
import TestDatabases
import Testing

@testable import Klartext

/// `klartext serve` as one process of those that share a database, from outside.
@Suite(.timeLimit(.minutes(3)))
struct ProcessTests {
    private func roles(_ installation: Installation) async throws -> [String] { try await installation.column("SELECT roles FROM process") }

    @Test func `a process is on the list while it lives, and off it when it was stopped`() async throws {
        try await Installation.with { installation in
            let first = try await installation.serve()
            #expect(try await roles(installation) == ["web,mail,work"])
            let seen: [Int64] = try await installation.column("SELECT seen_at FROM process")
            try await eventually("a sign of life") {
                let now: [Int64] = try await installation.column("SELECT seen_at FROM process")
                return now != seen ? true : nil
            }
            let metrics = try await WebVisitor(port: first.webPort).get("/metrics").text
            for role in ["web", "mail", "work"] { #expect(metrics.contains("klartext_processes{role=\"\(role)\"} 1\n")) }
            try await first.kill()
            #expect(try await roles(installation).count == 1)

            let second = try await installation.serve()
            let pids: [Int64] = try await installation.column("SELECT pid FROM process")
            // On SQLite the lock proves that nobody else lives. On PostgreSQL the dead one stays on the list until it has been watched.
            let dead = TestDatabases.engine == .sqlite ? 0 : 1
            #expect(pids.contains(Int64(second.child.identifier)) && pids.count == 1 + dead)
            #expect(try await second.stop() == 0)
            #expect(try await roles(installation).count == dead)
        }
    }

    @Test(arguments: [("web", "web: http://"), ("mail", "mail: lmtp://"), ("work", "work: ")])
    func `a process opens the doors it is told to, and no other`(role: String, line: String) async throws {
        try await Installation.with(["KLARTEXT_ROLES": role]) { installation in
            let child = try installation.spawnServer()
            try await eventually("the door of \(role)") { child.output.contains(line) ? true : nil }
            #expect(try await roles(installation) == [role])
            child.send(SIGTERM)
            #expect(try await child.status(within: 30) == 0)
            #expect(child.output.split(separator: "\n").count == 1, "\(child.output)")
            #expect(child.complaints.contains("SQLite has one server") == (TestDatabases.engine == .sqlite))
        }
    }
}
