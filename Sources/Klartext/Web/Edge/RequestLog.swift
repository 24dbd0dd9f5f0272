import HTTPTypes
import Hummingbird
import Logging

/// One line for each request: method, path, status, duration, request id. No bodies, no query strings, no addresses, no tokens.
struct RequestLog: RouterMiddleware {
    typealias Context = WebContext

    var level = Logger.Level.info
    var capabilities = CapabilityPaths()

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        guard context.logger.logLevel <= level else { return try await next(request, context) }
        let start = ContinuousClock.now
        do {
            let response = try await next(request, context)
            log(request, context, status: response.status.code, since: start)
            return response
        } catch {
            log(request, context, status: (error as? any HTTPResponseError)?.status.code ?? 500, since: start)
            throw error
        }
    }

    private func log(_ request: Request, _ context: WebContext, status: Int, since start: ContinuousClock.Instant) {
        let microseconds = (ContinuousClock.now - start) / .microseconds(1)
        context.logger.log(
            level: level, "request",
            metadata: [
                "method": "\(request.method.rawValue)",
                "path": "\(capabilities.masked(request.uri.path))",
                "status": "\(status)",
                "ms": "\((microseconds / 10).rounded() / 100)",
            ])
    }
}
