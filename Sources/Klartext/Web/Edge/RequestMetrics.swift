import HTTPTypes
import Hummingbird
import NIOConcurrencyHelpers

/// Measures how long each route takes to answer, until the response is ready to be sent.
///
/// The body is left as it is: a body wrapped to notice its end would lose the single write in which head and page leave.
struct RequestMetrics: RouterMiddleware {
    typealias Context = WebContext

    private struct Key: Hashable {
        let method: HTTPRequest.Method
        let route: String
        let status: Int
    }

    private let metrics: Metrics
    private let known = NIOLockedValueBox<[Key: Histogram]>([:])
    /// Methods are text that clients make up.
    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .delete, .options, .patch]

    init(_ metrics: Metrics) { self.metrics = metrics }

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        let start = ContinuousClock.now
        do {
            let response = try await next(request, context)
            record(request, context, response.status.code, since: start)
            return response
        } catch {
            record(request, context, (error as? any HTTPResponseError)?.status.code ?? 500, since: start)
            throw error
        }
    }

    private func record(_ request: Request, _ context: WebContext, _ status: Int, since start: ContinuousClock.Instant) {
        let duration = ContinuousClock.now - start
        let method = Self.methods.contains(request.method) ? request.method : HTTPRequest.Method("OTHER")!
        // The pattern, "/t/{token}", not the path: paths are without number, and secret.
        let key = Key(method: method, route: context.endpointPath ?? "none", status: status)
        histogram(key).record(duration)
    }

    private func histogram(_ key: Key) -> Histogram {
        known.withLockedValue { known in
            if let histogram = known[key] { return histogram }
            let histogram = metrics.histogram(
                "klartext_request_seconds", help: "Time until a response is ready, by route.",
                labels: ["method": key.method.rawValue, "route": key.route, "status": String(key.status)])
            known[key] = histogram
            return histogram
        }
    }
}
