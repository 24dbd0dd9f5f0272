import HTTPTypes
import Hummingbird

/// How we keep our word, where the operator publishes it; elsewhere there is no such page.
struct KeptRoutes: Sendable {
    var frontdesk: Frontdesk
    var pages: FrontdeskPages

    func add(to router: Router<WebContext>) {
        guard pages.layout.publishesPromises else { return }
        let kept = FrontdeskKept(frontdesk.tickets)
        router.get("/promises") { request, context in
            let visit = Visit(request, context)
            let months = try await kept.months(at: frontdesk.clock.now())
            return Response.page(pages.kept(months, visit), for: request, language: visit.language)
        }
    }
}
