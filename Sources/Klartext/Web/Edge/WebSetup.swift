import Foundation
import HTTPTypes
import Hummingbird

/// Puts the middleware in its order, the only order in which it makes sense.
struct WebSetup: Sendable {
    var visitors: Visitors
    var metrics: Metrics
    var publicURL: URL?
    var capabilities = CapabilityPaths()
    var texts: TextCatalog
    var staticFiles: StaticFiles?
    /// The page around an error.
    var errorPage: @Sendable (ErrorNotice, WebContext) -> HTML

    /// Call before the routes are added: Hummingbird gives a route the middleware that is there at the time.
    func install(on router: Router<WebContext>) {
        router.add(middleware: visitors)
        // Both see the status that leaves, so they stand around everything that makes it.
        router.add(middleware: RequestLog(capabilities: capabilities))
        router.add(middleware: RequestMetrics(metrics))
        router.add(middleware: SecurityHeaders(capabilities: capabilities))
        router.add(middleware: ErrorPages(texts: texts, page: errorPage))
        router.add(middleware: SameOriginGuard(publicURL: publicURL))
        if let staticFiles { router.add(middleware: staticFiles) }
    }
}
