import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct SameOriginGuardTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var says: String
        var method = HTTPRequest.Method.post
        var site: String?
        var origin: String?
        var cookie: String?
        var authority: String? = "desk.example"
        var isAllowed: Bool
        var testDescription: String { says }
    }

    @Test(arguments: [
        Case(says: "a link from anywhere", method: .get, site: "cross-site", origin: "https://evil.example", isAllowed: true),
        Case(says: "our own form", site: "same-origin", origin: "https://desk.example", isAllowed: true),
        Case(says: "our own form under no-referrer", site: "same-origin", origin: "null", cookie: "s=1", isAllowed: true),
        Case(says: "a person typing, or a bookmark", site: "none", isAllowed: true),
        Case(says: "another site", site: "cross-site", origin: "https://evil.example", isAllowed: false),
        Case(says: "another site pretending in the Origin", site: "cross-site", origin: "https://desk.example", isAllowed: false),
        Case(says: "a neighbouring host", site: "same-site", origin: "https://blog.example", isAllowed: false),
        Case(says: "an unknown word", site: "same-origin, cross-site", isAllowed: false),
        Case(says: "no TLS: our own form", origin: "http://desk.example", isAllowed: true),
        Case(says: "no TLS: our own form, upper case and port", origin: "HTTP://Desk.Example:80", isAllowed: true),
        Case(says: "no TLS: another port is another site", origin: "http://desk.example:8080", isAllowed: false),
        Case(says: "no TLS: another site", origin: "http://evil.example", isAllowed: false),
        Case(says: "no TLS: a name that begins like ours", origin: "http://desk.example.evil.example", isAllowed: false),
        Case(says: "no TLS: a blank origin without cookies", origin: "null", isAllowed: true),
        Case(says: "no TLS: a blank origin with a language", origin: "null", cookie: "lang=en", isAllowed: true),
        Case(says: "no TLS: a blank origin with a session and a language", origin: "null", cookie: "lang=en; session=x", isAllowed: false),
        Case(says: "no TLS: a blank origin with a session", origin: "null", cookie: "session=x", isAllowed: false),
        Case(says: "an empty origin", origin: "", isAllowed: false),
        Case(says: "an extension's origin", origin: "chrome-extension://abc", isAllowed: false),
        Case(says: "a program", isAllowed: true),
        Case(says: "behind a proxy that changes the host", origin: "https://public.example", authority: "10.0.0.1:8080", isAllowed: true),
        Case(says: "without a host", origin: "https://evil.example", authority: nil, isAllowed: false),
        Case(says: "deleting from another site", method: .delete, site: "cross-site", isAllowed: false),
    ])
    func `who may change something`(_ it: Case) {
        let guardian = SameOriginGuard(publicURL: URL(string: "https://public.example/desk"))
        var request = HTTPRequest(method: it.method, scheme: nil, authority: it.authority, path: "/")
        request.headerFields[.secFetchSite] = it.site
        request.headerFields[.origin] = it.origin
        request.headerFields[.cookie] = it.cookie
        #expect(guardian.isAllowed(request) == it.isAllowed)
    }

    @Test func `a refusal is a page in the person's language`() async throws {
        try await TestSite().test { client in
            let headers: HTTPFields = [.secFetchSite: "cross-site", .accept: "text/html", .acceptLanguage: "en"]
            let response = try await client.executeRequest(uri: "/t/abc", method: .post, headers: headers, body: nil)
            #expect(response.status == .forbidden)
            #expect(response.text.contains("<h1>Strange</h1>"))
        }
    }
}
