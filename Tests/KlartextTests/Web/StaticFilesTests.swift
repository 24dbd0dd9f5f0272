import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct StaticFilesTests {
    private func withSite(_ work: @Sendable (any TestClientProtocol, StaticFiles) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            try FileManager.default.createDirectory(atPath: "\(directory)/css", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: "\(directory)/.git", withIntermediateDirectories: true)
            try Data(String(repeating: "p { color: black }\n", count: 100).utf8).write(to: URL(fileURLWithPath: "\(directory)/css/a.css"))
            try Data("tiny".utf8).write(to: URL(fileURLWithPath: "\(directory)/robots.txt"))
            try Data("hidden".utf8).write(to: URL(fileURLWithPath: "\(directory)/.git/config"))
            let files = try StaticFiles(directory: directory)
            var site = TestSite()
            site.staticFiles = files
            try await site.test { try await work($0, files) }
        }
    }

    @Test func `a file comes with its type, its tag and compressed`() async throws {
        try await withSite { client, _ in
            let plain = try await client.executeRequest(uri: "/css/a.css", method: .get, headers: [:], body: nil)
            let packed = try await client.executeRequest(uri: "/css/a.css", method: .get, headers: [.acceptEncoding: "gzip"], body: nil)
            #expect(plain.headers[.contentType] == "text/css; charset=utf-8" && plain.headers[.cacheControl] == "public, no-cache")
            #expect(packed.headers[.contentEncoding] == "gzip" && packed.body.readableBytes < 200)
            #expect(gunzip(Array(packed.body.readableBytesView)) == Array(plain.body.readableBytesView))
            #expect(plain.headers[.eTag] != packed.headers[.eTag])
            #expect(plain.headers[.contentSecurityPolicy] != nil)
        }
    }

    @Test func `under its version a file is kept for good`() async throws {
        try await withSite { client, files in
            let address = files.asset("css/a.css")
            #expect(address.hasPrefix("/css/a.css?v="))
            let response = try await client.executeRequest(uri: address, method: .get, headers: [:], body: nil)
            #expect(response.headers[.cacheControl] == "public, max-age=31536000, immutable")
            let old = try await client.executeRequest(uri: "/css/a.css?v=old", method: .get, headers: [:], body: nil)
            #expect(old.headers[.cacheControl] == "public, no-cache")
            #expect(files.asset("no/such.js") == "/no/such.js")
        }
    }

    @Test func `who has it is told so`() async throws {
        try await withSite { client, _ in
            let first = try await client.executeRequest(uri: "/css/a.css", method: .get, headers: [.acceptEncoding: "gzip"], body: nil)
            let tag = try #require(first.headers[.eTag])
            for match in [tag, "W/\(tag)", "*", "\"a\", \(tag)"] {
                let headers: HTTPFields = [.acceptEncoding: "gzip", .ifNoneMatch: match]
                let again = try await client.executeRequest(uri: "/css/a.css", method: .get, headers: headers, body: nil)
                #expect(again.status == .notModified && again.body.readableBytes == 0 && again.headers[.eTag] == tag)
            }
            // The other representation is another file.
            let plain = try await client.executeRequest(uri: "/css/a.css", method: .get, headers: [.ifNoneMatch: tag], body: nil)
            #expect(plain.status == .ok)
        }
    }

    @Test func `HEAD says the length and sends nothing`() async throws {
        try await withSite { client, _ in
            let response = try await client.executeRequest(uri: "/css/a.css", method: .head, headers: [:], body: nil)
            #expect(response.headers[.contentLength] == "1900" && response.body.readableBytes == 0)
        }
    }

    @Test(arguments: [
        "/../robots.txt", "/css/../robots.txt", "/css/%2e%2e/robots.txt", "/css", "/css/", "/.git/config", "//robots.txt", "/robots.txt/",
        "/css/a.css%00", "/etc/passwd",
    ])
    func `there is no way out of the directory`(_ path: String) async throws {
        try await withSite { client, _ in
            let response = try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil)
            #expect(response.status == .notFound)
        }
    }

    @Test func `files are not for posting`() async throws {
        try await withSite { client, _ in
            let response = try await client.executeRequest(uri: "/robots.txt", method: .post, headers: [:], body: nil)
            #expect(response.status == .notFound)
        }
    }
}
