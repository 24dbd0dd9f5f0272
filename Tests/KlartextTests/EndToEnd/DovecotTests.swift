import Foundation
import Testing

@testable import Klartext

/// Klartext that fetches its mail from a real mail server, Debian's Dovecot.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: RunningDovecot.isAvailable, "needs Debian's package dovecot-imapd (bin/setup test)"))
struct DovecotTests {
    private static func mail(_ number: Int) -> String {
        """
        From: Kundin \(number) <k\(number)@kundin.example>
        To: hilfe@nordlicht.example
        Subject: Frage \(number)
        Message-ID: <\(number)@kundin.example>

        Wo bleibt mein Paket?

        """
    }

    private func with(
        login: String = "\(RunningDovecot.user):\(RunningDovecot.password)", options: String = "",
        _ body: (Installation, RunningDovecot) async throws -> Void
    ) async throws {
        let port = try FreePort.next()
        let settings = ["KLARTEXT_IMAP": "imap://\(login)@127.0.0.1:\(port)/INBOX\(options)"]
        try await Installation.with(settings) { installation in
            let dovecot = try await RunningDovecot.start(on: port, in: installation)
            do {
                try await body(installation, dovecot)
                await dovecot.stop()
            } catch {
                await Task { await dovecot.stop() }.value
                Issue.record("Dovecot's log:\n\(dovecot.log)")
                throw error
            }
        }
    }

    private func subjects(_ installation: Installation) async throws -> [String] {
        try await installation.column("SELECT subject FROM ticket ORDER BY number")
    }

    private func folder(_ installation: Installation) async throws -> MailFolder? {
        try await installation.withDatabase { database in try await database.read { db in try db.mailFolders().first } }
    }

    /// Waits until so many mails have become tickets and are marked.
    private func wait(for count: Int, _ installation: Installation, _ dovecot: RunningDovecot) async throws {
        try await eventually("\(count) tickets") {
            let tickets = try await subjects(installation).count
            return try tickets >= count && dovecot.mails().seen == dovecot.mails().all ? true : nil
        }
    }

    @Test func `mail that is there becomes tickets, and mail that comes does at once`() async throws {
        try await with { installation, dovecot in
            try dovecot.deliver(Self.mail(1))
            try dovecot.deliver(Self.mail(2), isSeen: true)
            let klartext = try await installation.serve()
            try await wait(for: 2, installation, dovecot)
            // while it listens
            try await eventually("the first look to be over") { try await folder(installation)?.lookedAt }
            try dovecot.deliver(Self.mail(3))
            try await wait(for: 3, installation, dovecot)
            #expect(try await subjects(installation).sorted() == ["Frage 1", "Frage 2", "Frage 3"])
            // listening keeps nobody from ending
            #expect(try await klartext.stop(within: 20) == 0)
            let check = try await installation.run("check")
            #expect(check.status == 0, "\(check.output)")
        }
    }

    @Test func `killed again and again, it fetches every mail once`() async throws {
        try await with { installation, dovecot in
            var random = SeededGenerator(seed: UInt64.random(in: 0...UInt64(UInt32.max)))
            var count = 0
            for _ in 1...8 {
                for _ in 1...5 {
                    count += 1
                    try dovecot.deliver(Self.mail(count), isSeen: count % 3 == 0)
                }
                let klartext = try await installation.serve()
                try await Task.sleep(for: .milliseconds(Int.random(in: 0..<800, using: &random)))
                try await klartext.kill()
            }
            // and the server forgets its numbers meanwhile
            try dovecot.forgetNumbers()
            let klartext = try await installation.serve()
            try await wait(for: count, installation, dovecot)
            let inbox: [String] = try await installation.column("SELECT state FROM inbox")
            #expect(inbox == Array(repeating: "filed", count: count))
            #expect(try await subjects(installation).sorted() == (1...count).map { "Frage \($0)" }.sorted())
            #expect(try await klartext.stop(within: 20) == 0)
            let check = try await installation.run("check")
            #expect(check.status == 0, "\(check.output)")
        }
    }

    @Test func `a server that goes away is missed in words, and found again`() async throws {
        try await with { installation, dovecot in
            let klartext = try await installation.serve()
            try await eventually("the first look") { try await folder(installation)?.lookedAt }
            await dovecot.stop()
            let problem = try await eventually("the trouble to be seen") { try await folder(installation)?.problem }
            #expect(problem.kind == .connection)
            let again = try await RunningDovecot.start(on: dovecot.port, in: installation)
            try again.deliver(Self.mail(1))
            // as an agent's button does it: not waiting for the pause to end
            try await installation.withDatabase { database in
                try await database.write { tx in
                    guard let name = try tx.mailFolders().first?.name else { return }
                    try tx.hurry(FetchMail(folder: name), now: Date())
                }
            }
            try await wait(for: 1, installation, again)
            #expect(try await folder(installation)?.problem == nil)
            #expect(try await klartext.stop(within: 20) == 0)
            await again.stop()
        }
    }

    @Test func `a token signs in, an expired one says so, a renewed one works without a restart`() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("token-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(RunningDovecot.token(validUntil: Date().addingTimeInterval(-60)).utf8).write(to: file)
        try await with(login: RunningDovecot.user, options: "?token_file=\(file.path)") { installation, dovecot in
            try dovecot.deliver(Self.mail(1))
            let klartext = try await installation.serve()
            let problem = try await eventually("the refusal") { try await folder(installation)?.problem }
            #expect(problem.kind == .signIn)
            try Data(RunningDovecot.token(validUntil: Date().addingTimeInterval(3600)).utf8).write(to: file)
            try await installation.withDatabase { database in
                try await database.write { tx in
                    guard let name = try tx.mailFolders().first?.name else { return }
                    try tx.hurry(FetchMail(folder: name), now: Date())
                }
            }
            try await wait(for: 1, installation, dovecot)
            #expect(try await klartext.stop(within: 20) == 0)
        }
    }
}
