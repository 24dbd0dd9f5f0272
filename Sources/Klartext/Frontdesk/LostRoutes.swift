import Foundation
import HTTPTypes
import Hummingbird

/// Asking for a lost link.
struct LostRoutes: Sendable {
    var frontdesk: Frontdesk
    var pages: FrontdeskPages

    func add(to router: Router<WebContext>) {
        router.get("/lost") { request, context in
            let visit = Visit(request, context)
            return Response.page(pages.lost(FrontdeskPages.LostForm(), visit), for: request, language: visit.language)
        }
        router.post("/lost") { request, context in try await post(request, context) }
    }

    /// Answers the same whatever was asked: neither that a ticket exists nor who wrote it can be learnt here.
    private func post(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, context)
        let form = try await Form.read(request, context)
        let asked = FrontdeskPages.LostForm(number: form.trimmed("number"), address: form.trimmed("email"))
        do {
            try await frontdesk.mailLink(number: asked.number, address: asked.address, from: context.remoteAddress)
            return .page(pages.lostSent(visit), for: request, language: visit.language)
        } catch let error as TooMany {
            let page = pages.lost(asked, waitUntil: error.until, visit)
            var response = Response.page(page, for: request, status: .tooManyRequests, language: visit.language)
            response.retry(after: error.until, now: frontdesk.clock.now())
            return response
        }
    }
}
