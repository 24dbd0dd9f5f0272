import Foundation

@testable import Storage

/// Databases for tests, on the engine the run is for: SQLite, or the PostgreSQL server that KLARTEXT_TEST_POSTGRESQL names.
public enum TestDatabases {
    /// A server whose user may make databases; nil where the run is for SQLite. `bin/test` starts one.
    public static let server = ProcessInfo.processInfo.environment["KLARTEXT_TEST_POSTGRESQL"].flatMap { $0.isEmpty ? nil : $0 }

    public static var engine: Engine { server == nil ? .sqlite : .postgreSQL }

    /// Makes an empty database, or a copy of another that nobody is connected to, and returns its address.
    public static func make(copying template: String? = nil, on server: String) async throws -> String {
        let name = "test_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        try await order("CREATE DATABASE \(name) TEMPLATE \(template ?? "template0") STRATEGY file_copy", on: server)
        return address(of: name, on: server)
    }

    /// Removes a database, whoever is still connected to it.
    public static func remove(_ address: String) async throws {
        try await order("DROP DATABASE IF EXISTS \(name(of: address)) WITH (FORCE)", on: Self.address(of: "postgres", on: address))
    }

    public static func name(of address: String) -> String {
        URLComponents(string: address).map { String($0.path.dropFirst()) } ?? ""
    }

    private static func address(of name: String, on server: String) -> String {
        var components = URLComponents(string: server)
        components?.path = "/" + name
        return components?.string ?? server
    }

    /// Has the server do something that no transaction may hold. On a thread of its own, since it takes a while and blocks.
    public static func order(_ text: String, on server: String) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread {
                continuation.resume(
                    with: Result {
                        let connection = PostgreSQLConnection(try PostgreSQLAddress(server), takesShare: false)
                        defer { connection.close() }
                        try connection.open()
                        try connection.script(text)
                    })
            }.start()
        }
    }
}
