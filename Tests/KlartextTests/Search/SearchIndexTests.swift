import Foundation
import Mail
import Storage
import TestDatabases
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct SearchIndexTests {
    private let mail = """
        From: Nora Lindqvist <nora@lindqvist.example>
        To: hilfe@nordlicht.example
        Subject: Zahlung doppelt
        Message-ID: <1@lindqvist.example>

        Der Betrag ging zweimal ab.
        """

    @Test func `what was written by form, mail, page, reply or note is found by the next search`() async throws {
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            let number = try await test.request(subject: "Domain", text: "Erstmeldung").ticket.number
            #expect(try await test.numbers("erstmeldung") == [number])
            _ = try await test.desk.tickets.add(text: "Nachtrag dazu", files: [], on: number)
            #expect(try await test.numbers("nachtrag domain nowak") == [number])
            try await test.answer(number, "Antwortentwurf steht", by: agent)
            #expect(try await test.numbers("antwortentwurf") == [number])
            try await test.desk.tickets.note("Rückfrage beim Techniker", on: number, by: agent)
            #expect(try await test.numbers("techniker") == [number])
            _ = try await test.receive(mail, from: "nora@lindqvist.example")
            let filed = try await test.numbers("zweimal lindqvist")
            #expect(filed.count == 1 && filed != [number])
            #expect(try await test.numbers("\(number.rawValue)") == [number])
            #expect(try await test.search("lindqvist").customers.count == 1)
            try await test.expectWhole()
            try await test.desk.database.write { tx in try tx.proveIndex() }
        }
    }

    @Test func `a moved message is found on its new ticket alone, and by that ticket's subject`() async throws {
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            let from = try await test.request(subject: "Umzug").ticket.number
            let into = try await test.request(DemoCast.marlene, subject: "Lieferschein").ticket.number
            let message = try await test.desk.tickets.add(text: "Irrläufer", files: [], on: from).message.id
            try await test.desk.tickets.move(message: message, to: into, by: agent)
            #expect(try await test.numbers("irrläufer") == [into])
            #expect(try await test.numbers("irrläufer lieferschein vogt") == [into])
            #expect(try await test.numbers("irrläufer umzug") == [])
            try await test.expectWhole()
            try await test.desk.database.write { tx in try tx.proveIndex() }
        }
    }

    @Test func `a learnt name finds what was written before it was known, however much that was`() async throws {
        try await TestDesk.with { test in
            let nameless = DemoCast.Person(name: "", address: "post@vogt-keramik.example", language: .de)
            let number = try await test.request(nameless, subject: "Brennofen").ticket.number
            for index in 0..<(SearchIndex.mostAtOnce + 5) {
                _ = try await test.desk.tickets.add(text: "Nachtrag \(index)", files: [], on: number)
            }
            #expect(try await test.numbers("marlene brennofen") == [])
            let named = DemoCast.Person(name: "Marlene Vogt", address: nameless.address, language: .de)
            _ = try await test.request(named, subject: "Noch etwas")
            #expect(try await test.numbers("marlene brennofen") == [number])
            #expect(try await test.numbers("marlene \"Hallo, es fehlt\" brennofen") == [])
            #expect(try await test.search("brennofen").isIndexing)
            try await test.drain()
            #expect(try await test.numbers("marlene \"Hallo, es fehlt\" brennofen") == [number])
            #expect(try await test.search("marlene").customers.count == 1)
            try await test.expectWhole()
            try await test.desk.database.write { tx in try tx.proveIndex() }
        }
    }

    @Test func `a text that is taken back cannot be found`() async throws {
        try await TestDesk.with { test in
            let number = try await test.request(subject: "Erster Versuch").ticket.number
            struct Refused: Error {}
            await #expect(throws: Refused.self) {
                try await test.desk.database.write { tx in
                    _ = try test.desk.tickets.add(text: "Zurückgenommenes", files: [], on: number, in: tx, at: TestDesk.start)
                    throw Refused()
                }
            }
            #expect(try await test.numbers("zurückgenommenes") == [])
            // its words were not taken for known: the second time they get into the vocabulary
            _ = try await test.desk.tickets.add(text: "Zurückgenommenes", files: [], on: number)
            #expect(try await test.numbers("genommenes") == [number])
            try await test.expectWhole()
            try await test.desk.database.write { tx in try tx.proveIndex() }
        }
    }

    @Test func `what was there before the search is found after the job that the upgrade promises, newest first, in parts`() async throws {
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            var numbers: [TicketNumber] = []
            for index in 0..<3 { numbers.append(try await test.request(subject: "Altbestand \(index)").ticket.number) }
            try await test.desk.tickets.note("Altnotiz", on: numbers[0], by: agent)
            try await test.desk.database.write { tx in
                try tx.forgetSearch()
                try tx.promise(IndexDocuments(), at: TestDesk.start, now: TestDesk.start)
            }
            #expect(try await test.search("altbestand").isIndexing)
            try await test.expectWhole()
            try await test.desk.database.write { tx in try tx.proveIndex() }
            try await test.drain()
            #expect(try await test.search("altbestand").isIndexing == false)
            #expect(try await test.numbers("altbestand") == [numbers[0], numbers[2], numbers[1]])
            #expect(try await test.numbers("altnotiz") == [numbers[0]])
            #expect(try await test.search("nowak").customers.count == 1)
            try await test.expectWhole()
            try await test.desk.database.write { tx in try tx.proveIndex() }
        }
    }

    @Test func `everything there is comes once, in parts of any size, newest first and customers last`() async throws {
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            for person in [DemoCast.lukasz, DemoCast.marlene, DemoCast.tom, DemoCast.nora, DemoCast.brandt] {
                let number = try await test.request(person).ticket.number
                try await test.desk.tickets.note("Notiz", on: number, by: agent)
            }
            let all = try await test.desk.database.read { db in try db.documentNames(of: nil, below: nil, limit: 100).map(\.id) }
            #expect(all.count == 15 && all.count { $0 < 0 } == 5)
            #expect(all == all.sorted(by: >))
            for limit in [1, 2, 3, 7, 15] {
                let ids = try await test.desk.database.read { db in
                    var (ids, below): ([Int64], Int64?) = ([], nil)
                    while true {
                        let names = try db.documentNames(of: nil, below: below, limit: limit)
                        guard let last = names.last, ids.count < 100 else { return ids }
                        ids += names.map(\.id)
                        below = last.id
                    }
                }
                #expect(ids == all, "\(limit)")
            }
        }
    }

    @Test func `klartext check names what cannot be found, and klartext reindex mends it`() async throws {
        try await TestDesk.with { test in
            _ = try await test.request()
            try await test.desk.database.write { tx in try tx.forgetSearch() }
            let law = "every message, note and customer can be found"
            let broken = try await Check(desk: test.desk).run().first { $0.law == law }
            #expect(broken?.breaches.count == 2)
            #expect(try await test.desk.search.reindex() == 2)
            #expect(try await test.desk.search.reindex() == 2)
            try await test.expectWhole()
            try await test.desk.database.write { tx in try tx.proveIndex() }
            #expect(try await test.numbers("domain").count == 1)
        }
    }

    @Test func `pages follow one another: each ticket once, newest first, and a new message moves nothing twice`() async throws {
        try await TestDesk.with { test in
            var numbers: [TicketNumber] = []
            for index in 0..<25 { numbers.append(try await test.request(subject: "Sammelfrage \(index)").ticket.number) }
            // the first ones have newer messages too
            for number in numbers.prefix(5) { _ = try await test.desk.tickets.add(text: "Nachtrag", files: [], on: number) }
            let expected = numbers.prefix(5).reversed() + numbers.dropFirst(5).reversed()
            var (seen, before): ([Int64], Int64?) = ([], nil)
            repeat {
                let page = try await test.search("sammelfrage", before: before, limit: 10)
                seen += page.tickets.compactMap(\.ticket)
                before = page.next
            } while before != nil && seen.count < 100
            #expect(seen == expected.map(\.rawValue))
        }
    }

    @Test(arguments: [
        "\"", "'", "''; DROP TABLE ticket; --", "*", "a*", "NEAR(a b)", "a AND b OR NOT c", ":", "a:b", "text:a", "\\", "\\'", "(", "-a",
        "^a", "{a}", "%", "_a_",
        "a & b | !c", "<->", "👍🏽", "\u{0}", "a\u{0}b", "e\u{301}\u{302}\u{303}", "\u{FFFF}\u{10FFFF}", "\u{202E}abc",
        "<script>alert(1)</script>",
        "\" OR search_index MATCH \"a", "ß", "İ", "ﷺ", String(repeating: "a", count: 5_000), String(repeating: "a ", count: 5_000),
        String(repeating: "\u{301}", count: 5_000),
    ])
    func `hostile input is looked for and never an error, as a query and as a text`(_ text: String) async throws {
        try await TestDesk.with { test in
            _ = try await test.search(text)
            // NUL comes through no door: forms and mails replace it
            let number = try await test.request(text: "Angriff " + text.replacing("\u{0}", with: "\u{FFFD}")).ticket.number
            _ = try await test.search(text)
            #expect(try await test.numbers("angriff") == [number])
            try await test.expectWhole()
            try await test.desk.database.write { tx in try tx.proveIndex() }
        }
    }

    @Test func `documents on the short list and in the index are found alike, changed and removed alike`() async throws {
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            var numbers: [TicketNumber] = []
            // each ticket has a message and a note: the list of 64 fills and empties twice
            for index in 0..<70 {
                let number = try await test.request(subject: "Vorgang", text: "Stelle q\(index)q").ticket.number
                try await test.desk.tickets.note("Vermerk q\(index)q", on: number, by: agent)
                numbers.append(number)
            }
            #expect(try await test.numbers("vorgang") == Array(numbers.reversed().prefix(50)))
            for index in [0, 20, 40, 62, 63, 64, 65, 69] {
                #expect(try await test.numbers("stelle q\(index)q") == [numbers[index]])
                #expect(try await test.numbers("vermerk q\(index)q vor") == [numbers[index]])
                #expect(try await test.numbers("ermerk q\(index)q") == [numbers[index]])
            }
            for index in [1, 30, 60, 68] {
                let message = try await test.desk.tickets.add(text: "Wandernd \(index)", files: [], on: numbers[index]).message.id
                try await test.desk.tickets.move(message: message, to: numbers[5], by: agent)
            }
            #expect(try await test.numbers("wandernd") == [numbers[5]])
            try await test.desk.database.write { tx in try tx.proveIndex() }
            #expect(try await test.numbers("wandernd") == [numbers[5]])
            #expect(try await test.numbers("stelle q69q") == [numbers[69]])
            try await test.desk.database.write { tx in try tx.forgetSearch() }
            #expect(try await test.numbers("vorgang") == [])
            try await test.desk.database.write { tx in try tx.proveIndex() }
            try await test.desk.search.reindex()
            #expect(try await test.numbers("wandernd") == [numbers[5]])
            try await test.expectWhole()
        }
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite))
    func `what leaves the short list is looked up by key, however many documents there are`() async throws {
        try await TestDesk.with { test in
            let plan = try await test.desk.database.write { tx in try tx.planOfFullList() }
            #expect(plan.contains { $0.hasPrefix("SEARCH d USING INTEGER PRIMARY KEY") }, "\(plan)")
        }
    }

    @Test func `known words are forgotten when they are too many, and stay right`() {
        let known = KnownWords()
        known.learn((0..<KnownWords.limit).map(String.init))
        #expect(known.unknown(among: ["b", "1", "a"]) == ["a", "b"])
        known.learn(["a"])
        #expect(known.unknown(among: ["1", "a"]) == ["1"])
    }
}
