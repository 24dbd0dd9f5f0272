import Foundation
import Testing

@testable import Klartext

/// Klartext under load while something dies, and what must be true when all is over.
struct KillTrial: Sendable {
    let installation: Installation
    let load: KillLoad
    /// Takes the letters; where there is none they wait in the outbox.
    let sink: SMTPSink?
    private static let password = "ein langes Passwort"

    /// What people bring with them: forms that are old enough to be sent, and an agent's cookie.
    struct Equipment: Sendable {
        var stamps: [String]
        var cookie: String
    }

    /// Equips people at a server that is not killed: agents have to sign in and forms to be old enough once.
    func equip() async throws -> Equipment {
        let address = DemoCast.ayse.address
        let added = try await installation.run(
            "agent", "add", address, DemoCast.ayse.name, "--password-from-input", input: Array((Self.password + "\n").utf8))
        try #require(added.status == 0, "\(added.complaints)")
        let first = try await installation.serve()
        let visitor = WebVisitor(port: first.webPort)
        let signedIn = try await visitor.post("/desk/sign-in", [("email", address), ("password", Self.password)])
        let cookie = try #require(signedIn.headers[.setCookie]?.components(separatedBy: ";").first)
        var stamps: [String] = []
        for _ in 0..<3 { stamps.append(try await visitor.stamp()) }
        try await Task.sleep(for: .seconds(FormRules().fewestSeconds + 0.1))
        try await first.kill()
        return Equipment(stamps: stamps, cookie: cookie)
    }

    /// Starts the load. It waits for a server.
    func begin(in group: inout ThrowingTaskGroup<Void, any Error>) async throws {
        let (load, equipment) = (load, try await equip())
        for stamp in equipment.stamps { group.addTask { await load.ask(stamp: stamp) } }
        for _ in 0..<3 { group.addTask { await load.deliver() } }
        group.addTask { await load.answer(cookie: equipment.cookie) }
    }

    /// Lets a server do what it promised, undisturbed.
    func finishWork() async throws {
        let running = try await installation.serve()
        let hasCarrier = installation.environment["KLARTEXT_SMTP"] != nil
        try await eventually("all promised work to be done", within: 120) {
            let metrics = try await WebVisitor(port: running.webPort).get("/metrics").text
            let isSorted = metrics.contains("klartext_mails{state=\"received\"} 0\n")
            return isSorted && (!hasCarrier || metrics.contains("klartext_jobs_waiting 0\n")) ? true : nil
        }
        #expect(try await running.stop() == 0)
    }

    /// Holds what people were told against what the database says.
    func expectEverything() async throws {
        let check = try await installation.run("check")
        #expect(check.status == 0, "\(check.output)\(check.complaints)")
        #expect(check.output.split(separator: "\n").allSatisfy { $0.hasPrefix("ok ") }, "\(check.output)")
        let (ledger, record) = (load.ledger, KillRecord(installation))
        #expect(ledger.surprises.prefix(3) == [])
        #expect(ledger.requests.count > 0 && ledger.mails.count > 0 && ledger.replies.count > 0)
        #expect(Set(ledger.requests.map(\.number)).count == ledger.requests.count)

        let messages = try await record.messages()
        for request in ledger.requests { #expect(messages[request.text] == [request.number.rawValue], "\(request)") }
        for reply in ledger.replies { #expect(messages[reply.text] == [reply.number.rawValue], "\(reply)") }
        let mails = try await record.mails()
        for mail in ledger.mails {
            #expect(mails[mail.id]?.map(\.digest) == [mail.digest], "\(mail)")
            #expect(mails[mail.id]?.map(\.state) == ["filed"], "\(mail)")
        }
        let acknowledged = ledger.requests.count + ledger.mails.count + ledger.replies.count
        print("KillTests: \(ledger.requests.count) requests, \(ledger.mails.count) mails and \(ledger.replies.count) replies acknowledged,")
        let untold = messages.count + mails.count - acknowledged
        print("KillTests: \(ledger.unheard) times no answer, \(untold) kept without anybody having been told")
        // What nobody heard of again is there once or not at all, and nothing is there that nobody sent.
        #expect(messages.values.allSatisfy { $0.count == 1 } && mails.values.allSatisfy { $0.count == 1 })
        #expect(Set(messages.keys).union(mails.keys).subtracting(ledger.attempted).isEmpty)

        let files = try await record.files()
        for request in ledger.requests { #expect(files[request.number.rawValue] == request.file.map { [$0] }, "\(request)") }
        let confirmations = try await record.confirmations()
        #expect(confirmations.values.allSatisfy { $0.count == 1 })
        #expect(try await record.tickets() == Set(confirmations.keys))
        if let sink {
            // A kill between the other server's yes and our commit may send a letter twice, always under the same Message-ID.
            let sent = Set(try sink.mails().compactMap { $0.email.messageID?.rawValue })
            #expect(Set(confirmations.values.joined()).subtracting(sent).isEmpty)
        }
    }
}

/// What the database says when all is over.
private struct KillRecord {
    let installation: Installation

    init(_ installation: Installation) { self.installation = installation }

    /// The tickets of each message that did not come by mail, by its text.
    func messages() async throws -> [String: [Int64]] {
        let rows = try await installation.rows("SELECT body, ticket FROM message WHERE inbox IS NULL")
        return Dictionary(grouping: try rows.map { (body: try $0["body"] as String, ticket: try $0["ticket"] as Int64) }, by: \.body)
            .mapValues { $0.map(\.ticket) }
    }

    /// Mails as they were filed, by Message-ID.
    func mails() async throws -> [String: [(digest: String, state: String)]] {
        let rows = try await installation.rows(
            "SELECT m.email_id AS email, i.digest AS digest, i.state AS state FROM inbox i LEFT JOIN message m ON m.inbox = i.id")
        var mails: [String: [(digest: String, state: String)]] = [:]
        for row in rows {
            let id: String? = try row["email"]
            mails[id ?? "on no ticket", default: []].append((try row["digest"], try row["state"]))
        }
        return mails
    }

    /// Digests of the files on each ticket.
    func files() async throws -> [Int64: [String]] {
        var files: [Int64: [String]] = [:]
        for row in try await installation.rows("SELECT ticket, digest FROM attachment") {
            files[try row["ticket"], default: []].append(try row["digest"])
        }
        return files
    }

    /// Message-IDs of the confirmations of each ticket.
    func confirmations() async throws -> [Int64: [String]] {
        var confirmations: [Int64: [String]] = [:]
        for row in try await installation.rows("SELECT conversation, email_id FROM letter WHERE kind = 'confirmation'") {
            confirmations[try row["conversation"], default: []].append(try row["email_id"])
        }
        return confirmations
    }

    func tickets() async throws -> Set<Int64> { Set(try await installation.column("SELECT number FROM ticket")) }
}
