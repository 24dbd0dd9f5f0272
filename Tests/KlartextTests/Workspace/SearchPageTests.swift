import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct SearchPageTests {
    private func numbers(_ page: Page) -> [String] {
        page.text.components(separatedBy: "data-row href=\"/desk/tickets/").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    private func path(_ text: String) -> String {
        "/desk/search?q=" + (text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
    }

    @Test func `a search shows tickets with the words marked, and keeps what was typed in the field`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket("Störung <Webmail>", text: "Seit heute Störungen & \"Fehler\".")
            let page = try await browser.get(path("störung \"<b>"))
            #expect(page.says("&quot;&lt;b&gt;") && page.says("auch nicht so ähnlich: <b>b</b>"))
            let found = try await browser.get(path("störung"))
            #expect(numbers(found) == ["\(number.rawValue)"])
            #expect(found.says("<mark>Störung</mark> &lt;Webmail&gt;"))
            #expect(found.says("Seit heute <mark>Störungen</mark> &amp; &quot;Fehler&quot;."))
            #expect(found.says("name=\"q\" value=\"störung\""))
            #expect(!page.says("\"<b>"))
        }
    }

    @Test func `a typed number shows its ticket first, and does not lead away`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            for text in ["\(number)", "#\(number)", "\(number.rawValue)"] {
                let page = try await browser.get(path(text))
                #expect(page.status == .ok && numbers(page) == ["\(number.rawValue)"], "\(text)")
                #expect(page.says("Die Anfrage mit dieser Nummer"))
            }
        }
    }

    @Test func `a customer stands above the tickets and leads to all of them, page by page`() async throws {
        try await AgentBrowser.with { browser in
            var opened: [String] = []
            for index in 0..<(Workspace.linesPerPage + 2) {
                opened.insert("\(try await browser.test.request(subject: "Frage \(index)").ticket.number.rawValue)", at: 0)
            }
            let found = try await browser.get(path("LUKASZ@nowak.example"))
            let customer =
                found.text.components(separatedBy: "data-row href=\"/desk/customers/").dropFirst().first?.prefix { $0 != "\"" } ?? ""
            #expect(found.says("<mark>Łukasz</mark>"))
            let first = try await browser.get("/desk/customers/\(customer)")
            #expect(numbers(first) == Array(opened.prefix(Workspace.linesPerPage)))
            let next = try #require(
                first.text.components(separatedBy: "<p class=\"more\"><a class=\"btn\" href=\"").last?.prefix { $0 != "\"" })
            #expect(numbers(try await browser.get(String(next))) == Array(opened.suffix(2)))
            #expect(try await browser.get("/desk/customers/999").status == .notFound)
        }
    }

    @Test func `more is found page by page, each ticket once`() async throws {
        try await AgentBrowser.with { browser in
            var opened: [String] = []
            for index in 0..<60 {
                opened.insert("\(try await browser.test.request(subject: "Sammelfrage \(index)").ticket.number.rawValue)", at: 0)
            }
            let first = try await browser.get(path("sammelfrage"))
            let more = try #require(
                first.text.components(separatedBy: "<p class=\"more\"><a class=\"btn\" href=\"").last?.prefix { $0 != "\"" })
            let second = try await browser.get(more.replacingOccurrences(of: "&amp;", with: "&"))
            #expect(numbers(first) + numbers(second) == opened)
            #expect(!second.says("class=\"more\""))
        }
    }

    @Test func `a note is shown as one, a slip of the finger is told, and what stands nowhere is named`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket("Rechnung fehlt")
            try await browser.test.desk.tickets.note("Techniker fragt nach.", on: number, by: browser.agent)
            let note = try await browser.get(path("techniker"))
            #expect(note.says("Notiz</b>") && note.says("<mark>Techniker</mark> fragt nach."))
            let slip = try await browser.get(path("rehcnung"))
            #expect(numbers(slip) == ["\(number.rawValue)"])
            #expect(slip.says("„rehcnung“ steht nirgends. Gesucht wurde stattdessen: <b>rechnung</b>"))
            let lost = try await browser.get(path("rechnung wolkenbruch"))
            #expect(numbers(lost).isEmpty && lost.says("auch nicht so ähnlich: <b>wolkenbruch</b>"))
            #expect(try await browser.get(path("fehlt techniker rechnung ja")).says("steht nirgends"))
            #expect(try await browser.get(path("?!")).says("kein Wort und keine Nummer"))
            #expect(try await browser.get("/desk/search").says("Mehrere Wörter müssen alle vorkommen"))
        }
    }

    @Test func `the search speaks the agent's language and is closed to strangers`() async throws {
        try await AgentBrowser.with(DemoCast.friederike) { browser in
            let page = try await browser.get(path("nothinglikethis"))
            #expect(page.says("Nothing contains this, nor anything similar"))
            var stranger = browser
            stranger.cookie = nil
            for closed in ["/desk/search?q=a", "/desk/customers/1"] {
                let answer = try await stranger.get(closed)
                #expect(answer.location?.hasPrefix("/desk/sign-in") == true)
            }
        }
    }
}
