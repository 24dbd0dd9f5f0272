import Foundation
import Testing

@testable import Klartext

/// The copy of the page in a bucket, with a store of somebody else's making.
@Suite(.timeLimit(.minutes(2)))
struct StatusPageBucketTests {
    private func set(_ words: [String: String], after previous: StatusPageSet? = nil) throws -> StatusPageSet {
        let files = try words.map { try #require(StatusFile($0.key, Array($0.value.utf8))) }
        return StatusPageSet(files, after: previous, release: "releases/1", at: SampleStatus.now)
    }

    @Test func `each object says what it is and how long it may be kept, and only what changed is sent again`() async throws {
        try await S3Server.with { server in
            let bucket = server.bucket()
            let client = S3Client(bucket)
            let copy = StatusPageCopy.bucket(client)
            let first = try set(["de/index.html": "Alles läuft.", "api/v2/status.json": "{}"])
            try await copy.copy(first, after: nil)
            let page = try await client.ask(S3Request(method: .head, path: bucket.path(bucket.prefix + "de/index.html"))).headers
            #expect(page.first(name: "content-type") == "text/html; charset=utf-8")
            #expect(page.first(name: "cache-control") == "public, max-age=10")

            // what somebody took away is not missed while it has not changed: nothing was sent
            try await client.delete("api/v2/status.json")
            let second = try set(["de/index.html": "Ein Teil ist gestört.", "api/v2/status.json": "{}"], after: first)
            try await copy.copy(second, after: first)
            var body: [UInt8] = []
            try await client.get("de/index.html") { body += $0.readableBytesView }
            #expect(String(decoding: body, as: UTF8.self) == "Ein Teil ist gestört.")
            #expect(try await client.head("api/v2/status.json") == nil)
            await copy.close()
        }
    }
}
