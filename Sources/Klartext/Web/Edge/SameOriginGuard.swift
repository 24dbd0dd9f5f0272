import Foundation
import HTTPTypes
import Hummingbird

/// Refuses requests that change something and were started by another site (CSRF), without tokens in forms.
///
/// Browsers say who started a request: `Sec-Fetch-Site` where the connection is trustworthy (TLS or localhost; W3C Fetch Metadata), and
/// `Origin` with every POST (WHATWG Fetch, 3.2). Session cookies are `SameSite=Lax` besides.
struct SameOriginGuard: RouterMiddleware {
    typealias Context = WebContext

    /// Scheme, host and port of the public URL, for proxies that change the `Host`.
    private let publicHost: [UInt8]?

    init(publicURL: URL? = nil) {
        publicHost = publicURL.flatMap { Self.host(ofOrigin: $0.absoluteString) }
    }

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        guard isAllowed(request.head) else { throw CrossSiteRequest() }
        return try await next(request, context)
    }

    /// What the guard decides by.
    func isAllowed(_ request: HTTPRequest) -> Bool {
        if [.get, .head, .options].contains(request.method) { return true }
        // Where a browser says this, it is the whole truth: no page can set it, and it stays when a referrer policy blanks the Origin.
        if let site = request.headerFields[.secFetchSite] { return site == "same-origin" || site == "none" }
        // No browser of the last years leaves out both; a program has no cookies that it could be tricked into using.
        guard let origin = request.headerFields[.origin] else { return true }
        // A capability page without TLS posts to itself: its policy is no-referrer, so its origin is blank. So is that of a hostile sandboxed
        // frame; but a request without cookies, the choice of language apart, carries no permission that its sender does not know.
        if origin == "null" { return CookieJar.names(in: request.headerFields[.cookie]).allSatisfy { $0 == Visitors.languageCookie } }
        guard let host = Self.host(ofOrigin: origin) else { return false }
        return host == publicHost || host == request.authority.map { Self.normalised(Array($0.utf8), scheme: Self.scheme(origin)) }
    }

    /// `host:port` of `scheme://host:port/...`, in lower case, without the scheme's own port.
    private static func host(ofOrigin origin: String) -> [UInt8]? {
        let bytes = origin.utf8.map(lowercased)
        let scheme = scheme(origin)
        guard scheme == "http" || scheme == "https" else { return nil }
        let authority = bytes.dropFirst(scheme.utf8.count + 3).prefix { $0 != UInt8(ascii: "/") }
        return authority.isEmpty ? nil : normalised(Array(authority), scheme: scheme)
    }

    private static func scheme(_ origin: String) -> String {
        ["https", "http"].first { origin.utf8.map(lowercased).starts(with: "\($0)://".utf8) } ?? ""
    }

    private static func normalised(_ authority: [UInt8], scheme: String) -> [UInt8] {
        let authority = authority.map(lowercased)
        let port = Array((scheme == "https" ? ":443" : ":80").utf8)
        return authority.suffix(port.count) == port[...] ? Array(authority.dropLast(port.count)) : authority
    }
}

/// A form of another site tried to act in a person's name.
struct CrossSiteRequest: PublicError {
    var status: HTTPResponse.Status { .forbidden }
    var textKey: TextKey { TextKey("error.crossSite") }
}
