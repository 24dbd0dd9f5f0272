import Foundation
import HTTPTypes
import Hummingbird

/// "Does it work for you again?": a page with two buttons, behind the link of the letter with the good news.
struct WorksRoutes: Sendable {
    var subscriptions: Subscriptions
    var pages: SubscribePages

    func add(to router: Router<WebContext>) {
        router.get("/s/:token/works/:incident") { request, context in try await show(request, context) }
        router.post("/s/:token/works/:incident") { request, context in try await answer(request, context) }
    }

    private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (recipient, story) = try await asked(context)
        let visit = SubscriptionRoutes.visit(recipient, request, context)
        let answer = try await subscriptions.answer(of: recipient.subscriber, story.id)
        return .page(pages.works(recipient, story, answer: answer, visit), for: request, language: visit.language)
    }

    private func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        let (recipient, story) = try await asked(context)
        let visit = SubscriptionRoutes.visit(recipient, request, context)
        switch try await Form.read(request, context).text("works") {
        case "yes": try await subscriptions.answer(true, of: recipient.subscriber, story.id)
        case "no": try await subscriptions.answer(false, of: recipient.subscriber, story.id)
        // no button of ours
        default: break
        }
        return .redirect(see: visit.link("/s/\(context.link)/works/\(story.id)"))
    }

    private func asked(_ context: WebContext) async throws -> (Recipient, Story.Part) {
        let recipient = try await subscriptions.recipient(link: context.link)
        guard let id = context.parameters.get("incident").flatMap({ PublicID($0) }), let story = try await subscriptions.part(id) else {
            throw SubscriptionRefusal.unknownLink
        }
        return (recipient, story)
    }
}
