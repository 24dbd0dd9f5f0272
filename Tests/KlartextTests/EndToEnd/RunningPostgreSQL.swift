import Foundation

/// A PostgreSQL server of one test's own, durable, that may be killed. `bin/db` runs it, as the user it needs.
struct RunningPostgreSQL: Sendable {
    let installation: Installation
    let directory: String
    let address: String

    /// Runs a test with a server, and takes the server away.
    static func with<Result>(in installation: Installation, _ body: (RunningPostgreSQL) async throws -> Result) async throws -> Result {
        let directory = installation.directory + "/server"
        let address = try await Self.order(installation, "start", directory, "--durable")
        return try await RunningPostgreSQL(installation: installation, directory: directory, address: address).ending(body)
    }

    /// Runs a part of a test with a standby of this server, which waits for it with each commit.
    func withStandby<Result>(_ body: (RunningPostgreSQL) async throws -> Result) async throws -> Result {
        let copy = directory + "-standby"
        let address = try await Self.order(installation, "follow", copy, directory)
        return try await RunningPostgreSQL(installation: installation, directory: copy, address: address).ending(body)
    }

    private func ending<Result>(_ body: (RunningPostgreSQL) async throws -> Result) async throws -> Result {
        do {
            let result = try await body(self)
            _ = try await Self.order(installation, "remove", directory)
            return result
        } catch {
            // A task of its own, since this one may have been cancelled for taking too long.
            _ = try? await Task { try await Self.order(installation, "remove", directory) }.value
            throw error
        }
    }

    func kill() async throws { _ = try await Self.order(installation, "kill", directory) }
    func startAgain() async throws { _ = try await Self.order(installation, "start", directory, "--durable") }
    func promote() async throws { _ = try await Self.order(installation, "promote", directory) }

    /// The address of two servers, of which the one that takes writes is meant.
    func address(or other: RunningPostgreSQL) -> String {
        let hosts = [self, other].map { server in URLComponents(string: server.address).map { "127.0.0.1:\($0.port ?? 0)" } ?? "" }
        return "postgresql://klartext@\(hosts.joined(separator: ","))/postgres"
    }

    /// - Returns: what `bin/db` said.
    private static func order(_ installation: Installation, _ words: String...) async throws -> String {
        let child = try installation.spawn("/bin/bash", [TestDesk.root + "/bin/db"] + words, named: "db-\(UUID().uuidString)")
        guard try await child.status(within: 90) == 0 else { throw Refused(words: words, complaints: child.complaints) }
        return child.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    struct Refused: Error, CustomStringConvertible {
        var words: [String]
        var complaints: String
        var description: String { "bin/db \(words.joined(separator: " ")): \(complaints)" }
    }
}
