import Foundation
import Storage
import Testing

@testable import Klartext

/// A new request by the web.
@Suite(.timeLimit(.minutes(2)))
struct RequestTests {
    @Test func `a request gets its number, its page and its confirmation in the same response`() async throws {
        try await Browser.with { browser in
            let page = try await browser.post("/request", Browser.filled(try await browser.stamp()))
            let ticket = try await browser.ticket()
            #expect(page.status == .ok && page.says("#\(ticket.number)") && page.says("Danke, Ihre Anfrage ist angekommen."))
            #expect(page.says("https://hilfe.nordlicht.example\(browser.test.desk.tickets.links.path(ticket))"))
            #expect(page.says("tom@oleary.example") && page.says("Wo ist es?") && page.says("Spätestens"))
            try await browser.test.drain()
            #expect(browser.test.carrier.sent.count == 1)
            #expect(try #require(browser.test.carrier.texts.first).contains("[#\(ticket.number)]"))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a form without files and without multipart is taken too`() async throws {
        try await Browser.with { browser in
            let stamp = try await browser.stamp()
            let page = try await browser.postSimple(
                "/request", "started=\(stamp)&subject=Frage&text=Wo+ist+es%3F&name=&email=tom%40oleary.example&language=en&website=")
            #expect(page.status == .ok)
            #expect(try await browser.ticket().language == .en)
        }
    }

    @Test func `a rejected form keeps every field and every file`() async throws {
        try await Browser.with { browser in
            let stamp = try await browser.stamp()
            let fields = Browser.filled(
                stamp, subject: "Paket \"42\"", text: "\n  Erste Zeile\n</textarea><b>", name: "Tom & Co", address: "tom.oleary",
                language: "en")
            let page = try await browser.post("/request", fields, files: [.init(name: "Beleg.txt", bytes: Array("Beleg".utf8))])
            #expect(page.status == .unprocessableContent)
            #expect(page.says("In der E-Mail-Adresse fehlt das @-Zeichen.") && page.says("href=\"#email\""))
            #expect(page.says("value=\"Paket &quot;42&quot;\"") && page.says("value=\"Tom &amp; Co\"") && page.says("value=\"tom.oleary\""))
            #expect(page.says(">\n\n  Erste Zeile\n&lt;/textarea&gt;&lt;b&gt;</textarea>"))
            #expect(page.says("value=\"en\" checked") && page.says("Beleg.txt"))
            let kept = try #require(page.values("kept").first)

            var again = Browser.filled(try #require(page.values("started").first), address: "tom@oleary.example")
            again.append(("kept", kept))
            let done = try await browser.post("/request", again)
            #expect(done.status == .ok && done.says("Beleg.txt"))
            // the whole receipt, as `printf Beleg | sha256sum` has it
            #expect(done.says("52947d0640c2ccbb34ebc4f0a6b0661db3c77545ca6f41f2f92545e32951c44b"))
        }
    }

    @Test func `a kept file can be taken out, and a file that was never kept cannot be put in`() async throws {
        try await Browser.with { browser in
            let stamp = try await browser.stamp()
            let files = [Browser.File(name: "eins.txt", bytes: [1]), .init(name: "zwei.txt", bytes: [2])]
            let rejected = try await browser.post("/request", Browser.filled(stamp, address: ""), files: files)
            #expect(rejected.values("kept").count == 2)
            let kept = rejected.values("kept").map { ("kept", $0) }
            let done = try await browser.post("/request", Browser.filled(stamp) + kept + [("remove", "0")])
            #expect(done.status == .ok && done.says("zwei.txt") && !done.says("eins.txt"))

            let genuine = try #require(rejected.values("kept").first)
            let forged = genuine.dropLast() + (genuine.hasSuffix("A") ? "B" : "A")
            let refused = try await browser.post("/request", Browser.filled(stamp, subject: "Anderes") + [("kept", String(forged))])
            #expect(refused.status == .unprocessableContent && refused.values("kept").isEmpty && refused.says("nicht mehr da"))
            #expect(try await browser.tickets() == 1)
        }
    }

    @Test func `files above the limit are refused and cost no typed text`() async throws {
        try await Browser.with { browser in
            let stamp = try await browser.stamp()
            let large = Browser.File(name: "Film.mp4", type: "video/mp4", bytes: [UInt8](repeating: 120, count: 25_000_001))
            let small = Browser.File(name: "klein.txt", bytes: [1])
            let page = try await browser.post("/request", Browser.filled(stamp), files: [large, small])
            #expect(page.status == .unprocessableContent && page.says("höchstens 25 MB groß sein dürfen: Film.mp4"))
            #expect(page.says("Paket seit 12. November verschwunden") && page.says("klein.txt") && page.values("kept").count == 1)
            #expect(try await browser.tickets() == 0)
        }
    }

    @Test func `files of exactly the limit are taken`() async throws {
        try await Browser.with { browser in
            let files = [
                Browser.File(name: "a.bin", bytes: [UInt8](repeating: 1, count: 24_000_000)),
                .init(name: "b.bin", bytes: [UInt8](repeating: 2, count: 1_000_000)),
            ]
            let path = try await browser.ask(files: files)
            let page = try await browser.get(path)
            #expect(page.says("a.bin") && page.says("24 MB") && page.says("b.bin") && page.says("1 MB"))
        }
    }

    @Test func `kept and new files together may not pass the limit`() async throws {
        try await Browser.with(rules: FormRules(fileBytes: 1000)) { browser in
            let stamp = try await browser.stamp()
            let first = try await browser.post(
                "/request", Browser.filled(stamp, address: ""), files: [.init(name: "a.bin", bytes: [UInt8](repeating: 1, count: 700))])
            let kept = first.values("kept").map { ("kept", $0) }
            let second = try await browser.post(
                "/request", Browser.filled(stamp) + kept, files: [.init(name: "b.bin", bytes: [UInt8](repeating: 2, count: 600))])
            #expect(second.status == .unprocessableContent && second.says("zusammen zu groß: 1,3 kB. Erlaubt sind 1 kB."))
            #expect(second.values("kept").count == 2)
        }
    }

    @Test func `a form that comes back too quickly is asked for once more, with everything kept`() async throws {
        try await Browser.with { browser in
            let stamp = try await browser.stamp(seconds: 1)
            let page = try await browser.post("/request", Browser.filled(stamp))
            #expect(page.status == .unprocessableContent && page.says("Bitte senden Sie es noch einmal ab.") && page.says("Wo ist es?"))
            #expect(page.values("started") == [stamp])
            #expect(try await browser.tickets() == 0)
            browser.test.time.pass(seconds: 1)
            #expect(try await browser.post("/request", Browser.filled(stamp)).status == .ok)
        }
    }

    @Test(arguments: ["", "1795421520000.abc.aaaaaaaaaaaaaaaa", "nonsense"])
    func `a form without a stamp of ours is asked for once more and then taken at once`(_ stamp: String) async throws {
        try await Browser.with { browser in
            let page = try await browser.post("/request", Browser.filled(stamp))
            #expect(page.status == .unprocessableContent && page.says("einfach noch einmal ab") && page.says("Wo ist es?"))
            #expect(try await browser.post("/request", Browser.filled(try #require(page.values("started").first))).status == .ok)
        }
    }

    @Test func `a form that lay open for days is asked for once more`() async throws {
        try await Browser.with { browser in
            let stamp = try await browser.stamp(seconds: FormStamp.validSeconds + 1)
            #expect(try await browser.post("/request", Browser.filled(stamp)).status == .unprocessableContent)
            #expect(try await browser.tickets() == 0)
        }
    }

    @Test func `whoever fills in the hidden field is shown it, and never told a lie`() async throws {
        try await Browser.with { browser in
            let stamp = try await browser.stamp()
            let page = try await browser.post("/request", Browser.filled(stamp, trap: "http://spam.example"))
            #expect(page.status == .unprocessableContent && page.says("Dieses Feld muss leer bleiben.") && page.says("Wo ist es?"))
            #expect(!page.says("class=\"trap\"") && !page.says("spam.example") && !page.says("angekommen."))
            #expect(try await browser.tickets() == 0)
            #expect(try await browser.post("/request", Browser.filled(stamp)).status == .ok)
        }
    }

    @Test func `a form sent twice opens one ticket and shows the same confirmation`() async throws {
        try await Browser.with { browser in
            let fields = Browser.filled(try await browser.stamp())
            let file = [Browser.File(name: "Beleg.txt", bytes: [1, 2, 3])]
            let first = try await browser.post("/request", fields, files: file)
            browser.test.pass(minutes: 3)
            let second = try await browser.post("/request", fields, files: file)
            #expect(first.status == .ok && second.bytes == first.bytes)
            #expect(try await browser.tickets() == 1)
            #expect(try await browser.test.letters(browser.ticket().number).count == 1)
        }
    }

    @Test func `another question with the same form is another ticket`() async throws {
        try await Browser.with { browser in
            let stamp = try await browser.stamp()
            _ = try await browser.post("/request", Browser.filled(stamp))
            let second = try await browser.post("/request", Browser.filled(stamp, text: "Und noch etwas."))
            #expect(second.status == .ok && second.says("Und noch etwas."))
            #expect(try await browser.tickets() == 2)
        }
    }

    @Test func `a form sent again does not tell a link that was replaced since`() async throws {
        try await Browser.with { browser in
            let fields = Browser.filled(try await browser.stamp())
            _ = try await browser.post("/request", fields)
            let agent = try await browser.test.addAgent()
            try await browser.test.desk.tickets.renewLink(try await browser.ticket().number, by: agent)
            let page = try await browser.post("/request", fields)
            #expect(page.status == .gone && page.privatePath == nil)
        }
    }

    @Test func `one address sends ten requests an hour, and the eleventh is told when to come again`() async throws {
        try await Browser.with { browser in
            for index in 0..<10 {
                #expect(
                    try await browser.post("/request", Browser.filled(try await browser.stamp(seconds: 3), text: "Frage \(index)")).status
                        == .ok)
            }
            let stamp = try await browser.stamp(seconds: 3)
            let page = try await browser.post("/request", Browser.filled(stamp, text: "Frage 11", address: "Tom@OLeary.example"))
            #expect(page.status == .tooManyRequests && page.says("Frage 11") && page.says("hilfe@nordlicht.example"))
            #expect(page.headers[.retryAfter].flatMap { Int($0) } == 3570)
            #expect(try await browser.post("/request", Browser.filled(stamp, address: "eva@example.org")).status == .ok)
            browser.test.pass(hours: 1)
            #expect(try await browser.post("/request", Browser.filled(stamp, text: "Frage 11")).status == .ok)
        }
    }

    @Test func `one network sends so many requests an hour, of IPv6 the first half of the address counts`() async throws {
        try await Browser.with(rules: FormRules(perNetwork: 2)) { browser in
            var browser = browser
            let stamp = try await browser.stamp()
            for (peer, status) in [("2001:db8::1", 200), ("2001:db8::2", 200), ("2001:db8::3", 429), ("2001:db8:0:1::3", 200)] {
                browser.peer = peer
                let page = try await browser.post(
                    "/request", Browser.filled(stamp, address: "someone\(peer.hashValue.magnitude)@example.org"))
                #expect(page.status.code == status, "\(peer)")
            }
        }
    }

    @Test func `an address that takes no answers is told that no mail comes`() async throws {
        try await Browser.with { browser in
            let page = try await browser.post("/request", Browser.filled(try await browser.stamp(), address: "noreply@example.org"))
            #expect(page.status == .ok && page.says("Wir schicken keine Bestätigung per E-Mail") && !page.says("Eine Bestätigung geht an"))
        }
    }

    @Test(arguments: FaultPlan.Moment.allCases)
    func `a disk that fails at any moment loses nothing typed, and sending again opens one ticket`(_ moment: FaultPlan.Moment) async throws
    {
        try await Browser.with { browser in
            let (database, stamp) = (browser.test.desk.database, try await browser.stamp())
            var statement = 1
            var isHit = true
            while isHit {
                var browser = browser
                browser.peer = "203.0.113.\(statement)"
                let fields = Browser.filled(stamp, address: "somebody\(statement)@example.org")
                let plan = FaultPlan(failAtStatement: statement, moment: moment)
                database.faults = plan
                let page = try await browser.post("/request", fields)
                database.faults = nil
                isHit = plan.wasHit
                #expect(
                    page.status == .ok || (page.status == .serviceUnavailable && page.says("Wo ist es?") && page.says("nicht speichern")))
                #expect(try await browser.post("/request", fields).status == .ok)
                statement += 1
            }
            #expect(statement > 20)
            let counted: [Int] = try await database.read { db in
                try db.rows("SELECT count(*) AS tickets FROM ticket GROUP BY customer").map { try $0["tickets"] }
            }
            #expect(counted == Array(repeating: 1, count: statement - 1))
            try await browser.test.expectWhole()
        }
    }

    @Test func `a hostile subject stays text wherever it is shown`() async throws {
        try await Browser.with { browser in
            // a quote or bracket with a combining mark behind it is one Character, and slips through escaping by characters
            let hostile = "\"\u{301}><script>alert(1)</script>\u{338} ' onmouseover=\u{301}x <\u{338}img src=x>"
            let path = try await browser.ask(subject: hostile, text: hostile, files: [.init(name: "\u{202E}<b>\u{301}.txt", bytes: [1])])
            let pages = [
                try await browser.get(path),
                try await browser.post("/request", Browser.filled("", subject: hostile, name: hostile, address: hostile)),
            ]
            for page in pages {
                #expect(!page.says("<script>alert") && !page.says("<img") && !page.says("<b>\u{301}") && !page.says("\"\u{301}>"))
                #expect(page.says("&quot;\u{301}&gt;&lt;script&gt;"))
            }
        }
    }

    @Test func `old forms are forgotten after a week`() async throws {
        try await Browser.with { browser in
            _ = try await browser.ask()
            func remembered() async throws -> Int {
                try await browser.test.desk.database.read { db in try db.rows("SELECT digest FROM submission").count }
            }
            let house = Housekeeping(browser.test.desk)
            browser.test.pass(hours: 6 * 24)
            try await house.run()
            #expect(try await remembered() == 1)
            browser.test.pass(hours: 24)
            try await house.run()
            #expect(try await remembered() == 0)
        }
    }
}
