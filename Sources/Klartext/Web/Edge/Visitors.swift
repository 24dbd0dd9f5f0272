import HTTPTypes
import Hummingbird

/// Finds out who knocks: from which address, over which kind of connection, in which language.
struct Visitors: RouterMiddleware {
    typealias Context = WebContext

    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; from anybody else they are ignored.
    var trustedProxies: [IPNetwork] = []
    /// For people whose browser asks for none of our languages.
    var defaultLanguage = Language.de
    /// Whether the public URL is `https`.
    var isSecure = false
    /// Remembers a choice of language; `?lang=en` chooses for one page.
    static let languageCookie = "lang"

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        var context = context
        context.isSecure = isSecure
        if let peer = context.remoteAddress, isTrusted(peer) {
            context.remoteAddress = sender(behind: peer, request.headers[.forwardedFor])
            if let scheme = request.headers[.forwardedProto] { context.isSecure = scheme == "https" }
        }
        context.language = language(of: request, context)
        return try await next(request, context)
    }

    private func language(of request: Request, _ context: WebContext) -> Language {
        if let query = request.uri.query, let asked = URLEncoded.value("lang", in: query).flatMap(Language.init(rawValue:)) { return asked }
        let cookie = CookieJar.value(Self.languageCookie, in: request.headers[.cookie])
        if let chosen = cookie.flatMap(Language.init(rawValue:)) { return chosen }
        return request.headers[.acceptLanguage].flatMap(Language.init(acceptLanguage:)) ?? defaultLanguage
    }

    /// The rightmost address that no trusted proxy has: everything left of it could be the sender's own invention.
    private func sender(behind peer: IPAddress, _ header: String?) -> IPAddress {
        var sender = peer
        let hops = (header ?? "").utf8.suffix(2048).split(separator: UInt8(ascii: ",")).suffix(16).reversed()
        for hop in hops {
            let text = String(decoding: hop.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }, as: UTF8.self)
            guard let address = IPAddress(text) else { break }
            sender = address
            guard isTrusted(address) else { break }
        }
        return sender
    }

    private func isTrusted(_ address: IPAddress) -> Bool { trustedProxies.contains { $0.contains(address) } }
}
