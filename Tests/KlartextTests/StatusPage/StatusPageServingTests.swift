import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2)))
struct StatusPageServingTests {
    /// A site with the sample page.
    private func withPage(
        _ status: PublishedStatus? = SampleStatus.whole, url: String = "https://status.nordlicht.example",
        _ work: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { root in
            let page = try StatusPage(
                directory: root, catalog: try Texts.load(directory: "\(TestDesk.root)/Locales"), language: .de,
                publicDirectory: "\(TestDesk.root)/Public")
            if let status { try await page.publish(status) }
            let router = Router(context: WebContext.self)
            router.add(middleware: SecurityHeaders())
            router.add(middleware: StatusPageRoutes(shelf: page.shelf, url: url, deskURL: "https://hilfe.nordlicht.example"))
            router.get("/who") { _, _ in Response.text("desk") }
            try await Application(router: router).test(.router, work)
        }
    }

    private func get(
        _ client: any TestClientProtocol, _ path: String, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get
    ) async throws -> TestResponse {
        try await client.executeRequest(uri: path, method: method, headers: headers, body: nil)
    }

    @Test func `a page says how long it may be kept, for everybody alike`() async throws {
        try await withPage { client in
            let page = try await get(client, "/status/de/")
            #expect(page.status == .ok)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8" && page.headers[.contentLanguage] == "de")
            #expect(
                page.headers[.cacheControl] == "public, max-age=10, s-maxage=10, stale-while-revalidate=30, stale-if-error=86400")
            #expect(page.headers[.vary] == "Accept-Encoding")
            #expect(page.headers[.lastModified] == "Mon, 23 Nov 2026 09:02:11 GMT")
            #expect(page.headers[.setCookie] == nil && page.headers[.accessControlAllowOrigin] == nil)
            #expect(page.headers[.contentSecurityPolicy] == "frame-ancestors 'self'")
            #expect(page.text.contains("Vieles ist gestört."))
        }
    }

    @Test func `the packed page is the same page with a tag of its own`() async throws {
        try await withPage { client in
            let plain = try await get(client, "/status/de/")
            let packed = try await get(client, "/status/de/", [.acceptEncoding: "gzip"])
            #expect(packed.headers[.contentEncoding] == "gzip" && plain.headers[.contentEncoding] == nil)
            #expect(gunzip(Array(packed.body.readableBytesView)) == Array(plain.body.readableBytesView))
            let (one, other) = (try #require(plain.headers[.eTag]), try #require(packed.headers[.eTag]))
            #expect(one != other && !one.hasPrefix("W/") && !other.hasPrefix("W/"))
        }
    }

    @Test func `who has it already hears that nothing changed`() async throws {
        try await withPage { client in
            let first = try await get(client, "/status/api/v2/status.json")
            let tag = try #require(first.headers[.eTag])
            let again = try await get(client, "/status/api/v2/status.json", [.ifNoneMatch: tag])
            #expect(again.status == .notModified && again.body.readableBytes == 0 && again.headers[.eTag] == tag)
            let other = try await get(client, "/status/api/v2/status.json", [.ifNoneMatch: "\"other\""])
            #expect(other.status == .ok)
            let since = try await get(client, "/status/api/v2/status.json", [.ifModifiedSince: try #require(first.headers[.lastModified])])
            #expect(since.status == .notModified)
            let both = try await get(
                client, "/status/api/v2/status.json",
                [.ifNoneMatch: "\"other\"", .ifModifiedSince: try #require(first.headers[.lastModified])])
            #expect(both.status == .ok, "the tag decides where there is one")
        }
    }

    @Test(arguments: [
        "api/v2/summary.json", "api/v2/status.json", "api/v2/components.json", "api/v2/incidents.json", "api/v2/incidents/unresolved.json",
        "api/v2/scheduled-maintenances.json", "api/v2/scheduled-maintenances/upcoming.json", "api/v2/scheduled-maintenances/active.json",
        "api/v2/klartext.json", "history.atom", "history.rss", "updates.atom", "maintenance.ics", "badge.svg", "de/badge.svg",
    ])
    func `documents for programs may be read from everybody's page, and answer HEAD`(path: String) async throws {
        try await withPage { client in
            let whole = try await get(client, "/status/\(path)")
            let head = try await get(client, "/status/\(path)", method: .head)
            #expect(whole.status == .ok && head.status == .ok && head.body.readableBytes == 0)
            #expect(whole.headers[.accessControlAllowOrigin] == "*")
            #expect(head.headers[.eTag] == whole.headers[.eTag])
            #expect(whole.headers[.contentType] == StatusFile.mediaType(of: path))
        }
    }

    @Test(
        arguments: [
            ("https://status.nordlicht.example", "/de/", "status.nordlicht.example", "de/"),
            ("https://status.nordlicht.example", "/", "STATUS.nordlicht.example", ""),
            ("https://status.nordlicht.example:443", "/de/", "status.nordlicht.example", "de/"),
            ("http://127.0.0.1:8081", "/de/", "127.0.0.1:8081", "de/"),
            ("https://nordlicht.example/zustand", "/zustand/de/", "nordlicht.example", "de/"),
            ("https://nordlicht.example/zustand", "/de/", "nordlicht.example", nil),
            ("https://status.nordlicht.example", "/de/", "hilfe.nordlicht.example", nil),
            ("https://status.nordlicht.example", "/de/", nil, nil),
            ("https://status.nordlicht.example", "/status/de/", "hilfe.nordlicht.example", "de/"),
            ("https://status.nordlicht.example", "/statuses", "hilfe.nordlicht.example", nil),
            ("https://hilfe.nordlicht.example/status", "/de/", "hilfe.nordlicht.example", nil),
            ("https://hilfe.nordlicht.example/status", "/status/de/", "hilfe.nordlicht.example", "de/"),
        ] as [(String, String, String?, String?)])
    func `the page has its place below status, and at its own address`(url: String, path: String, host: String?, expected: String?) {
        let routes = StatusPageRoutes(shelf: StatusPageShelf(), url: url, deskURL: "https://hilfe.nordlicht.example")
        #expect(routes.path(path, authority: host) == expected)
    }

    @Test func `a directory without its slash leads to it`() async throws {
        try await withPage { client in
            for path in ["/status", "/status/de", "/status/de/incidents/in0000000001"] {
                let moved = try await get(client, path)
                #expect(moved.status == .movedPermanently && moved.headers[.location] == path + "/")
            }
            let unknown = try await get(client, "/status/de/incidents/nothing")
            #expect(unknown.status == .notFound)
            let outside = try await get(client, "/status/../../etc/passwd")
            #expect(outside.status == .notFound)
        }
    }

    @Test func `the notice may be shown in other sites, the page may not`() async throws {
        try await withPage { client in
            let notice = try await get(client, "/status/de/embed/")
            #expect(notice.headers[.contentSecurityPolicy] == "frame-ancestors *")
        }
    }

    @Test func `nothing published is said, not shown as all is well`() async throws {
        try await withPage(nil) { client in
            let answer = try await get(client, "/status/de/")
            #expect(
                answer.status == .serviceUnavailable && answer.headers[.retryAfter] == "10" && answer.headers[.cacheControl] == "no-store")
        }
    }

    @Test func `the rest of the site is not touched`() async throws {
        try await withPage { client in
            let who = try await get(client, "/who")
            #expect(who.text == "desk")
            let post = try await get(client, "/status/de/", method: .post)
            #expect(post.status == .notFound)
        }
    }
}
