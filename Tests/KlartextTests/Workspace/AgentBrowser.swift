import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Klartext

/// An agent's browser without JavaScript, in front of a whole desk with all its doors.
struct AgentBrowser: Sendable {
    let client: any TestClientProtocol
    let test: TestDesk
    let agent: Agent
    /// What it has kept of `Set-Cookie`.
    var cookie: String?
    /// Which site starts its requests.
    var site = "same-origin"

    /// Opens a desk with one agent, who has signed in.
    static func with<Result: Sendable>(
        _ person: DemoCast.Person = DemoCast.ayse, environment: [String: String] = [:],
        _ body: @Sendable (AgentBrowser) async throws -> Result
    ) async throws -> Result {
        try await stranger(person, environment: environment) { browser in try await body(browser.signedIn(person)) }
    }

    /// The same browser with a new session, as after days in which the one before has ended.
    func signedIn(_ person: DemoCast.Person = DemoCast.ayse) async throws -> AgentBrowser {
        var browser = self
        browser.cookie = nil
        let page = try await browser.post("/desk/sign-in", [("email", person.address), ("password", Demo.password)])
        browser.cookie = page.headers[.setCookie]?.split(separator: ";").first.map(String.init)
        return browser
    }

    /// The same without signing in.
    static func stranger<Result: Sendable>(
        _ person: DemoCast.Person = DemoCast.ayse, environment: [String: String] = [:],
        _ body: @Sendable (AgentBrowser) async throws -> Result
    ) async throws -> Result {
        try await TestDesk.with(environment: environment) { test in
            let agent = try await test.addAgent(person)
            let app = Application(router: try Routes(test.desk).router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            return try await app.test(.router) { client in try await body(AgentBrowser(client: client, test: test, agent: agent)) }
        }
    }

    func get(_ path: String) async throws -> Page { try await send(.get, path, type: nil, body: nil) }

    /// Sends a form as browsers do.
    func post(_ path: String, _ fields: [(String, String)] = []) async throws -> Page {
        let plain = CharacterSet.alphanumerics
        let pairs = fields.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: plain) ?? "")" }
        return try await send(
            .post, path, type: "application/x-www-form-urlencoded", body: ByteBuffer(string: pairs.joined(separator: "&")))
    }

    /// Sends a form with files.
    func upload(_ path: String, _ fields: [(String, String)], files: [(name: String, text: String)] = []) async throws -> Page {
        var body = ""
        for (name, value) in fields { body += "--b0undary\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n" }
        for file in files {
            body +=
                "--b0undary\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(file.name)\"\r\nContent-Type: text/plain\r\n\r\n\(file.text)\r\n"
        }
        return try await send(
            .post, path, type: "multipart/form-data; boundary=b0undary", body: ByteBuffer(string: body + "--b0undary--\r\n"))
    }

    func send(_ method: HTTPRequest.Method, _ path: String, type: String?, body: ByteBuffer?) async throws -> Page {
        var headers: HTTPFields = [.accept: "text/html,*/*", .secFetchSite: site]
        if let type { headers[.contentType] = type }
        if let cookie { headers[.cookie] = cookie }
        return try await client.execute(uri: path, method: method, headers: headers, body: body) { response in
            Page(status: response.status, headers: response.headers, bytes: Array(response.body.readableBytesView))
        }
    }

    /// A ticket whose customer has asked by the form.
    func ticket(_ subject: String = "Paket verschwunden", text: String = "Wo ist mein Paket?") async throws -> TicketNumber {
        let number = try await test.request(subject: subject, text: text).ticket.number
        try await test.drain()
        return number
    }

    /// The customer's page of a ticket, as the customer gets it.
    func customerPage(_ number: TicketNumber) async throws -> Page {
        var stranger = self
        stranger.cookie = nil
        return try await stranger.get(test.desk.tickets.links.path(try await test.ticket(number)))
    }

    /// What is filled in for an answer; each part can be another one.
    func answer(
        _ number: TicketNumber, text: String = "Wir suchen es.", turn: String = "us", askedFor: String = "", thirdParty: String = "",
        nextContactAt: String = "2026-11-25T16:00", cause: String = ""
    ) async throws -> [(String, String)] {
        [
            ("seen", "\(try await test.ticket(number).lastMessage)"), ("text", text), ("turn", turn), ("askedFor", askedFor),
            ("thirdParty", thirdParty), ("nextContactAt", nextContactAt), ("cause", cause),
        ]
    }
}

extension Page {
    var location: String? { headers[.location] }
}
