import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing

@testable import Klartext

/// A customer's browser without JavaScript and without cookies, in front of a whole desk.
struct Browser: Sendable {
    let client: any TestClientProtocol
    let test: TestDesk
    /// Where it comes from.
    var peer = "203.0.113.7"
    var acceptLanguage: String?

    struct File: Sendable {
        var name: String
        var type = "text/plain"
        var bytes: [UInt8]
    }

    /// Opens the customers' doors of a desk of its own.
    static func with<Result: Sendable>(
        environment: [String: String] = [:], rules: FormRules? = nil, _ body: @Sendable (Browser) async throws -> Result
    ) async throws -> Result {
        try await TestDesk.with(environment: environment) { test in
            let app = Application(router: try router(test.desk, rules), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            return try await app.test(.router) { client in try await body(Browser(client: client, test: test)) }
        }
    }

    private static func router(_ desk: Desk, _ rules: FormRules?) throws -> Router<WebContext> {
        let files = try StaticFiles(directory: desk.configuration.publicDirectory)
        let rules = rules ?? FormRules(fileBytes: desk.configuration.uploadLimitBytes)
        let layout = PublicLayout(company: desk.configuration.company, timeZone: desk.configuration.timezone.identifier) { files.asset($0) }
        let pages = FrontdeskPages(
            layout: layout, voices: desk.voices, links: desk.tickets.links, seal: desk.seal, rules: rules,
            supportAddress: desk.mailbox.address.mailbox, policy: desk.tickets.policy)
        let frontdesk = frontdesk(desk, rules)
        let routes = FrontdeskRoutes(frontdesk: frontdesk, pages: pages)
        let router = Router(context: WebContext.self)
        WebSetup(
            visitors: Visitors(defaultLanguage: desk.configuration.language, isSecure: true), metrics: Metrics(),
            publicURL: URL(string: desk.configuration.url), texts: desk.catalog, staticFiles: files, errorPage: routes.errorPage
        ).install(on: router)
        router.add(middleware: TestPeer())
        routes.add(to: router)
        return router
    }

    private static func frontdesk(_ desk: Desk, _ rules: FormRules) -> Frontdesk {
        Frontdesk(
            tickets: desk.tickets, files: desk.files, receipts: desk.receipts, clock: desk.clock, seal: desk.seal, rules: rules,
            forms: desk.forms,
            voices: desk.voices)
    }

    /// What stands behind the doors, for what no request can do.
    var frontdesk: Frontdesk { Self.frontdesk(test.desk, FormRules()) }

    /// A request of a script that sends files in pieces.
    func tus(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: [UInt8]? = nil) async throws -> Page {
        var headers = headers
        if headers[.init("Tus-Resumable")!] == nil { headers[.init("Tus-Resumable")!] = "1.0.0" }
        return try await send(method, path, headers: headers, body: body.map { ByteBuffer(bytes: $0) })
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Page { try await send(.get, path, headers: headers, body: nil) }

    /// - Parameter input: the name of the field that the files are chosen in.
    func post(_ path: String, _ fields: [(String, String)], files: [File] = [], input: String = "files") async throws -> Page {
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array("--b0undary\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            body += Array(
                "--b0undary\r\nContent-Disposition: form-data; name=\"\(input)\"; filename=\"\(file.name)\"\r\nContent-Type: \(file.type)\r\n\r\n"
                    .utf8)
            body += file.bytes + [13, 10]
        }
        body += Array("--b0undary--\r\n".utf8)
        return try await send(.post, path, headers: [.contentType: "multipart/form-data; boundary=b0undary"], body: ByteBuffer(bytes: body))
    }

    func postSimple(_ path: String, _ body: String, headers: HTTPFields = [:]) async throws -> Page {
        var headers = headers
        if headers[.contentType] == nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        return try await send(.post, path, headers: headers, body: ByteBuffer(string: body))
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: ByteBuffer?) async throws -> Page {
        var headers = headers
        headers[.accept] = "text/html,*/*"
        headers[TestPeer.header] = peer
        if let acceptLanguage { headers[.acceptLanguage] = acceptLanguage }
        return try await client.execute(uri: path, method: method, headers: headers, body: body) { response in
            Page(status: response.status, headers: response.headers, bytes: Array(response.body.readableBytesView))
        }
    }

    /// What a person fills in; each part can be another one.
    static func filled(
        _ stamp: String, subject: String = "Paket seit 12. November verschwunden", text: String = "Wo ist es?",
        name: String = "Tom O’Leary",
        address: String = "tom@oleary.example", language: String = "de", trap: String = ""
    ) -> [(String, String)] {
        [
            ("started", stamp), ("subject", subject), ("text", text), ("name", name), ("email", address), ("language", language),
            ("website", trap),
        ]
    }

    /// Opens the form, takes a moment to write, and returns the form's stamp.
    func stamp(_ path: String = "/request", seconds: Double = 30) async throws -> String {
        let stamp = try #require(try await get(path).values("started").first)
        test.time.pass(seconds: seconds)
        return stamp
    }

    /// Asks a question and returns the path of the private page.
    func ask(
        subject: String = "Paket seit 12. November verschwunden", text: String = "Wo ist es?", files: [File] = [], language: String = "de"
    )
        async throws -> String
    {
        let page = try await post(
            "/request", Self.filled(try await stamp(), subject: subject, text: text, language: language), files: files)
        #expect(page.status == .ok)
        return try #require(page.privatePath)
    }

    /// The only ticket there is.
    func ticket() async throws -> Ticket {
        let tickets = try await test.desk.database.read { db in try db.tickets(of: 1, limit: 10) }
        #expect(tickets.count == 1)
        return try #require(tickets.first)
    }

    func tickets() async throws -> Int { try await test.desk.database.read { db in try db.tickets(of: 1, limit: 100) }.count }
}

/// Gives a request the address it is said to come from: the router test has no network.
private struct TestPeer: RouterMiddleware {
    typealias Context = WebContext
    static let header = HTTPField.Name("X-Test-Peer")!

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        var context = context
        context.remoteAddress = request.headers[Self.header].flatMap(IPAddress.init)
        return try await next(request, context)
    }
}

/// What came back.
struct Page: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    var bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func says(_ part: String) -> Bool { bytes.firstRange(of: Array(part.utf8)) != nil }

    /// The values of inputs of that name, in order; only for values without characters that are escaped.
    func values(_ name: String) -> [String] {
        text.components(separatedBy: "name=\"\(name)\"").dropFirst().compactMap { rest in
            let tag = rest.prefix { $0 != ">" }
            guard let value = tag.components(separatedBy: "value=\"").dropFirst().first else { return nil }
            return value.components(separatedBy: "\"").first
        }
    }

    /// The private page's path, without a language.
    var privatePath: String? {
        text.components(separatedBy: "href=\"/t/").dropFirst().first.map { "/t/" + $0.prefix { $0 != "\"" && $0 != "?" && $0 != "/" } }
    }
}
