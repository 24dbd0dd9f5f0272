import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Mail
import NIOCore
import Testing

@testable import Klartext

/// A desk with one component, its whole web door, and what is needed to tell something.
struct SubscriptionStage: Sendable {
    let test: TestDesk
    let client: any TestClientProtocol
    let component: PublicID

    static let first = PublicID(drawn: 501)
    static let second = PublicID(drawn: 502)

    struct Page: Sendable {
        var status: HTTPResponse.Status
        var text: String
    }

    static func with<Result: Sendable>(_ body: @Sendable (SubscriptionStage) async throws -> Result) async throws -> Result {
        try await TestDesk.with { test in
            let adding = ComponentEvent.Adding(
                isGroup: false, group: nil, name: PublicText(de: "Mailversand", en: "Sending mail"), description: PublicText(), position: 1,
                isHidden: false, isShownOnlyIfDegraded: false, startDay: nil)
            let component = try await test.desk.incidents.addComponent(adding, by: .system("test"))
            let app = Application(
                router: try Routes(test.desk).router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            return try await app.test(.router) { client in
                try await body(SubscriptionStage(test: test, client: client, component: component))
            }
        }
    }

    var subscriptions: Subscriptions { test.desk.subscriptions }

    func get(_ path: String) async throws -> Page { try await send(.get, path, nil) }
    func post(_ path: String, _ body: String) async throws -> Page { try await send(.post, path, body) }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String?) async throws -> Page {
        let headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .accept: "text/html", .acceptLanguage: "de"]
        return try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }) {
            response in
            Page(status: response.status, text: String(buffer: response.body))
        }
    }

    // MARK: Subscribers

    func ask(_ address: String, language: Language = .de, zone: String = "Europe/Berlin") async throws {
        let asking = Subscriptions.Asking(
            wishes: .init(language: language, timeZone: zone, scope: .everything), wording: "Wortlaut", remote: IPAddress("198.51.100.7"))
        try await subscriptions.ask(asking, address: try #require(Address(address)))
    }

    /// Asks, and says yes.
    func subscribe(_ address: String, language: Language = .de, zone: String = "Europe/Berlin") async throws -> Int64 {
        try await ask(address, language: language, zone: zone)
        let key = try #require(Address(address)).key
        let id = try #require(try await test.desk.database.read { db in try db.recipient(.mail, key: key) }).subscriber.id
        try await subscriptions.confirm(link: try await token(id), wording: "Ja", from: nil)
        return id
    }

    func token(_ id: Int64) async throws -> String {
        subscriptions.links.token(try #require(try await test.desk.database.read { db in try db.recipient(id) }).subscriber)
    }

    func state(_ id: Int64) async throws -> Subscriber.State? {
        try await test.desk.database.read { db in try db.recipient(id) }?.subscriber.state
    }

    // MARK: What is told

    @discardableResult func open(_ text: PublicText = Outage.both, isBackfilled: Bool = false) async throws -> Incident {
        var opening = Outage.opening()
        (opening.owner, opening.startedAt, opening.isBackfilled) = (nil, test.time.clock.now().addingTimeInterval(-600), isBackfilled)
        let saying = update(Self.first, .investigating, text, [component: .majorOutage])
        if isBackfilled {
            let end = NewUpdate(id: Self.second, state: .resolved, text: Outage.both, components: [:], nextUpdateBy: nil)
            return try await test.desk.incidents.backfill(opening, saying: [saying, end], by: .system("test"))
        }
        return try await test.desk.incidents.open(opening, saying: saying, by: .system("test"))
    }

    func update(_ incident: Incident, number: UInt64) async throws {
        let saying = update(PublicID(drawn: 500 + number), .identified, Outage.both, [:])
        try await test.desk.incidents.update(incident.id, saying, by: .system("test"))
    }

    func resolve(_ incident: Incident) async throws {
        let saying = NewUpdate(id: Self.second, state: .resolved, text: Outage.both, components: [:], nextUpdateBy: nil)
        try await test.desk.incidents.resolve(incident.id, saying, by: .system("test"))
    }

    private func update(_ id: PublicID, _ state: IncidentState, _ text: PublicText, _ components: [PublicID: ComponentState]) -> NewUpdate {
        var new = NewUpdate(
            id: id, state: state, text: text, components: components, nextUpdateBy: test.time.clock.now().addingTimeInterval(1800))
        if !text.missing.isEmpty { new.translationDue = test.time.clock.now().addingTimeInterval(900) }
        return new
    }

    /// Has it decided who is told, and sends nothing.
    func expand() async throws { while try await test.worker.doOne(.telling) {} }

    /// Letters whose subject begins so.
    func letters(about subject: String) -> [String] {
        test.carrier.sent.filter { sent in (try? Email(parsing: sent.bytes))?.subject.hasPrefix(subject) == true }.map {
            String(decoding: $0.bytes, as: UTF8.self)
        }
    }

    /// What the newest letter to somebody says.
    func text(to address: String) throws -> String {
        let sent = try #require(test.carrier.sent.last { $0.envelope.to == [address] })
        return try Email(parsing: sent.bytes).text
    }

    /// The ledger's lines by what they tell, in the order in which they were made.
    func notices() async throws -> [String: [Notice]] {
        try await test.desk.database.read { db in
            var all: [String: [Notice]] = [:]
            for id in [Self.first, Self.second] {
                let notices = try db.notices(of: id.text)
                if !notices.isEmpty { all[id.text] = notices }
            }
            return all
        }
    }
}
