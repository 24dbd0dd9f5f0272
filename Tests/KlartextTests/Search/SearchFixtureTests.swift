import Foundation
import Mail
import Storage
import Testing

@testable import Klartext

/// The documents and queries in Tests/Fixtures/search, through the doors and the real database: what is found is the same on every engine.
@Suite(.timeLimit(.minutes(2))) struct SearchFixtureTests {
    struct Document: Decodable {
        var id: String
        var name, address, subject, text: String
        var reply, note, file: String?
    }

    struct Query: Decodable {
        var query: String
        var finds: [String]
        var why: String
    }

    private static func load<Value: Decodable>(_ name: String) throws -> Value {
        let path = TestDesk.root + "/Tests/Fixtures/search/\(name).json"
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test func `each query finds what it should, and nothing else`() async throws {
        let (documents, queries): ([Document], [Query]) = try (Self.load("documents"), Self.load("queries"))
        #expect(queries.count >= 60)
        try await TestDesk.with { test in
            let agent = try await test.addAgent()
            var names: [Int64: String] = [:]
            for document in documents { names[try await Self.write(document, on: test, by: agent).rawValue] = document.id }
            for query in queries {
                let found = try await test.search(query.query).tickets.map { names[$0.ticket ?? 0] ?? "?" }
                #expect(Set(found) == Set(query.finds) && found.count == query.finds.count, "\(query.query): \(query.why), found \(found)")
            }
            try await test.expectWhole()
        }
    }

    private static func write(_ document: Document, on test: TestDesk, by agent: Agent) async throws -> TicketNumber {
        let sender = try #require(Address(document.address))
        var files: [Tickets.NewFile] = []
        if let name = document.file {
            files = [.init(stored: try await test.desk.files.store(Array(name.utf8)), name: name, contentType: "image/jpeg")]
        }
        let number = try await test.desk.tickets.open(
            .init(
                sender: sender, name: document.name, subject: document.subject, text: document.text, language: .de, channel: .web,
                files: files)
        ).ticket.number
        if let reply = document.reply { try await test.answer(number, reply, by: agent) }
        if let note = document.note { try await test.desk.tickets.note(note, on: number, by: agent) }
        return number
    }
}

extension TestDesk {
    func search(_ text: String, before: Int64? = nil, limit: Int = 50) async throws -> Search.Results {
        let search = desk.search
        return try await desk.database.read { db in try search.find(SearchQuery(text), before: before, limit: limit, in: db) }
    }

    /// The tickets that a search finds.
    func numbers(_ text: String) async throws -> [TicketNumber] {
        try await search(text).tickets.compactMap { $0.ticket.flatMap(TicketNumber.init(rawValue:)) }
    }

    func answer(_ number: TicketNumber, _ text: String, by agent: Agent) async throws {
        let seen = try await ticket(number).lastMessage
        let later = desk.clock.now().addingTimeInterval(86_400)
        try await desk.tickets.reply(
            .init(text: text, files: [], then: .turn(.us, nextContactAt: later), seen: seen), to: number, by: agent)
    }
}
