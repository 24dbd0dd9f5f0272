import Foundation
import Mail
import Testing

@testable import Klartext

/// Mails from a mailbox into the inbox, whatever the server does.
@Suite(.timeLimit(.minutes(2))) struct FetchingTests {
    private static func mail(_ number: Int, text: String = "Wo bleibt mein Paket?", headers: String = "") -> String {
        """
        From: Kundin \(number) <k\(number)@kundin.example>\r
        To: hilfe@nordlicht.example\r
        Subject: Frage \(number)\r
        Message-ID: <\(number)@kundin.example>\r
        \(headers)\r
        \(text)\r

        """
    }

    private static func mails(_ numbers: ClosedRange<Int>) -> [UInt32: String] {
        Dictionary(uniqueKeysWithValues: numbers.map { (UInt32($0), mail($0)) })
    }

    /// A desk that fetches from a server of the test's making.
    private func with(
        _ mails: [UInt32: String], settings: [String: String] = [:], _ body: (TestDesk, FakeMailServer) async throws -> Void
    ) async throws {
        let server = try await FakeMailServer(mails)
        try await TestDesk.with(environment: settings.merging(["KLARTEXT_IMAP": server.url]) { $1 }) { test in try await body(test, server)
        }
    }

    /// Looks once, and sorts what came.
    @discardableResult private func look(_ test: TestDesk) async throws -> JobOutcome {
        let outcome = await test.desk.fetching.look(into: try #require(test.desk.fetching.sources.first))
        try await test.drain()
        return outcome
    }

    private func folder(_ test: TestDesk) async throws -> MailFolder {
        try #require(try await test.desk.database.read { db in try db.mailFolders() }.first)
    }

    private func subjects(_ test: TestDesk) async throws -> [String] {
        try await test.desk.database.read { db in try db.tickets(after: 0, limit: 1000).map(\.subject) }
    }

    @Test func `what is new becomes tickets once, is marked, and so is what somebody has read already`() async throws {
        try await with(Self.mails(1...3)) { test, server in
            server.change { $0.seen = [2] }
            #expect(try await look(test) == .finished)
            #expect(try await subjects(test) == ["Frage 1", "Frage 2", "Frage 3"])
            #expect(server.now.seen == [1, 2, 3])
            #expect(test.carrier.sent.count == 3)
            try await look(test)
            #expect(server.now.fetched == [1, 2, 3])
            server.change { $0.mails[9] = Self.mail(9) }
            try await look(test)
            #expect(try await subjects(test).count == 4)
            #expect(try await folder(test).kept == 4)
            try await test.expectWhole()
        }
    }

    @Test func `a job looks by the timetable, and a folder that is no longer ours is left alone`() async throws {
        try await with(Self.mails(1...1)) { test, server in
            let desk = test.desk
            let timetable = Timetable(
                entries: desk.fetching.timetable, database: desk.database, clock: desk.clock, bell: desk.bell, process: desk.process)
            #expect(try await timetable.look().count == 1)
            try await test.drain()
            #expect(try await subjects(test) == ["Frage 1"])
            let stranger = FetchMail(folder: "imaps://somebody@else.example:993/INBOX")
            let body = String(decoding: try JSONEncoder.journal.encode(stranger), as: UTF8.self)
            let job = Job(key: stranger.key, kind: FetchMail.kind, lane: .fetching, body: body, attempts: 1)
            #expect(try await desk.fetching.look(job) == .finished)
        }
    }

    @Test func `killed between keeping and marking, it is fetched again and stays one ticket`() async throws {
        try await with(Self.mails(1...2)) { test, server in
            // what a killed process leaves behind: kept, neither marked nor passed
            try await test.desk.inbox.keep(.init(door: "imap", sender: "", recipients: [], raw: Array(Self.mail(1).utf8)))
            try await look(test)
            #expect(try await subjects(test) == ["Frage 1", "Frage 2"])
            #expect(server.now.seen == [1, 2])
            #expect(test.carrier.sent.count == 2)
        }
    }

    @Test func `new numbers of the folder make no new tickets, and cost no mail`() async throws {
        try await with(Self.mails(1...3)) { test, server in
            try await look(test)
            server.change { folder in
                // as after a restore: other numbers, one mail more, which lies between the others
                folder.validity = 8
                folder.mails = [1: Self.mail(3), 2: Self.mail(4), 5: Self.mail(1)]
            }
            try await look(test)
            #expect(try await subjects(test) == ["Frage 1", "Frage 2", "Frage 3", "Frage 4"])
            #expect(try await folder(test).lastUID == 5)
            try await test.expectWhole()
        }
    }

    @Test(arguments: [("", ["Frage 2"], 1), ("&since=all", ["Frage 1", "Frage 2"], 0)])
    func `what lay there long before we came is left, and said so, unless it is wanted`(option: String, subjects: [String], left: Int)
        async throws
    {
        let server = try await FakeMailServer(Self.mails(1...2))
        server.change { $0.old = [1] }
        try await TestDesk.with(environment: ["KLARTEXT_IMAP": server.url + option]) { test in
            try await look(test)
            #expect(try await self.subjects(test) == subjects)
            #expect(try await folder(test).leftBehind == left)
        }
    }

    @Test func `a mail above the limit waits for a person with its header, and stays unread in the mailbox`() async throws {
        let settings = ["KLARTEXT_MAIL_LIMIT_MEGABYTES": "1"]
        let large = String(repeating: "x", count: 1_100_000)
        try await with([1: Self.mail(1, text: large), 2: Self.mail(2, text: large), 3: Self.mail(3)], settings: settings) { test, server in
            // the second one is larger than the server says
            server.change { $0.sizes[2] = 10 }
            try await look(test)
            let held = try await test.desk.database.read { db in try db.heldMails(after: 0, limit: 10) }
            #expect(held.map(\.reason) == ["tooLarge", "tooLarge"])
            #expect(held.map(\.summary.subject) == ["Frage 1", "Frage 2"])
            #expect(held.allSatisfy { $0.sizeBytes < 1000 })
            #expect(try await subjects(test) == ["Frage 3"])
            #expect(server.now.seen == [3])
            try await test.expectWhole()
        }
    }

    @Test func `a mail that the server does not give keeps nobody waiting and is asked for again`() async throws {
        try await with(Self.mails(1...4)) { test, server in
            server.change {
                $0.refused[2] = "[SERVERBUG] cannot convert"
                $0.silent = [3]
            }
            try await look(test)
            #expect(try await subjects(test) == ["Frage 1", "Frage 4"])
            #expect(try await folder(test).stuck.map(\.uid) == [2, 3])
            #expect(try await folder(test).stuck.first?.reason == "[SERVERBUG] cannot convert")
            server.change {
                $0.refused = [:]
                $0.mails[3] = nil
            }
            try await look(test)
            #expect(try await folder(test).stuck.count == 2)
            test.pass(hours: 1)
            try await look(test)
            // one has come, and somebody has taken the other one away
            #expect(try await subjects(test) == ["Frage 1", "Frage 4", "Frage 2"])
            #expect(try await folder(test).stuck == [])
        }
    }

    @Test func `a mail at which the server breaks down is left after three tries`() async throws {
        try await with(Self.mails(1...3)) { test, server in
            server.change { $0.broken = [2] }
            for _ in 1...3 {
                guard case .putOff = try await look(test) else { return #expect(Bool(false)) }
            }
            #expect(try await subjects(test) == ["Frage 1"])
            #expect(try await look(test) == .finished)
            #expect(try await subjects(test) == ["Frage 1", "Frage 3"])
            #expect(try await folder(test).stuck.map(\.uid) == [2])
            #expect(server.now.fetched.filter { $0 == 2 }.count == 3)
        }
    }

    @Test func `a mailbox that cannot be read says why, is tried again with growing pauses, and mends itself`() async throws {
        try await with(Self.mails(1...1)) { test, server in
            server.change { $0.refusesSignIn = true }
            var pauses: [Double] = []
            for _ in 1...6 {
                guard case .putOff(let until, let reason) = try await look(test) else { return #expect(Bool(false)) }
                #expect(reason == "[AUTHENTICATIONFAILED] wrong password")
                pauses.append(until.timeIntervalSince(test.time.clock.now()))
            }
            #expect(pauses == [60, 120, 240, 480, 900, 900])
            #expect(try await folder(test).problem?.kind == .signIn)
            #expect(try await test.desk.database.read { db in try db.counters()[MailFolder.counter] } == 1)
            try await test.expectWhole()
            server.change { $0.refusesSignIn = false }
            #expect(try await look(test) == .finished)
            #expect(try await folder(test).problem == nil)
            #expect(try await subjects(test) == ["Frage 1"])
            try await test.expectWhole()
        }
    }

    @Test func `a folder in which nothing can be marked is read all the same`() async throws {
        try await with(Self.mails(1...2)) { test, server in
            server.change { $0.refusesMarks = true }
            #expect(try await look(test) == .finished)
            #expect(try await subjects(test).count == 2)
            try await look(test)
            #expect(server.now.fetched == [1, 2])
        }
    }

    @Test func `a mailbox that was taken out of the configuration fails no more`() async throws {
        try await with(Self.mails(1...1)) { test, server in
            server.change { $0.refusesSignIn = true }
            try await look(test)
            var fetching = test.desk.fetching
            fetching.sources = []
            try await fetching.forgetOthers()
            #expect(try await test.desk.database.read { db in try db.counters()[MailFolder.counter, default: 0] } == 0)
            try await test.expectWhole()
        }
    }

    @Test(arguments: [UInt32.max, UInt32.max - 1])
    func `the highest number there can be is no trap`(uid: UInt32) async throws {
        try await with([uid: Self.mail(1)]) { test, _ in
            let outcomes = (try await look(test), try await look(test))
            #expect(outcomes == (.finished, .finished))
            #expect(try await subjects(test) == ["Frage 1"])
        }
    }

    // MARK: Large mails

    private static let largeMail = mail(1, text: String(repeating: "Eine Zeile.\r\n", count: 200_000))

    @Test(arguments: [.max, 300_000, 1_000_000]) func `a large mail comes in pieces, and is the mail that came whole`(most: Int)
        async throws
    {
        try await with([1: Self.largeMail]) { test, server in
            server.change { $0.mostOfPiece = most }
            try await look(test)
            #expect(try await subjects(test) == ["Frage 1"])
            #expect(server.now.seen == [1])
            #expect(server.now.fetched.isEmpty)
            #expect((server.now.pieces[1] ?? 0) >= 3)
            let again = try await test.desk.inbox.keep(.init(door: "pipe", sender: "", recipients: [], raw: Array(Self.largeMail.utf8)))
            #expect(again == 1)
            try await test.expectWhole()
        }
    }

    @Test func `a server that gives no pieces gives a large mail whole`() async throws {
        try await with([1: Self.largeMail]) { test, server in
            server.change { $0.refusesPieces = true }
            try await look(test)
            #expect(try await subjects(test) == ["Frage 1"])
            #expect(server.now.fetched == [1])
        }
    }

    @Test func `a mail that vanishes while its pieces come is none, and leaves nothing`() async throws {
        try await with([1: Self.largeMail, 2: Self.mail(2)]) { test, server in
            server.change { $0.vanishing = [1: 1_000_000] }
            try await look(test)
            #expect(try await subjects(test) == ["Frage 2"])
            #expect(try await folder(test).stuck.map(\.uid) == [1])
            #expect(try FileManager.default.contentsOfDirectory(atPath: test.desk.files.incomingPath).isEmpty)
            server.change { $0.vanishing = [:] }
        }
    }

    @Test(arguments: [100_000, 4_000_000]) func `a mail whose size is not true is taken as it is`(told: Int) async throws {
        try await with([1: Self.largeMail]) { test, server in
            server.change { $0.sizes = [1: told] }
            try await look(test)
            let again = try await test.desk.inbox.keep(.init(door: "pipe", sender: "", recipients: [], raw: Array(Self.largeMail.utf8)))
            #expect(again == 1)
        }
    }

    @Test func `of a mail that turns out too large its header is kept`() async throws {
        try await with([1: Self.largeMail], settings: ["KLARTEXT_MAIL_LIMIT_MEGABYTES": "1"]) { test, server in
            server.change { $0.sizes = [1: 100_000] }
            try await look(test)
            #expect(try await subjects(test).isEmpty)
            #expect(try await test.desk.database.read { db in try db.inboxEntry(1)?.reason } == HeldReason.tooLarge.rawValue)
            #expect(server.now.seen.isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: test.desk.files.incomingPath).isEmpty)
        }
    }
}
