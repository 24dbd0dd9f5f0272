import Foundation
import HTTPTypes
import Hummingbird

/// The table of everything about being told that the public can reach: the form for everybody, the rest for whoever holds a private link.
struct SubscriptionRoutes: Sendable {
    var subscriptions: Subscriptions
    var pages: SubscribePages
    var caller: SubscriptionsCaller

    func add(to router: Router<WebContext>) {
        router.get("/subscribe") { request, context in try await form(request, context) }
        router.post("/subscribe") { request, context in try await ask(request, context) }
        router.get("/s/:token") { request, context in try await show(request, context) }
        router.post("/s/:token/confirm") { request, context in try await confirm(request, context) }
        router.post("/s/:token/change") { request, context in try await change(request, context) }
        router.get("/s/:token/leave") { request, context in try await askWhetherToLeave(request, context) }
        router.post("/s/:token/leave") { request, context in try await leave(request, context) }
        WorksRoutes(subscriptions: subscriptions, pages: pages).add(to: router)
        WebhookRoutes(subscriptions: subscriptions, pages: pages, caller: caller).add(to: router)
    }

    /// The form; `?story=` and `?component=` have something chosen already.
    private func form(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, context)
        let board = try await subscriptions.board()
        let story = URLEncoded.value("story", in: request.uri.query).flatMap { PublicID($0) }
        let component = URLEncoded.value("component", in: request.uri.query).flatMap { PublicID($0) }
        var scope = SubscriptionScope(components: [component].compactMap { $0 }, stories: [story].compactMap { $0 })
        if scope.isEmpty { scope = .everything }
        let form = SubscribeForm(language: visit.language, zone: pages.layout.timeZone, scope: scope)
        return .page(pages.form(form, board, visit), for: request, language: visit.language)
    }

    private func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, context)
        let form = SubscribeForm(try await Form.read(request, context), visit: visit, zone: pages.layout.timeZone)
        let t = pages.voices[form.language]
        do {
            let address = try form.mailAddress()
            let wording = t(.subscribeConsent, ["company": pages.layout.company])
            let asking = Subscriptions.Asking(wishes: try form.wishes(), wording: wording, remote: context.remoteAddress)
            // a machine that fills every field is answered like everybody, and nothing follows
            if form.trap.isEmpty { try await subscriptions.ask(asking, address: address) }
            return .page(pages.sent(visit), for: request, language: visit.language)
        } catch let refusal as SubscriptionRefusal {
            let page = pages.form(form, try await subscriptions.board(), refusal: refusal, visit)
            return Self.refused(page, refusal, request, visit, at: subscriptions.clock.now())
        }
    }

    private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let recipient = try await subscriptions.recipient(link: context.link)
        let flash = URLEncoded.value("done", in: request.uri.query).flatMap(SubscribePages.Flash.init(rawValue:))
        return try await page(recipient, flash: flash, request, context)
    }

    private func confirm(_ request: Request, _ context: WebContext) async throws -> Response {
        let recipient = try await subscriptions.recipient(link: context.link)
        let visit = Self.visit(recipient, request, context)
        do {
            let wording = pages.voices[visit.language](.subscriptionConfirmButton)
            try await subscriptions.confirm(link: context.link, wording: wording, from: context.remoteAddress)
            return .redirect(see: visit.link("/s/\(context.link)?done=confirmed"))
        } catch let refusal as SubscriptionRefusal {
            let page = pages.confirm(recipient, try await subscriptions.board(), refusal: refusal, visit)
            return Self.refused(page, refusal, request, visit, at: subscriptions.clock.now())
        }
    }

    private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let recipient = try await subscriptions.recipient(link: context.link)
        let visit = Self.visit(recipient, request, context)
        let form = SubscribeForm(try await Form.read(request, context), otherwise: recipient.subscriber.wishes)
        do {
            let wishes = try form.wishes()
            try await subscriptions.change(link: context.link) { _ in wishes }
            return .redirect(see: visit.link("/s/\(context.link)?done=saved"))
        } catch let refusal as SubscriptionRefusal {
            let page = pages.manage(recipient, form, try await subscriptions.board(), refusal: refusal, visit)
            return Self.refused(page, refusal, request, visit, at: subscriptions.clock.now())
        }
    }

    private func askWhetherToLeave(_ request: Request, _ context: WebContext) async throws -> Response {
        let recipient = try await subscriptions.recipient(link: context.link)
        let visit = Self.visit(recipient, request, context)
        guard recipient.subscriber.state != .left else {
            return .page(pages.left(recipient, visit), for: request, language: visit.language)
        }
        let id = URLEncoded.value("story", in: request.uri.query).flatMap { PublicID($0) }
        let story = try await subscriptions.part(id)
        return .page(pages.leave(recipient, story: story, visit), for: request, language: visit.language)
    }

    /// From the page's buttons, or from the button of a mail program (RFC 8058): that one comes without cookies and wants no redirect.
    private func leave(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form.read(request, context)
        if form.has("List-Unsubscribe") {
            try await subscriptions.leave(link: context.link, .oneClick)
            return .text("OK\n")
        }
        let recipient = try await subscriptions.recipient(link: context.link)
        let visit = Self.visit(recipient, request, context)
        switch (form.text("what"), PublicID(form.text("story"))) {
        case ("story", let story?):
            try await subscriptions.leave(link: context.link, story: story)
            return .redirect(see: visit.link("/s/\(context.link)?done=storyLeft"))
        case ("all", _):
            try await subscriptions.leave(link: context.link, .page)
            return .redirect(see: visit.link("/s/\(context.link)"))
        default:
            return .redirect(see: visit.link("/s/\(context.link)/leave"))
        }
    }

    private func page(_ recipient: Recipient, flash: SubscribePages.Flash?, _ request: Request, _ context: WebContext) async throws
        -> Response
    {
        let visit = Self.visit(recipient, request, context)
        let (subscriber, board) = (recipient.subscriber, try await subscriptions.board())
        let html: HTML =
            switch (subscriber.state, subscriber.pending) {
            case (.asked, _), (.confirmed, .some): pages.confirm(recipient, board, visit)
            case (.confirmed, nil): pages.manage(recipient, SubscribeForm(subscriber.wishes), board, flash: flash, visit)
            case (.left, _), (.forgotten, _): pages.left(recipient, visit)
            }
        return .page(html, for: request, language: visit.language)
    }

    /// A page that says why something was not done.
    static func refused(_ page: HTML, _ refusal: SubscriptionRefusal, _ request: Request, _ visit: Visit, at now: Date) -> Response {
        guard case .tooMany(let until) = refusal else {
            return .page(page, for: request, status: .unprocessableContent, language: visit.language)
        }
        var response = Response.page(page, for: request, status: .tooManyRequests, language: visit.language)
        let seconds = until.timeIntervalSince(now)
        response.headers[.retryAfter] = String(max(1, Int(seconds.rounded(.up))))
        return response
    }

    /// The page speaks the subscriber's language unless its address asks for another one.
    static func visit(_ recipient: Recipient, _ request: Request, _ context: WebContext) -> Visit {
        var visit = Visit(request, context)
        let wishes = recipient.subscriber.pending ?? recipient.subscriber.wishes
        if !visit.isChosen { visit.language = wishes.language }
        return visit
    }
}

extension SubscribeForm {
    init(_ wishes: Subscriber.Wishes) {
        self.init(language: wishes.language, zone: wishes.timeZone, scope: wishes.scope)
        waitsForLanguage = wishes.waitsForLanguage
    }
}

extension WebContext {
    /// The private link's token, as the address has it.
    var link: String { parameters.get("token") ?? "" }
}

extension SubscriptionRefusal: PublicError {
    var status: HTTPResponse.Status {
        switch self {
        case .unknownLink: .notFound
        case .over, .expired: .gone
        case .tooMany: .tooManyRequests
        default: .unprocessableContent
        }
    }

    var textKey: TextKey {
        switch self {
        case .unknownLink: TextKey("error.notFound")
        default: .subscriptionExpired
        }
    }
}
