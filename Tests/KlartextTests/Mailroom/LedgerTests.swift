import Foundation
import Mail
import Storage
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct LedgerTests {
    private func mail(_ id: String, from: String? = "lukasz@nowak.example", headers: String = "") -> String {
        let sender = from.map { "From: \($0)\n" } ?? ""
        return "\(sender)To: hilfe@nordlicht.example\nSubject: Frage\nMessage-ID: <\(id)@nowak.example>\n\(headers)\nHallo.\n"
    }

    private func lines(_ test: TestDesk) async throws -> [LedgerLine] {
        let now = test.time.clock.now()
        return try await test.desk.database.read { db in
            try db.ledger(from: 0, unsortedSince: now.addingTimeInterval(-Ledger.sortingSeconds))
        }
    }

    /// received filed held machine refused underway
    private func numbers(_ line: LedgerLine?) -> [Int] {
        line.map { [$0.received, $0.filed, $0.held, $0.machine, $0.refused, $0.underway] } ?? []
    }

    @Test func `each mail stands in the ledger as what became of it, on the day it came`() async throws {
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            try await test.receive(mail("1"))
            try await test.receive(mail("2", headers: "In-Reply-To: <fremd@x.example>\n"))
            let held = try await test.receive(mail("3", from: nil))
            try await test.receive(mail("4", headers: "Auto-Submitted: auto-replied\n"))
            #expect(numbers(try await lines(test).first) == [4, 2, 1, 1, 0, 0])
            // decided on the next day, it stands on the day it came
            test.pass(hours: 24)
            try await test.receive(mail("5"))
            try await test.desk.tickets.setAside(held, by: agent)
            let two = try await lines(test)
            #expect(two.map(\.day) == [20_781, 20_780])
            #expect(two.map { numbers($0) } == [[1, 1, 0, 0, 0, 0], [4, 2, 0, 2, 0, 0]])
            #expect(two.allSatisfy { $0.unaccounted == 0 })
            #expect(LedgerLine.sum(two).map { numbers($0) } == [5, 3, 0, 2, 0, 0])
            try await test.expectWhole()
        }
    }

    @Test func `midnight is that of the clock on the wall`() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let mailbox = Mailbox(
            address: try #require(Address(DemoCast.supportAddress)), company: "", seal: Seal(key: Array(repeating: 7, count: 32)))
        let ledger = Ledger(mailboxes: Mailboxes(main: mailbox), timeZone: zone)
        // 23 November 2026, 23:59:59 and 24:00:00 in Berlin
        let midnight = Date(timeIntervalSince1970: 1_795_474_800)
        #expect(ledger.day(of: midnight.addingTimeInterval(-1)) == 20_780)
        #expect(ledger.day(of: midnight) == 20_781)
        #expect(ledger.day(of: ledger.noon(of: 20_780)) == 20_780)
    }

    @Test func `a mail that is being sorted is underway, and unaccounted for when it takes too long`() async throws {
        try await TestDesk.with { test in
            _ = try await test.desk.inbox.keep(
                .init(door: "lmtp", sender: "", recipients: [DemoCast.supportAddress], raw: Array(mail("1").utf8)))
            #expect(numbers(try await lines(test).first) == [1, 0, 0, 0, 0, 1])
            test.pass(minutes: 11)
            let late = try #require(try await lines(test).first)
            #expect(late.unaccounted == 1)
            try await test.drain()
            #expect(numbers(try await lines(test).first) == [1, 1, 0, 0, 0, 0])
        }
    }

    @Test func `what a version without a ledger has kept and settled is entered later`() async throws {
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            try await test.receive(mail("1"))
            let held = try await test.receive(mail("2", from: nil))
            try await test.desk.database.write { tx in try tx.forgetLedger() }
            #expect(try await lines(test).isEmpty)
            // settled meanwhile: entered once, as what it is then
            try await test.desk.tickets.setAside(held, by: agent)
            #expect(try await test.desk.inbox.keepLedger() == 2)
            #expect(try await test.desk.inbox.keepLedger() == 0)
            #expect(numbers(try await lines(test).first) == [2, 1, 0, 1, 0, 0])
            try await test.expectWhole()
            // the older version settles what this one has kept
            let third = try await test.receive(mail("3", from: nil))
            try await test.desk.database.write { tx in try tx.settleWithoutLedger(third.id) }
            #expect(numbers(try await lines(test).first) == [3, 1, 1, 1, 0, 0])
            #expect(try await test.desk.inbox.keepLedger() == 1)
            #expect(numbers(try await lines(test).first) == [3, 1, 0, 2, 0, 0])
            try await test.expectWhole()
        }
    }

    @Test func `the check finds a mail that the ledger does not know`() async throws {
        try await TestDesk.with { test in
            try await test.receive(mail("1"))
            try await test.desk.database.write { tx in try tx.miscountLedger() }
            let results = try await Check(desk: test.desk).run()
            let ledger = try #require(results.first { $0.law == "each day's mails stand in the ledger" })
            #expect(ledger.breaches == ["20780 hilfe@nordlicht.example filed: written 0, counted 1"])
        }
    }

    @Test func `a page of the ledger reads its days, not their mails`() async throws {
        try await TestDesk.with { test in
            try await test.receive(mail("1"))
            let plan = try await test.desk.database.read { db in try db.ledgerPlan() }
            #expect(!plan.contains("inbox "), "\(plan)")
            #expect(plan.contains("inbox_day"), "\(plan)")
        }
    }
}
