import Foundation
import Storage
import TestDatabases
import Testing

@testable import Klartext

/// The built program as an operator and a mail server use it from a shell.
@Suite(.serialized, .s3Server, .timeLimit(.minutes(5)))
struct CommandTests {
    private func mail(_ id: String = UUID().uuidString) -> [UInt8] {
        Postman.mail(
            from: "lukasz@nowak.example", subject: "TXT-Eintrag fehlt", id: "\(id)@nowak.example", text: "Hallo, es fehlt ein Eintrag.")
    }

    @Test func `receive keeps a mail once, however often it comes`() async throws {
        try await Installation.with { installation in
            let raw = mail()
            for _ in 1...2 {
                let received = try await installation.run("receive", "--recipient", DemoCast.supportAddress, input: raw)
                #expect(received.status == 0)
                #expect(received.output == "kept as 1\n")
            }
            let kept: [[UInt8]] = try await installation.column("SELECT raw FROM inbox_raw")
            #expect(kept == [raw])
            #expect(try await installation.run("check").status == 0)
        }
    }

    @Test func `what receive keeps while Klartext serves becomes a ticket`() async throws {
        try await Installation.with { installation in
            let klartext = try await installation.serve()
            #expect(try await installation.run("receive", input: mail()).status == 0)
            try await eventually("a ticket") { try await installation.rows("SELECT number FROM ticket").first }
            #expect(try await klartext.stop() == 0)
            #expect(try await installation.run("check").status == 0)
        }
    }

    @Test func `a process whose port is taken says so and ends, instead of working on behind closed doors`() async throws {
        try await Installation.with { installation in
            let klartext = try await installation.serve()
            try await Installation.with(["KLARTEXT_LMTP": "127.0.0.1:\(klartext.mailPort)"]) { other in
                let refused = try await other.run("serve")
                #expect(refused.status == 1)
                #expect(refused.complaints.contains("Address already in use"), "\(refused.complaints)")
            }
            #expect(try await klartext.stop() == 0)
        }
    }

    @Test func `receive says with its exit code whether it is worth trying again`() async throws {
        try await Installation.with { installation in
            #expect(try await installation.run("receive", input: []).status == 65)
            // A file where the directory should be: not even root can write into it.
            try Data().write(to: URL(fileURLWithPath: installation.data))
            let later = try await installation.run("receive", input: mail())
            #expect(later.status == 75)
            #expect(!later.complaints.isEmpty)
        }
    }

    @Test(arguments: TestShelf.allCases)
    func `check finds what was changed behind Klartext's back`(_ shelf: TestShelf) async throws {
        try await Installation.with(try shelf.settings()) { installation in
            let klartext = try await installation.serve()
            let file = Browser.File(name: "beleg.txt", bytes: Array("Beleg".utf8))
            let visitor = WebVisitor(port: klartext.webPort)
            let stamp = try await visitor.oldEnoughStamp()
            #expect(try await visitor.post("/request", Browser.filled(stamp), files: [file]).number != nil)
            #expect(try await klartext.stop() == 0)
            let whole = try await installation.run("check")
            #expect(whole.status == 0, "\(whole.output)")
            #expect(whole.output.split(separator: "\n").allSatisfy { $0.hasPrefix("ok ") })

            let digests: [String] = try await installation.column("SELECT digest FROM file")
            let digest = try #require(digests.first)
            let location =
                installation.environment["KLARTEXT_FILES"].flatMap(FilesLocation.init) ?? .directory(installation.data + "/files")
            try await location.damage(digest, with: Array("Betrug".utf8))
            try await tamper(installation)
            let broken = try await installation.run("check")
            #expect(broken.status == 1)
            let failures = broken.output.split(separator: "\n").filter { $0.hasPrefix("FAIL ") }
            #expect(failures.count == 2, "\(broken.output)")
            #expect(failures.contains { $0.contains("fold of its journal") })
            #expect(failures.contains { $0.contains(digest.prefix(12)) })
        }
    }

    private func tamper(_ installation: Installation) async throws {
        try await installation.withDatabase { database in
            try await database.write { tx in _ = try tx.run("UPDATE ticket SET subject = 'etwas anderes'") }
        }
    }

    @Test func `agents are added, listed and disabled`() async throws {
        try await Installation.with { installation in
            let given = try await installation.run(
                "agent", "add", "ayse@nordlicht.example", "Ayşe Yıldız", "--password-from-input", input: Array("ein langes Passwort\n".utf8)
            )
            #expect(given.status == 0)
            #expect(!given.output.contains("Passwort"))
            let made = try await installation.run("agent", "add", "jonas@nordlicht.example", "Jonas", "--language", "en")
            #expect(made.output.contains("password: "))
            #expect(try await installation.run("agent", "add", "ayse@nordlicht.example", "Noch eine", input: []).status == 64)
            #expect(try await installation.run("agent", "disable", "jonas@nordlicht.example").status == 0)
            #expect(try await installation.run("agent", "disable", "niemand@nordlicht.example").status == 64)
            let list = try await installation.run("agent", "list")
            let lines = list.output.split(separator: "\n").sorted()
            #expect(lines == ["ayse@nordlicht.example\tAyşe Yıldız\tde\tactive", "jonas@nordlicht.example\tJonas\ten\tdisabled"])
        }
    }

    @Test func `config shows what is in force, and no password`() async throws {
        try await Installation.with(["KLARTEXT_SMTP": "smtp://ich:geheim@mail.example:587"]) { installation in
            let shown = try await installation.run("config")
            #expect(shown.status == 0)
            #expect(shown.output.contains("mail.example:587"))
            #expect(!shown.output.contains("geheim"))
            #expect(shown.output.split(separator: "\n").count == ConfigurationKey.all.count + 1)
        }
    }

    @Test(arguments: ["serve", "config", "check"])
    func `an unknown key is named and nothing is started`(_ command: String) async throws {
        try await Installation.with(["KLARTEXT_LISTN": "127.0.0.1:1"]) { installation in
            let outcome = try await installation.run(command)
            #expect(outcome.status == 78)
            #expect(outcome.complaints.contains("KLARTEXT_LISTN"))
            #expect(outcome.complaints.contains("KLARTEXT_LISTEN?"))
            #expect(!FileManager.default.fileExists(atPath: installation.data))
        }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite, "PostgreSQL has as many as one likes"))
    func `a second server on the same data is refused, and the first one goes on`() async throws {
        try await Installation.with { installation in
            let first = try await installation.serve()
            let second = try installation.spawnServer()
            #expect(try await second.status() != 0)
            #expect(second.complaints.contains("another klartext serves this data directory"))
            #expect(try await WebVisitor(port: first.webPort).get("/readyz").status == .ok)
            #expect(try await first.stop() == 0)
        }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite, "PostgreSQL is copied by its own tools"), arguments: TestShelf.allCases)
    func `a backup taken while Klartext serves can be served, and old links work there`(_ shelf: TestShelf) async throws {
        try await Installation.with(try shelf.settings()) { installation in
            let klartext = try await installation.serve()
            let visitor = WebVisitor(port: klartext.webPort)
            let file = Browser.File(name: "beleg.txt", bytes: Array("Beleg".utf8))
            let receipt = try await visitor.post("/request", Browser.filled(try await visitor.oldEnoughStamp()), files: [file])
            let path = try #require(receipt.privatePath)
            let copy = installation.directory + "/copy"
            let backup = try await installation.run("backup", copy)
            #expect(backup.status == 0, "\(backup.complaints)")
            #expect(backup.output.contains(shelf == .bucket ? "1 files that it names stay in s3://" : "1 files to "))
            #expect(try await installation.run("backup", copy).status != 0)
            #expect(try await klartext.stop() == 0)

            var restored = installation
            restored.environment["KLARTEXT_DATA"] = copy
            #expect(try await restored.run("check").status == 0)
            let again = try await restored.serve()
            let page = try await WebVisitor(port: again.webPort).get(path)
            #expect(page.status == .ok)
            #expect(page.says("Wo ist es?"))
            #expect(page.says("beleg.txt"))
            #expect(try await again.stop() == 0)
        }
    }

    @Test(arguments: TestShelf.allCases)
    func `asked to end, Klartext answers everything it has begun, and then ends`(_ shelf: TestShelf) async throws {
        try await Installation.with(try shelf.settings()) { installation in
            let klartext = try await installation.serve()
            let visitor = WebVisitor(port: klartext.webPort)
            let stamp = try await visitor.oldEnoughStamp()
            let idle = (web: try await visitor.keptConnection(after: "/"), mail: try await Postman(.lmtp, port: klartext.mailPort))
            let uploads = try await beginUploads(4, visitor, stamp, installation)
            let postman = try await Postman(.lmtp, port: klartext.mailPort)
            try await postman.begin(from: "lukasz@nowak.example", to: DemoCast.supportAddress)
            try await postman.wire.send(Array(mail().prefix(100)))

            klartext.child.send(SIGTERM)
            try await eventually("the door to close") { (try? await Wire(port: klartext.webPort)) == nil ? true : nil }
            var numbers: Set<TicketNumber> = []
            for upload in uploads {
                try await upload.wire.send(upload.rest)
                let page = try await WebVisitor.answer(upload.wire)
                #expect(page.status == .ok)
                numbers.insert(try #require(page.number))
            }
            try await postman.wire.send("\r\nRest\r\n.\r\n")
            #expect(try await postman.expect("250", after: "the mail").contains("Kept as"))
            try await idle.mail.expect("421", after: "nothing")
            await idle.web.hangUp()
            #expect(try await klartext.child.status(within: 30) == 0)

            let stored: [Int64] = try await installation.column("SELECT number FROM ticket")
            #expect(numbers.isSubset(of: stored.compactMap(TicketNumber.init(rawValue:))))
            #expect(numbers.count == uploads.count)
            #expect(try await installation.rows("SELECT id FROM inbox").count == 1)
            #expect(try await installation.run("check").status == 0)
        }
    }

    /// Sends the first half of some forms, and waits until the server writes their files.
    private func beginUploads(
        _ count: Int, _ visitor: WebVisitor, _ stamp: String, _ installation: Installation
    ) async throws -> [(wire: Wire, rest: [UInt8])] {
        var uploads: [(wire: Wire, rest: [UInt8])] = []
        for number in 0..<count {
            let fields = Browser.filled(stamp, text: "Anfrage \(number)", address: "kunde\(number)@kunde.example")
            let file = Browser.File(name: "beleg.bin", bytes: (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &+ number) })
            let request = visitor.request("/request", fields, files: [file])
            let wire = try await Wire(port: visitor.port)
            try await wire.send(Array(request.prefix(request.count / 2)))
            uploads.append((wire, Array(request.dropFirst(request.count / 2))))
        }
        try await eventually("\(count) files arriving") {
            let names = try FileManager.default.contentsOfDirectory(atPath: installation.data + "/files/incoming")
            return names.count >= count ? true : nil
        }
        return uploads
    }
}
