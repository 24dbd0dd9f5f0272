import Foundation
import Logging
import Mail
import NIOConcurrencyHelpers
import Storage
import TestDatabases
import Testing

@testable import Klartext

/// A whole desk in a directory of its own, with a clock that the test moves and a mail server that remembers.
final class TestDesk: Sendable {
    let desk: Desk
    let time: DemoTime
    let carrier: RecordingCarrier
    let directory: String
    let worker: Worker

    /// 23 November 2026, 9:12 in Berlin.
    static let start = Date(timeIntervalSince1970: 1_795_421_520)
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path

    /// The database on the PostgreSQL server, in a run for PostgreSQL.
    private let database: String?

    /// - Parameter through: what takes its letters, instead of ``carrier``.
    init(environment: [String: String] = [:], through: (any LetterCarrier)? = nil) async throws {
        database = try await Self.freshDatabase()
        var environment = environment
        if let database { environment["KLARTEXT_DATABASE"] = database }
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("klartext-test-\(UUID().uuidString)").path
        time = DemoTime(Self.start)
        carrier = RecordingCarrier()
        desk = try await Desk.open(
            try Self.configuration(directory, environment), clock: time.clock, carrier: through ?? carrier,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        worker = Work(desk).worker
    }

    static func configuration(_ directory: String, _ environment: [String: String] = [:]) throws -> Configuration {
        let base = [
            "KLARTEXT_DATA": directory, "KLARTEXT_URL": "https://hilfe.nordlicht.example", "KLARTEXT_ADDRESS": DemoCast.supportAddress,
            "KLARTEXT_COMPANY": DemoCast.company, "KLARTEXT_TIMEZONE": "Europe/Berlin", "KLARTEXT_PUBLIC": root + "/Public",
            "KLARTEXT_LOCALES": root + "/Locales", "KLARTEXT_FORMS": root + "/forms",
        ]
        return try Configuration.load(environment: base.merging(environment) { $1 })
    }

    /// Runs a test on a desk and takes it away afterwards.
    static func with<Result>(
        environment: [String: String] = [:], through: (any LetterCarrier)? = nil, _ body: (TestDesk) async throws -> Result
    ) async throws -> Result {
        let test = try await TestDesk(environment: environment, through: through)
        do {
            let result = try await body(test)
            await test.end()
            return result
        } catch {
            await test.end()
            throw error
        }
    }

    /// A copy of a migrated database that is made once: migrating for each test would take longer than most tests.
    static func freshDatabase() async throws -> String? {
        guard let server = TestDatabases.server else { return nil }
        return try await TestDatabases.make(copying: try await template.value, on: server)
    }

    private static let template = Task {
        let address = try await TestDatabases.make(on: TestDatabases.server ?? "")
        let database = try Database.postgreSQL(try PostgreSQLAddress(address), readers: 1, writers: 1)
        try await Migrator.migrate(database, Schema.migrations)
        await database.close()
        return TestDatabases.name(of: address)
    }

    /// Another process on the same database, with the same clock and the same mail server.
    func withAnother<Result>(_ body: (Desk) async throws -> Result) async throws -> Result {
        let other = try await Desk.open(
            try Self.configuration(directory, database.map { ["KLARTEXT_DATABASE": $0] } ?? [:]), clock: time.clock, carrier: carrier,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        do {
            let result = try await body(other)
            await other.close()
            return result
        } catch {
            await other.close()
            throw error
        }
    }

    private func end() async {
        await desk.close()
        if let database { try? await TestDatabases.remove(database) }
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Does all promised work that is due.
    func drain() async throws { try await worker.drain() }

    func pass(hours: Double = 0, minutes: Double = 0) { time.pass(seconds: hours * 3600 + minutes * 60) }

    /// The laws that `klartext check` holds; fails the test with the broken ones.
    func expectWhole(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for result in try await Check(desk: desk).run() {
            #expect(result.breaches.isEmpty, "\(result.line)", sourceLocation: sourceLocation)
        }
    }

    func addAgent(_ person: DemoCast.Person = DemoCast.ayse) async throws -> Agent {
        try await desk.people.addAgent(address: person.address, name: person.name, language: person.language, password: Demo.password)
    }

    /// A customer's request by the form.
    func request(
        _ person: DemoCast.Person = DemoCast.lukasz, subject: String = "Domain: TXT-Eintrag fehlt",
        text: String = "Hallo, es fehlt ein Eintrag."
    ) async throws -> Tickets.Receipt {
        let sender = try #require(Address(person.address))
        return try await desk.tickets.open(
            .init(sender: sender, name: person.name, subject: subject, text: text, language: person.language, channel: .web, files: []))
    }

    /// A mail through the inbox, sorted.
    @discardableResult func receive(
        _ raw: String, from sender: String = "umschlag@nowak.example", to recipients: [String] = [DemoCast.supportAddress],
        door: String = "lmtp"
    ) async throws -> InboxEntry {
        let bytes = Array(raw.replacingOccurrences(of: "\n", with: "\r\n").utf8)
        let id = try await desk.inbox.keep(.init(door: door, sender: sender, recipients: recipients, raw: bytes))
        try await drain()
        return try #require(try await desk.database.read { db in try db.inboxEntry(id) })
    }

    func ticket(_ number: TicketNumber) async throws -> Ticket {
        try #require(try await desk.database.read { db in try db.ticket(number) })
    }
    func letters(_ number: TicketNumber) async throws -> [Letter] {
        try await desk.database.read { db in try db.letters(conversation: number.rawValue) }
    }
}

/// A mail server that takes everything, unless told otherwise, and remembers it.
final class RecordingCarrier: LetterCarrier {
    private let state = NIOLockedValueBox<(sent: [(bytes: [UInt8], envelope: Envelope)], failures: [String: SMTPFailure])>(([], [:]))

    var sent: [(bytes: [UInt8], envelope: Envelope)] { state.withLockedValue { $0.sent } }
    var texts: [String] { sent.map { String(decoding: $0.bytes, as: UTF8.self) } }

    /// From now on letters to an address fail.
    func fail(_ recipient: String, with failure: SMTPFailure?) { state.withLockedValue { $0.failures[recipient] = failure } }

    func carry(_ bytes: [UInt8], envelope: Envelope) async throws -> SMTPAcceptance {
        if let failure = state.withLockedValue({ $0.failures[envelope.to.first ?? ""] }) { throw failure }
        state.withLockedValue { $0.sent.append((bytes, envelope)) }
        return SMTPAcceptance(reply: SMTPReply(code: 250, enhanced: "2.0.0", text: "Ok"), server: "mx.example")
    }
}
