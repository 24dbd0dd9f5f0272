import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct InboxPageTests {
    /// The numbers of the tickets on a page, in order.
    private func numbers(_ page: Page) -> [String] {
        page.text.components(separatedBy: "data-row href=\"/desk/tickets/").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    private func more(_ page: Page) -> String? {
        page.text.components(separatedBy: "<p class=\"more\"><a class=\"btn\" href=\"").dropFirst().first.map {
            String($0.prefix { $0 != "\"" })
        }
    }

    @Test func `open tickets stand in the order of dark time, and all 120 are found page by page, each once`() async throws {
        try await AgentBrowser.with { browser in
            var opened: [String] = []
            for index in 0..<120 {
                let ticket = try await browser.test.request(subject: "Frage \(index)").ticket
                opened.append("\(ticket.number.rawValue)")
                // some in the same moment: then the number decides
                if index % 3 == 0 { browser.test.pass(minutes: 1) }
            }
            var (seen, path): ([String], String?) = ([], "/desk")
            while let next = path, seen.count < 200 {
                let page = try await browser.get(next)
                #expect(numbers(page).count <= Workspace.linesPerPage)
                seen += numbers(page)
                path = more(page)
            }
            #expect(seen == opened)
        }
    }

    @Test func `whose customer has just heard from us goes to the end of the list`() async throws {
        try await AgentBrowser.with { browser in
            let first = try await browser.ticket("Eins")
            browser.test.pass(hours: 1)
            let second = try await browser.ticket("Zwei")
            browser.test.pass(hours: 1)
            #expect(numbers(try await browser.get("/desk")) == ["\(first.rawValue)", "\(second.rawValue)"])
            _ = try await browser.upload("\(first.deskPath)/reply", try await browser.answer(first))
            #expect(numbers(try await browser.get("/desk")) == ["\(second.rawValue)", "\(first.rawValue)"])
        }
    }

    @Test func `each list shows its own tickets, and the numbers beside the lists are right`() async throws {
        try await AgentBrowser.with { browser in
            let (ours, theirs, others, done) = (
                try await browser.ticket("A"), try await browser.ticket("B"), try await browser.ticket("C"), try await browser.ticket("D")
            )
            _ = try await browser.upload(
                "\(theirs.deskPath)/reply", try await browser.answer(theirs, turn: "customer", askedFor: "ein Foto"))
            _ = try await browser.upload(
                "\(others.deskPath)/reply", try await browser.answer(others, turn: "thirdParty", thirdParty: "Paketdienst"))
            _ = try await browser.upload("\(done.deskPath)/reply", try await browser.answer(done, turn: "solved", cause: "Lag im Lager."))
            for (path, expected) in [
                ("/desk", [ours, theirs, others]), ("/desk/us", [ours]), ("/desk/customer", [theirs]), ("/desk/third", [others]),
                ("/desk/mine", [theirs, others]), ("/desk/unassigned", [ours]), ("/desk/solved", [done]),
            ] {
                let page = try await browser.get(path)
                #expect(Set(numbers(page)) == Set(expected.map { "\($0.rawValue)" }), "\(path)")
                #expect(page.says("aria-current=\"page\""), "\(path)")
                guard path != "/desk/solved" else { continue }
                let current = page.text.components(separatedBy: "aria-current=\"page\"").last ?? ""
                #expect(
                    current.components(separatedBy: "<span class=\"count\">").dropFirst().first?.hasPrefix("\(expected.count)<") == true,
                    "\(path)")
            }
            try await browser.test.expectWhole()
        }
    }

    @Test func `solved tickets are paged by number, newest first`() async throws {
        try await AgentBrowser.with { browser in
            var solved: [String] = []
            for index in 0..<60 {
                let number = try await browser.test.request(subject: "Frage \(index)").ticket.number
                try await browser.test.desk.tickets.solve(number, cause: "Erledigt.", by: browser.agent)
                solved.insert("\(number.rawValue)", at: 0)
            }
            let first = try await browser.get("/desk/solved")
            let second = try await browser.get(try #require(more(first)))
            #expect(numbers(first) + numbers(second) == solved)
            #expect(more(second) == nil)
        }
    }

    @Test func `a promised time that has passed shows as overdue`() async throws {
        try await AgentBrowser.with { browser in
            _ = try await browser.ticket()
            #expect(try await browser.get("/desk").says("is-overdue") == false)
            for _ in 0..<3 {
                // looked in on now and then, so that the session goes on
                browser.test.pass(hours: 9)
                _ = try await browser.get("/desk")
            }
            let page = try await browser.get("/desk")
            #expect(page.says("row-fact is-overdue"))
            #expect(page.says("überfällig seit"))
        }
    }

    @Test func `what is not there says so in the agent's language`() async throws {
        try await AgentBrowser.with(DemoCast.friederike) { browser in
            for path in ["/desk/tickets/100015", "/desk/tickets/abc", "/desk/held/77", "/desk/letters/77", "/desk/files/77"] {
                let page = try await browser.get(path)
                #expect(page.status == .notFound, "\(path)")
                #expect(page.says("There is no such thing"), "\(path)")
            }
        }
    }
}
