import Foundation
import Mail
import Testing

@testable import Klartext

/// Promises and next contacts through the whole desk, on a calendar of Monday to Friday, nine to five, in Berlin.
@Suite(.timeLimit(.minutes(3))) struct KeepingWordTests {
    private static let office = ["KLARTEXT_HOURS": "Mo-Fr 9-17", "KLARTEXT_HOLIDAYS": "DE-BE", "KLARTEXT_FIRST_CONTACT_HOURS": "8"]

    private func promise(_ owner: Agent, in hours: Double, thirdParty: String? = nil, on test: TestDesk) -> Tickets.NewPromise {
        Tickets.NewPromise(
            channel: .call, text: "Wir rufen Sie zurück", thirdParty: thirdParty, owner: owner.id,
            dueAt: test.desk.clock.now().addingTimeInterval(hours * 3600))
    }

    private func reply(_ test: TestDesk, _ number: TicketNumber, by agent: Agent, promises: [Tickets.NewPromise] = [], keeps: [Int64] = [])
        async throws
    {
        let seen = try await test.ticket(number).lastMessage
        try await test.desk.tickets.reply(
            .init(
                text: "Wir fragen nach und rufen Sie zurück.", files: [],
                then: .turn(.us, nextContactAt: test.desk.clock.now().addingTimeInterval(5 * 86_400)), seen: seen, promises: promises,
                keeps: keeps),
            to: number, by: agent)
    }

    private func lastMail(_ test: TestDesk) throws -> String { try Email(parsing: try #require(test.carrier.sent.last).bytes).text }

    @Test func `the first contact is promised in opening hours`() async throws {
        try await TestDesk.with(environment: Self.office) { test in
            let ticket = try await test.request().ticket
            // asked on Monday at 9:12, eight open hours later: Tuesday, 9:12
            #expect(ticket.nextContactAt == TestDesk.start.addingTimeInterval(86_400))
        }
    }

    @Test func `a promise made in an answer is in the letter, and no contact comes later than it`() async throws {
        try await TestDesk.with(environment: Self.office) { test in
            let (agent, number) = (try await test.addAgent(), try await test.request().ticket.number)
            try await reply(test, number, by: agent, promises: [promise(agent, in: 4, on: test)])
            try await test.drain()
            #expect(try lastMail(test).contains("Wir rufen Sie zurück – bis Montag, 23. November 2026, 13:12 Uhr"))
            #expect(try await test.ticket(number).nextContactAt == TestDesk.start.addingTimeInterval(4 * 3600))
            let promises = try await test.desk.database.read { db in try db.promises(about: number.subject) }
            #expect(promises.map(\.state) == [.open])
            try await test.expectWhole()
        }
    }

    @Test func `due and unkept: the customer is told at once, with a new time, and the ticket is ours again`() async throws {
        try await TestDesk.with(environment: Self.office) { test in
            let (agent, number) = (try await test.addAgent(), try await test.request().ticket.number)
            try await reply(test, number, by: agent, promises: [promise(agent, in: 4, thirdParty: nil, on: test)])
            try await test.drain()
            test.pass(hours: 4)
            let round = try await test.desk.tickets.keepWord()
            #expect(round == Tickets.Round(missedPromises: 1))
            try await test.drain()
            let mails = test.carrier.texts.suffix(2)
            #expect(mails.contains { $0.contains("=?") || $0.contains("nicht gehalten") || $0.contains("Zusage") })
            let letter = try #require(try await test.letters(number).last)
            #expect(letter.kind == "promise missed")
            let promise = try #require(try await test.desk.database.read { db in try db.promises(about: number.subject).first })
            #expect(promise.missed == 1)
            // 13:12 and half a working day: Tuesday, 9:12
            #expect(promise.dueAt == TestDesk.start.addingTimeInterval(86_400))
            #expect(try await test.ticket(number).nextContactAt == promise.dueAt)
            // nobody did anything: the dark time goes on
            #expect(try await test.ticket(number).darkSince == TestDesk.start)
            #expect(try await test.desk.tickets.keepWord() == Tickets.Round())
            try await test.expectWhole()
        }
    }

    @Test func `a third party's promise that passed makes it our turn`() async throws {
        try await TestDesk.with(environment: Self.office) { test in
            let (agent, number) = (try await test.addAgent(), try await test.request().ticket.number)
            try await test.desk.tickets.promise(promise(agent, in: 30, thirdParty: "DHL", on: test), about: number, by: agent)
            try await test.desk.tickets.pass(
                number, to: .thirdParty(name: "DHL"), nextContactAt: TestDesk.start.addingTimeInterval(30 * 3600), by: agent)
            test.pass(hours: 30)
            _ = try await test.desk.tickets.keepWord()
            try await test.drain()
            #expect(try await test.ticket(number).turn == .us)
            #expect(try test.carrier.sent.map { try Email(parsing: $0.bytes).text }.contains { $0.contains("war von DHL zugesagt") })
            try await test.expectWhole()
        }
    }

    @Test func `a promise outlives the solution: missed, it opens the ticket again`() async throws {
        try await TestDesk.with(environment: Self.office) { test in
            let (agent, number) = (try await test.addAgent(), try await test.request().ticket.number)
            try await reply(test, number, by: agent, promises: [promise(agent, in: 6, on: test)])
            try await test.desk.tickets.markSolved(number)
            test.pass(hours: 6)
            _ = try await test.desk.tickets.keepWord()
            let ticket = try await test.ticket(number)
            #expect(ticket.status == .open)
            #expect(try #require(ticket.nextContactAt) > test.desk.clock.now())
            try await test.expectWhole()
        }
    }

    @Test func `kept by the answer, moved with a reason, taken back with a reason: the customer knows each`() async throws {
        try await TestDesk.with(environment: Self.office) { test in
            let (agent, number) = (try await test.addAgent(), try await test.request().ticket.number)
            for _ in 0..<3 { try await test.desk.tickets.promise(promise(agent, in: 30, on: test), about: number, by: agent) }
            let ids = try await test.desk.database.read { db in try db.promises(about: number.subject).map(\.id) }
            try await reply(test, number, by: agent, keeps: [ids[0]])
            try await test.desk.tickets.move(
                promise: ids[1], to: TestDesk.start.addingTimeInterval(60 * 3600), because: "Der Kollege ist krank", by: agent)
            try await test.desk.tickets.withdraw(promise: ids[2], because: "Das Gerät gibt es nicht mehr", by: agent)
            try await test.drain()
            let states = try await test.desk.database.read { db in try db.promises(about: number.subject).map(\.state) }
            #expect(states == [.kept, .open, .withdrawn])
            let texts = try test.carrier.sent.map { try Email(parsing: $0.bytes).text }
            #expect(texts.contains { $0.contains("Der Kollege ist krank") })
            #expect(texts.contains { $0.contains("Das Gerät gibt es nicht mehr") })
            #expect(try await test.desk.database.read { db in try db.counters()["promises"] } == 1)
            try await test.expectWhole()
        }
    }

    @Test func `nothing new three times in a row is told in three different ways, and from the second on everybody is alarmed`()
        async throws
    {
        try await TestDesk.with(environment: Self.office) { test in
            let (owner, _) = (try await test.addAgent(), try await test.addAgent(DemoCast.jonas))
            let number = try await test.request().ticket.number
            try await test.desk.tickets.assign(number, to: owner.id, by: owner)
            try await test.drain()
            var sentences: [String] = []
            for round in 0..<3 {
                let next = try #require(try await test.ticket(number).nextContactAt)
                test.time.pass(seconds: next.timeIntervalSince(test.desk.clock.now()))
                #expect(try await test.desk.tickets.keepWord().nothingNew == 1)
                let before = test.carrier.sent.count
                try await test.drain()
                let sent = try test.carrier.sent.dropFirst(before).map { try Email(parsing: $0.bytes) }
                let own = try #require(sent.first { $0.to.contains { $0.mailbox == DemoCast.lukasz.address } })
                sentences.append(own.text)
                let alarmed = Set(sent.flatMap(\.to).map(\.mailbox)).intersection([DemoCast.ayse.address, DemoCast.jonas.address])
                #expect(alarmed.count == (round == 0 ? 0 : 2))
            }
            #expect(sentences[0].contains("nicht fertig bearbeitet"))
            #expect(sentences[1].contains("niemand etwas für Ihre Anfrage getan"))
            #expect(sentences[2].contains("zum 3. Mal"))
            // somebody acts: the next one begins anew
            try await test.desk.tickets.note("Ich frage nach.", on: number, by: owner)
            #expect(try await test.ticket(number).nothingNew == 0)
            try await test.expectWhole()
        }
    }

    @Test func `before a contact is due its owner is told once, in one letter for all, and not at night`() async throws {
        try await TestDesk.with(environment: Self.office) { test in
            let owner = try await test.addAgent()
            for _ in 0..<3 {
                let number = try await test.request().ticket.number
                try await test.desk.tickets.assign(number, to: owner.id, by: owner)
            }
            try await test.drain()
            let before = test.carrier.sent.count
            #expect(try await test.desk.tickets.remindAgents() == 0)
            test.pass(hours: 12)  // 21:12
            #expect(try await test.desk.tickets.remindAgents() == 0)
            test.pass(hours: -7)  // 14:12, three open hours before
            #expect(try await test.desk.tickets.remindAgents() == 3)
            #expect(try await test.desk.tickets.remindAgents() == 0)
            try await test.drain()
            let reminders = try test.carrier.sent.dropFirst(before).map { try Email(parsing: $0.bytes) }
            #expect(reminders.count == 1)
            #expect(reminders.first?.text.contains("3 Kunden warten bald auf Sie") == true)
            try await test.expectWhole()
        }
    }

    @Test func `who cannot be told by mail is a to-do, once`() async throws {
        try await TestDesk.with(environment: Self.office) { test in
            let number = try await test.request(.init(name: "Automat", address: "noreply@automat.example", language: .de)).ticket.number
            for _ in 0..<2 {
                let next = try #require(try await test.ticket(number).nextContactAt)
                test.time.pass(seconds: next.timeIntervalSince(test.desk.clock.now()))
                #expect(try await test.desk.tickets.keepWord().nothingNew == 1)
            }
            let todos = try await test.desk.database.read { db in try db.todos(on: number).map(\.kind) }
            #expect(todos.filter { $0 == .notTold(.noReply) }.count == 1)
            #expect(try await test.letters(number).isEmpty)
            try await test.expectWhole()
        }
    }

    /// Ninety days over Christmas and New Year: whatever people do or leave undone, nobody sits in the dark.
    @Test(arguments: 0..<4) func `in ninety days of anything no open ticket is without a next contact and no promise passes unnoticed`(
        _ seed: Int
    ) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        try await TestDesk.with(environment: Self.office.merging(["KLARTEXT_HOLIDAYS": "DE-BY"]) { $1 }) { test in
            let (desk, agent) = (test.desk, try await test.addAgent())
            var numbers: [TicketNumber] = []
            let end = TestDesk.start.addingTimeInterval(90 * 86_400)
            while desk.clock.now() < end {
                test.pass(hours: Double.random(in: 0.5...14, using: &random))
                let number = numbers.randomElement(using: &random)
                switch (Int.random(in: 0..<12, using: &random), number) {
                case (0, _) where numbers.count < 12, (_, nil):
                    numbers.append(try await test.request(subject: "Nr. \(numbers.count)").ticket.number)
                case (1, let number?): _ = try await desk.tickets.add(text: "Und?", files: [], on: number)
                case (2, let number?), (3, let number?):
                    let promises = Bool.random(using: &random) ? [promise(agent, in: .random(in: 1...200, using: &random), on: test)] : []
                    try await reply(test, number, by: agent, promises: promises)
                case (4, let number?): try await desk.tickets.markSolved(number)
                case (5, let number?): try? await desk.tickets.solve(number, cause: "ein c fehlte", by: agent)
                case (6, let number?):
                    let open = try await desk.database.read { db in try db.promises(about: number.subject).first { $0.state == .open } }
                    if let open { try await desk.tickets.keep(promise: open.id, how: "", by: agent) }
                default: break
                }
                let round = try await desk.tickets.keepWord()
                #expect(round.failures.isEmpty)
                _ = try await desk.tickets.remindAgents()
                let now = desk.clock.now()
                let (late, missed) = try await desk.database.read { db in
                    try (db.openTickets(dueBy: now, after: nil, limit: 100), db.openPromises(dueBy: now, after: nil, limit: 100))
                }
                #expect(late.isEmpty)
                #expect(missed.isEmpty)
            }
            for number in numbers { try await expectNoSentenceTwice(number, on: test) }
            try await test.expectWhole()
        }
    }

    /// No two letters without news say the same unless one of us acted in between.
    private func expectNoSentenceTwice(_ number: TicketNumber, on test: TestDesk) async throws {
        let (history, letters) = try await test.desk.database.read { db in
            let letters = try db.letters(conversation: number.rawValue)
            return (try db.history(of: number), try letters.map { ($0.id, try db.letterContent($0.id)?.body) })
        }
        let bodies = Dictionary(uniqueKeysWithValues: letters.map { ($0.0, $0.1) })
        var last: [LetterBody.Block]?
        for entry in history {
            if entry.actor.agentID != nil { last = nil }
            guard case .saidNothingNew(let letter?) = entry.event, let blocks = bodies[letter]??.blocks else { continue }
            let words = blocks.filter { if case .paragraph = $0 { true } else { false } }
            #expect(last != words, "#\(number) is told the same again")
            last = words
        }
    }
}
