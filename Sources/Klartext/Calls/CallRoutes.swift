import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Where the telephone system tells of calls, in the way of sipgate.io's push API.
struct CallRoutes: Sendable {
    var calls: Calls
    /// The public base URL without a slash at its end.
    var url: String
    private let gate = MinuteGate()

    /// Of one network within a minute; a telephone system of a thousand extensions tells less.
    static let mostPerMinute = 3000

    init(calls: Calls, url: String) { (self.calls, self.url) = (calls, url) }

    func add(to router: Router<WebContext>) {
        router.post("/hooks/calls/:secret") { request, context in try await hear(request, context) }
    }

    private func hear(_ request: Request, _ context: WebContext) async throws -> Response {
        let network = context.remoteAddress.map { "\($0.network)" } ?? ""
        guard gate.lets(network, most: Self.mostPerMinute, at: calls.clock.now()) else {
            return Response(status: .tooManyRequests, headers: [.retryAfter: "60"])
        }
        guard calls.secret.isGenuine(context.parameters.get("secret") ?? "") else { throw HTTPError(.notFound) }
        var limits = FormLimits()
        (limits.fieldBytes, limits.bodyBytes, limits.totalSeconds) = (20_000, 20_000, 10)
        // the telephone system's words are nobody's form: they are not given back when they cannot be stored
        let form = try await Form.parse(request, limits: limits)
        let users = form.values("user[]") + form.values("user")
        // what we do not understand is no error of theirs: they would try again
        if form.problems.isEmpty, let news = CallNews({ form.trimmed($0) }, users: users) { try await calls.hear(news) }
        return answer
    }

    /// Asks to be told of the rest of the call, too.
    private var answer: Response {
        let address = url + calls.secret.path
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Response onAnswer="\(address)" onHangup="\(address)"/>

            """
        return Response(status: .ok, headers: [.contentType: "application/xml"], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
