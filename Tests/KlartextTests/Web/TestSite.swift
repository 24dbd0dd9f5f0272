import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOConcurrencyHelpers
import NIOCore

@testable import Klartext

/// A small site with all the middleware, for tests of what stands around the features.
struct TestSite: Sendable {
    struct TeapotError: PublicError {
        var status: HTTPResponse.Status { .init(code: 418) }
        var textKey: TextKey { TextKey("teapot") }
        var textValues: KeyValuePairs<String, String> { ["what": "<coffee>"] }
    }
    struct SecretError: Error { let detail = "password=hunter2" }

    let log = LogLines()
    let metrics = Metrics()
    var visitors = Visitors()
    var publicURL: URL?
    var staticFiles: StaticFiles?
    var limits = FormLimits.standard
    var store: FileStore?

    func router() throws -> Router<WebContext> {
        let texts = try TextCatalog(json: [
            .de: Data(#"{"teapot": "Kein {{what}}", "error": {"crossSite": "Fremd", "notFound": "Nicht da", "internal": "Kaputt"}}"#.utf8),
            .en: Data(#"{"teapot": "No {{what}}", "error": {"crossSite": "Strange", "notFound": "Not here", "internal": "Broken"}}"#.utf8),
        ])
        let setup = WebSetup(
            visitors: visitors, metrics: metrics, publicURL: publicURL, texts: texts, staticFiles: staticFiles
        ) { notice, context in
            "<h1>\(texts[context.language](notice.textKey, notice.textValues))</h1><p>\(notice.requestID)</p>"
        }
        let router = Router(context: WebContext.self)
        setup.install(on: router)
        addRoutes(to: router)
        return router
    }

    private func addRoutes(to router: Router<WebContext>) {
        router.get("/who") { _, context in
            Response.text("\(context.language.rawValue) \(context.remoteAddress.map { "\($0)" } ?? "-") \(context.isSecure)")
        }
        router.get("/page") { request, _ in
            Response.page("<p>\(String(repeating: "Seite ", count: 400))</p>", for: request, language: .de)
        }
        router.get("/short") { request, _ in Response.page("<p>kurz</p>", for: request, caching: .shared(maxAgeSeconds: 60)) }
        router.get("/t/{token}") { request, _ in Response.page("<p>privat</p>", for: request) }
        router.post("/t/{token}") { _, _ in Response.redirect(see: "/who") }
        router.get("/teapot") { _, _ -> Response in throw TeapotError() }
        router.get("/secret") { _, _ -> Response in throw SecretError() }
        router.post("/form") { [limits, store] request, context in
            let form = try await Form.read(request, context, limits: limits, files: store)
            return Response.text("\(form.text("subject")) \(form.files.count) \(form.problems.count)")
        }
        router.get("/file/{digest}") { [store] request, context in
            guard let store, let digest = context.parameters.get("digest") else { throw HTTPError(.notFound) }
            let (name, type) = (request.uri.queryParameters.get("name") ?? "a", request.uri.queryParameters.get("type") ?? "")
            return try await Response.file(digest, name: name, type: type, from: store, for: request)
        }
    }

    func test(_ setting: TestingSetup = .router, _ work: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let logger = Logger(label: "test") { _ in log }
        var configuration = ApplicationConfiguration()
        configuration.address = .hostname("127.0.0.1", port: 0)
        let app = Application(
            router: try router(), server: .http1(configuration: .init(idleTimeout: .seconds(10))), configuration: configuration,
            logger: logger)
        try await app.test(setting, work)
    }
}

/// Keeps log lines for a test to read.
struct LogLines: LogHandler {
    private let lines = NIOLockedValueBox<[String]>([])
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    var all: [String] { lines.withLockedValue { $0 } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let values = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        lines.withLockedValue { $0.append("\(event.level) \(event.message) \(values)") }
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
