import HTTPTypes
import Hummingbird

/// Tells browsers what pages of ours never do, so that a mistake of ours does less harm.
///
/// A response that has set one of these itself keeps its own.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = WebContext

    var capabilities = CapabilityPaths()

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        var response = try await next(request, context)
        response.headers.setIfAbsent(.contentSecurityPolicy, Self.contentSecurityPolicy)
        response.headers.setIfAbsent(.xContentTypeOptions, "nosniff")
        response.headers.setIfAbsent(.permissionsPolicy, "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.headers.setIfAbsent(.crossOriginOpenerPolicy, "same-origin")
        if capabilities.contains(request.uri.path) {
            response.headers.setIfAbsent(.referrerPolicy, "no-referrer")
            response.headers.setIfAbsent(.robotsTag, "noindex, nofollow")
        } else {
            // Other sites learn nothing. Not "no-referrer" everywhere: browsers then send `Origin: null` with our own forms, and where
            // there is no TLS, and so no Sec-Fetch-Site, SameOriginGuard could not tell ours from others'.
            response.headers.setIfAbsent(.referrerPolicy, "same-origin")
        }
        if context.isSecure { response.headers.setIfAbsent(.strictTransportSecurity, "max-age=31536000") }
        return response
    }

    /// Everything from us, nothing inline, nothing else.
    static let contentSecurityPolicy = [
        "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
        "form-action 'self'", "frame-src 'self'", "base-uri 'none'", "frame-ancestors 'self'",
    ].joined(separator: "; ")
}

extension HTTPFields {
    fileprivate mutating func setIfAbsent(_ name: HTTPField.Name, _ value: String) {
        if !contains(name) { self[name] = value }
    }
}
