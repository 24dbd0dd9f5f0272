/// Which module may be imported where.
enum ImportLaws {
    private static let concurrency: Set = ["Foundation", "Glibc", "Dispatch", "Synchronization"]
    private static let nio: Set = ["NIOCore", "NIOPosix", "NIOConcurrencyHelpers"]

    /// The two sides of a ticket, the customer's and the agent's: pages, routes and what they decide.
    private static let desk: Set = [
        "Foundation", "Storage", "Mail", "Crypto", "Logging", "Hummingbird", "HTTPTypes", "NIOCore", "_NIOFileSystem",
    ]

    /// What each target, and within Klartext each folder, may import. A folder that is not here does not exist yet:
    /// who makes a room writes its row.
    static let allowed: [String: Set<String>] = [
        "Run": ["Klartext"],
        "Storage": concurrency.union(["CSQLite", "CLibPQ"]),
        "Mail": concurrency.union(nio).union(["CGMime", "NIOSSL"]),
        "Klartext/App": concurrency.union(nio).union([
            "Storage", "Mail", "Hummingbird", "HTTPTypes", "ServiceLifecycle", "UnixSignals", "Logging", "Configuration",
            "ArgumentParser", "Crypto", "_NIOFileSystem", "Yams",
        ]),
        "Klartext/Web": concurrency.union(nio).union([
            "Storage", "Hummingbird", "HTTPTypes", "Logging", "Crypto", "CZlib", "CQRencode", "_NIOFileSystem",
        ]),
        "Klartext/Schema": ["Foundation", "Storage"],
        "Klartext/Journal": ["Foundation", "Storage", "Crypto"],
        "Klartext/Jobs": concurrency.union(["Storage", "Logging", "ServiceLifecycle", "NIOConcurrencyHelpers"]),
        "Klartext/Files": concurrency.union(nio).union([
            "Storage", "Crypto", "_NIOFileSystem", "Hummingbird", "HTTPTypes", "Logging", "AsyncHTTPClient", "NIOHTTP1",
        ]),
        "Klartext/People": concurrency.union(nio).union([
            "Storage", "Mail", "Crypto", "CArgon2", "Hummingbird", "HTTPTypes", "Logging",
        ]),
        "Klartext/Mailroom": concurrency.union(nio).union([
            "Storage", "Mail", "Crypto", "Logging", "ServiceLifecycle", "Hummingbird", "HTTPTypes",
        ]),
        "Klartext/Search": ["Foundation", "Storage", "NIOConcurrencyHelpers"],
        "Klartext/Tickets": ["Foundation", "Storage", "Mail", "Crypto", "Logging", "Hummingbird", "HTTPTypes", "NIOCore"],
        "Klartext/Calendars": ["Foundation"],
        "Klartext/Calls": ["Foundation", "Storage", "Hummingbird", "HTTPTypes", "NIOCore"],
        "Klartext/Promises": ["Foundation", "Storage"],
        "Klartext/Receipts": ["Foundation", "Storage", "Crypto"],
        "Klartext/Incidents": ["Foundation", "Storage", "Mail"],
        "Klartext/StatusPage": nio.union([
            "Foundation", "Storage", "Crypto", "Hummingbird", "HTTPTypes", "AsyncHTTPClient",
        ]),
        "Klartext/Subscriptions": concurrency.union(nio).union([
            "Storage", "Mail", "Crypto", "Logging", "Hummingbird", "HTTPTypes", "AsyncHTTPClient", "NIOHTTP1", "NIOSSL",
        ]),
        "Klartext/Forms": ["Foundation", "NIOConcurrencyHelpers", "Yams"],
        "Klartext/Frontdesk": desk.union(["NIOConcurrencyHelpers"]),
        "Klartext/Workspace": desk,
        "Klartext/Demo": concurrency.union(["Storage", "Mail", "Crypto", "Logging", "NIOConcurrencyHelpers"]),
    ]

    /// Each file imports only what the table allows its folder. Storage and Mail never see each other.
    static func table(_ tree: SourceTree) -> [Violation] {
        tree.sources.flatMap { file -> [Violation] in
            let place = file.folder.isEmpty ? file.target : "\(file.target)/\(file.folder)"
            guard let allowed = allowed[place] else {
                return [Violation(path: file.path, line: 0, what: "the table of imports has no row for \(place)")]
            }
            return file.imports.filter { !allowed.contains($0.module) }.map {
                Violation(path: file.path, line: $0.line, what: "\(place) may not import \($0.module)")
            }
        }
    }

    /// HTTP is known to the routes, to `Web/` and to `App/`, to nobody else.
    static func hummingbird(_ tree: SourceTree) -> [Violation] {
        tree.sources.filter { !$0.name.hasSuffix("Routes.swift") && !["Web", "App"].contains($0.folder) }.flatMap { file in
            file.imports.filter { $0.module.hasPrefix("Hummingbird") }.map {
                Violation(path: file.path, line: $0.line, what: "\($0.module) outside of *Routes.swift, Web/ and App/")
            }
        }
    }
}
