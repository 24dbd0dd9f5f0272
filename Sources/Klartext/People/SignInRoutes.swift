import Foundation
import HTTPTypes
import Hummingbird

/// The one door into the desk.
struct SignInRoutes: Sendable {
    var signIn: SignIn
    var pages: SignInPages

    func add(to router: Router<WebContext>) {
        router.get("/desk/sign-in") { request, context in form(request, context) }
        router.post("/desk/sign-in") { request, context in try await enter(request, context) }
        router.post("/desk/sign-out") { request, context in try await leave(request, context) }
    }

    private func form(_ request: Request, _ context: WebContext) -> Response {
        let next = SignInPath.safe(URLEncoded.value("next", in: request.uri.query))
        let hasLeft = URLEncoded.value("left", in: request.uri.query) != nil
        return .page(pages.page(next: next, hasLeft ? .signedOut : nil, context.language), for: request, language: context.language)
    }

    private func enter(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form.read(request, context)
        let (address, next) = (form.trimmed("email"), SignInPath.safe(form.text("next")))
        do {
            let remote = context.remoteAddress.map { "\($0.network)" } ?? "?"
            let (secret, _) = try await signIn.signIn(address: address, password: form.text("password"), from: remote)
            var response = Response.redirect(see: next)
            SessionCookie(context).set(secret, on: &response)
            return response
        } catch let failure as SignIn.Failure {
            let page = pages.page(address: address, next: next, failure == .throttled ? .throttled : .wrong, context.language)
            return .page(
                page, for: request, status: failure == .throttled ? .tooManyRequests : .unprocessableContent, language: context.language)
        }
    }

    private func leave(_ request: Request, _ context: WebContext) async throws -> Response {
        let cookie = SessionCookie(context)
        if let secret = cookie.value(in: request) { try await signIn.signOut(secret: secret) }
        var response = Response.redirect(see: "/desk/sign-in?left=yes")
        cookie.remove(from: &response)
        return response
    }
}

/// Lets nobody pass who has not signed in: strangers are shown the door and come back to where they wanted to go.
struct AgentsOnly: RouterMiddleware {
    typealias Context = WebContext

    var signIn: SignIn

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        guard let secret = SessionCookie(context).value(in: request), let agent = try await signIn.agent(secret: secret) else {
            return .redirect(see: SignInPath.door(for: request))
        }
        var context = context
        context.agent = agent
        context.language = agent.language
        return try await next(request, context)
    }
}

extension WebContext {
    /// Who acts. Behind `AgentsOnly` there always is somebody.
    var signedIn: Agent {
        get throws {
            guard let agent else { throw HTTPError(.forbidden) }
            return agent
        }
    }
}

/// The cookie that holds a session's secret.
struct SessionCookie: Sendable {
    private let jar: CookieJar
    private static let name = "klartext"

    init(_ context: WebContext) { jar = CookieJar(isSecure: context.isSecure) }

    /// Kept until the browser closes; the session ends by itself when nobody uses it.
    func set(_ secret: String, on response: inout Response) { jar.set(Self.name, secret, on: &response) }
    func value(in request: Request) -> String? { jar.value(Self.name, in: request) }
    func remove(from response: inout Response) { jar.remove(Self.name, from: &response) }
}

/// Where sign-in leads.
enum SignInPath {
    /// The way to the door, remembering what was asked for. A form that was sent without a session leads back to its ticket.
    static func door(for request: Request) -> String {
        let isPage = request.method == .get || request.method == .head
        let wanted = isPage ? request.uri.string : page(behind: request.uri.path)
        guard wanted != "/desk", let next = wanted.addingPercentEncoding(withAllowedCharacters: plain) else { return "/desk/sign-in" }
        return "/desk/sign-in?next=\(next)"
    }

    /// A path of the desk, or the desk itself for anything else: a link must not lead somebody who has just signed in to another server.
    static func safe(_ next: String?) -> String {
        guard let next, next == "/desk" || next.hasPrefix("/desk/") || next.hasPrefix("/desk?"), !next.hasPrefix("/desk/sign"),
            HTML.isSafeLink(next), next.utf8.count <= 500
        else { return "/desk" }
        return next
    }

    /// `/desk/tickets/100014/reply` belongs to `/desk/tickets/100014`.
    private static func page(behind path: String) -> String {
        let parts = path.split(separator: "/").prefix(3)
        return parts.count == 3 && parts[1] == "tickets" ? "/" + parts.joined(separator: "/") : "/desk"
    }

    /// What needs no percent sign in a query (RFC 3986, 3.4), without what separates parameters.
    private static let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")
}
