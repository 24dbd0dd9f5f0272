import Foundation
import HTTPTypes
import Hummingbird
import Mail

/// Asking for a program to be called.
struct WebhookRoutes: Sendable {
    var subscriptions: Subscriptions
    var pages: SubscribePages
    var caller: SubscriptionsCaller

    func add(to router: Router<WebContext>) {
        router.get("/subscribe/webhook") { request, context in
            let visit = Visit(request, context)
            let form = SubscribeForm(language: visit.language, zone: pages.layout.timeZone)
            let page = pages.webhook(form, url: "", owner: "", try await subscriptions.board(), visit)
            return Response.page(page, for: request, language: visit.language)
        }
        router.post("/subscribe/webhook") { request, context in try await ask(request, context) }
    }

    private func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, context)
        let typed = try await Form.read(request, context)
        let form = SubscribeForm(typed, visit: visit, zone: pages.layout.timeZone)
        let (url, owner) = (typed.trimmed("url"), typed.trimmed("email"))
        do {
            guard let address = WebhookAddress(url) else { throw SubscriptionRefusal.badWebhook }
            let ownerAddress = owner.isEmpty ? nil : try form.mailAddress()
            let wishes = try form.wishes()
            guard await caller.mayCall(address) else { throw SubscriptionRefusal.badWebhook }
            let asking = Subscriptions.Asking(
                wishes: wishes, wording: pages.voices[form.language](.subscribeHookLead), remote: context.remoteAddress)
            try await subscriptions.ask(asking, webhook: address, owner: ownerAddress)
            return .page(pages.webhookSent(visit), for: request, language: visit.language)
        } catch let refusal as SubscriptionRefusal {
            let page = pages.webhook(form, url: url, owner: owner, try await subscriptions.board(), refusal: refusal, visit)
            return SubscriptionRoutes.refused(page, refusal, request, visit, at: subscriptions.clock.now())
        }
    }
}
