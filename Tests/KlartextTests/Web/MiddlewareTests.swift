import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct MiddlewareTests {
    private func get(_ client: any TestClientProtocol, _ path: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
    }

    @Test func `every page says what it never does`() async throws {
        var site = TestSite()
        site.visitors.isSecure = true
        try await site.test { client in
            for path in ["/page", "/no-such-page", "/secret"] {
                let headers = try await get(client, path).headers
                #expect(headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; style-src 'self'") == true)
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[.referrerPolicy] == "same-origin")
                #expect(headers[.crossOriginOpenerPolicy] == "same-origin")
                #expect(headers[.strictTransportSecurity] == "max-age=31536000")
                #expect(headers[.cacheControl] == "no-store")
                #expect(headers[.robotsTag] == nil)
            }
        }
    }

    @Test func `a page behind a secret address tells nobody of it`() async throws {
        try await TestSite().test { client in
            let headers = try await get(client, "/t/abc").headers
            #expect(headers[.referrerPolicy] == "no-referrer")
            #expect(headers[.robotsTag] == "noindex, nofollow")
            #expect(headers[.strictTransportSecurity] == nil)
        }
    }

    @Test func `errors are pages for people, JSON or text for programs`() async throws {
        try await TestSite().test { client in
            let html = try await get(client, "/teapot", [.accept: "text/html,*/*;q=0.8", .acceptLanguage: "en"])
            #expect(html.status.code == 418)
            #expect(html.text.contains("<h1>No &lt;coffee&gt;</h1>"))
            let json = try await get(client, "/teapot", [.accept: "application/json"])
            #expect(json.text.hasPrefix(#"{"error":"Kein <coffee>","request":""#) && json.headers[.contentType] == "application/json")
            let text = try await get(client, "/nowhere", [.accept: "*/*"])
            #expect(text.status == .notFound && text.text == "Nicht da\n")
        }
    }

    @Test func `what went wrong inside is logged and not shown`() async throws {
        let site = TestSite()
        try await site.test { client in
            let response = try await get(client, "/secret", [.accept: "text/html"])
            #expect(response.status == .internalServerError)
            #expect(response.text.contains("Kaputt") && !response.text.contains("hunter2"))
        }
        #expect(site.log.all.contains { $0.hasPrefix("error a request failed") && $0.contains("SecretError") })
    }

    @Test func `the log names requests but no secrets`() async throws {
        let site = TestSite()
        try await site.test { client in
            _ = try await get(client, "/t/AAAAAAAAAAAAAAAAAAAAAA?x=secret")
            _ = try await get(client, "/T/BBBBBBBBBBBBBBBBBBBBBB/files")
            _ = try await get(client, "/page?name=secret", [.cookie: "session=secret"])
        }
        let lines = site.log.all.filter { $0.hasPrefix("info request") }
        #expect(lines.count == 3)
        #expect(lines[0].contains("method=GET") && lines[0].contains("path=/t/… status=200"))
        #expect(lines[1].contains("path=/T/…/files status=404"))
        #expect(lines[2].contains("path=/page status=200"))
        #expect(!lines.contains { $0.contains("secret") || $0.contains("AAAA") || $0.contains("BBBB") })
    }

    @Test func `routes are measured by their pattern`() async throws {
        let site = TestSite()
        try await site.test { client in
            for token in ["one", "two"] { _ = try await get(client, "/t/\(token)") }
            _ = try await get(client, "/nowhere")
            _ = try await client.executeRequest(uri: "/nowhere", method: .init("MADEUP")!, headers: [:], body: nil)
        }
        let text = site.metrics.text()
        #expect(text.contains("# TYPE klartext_request_seconds histogram\n"))
        #expect(text.contains("klartext_request_seconds_count{method=\"GET\",route=\"/t/{token}\",status=\"200\"} 2\n"))
        #expect(text.contains("klartext_request_seconds_count{method=\"GET\",route=\"NotFound\",status=\"404\"} 1\n"))
        #expect(text.contains("klartext_request_seconds_count{method=\"OTHER\",route=\"NotFound\",status=\"404\"} 1\n"))
        #expect(!text.contains("one\""))
    }

    @Test(arguments: [
        ("/who?lang=en", "lang=de", "de", "en"), ("/who", "a=b; lang=en", "de", "en"), ("/who", "lang=fr", "en-US", "en"),
        ("/who?lang=xx", "", "fr", "de"), ("/who", "xlang=en", "", "de"),
    ])
    func `the language is the one chosen, else the browser's, else ours`(
        _ path: String, _ cookie: String, _ accepted: String, _ language: String
    ) async throws {
        try await TestSite().test { client in
            let response = try await get(client, path, [.cookie: cookie, .acceptLanguage: accepted])
            #expect(response.text.hasPrefix("\(language) "))
        }
    }

    @Test func `a proxy is believed only when it is trusted`() async throws {
        let forged: HTTPFields = [.forwardedFor: "1.2.3.4, 203.0.113.9, 127.0.0.2", .forwardedProto: "https"]
        try await TestSite().test(.live) { client in
            let seen = try await get(client, "/who", forged).text
            #expect(seen == "de 127.0.0.1 false")
        }
        var behindProxy = TestSite()
        behindProxy.visitors.trustedProxies = [IPNetwork("127.0.0.0/8")!]
        try await behindProxy.test(.live) { client in
            for (headers, expected) in [
                (forged, "de 203.0.113.9 true"), ([.forwardedFor: "nonsense"], "de 127.0.0.1 false"),
                ([.forwardedFor: "2001:db8::1"], "de 2001:db8::1 false"),
            ] {
                let seen = try await get(client, "/who", headers).text
                #expect(seen == expected)
            }
        }
    }

    @Test func `a redirect stays with us`() {
        #expect(Response.redirect(see: "/t/abc?x=1").headers[.location] == "/t/abc?x=1")
        #expect(Response.redirect(see: "/t/abc").status == .seeOther)
        for path in ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\r\nSet-Cookie: x=y"] {
            #expect(Response.redirect(see: path).headers[.location] == "/")
        }
    }
}

@Suite(.timeLimit(.minutes(1)))
struct IPAddressTests {
    @Test func `one address has one form`() {
        #expect(IPAddress("::ffff:192.0.2.1") == IPAddress("192.0.2.1"))
        #expect(IPAddress("2001:DB8:0:0::1")?.description == "2001:db8::1")
        #expect(IPAddress("2001:db8:1:2:3:4:5:6")?.network.description == "2001:db8:1:2::")
        #expect(IPAddress("192.0.2.1")?.network.description == "192.0.2.1")
        for text in ["", "1.2.3", "1.2.3.4 ", "::1%lo", "1.2.3.4\u{0}", "example.org"] { #expect(IPAddress(text) == nil) }
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.1", "192.0.2.1", true),
        ("192.0.2.0/25", "192.0.2.128", false), ("0.0.0.0/0", "8.8.8.8", true), ("::/0", "8.8.8.8", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("::1", "::1", true),
    ])
    func `a network knows its addresses`(_ network: String, _ address: String, _ isInside: Bool) throws {
        #expect(try #require(IPNetwork(network)).contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(arguments: ["", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "x/8", "::/129", "10.0.0.0/"])
    func `what is no network is none`(_ text: String) {
        #expect(IPNetwork(text) == nil)
    }
}
