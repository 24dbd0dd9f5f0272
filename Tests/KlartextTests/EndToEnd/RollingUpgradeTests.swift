import Foundation
import Logging
import Mail
import Storage
import TestDatabases
import Testing

@testable import Klartext

/// Two versions on one database: the real program, and beside it, in this process, the version after it, which knows one migration more.
@Suite(.timeLimit(.minutes(3)), .enabled(if: TestDatabases.engine == .postgreSQL))
struct RollingUpgradeTests {
    private static let next =
        Schema.migrations + [
            Migration(
                (Schema.migrations.last?.number ?? 0) + 1, "the version after",
                """
                ALTER TABLE ticket ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm';
                ALTER TABLE letter ADD COLUMN weight BIGINT NOT NULL DEFAULT 1;
                CREATE INDEX ticket_by_mood ON ticket (mood, number);
                """)
        ]

    /// The version after this one, whose letters `carrier` takes.
    private func withNewVersion<Result>(
        of installation: Installation, _ carrier: RecordingCarrier, _ body: (Desk) async throws -> Result
    ) async throws -> Result {
        let settings = installation.environment.filter { $0.key.hasPrefix(ConfigurationKey.prefix) }
        let desk = try await Desk.open(
            try Configuration.load(environment: settings), carrier: carrier,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            migrations: Self.next)
        do {
            let result = try await body(desk)
            await desk.close()
            return result
        } catch {
            await desk.close()
            throw error
        }
    }

    /// Somebody new each time: one and the same would soon get no more confirmations.
    private func request(_ desk: Desk) async throws -> Tickets.Receipt {
        let sender = try #require(Address("\(UUID().uuidString.lowercased())@kunde.example"))
        return try await desk.tickets.open(
            .init(sender: sender, name: "", subject: "Neu", text: "Von der neuen Fassung.", language: .de, channel: .web, files: []))
    }

    /// People who write to the old version, each a fixed number of times.
    private struct People: Sendable {
        let load: KillLoad
        let equipment: KillTrial.Equipment

        /// Two dozen requests, as many mails and some replies, all of them answered when this returns.
        func write() async {
            await withTaskGroup { group in
                for stamp in equipment.stamps.prefix(2) { group.addTask { await load.ask(stamp: stamp, times: 12) } }
                for _ in 0..<2 { group.addTask { await load.deliver(times: 12) } }
                group.addTask { await load.answer(cookie: equipment.cookie, times: 6) }
            }
        }
    }

    @Test(.enabled(if: SMTPSink.isAvailable, "only root may start the sink for letters"))
    func `the old version serves on while the new one migrates, and both take requests and send letters`() async throws {
        try await Installation.with { bare in
            var installation = bare
            let sink = try await SMTPSink.start(in: bare)
            installation.environment["KLARTEXT_SMTP"] = "smtp://127.0.0.1:\(sink.port)?tls=off"
            let load = KillLoad()
            let people = People(load: load, equipment: try await KillTrial(installation: installation, load: load, sink: nil).equip())
            let old = try await installation.serve()
            load.doors = .init(web: old.webPort, mail: old.mailPort)
            // Every connection of the old version has prepared its statements before their tables change.
            await people.write()
            let meanwhile = Task { await people.write() }
            let carrier = RecordingCarrier()
            try await withNewVersion(of: installation, carrier) { new in
                await meanwhile.value
                let letters = try sink.count()
                await people.write()
                try await eventually("letters of the old version") { try sink.count() > letters ? true : nil }
                try await expectWork(of: new, carrier)
            }
            await people.write()
            try await eventually("the last letter") {
                try await installation.column("SELECT count(*) FROM letter WHERE state IN ('queued', 'delayed')") == [0 as Int64]
                    ? true : nil
            }
            #expect(try await old.stop() == 0)
            let ledger = load.ledger
            #expect(ledger.unheard == 0 && ledger.surprises.prefix(3) == [])
            #expect(ledger.requests.count == 96 && ledger.mails.count == 96 && ledger.replies.count == 24)
            try await expectWhole(installation, ledger)
        }
    }

    /// The new version takes requests and sends letters; which of the two is quicker to take a letter's job is chance, so it tries more than once.
    private func expectWork(of new: Desk, _ carrier: RecordingCarrier) async throws {
        let worker = Work(new).worker
        try await eventually("a letter by the new version") {
            let receipt = try await request(new)
            let ticket = try await new.database.read { db in try db.ticket(receipt.ticket.number) }
            #expect(ticket?.number == receipt.ticket.number)
            try await worker.drain()
            return carrier.sent.isEmpty ? nil : true
        }
    }

    /// The old program cannot look any more: it is the new version that checks.
    private func expectWhole(_ installation: Installation, _ ledger: KillLoad.Ledger) async throws {
        try await withNewVersion(of: installation, RecordingCarrier()) { new in
            for result in try await Check(desk: new).run() { #expect(result.breaches.isEmpty, "\(result.line)") }
            let numbers = try await new.database.read { db in
                try db.rows("SELECT number FROM ticket WHERE mood = 'calm'").map { try $0["number"] as Int64 }
            }
            #expect(Set(ledger.requests.map(\.number.rawValue)).isSubset(of: Set(numbers)))
        }
    }

    @Test func `an old version that is started on a newer database refuses, and says what to do`() async throws {
        try await Installation.with { installation in
            try await installation.withDatabase { database in _ = try await Migrator.migrate(database, Self.next) }
            let (known, found) = (Schema.migrations.last?.number ?? 0, Self.next.last?.number ?? 0)
            let started = try installation.spawnServer()
            #expect(try await started.status() == 78)
            #expect(started.complaints.contains("its schema is \(found), this version knows \(known)"), "\(started.complaints)")
            #expect(started.complaints.contains("start the newer version"))
            #expect(started.output == "")
            let mail = try await installation.run("receive", input: Array("From: a@b.example\r\n\r\nHallo\r\n".utf8))
            #expect(mail.status == 75, "a mail is kept by the mail server, not refused")
        }
    }
}
