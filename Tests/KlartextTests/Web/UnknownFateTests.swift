import Foundation
import Storage
import TestDatabases
import Testing

@testable import Klartext

/// The connection to the database server is cut at each statement of what a form does, the commit included: before it arrives, and after it was
/// sent, when nobody knows what became of it. Whoever sent the form notices nothing, and nothing is there twice.
@Suite(.timeLimit(.minutes(3)), .enabled(if: TestDatabases.engine == .postgreSQL))
struct UnknownFateTests {
    /// Does something again and again, each time cut one statement later, until there is none left to cut.
    ///
    /// - Parameter act: does it for the n-th time, with what no other time has.
    private func cut(_ database: Database, _ moment: FaultPlan.Moment, _ act: (Int) async throws -> Void) async throws {
        for statement in 1..<400 {
            let plan = FaultPlan(failAtStatement: statement, kind: .cut, moment: moment)
            database.faults = plan
            try await act(statement)
            database.faults = nil
            if !plan.wasHit {
                #expect(statement > 5, "no statement was counted")
                return
            }
        }
        Issue.record("there was always one statement more")
    }

    private func count(_ test: TestDesk, _ sql: SQL) async throws -> Int {
        try await test.desk.database.read { db in try db.value(sql) ?? 0 }
    }

    @Test(arguments: FaultPlan.Moment.allCases) func `a request is taken once`(_ moment: FaultPlan.Moment) async throws {
        try await Browser.with { browser in
            let stamp = try await browser.stamp()
            try await cut(browser.test.desk.database, moment) { time in
                var browser = browser
                browser.peer = "203.0.113.\(time)"
                let page = try await browser.post(
                    "/request", Browser.filled(stamp, text: "Frage \(time).", address: "a\(time)@kunde.example"))
                #expect(page.privatePath != nil, "statement \(time)")
                #expect(try await count(browser.test, "SELECT count(*) FROM ticket") == time)
                #expect(try await count(browser.test, "SELECT count(*) FROM letter") == time)
            }
            try await browser.test.expectWhole()
        }
    }

    @Test(arguments: FaultPlan.Moment.allCases) func `a customer's message is added once`(_ moment: FaultPlan.Moment) async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            let stamp = try await browser.stamp(path)
            try await cut(browser.test.desk.database, moment) { time in
                let page = try await browser.post("\(path)/messages", [("started", stamp), ("text", "Nachtrag \(time).")])
                #expect(page.status == .seeOther, "statement \(time)")
                #expect(try await count(browser.test, "SELECT count(*) FROM message") == time + 1)
            }
            try await browser.test.expectWhole()
        }
    }

    @Test(arguments: FaultPlan.Moment.allCases) func `a reply is sent once`(_ moment: FaultPlan.Moment) async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            try await cut(browser.test.desk.database, moment) { time in
                let page = try await browser.upload("\(number.deskPath)/reply", try await browser.answer(number, text: "Antwort \(time)."))
                #expect(page.location == "\(number.deskPath)?done=reply", "statement \(time)")
                #expect(try await count(browser.test, "SELECT count(*) FROM message") == time + 1)
                #expect(try await count(browser.test, "SELECT count(*) FROM letter WHERE kind = 'reply'") == time)
            }
            try await browser.test.expectWhole()
        }
    }

    @Test(arguments: FaultPlan.Moment.allCases) func `a note is written once`(_ moment: FaultPlan.Moment) async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            try await cut(browser.test.desk.database, moment) { time in
                let page = try await browser.post("\(number.deskPath)/notes", [("text", "Notiz."), ("seen", "\(time)")])
                #expect(page.location == "\(number.deskPath)?done=note", "statement \(time)")
                #expect(try await count(browser.test, "SELECT count(*) FROM note") == time)
            }
            try await browser.test.expectWhole()
        }
    }

    @Test(arguments: FaultPlan.Moment.allCases) func `a solution is told once`(_ moment: FaultPlan.Moment) async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            try await cut(browser.test.desk.database, moment) { time in
                try await browser.test.desk.tickets.solve(number, cause: "Lag im Lager.", by: browser.agent)
                #expect(try await count(browser.test, "SELECT count(*) FROM letter WHERE kind = 'solved'") == time)
                let faults = browser.test.desk.database.faults
                browser.test.desk.database.faults = nil
                try await browser.test.desk.tickets.reopen(number, by: browser.agent)
                browser.test.desk.database.faults = faults
            }
            try await browser.test.expectWhole()
        }
    }
}
