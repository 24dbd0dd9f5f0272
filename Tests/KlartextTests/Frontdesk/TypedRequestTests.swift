import Foundation
import Mail
import Storage
import Testing

@testable import Klartext

/// A request of a kind that asks for more than a text.
@Suite(.timeLimit(.minutes(2)))
struct TypedRequestTests {
    private static let parcel = "00340434161094042557"

    private static func lost(
        _ stamp: String, _ typed: [String: String] = [:], text: String = "Ein Router.", address: String = "tom@oleary.example"
    )
        -> [(String, String)]
    {
        let usual = ["tracking": "0034 0434 1610 9404 2557", "direction": "from-customer", "posted": "12.11.2026", "value": "249"]
        return Browser.filled(stamp, subject: "", text: text, address: address)
            + usual.merging(typed) { $1 }.map { (RequestForm.input($0.key), $0.value) }
    }

    private func stamp(_ browser: Browser, _ kind: String = "lost-parcel") async throws -> String {
        try await browser.stamp("/request/\(kind)")
    }

    @Test(arguments: Language.allCases)
    func `every kind is one click from the home page, and each page asks for its fields`(_ language: Language) async throws {
        try await Browser.with { browser in
            let home = try await browser.get("/?lang=\(language.rawValue)")
            for type in browser.test.desk.forms.types.dropFirst() {
                #expect(home.says("href=\"/request/\(type.id)?lang=\(language.rawValue)\""))
                let page = try await browser.get("/request/\(type.id)?lang=\(language.rawValue)")
                #expect(page.status == .ok && page.says(type.title[language]) && page.says("aria-current=\"page\""))
                for field in type.fields { #expect(page.says("name=\"\(RequestForm.input(field.id))\"")) }
                #expect(page.says("name=\"subject\"") == (type.subject == nil))
            }
            #expect(try await browser.get("/request/nothing").status == .notFound)
            #expect(try await browser.post("/request/nothing", []).status == .notFound)
            #expect(browser.test.desk.catalog.missing.isEmpty)
        }
    }

    @Test func `typed values stand on the page, on the status page, in the mail and on the desk, and find the ticket`() async throws {
        try await Browser.with { browser in
            let page = try await browser.post("/request/lost-parcel", Self.lost(try await stamp(browser)))
            let ticket = try await browser.ticket()
            #expect(page.status == .ok && ticket.subject == "Paket \(Self.parcel) verschwunden")
            let status = try await browser.get(try #require(page.privatePath))
            try await browser.test.drain()
            let mail = try Email(parsing: try #require(browser.test.carrier.sent.first).bytes).text
            for shown in ["Paket verschwunden", "\(Self.parcel) (DHL)", "Ich habe es verschickt", "12.11.2026", "249,00 €"] {
                #expect(page.says(shown) && status.says(shown) && mail.contains(shown), "\(shown)")
            }
            let file = try #require(try await browser.test.desk.tickets.file(ticket.number))
            #expect(file.fields.map(\.field) == ["form", "tracking", "direction", "posted", "value"])
            #expect(file.fields.map(\.value) == ["lost-parcel", Self.parcel, "from-customer", "2026-11-12", "24900 EUR"])
            #expect(try await browser.test.numbers(Self.parcel) == [ticket.number])
            try await browser.test.expectWhole()
        }
    }

    @Test func `a form with mistakes keeps everything typed, and says each in the person's language`() async throws {
        try await Browser.with { browser in
            let stamp = try await stamp(browser)
            let typed = ["tracking": "00340434161094042558", "posted": "24.11.2026", "value": "viel \"Geld\""]
            let page = try await browser.post(
                "/request/lost-parcel?lang=en", Self.lost(stamp, typed, text: "A router"), files: [.init(name: "Beleg.txt", bytes: [1])])
            #expect(page.status == .unprocessableContent && page.says("This looks like a number of DHL, but one character is not right."))
            #expect(page.says("This day is still to come.") && page.says("Please give an amount") && page.says("href=\"#f-tracking\""))
            #expect(page.values("f-tracking") == ["00340434161094042558"] && page.values("f-posted") == ["24.11.2026"])
            #expect(page.says("value=\"viel &quot;Geld&quot;\"") && page.says("value=\"from-customer\" selected") && page.says("A router"))
            let kept = page.values("kept").map { ("kept", $0) }
            #expect(kept.count == 1)
            let done = try await browser.post("/request/lost-parcel?lang=en", Self.lost(stamp, text: "A router") + kept)
            #expect(done.status == .ok && done.says("Beleg.txt"))
        }
    }

    @Test func `what was sent for a field that does not apply is not kept`() async throws {
        try await Browser.with { browser in
            let fields = Self.lost(
                try await stamp(browser), ["direction": "to-customer", "posted": "nonsense", "order": "nl 2026 00417", "f-x": "y"])
            #expect(try await browser.post("/request/lost-parcel", fields).status == .ok)
            let number = try await browser.ticket().number
            let kept = try await browser.test.desk.database.read { db in try db.fields(on: number) }
            #expect(kept.map(\.field) == ["form", "tracking", "direction", "order", "value"])
            #expect(kept[3].value == "NL-2026-00417")
        }
    }

    @Test func `an account number is whole on the pages and covered in the mail`() async throws {
        try await Browser.with { browser in
            let fields =
                Browser.filled(try await stamp(browser, "complaint")) + [
                    ("f-about", "invoice"), ("f-invoice", "20261187"), ("f-wish", "refund"), ("f-amount", "1.008,00 €"),
                    ("f-account", "de89 3704 0044 0532 0130 00"),
                ]
            let page = try await browser.post("/request/complaint", fields)
            #expect(page.status == .ok && page.says("DE89 3704 0044 0532 0130 00") && page.says("2026-1187"))
            try await browser.test.drain()
            let sent = try #require(browser.test.carrier.sent.first)
            let mail = try Email(parsing: sent.bytes).text
            #expect(mail.contains("DE89 … 3000") && !mail.contains("3704"))
            #expect(try await browser.ticket().subject == "Beschwerde: Rechnung oder Abbuchung 2026-1187")
        }
    }

    @Test func `a form sent twice opens one ticket, and with another value a second`() async throws {
        try await Browser.with { browser in
            let stamp = try await stamp(browser)
            let first = try await browser.post("/request/lost-parcel", Self.lost(stamp))
            let again = try await browser.post("/request/lost-parcel", Self.lost(stamp))
            #expect(first.status == .ok && again.bytes == first.bytes)
            #expect(try await browser.post("/request/lost-parcel", Self.lost(stamp, ["value": "250"])).status == .ok)
            #expect(try await browser.tickets() == 2)
        }
    }

    @Test(arguments: [
        ("tracking", "1Z999AA10123456784", true, "UPS, die Prüfziffer stimmt."),
        ("tracking", "1Z999AA10123456785", false, "Das sieht nach einer Nummer von UPS aus, aber eine Stelle stimmt nicht."),
        ("value", "1008", true, "So lesen wir es: 1.008,00 €"), ("posted", "12.11.2026", true, "Donnerstag, 12. November 2026"),
        ("order", "", true, ""), ("tracking", "", false, "Diese Angabe brauchen wir."),
    ])
    func `a value is judged while it is typed, by the same rules`(_ field: String, _ typed: String, _ ok: Bool, _ said: String) async throws
    {
        try await Browser.with { browser in
            let value = try #require(typed.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            let page = try await browser.postSimple("/request/lost-parcel/check?lang=de", "field=\(field)&value=\(value)")
            #expect(page.status == .ok && page.headers[.contentType] == "application/json")
            #expect(page.says("{\"ok\":\(ok),") && (said.isEmpty ? page.says("\"said\":\"\"") : page.says(said)), "\(page.text)")
        }
    }

    @Test func `whoever asks too often is told when to come again, and others are not held up`() async throws {
        try await Browser.with(rules: FormRules(checksPerMinute: 3)) { browser in
            var browser = browser
            func ask() async throws -> Page { try await browser.postSimple("/request/lost-parcel/check", "field=value&value=1") }
            for _ in 0..<3 { #expect(try await ask().status == .ok) }
            let refused = try await ask()
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "60")
            browser.peer = "198.51.100.4"
            #expect(try await ask().status == .ok)
            browser.peer = "203.0.113.7"
            browser.test.pass(minutes: 1)
            #expect(try await ask().status == .ok)
            #expect(try await browser.postSimple("/request/lost-parcel/check", "field=nothing&value=1").status == .notFound)
            #expect(try await browser.postSimple("/request/question/check", "field=value&value=1").status == .notFound)
        }
    }

    @Test func `values move with their message, and check finds one that was changed behind our back`() async throws {
        try await Browser.with { browser in
            _ = try await browser.post("/request/lost-parcel", Self.lost(try await stamp(browser)))
            let (desk, from) = (browser.test.desk, try await browser.ticket().number)
            let agent = try await browser.test.addAgent()
            let into = try await browser.test.request(subject: "Lieferschein").ticket.number
            let message = try #require(try await desk.tickets.file(from)?.messages.first).id
            try await desk.tickets.move(message: message, to: into, by: agent)
            #expect(try await desk.tickets.file(into)?.fields.count == 5)
            #expect(try await desk.tickets.file(from)?.fields.isEmpty == true)
            try await browser.test.expectWhole()
            let sql: SQL = "UPDATE ticket_field SET value = '1 EUR' WHERE field = 'value'"
            _ = try await desk.database.write { tx in try tx.run(sql) }
            let broken = try await Check(desk: desk).run().filter { !$0.breaches.isEmpty }
            #expect(broken.map(\.law) == ["what forms asked for is as it was given"])
        }
    }

    @Test func `a hostile value stays text wherever it is shown`() async throws {
        try await Browser.with { browser in
            let hostile = "\"\u{301}><script>alert(1)</script>\u{338}"
            let fields =
                Browser.filled(try await stamp(browser, "fault"), subject: "Störung") + [("f-affected", "other"), ("f-message", hostile)]
            let page = try await browser.post("/request/fault", fields)
            #expect(page.status == .ok && !page.says("<script>alert") && page.says("&lt;script&gt;"))
            let back = try await browser.post(
                "/request/fault", Browser.filled("", subject: "") + [("f-affected", hostile), ("f-message", hostile)])
            #expect(back.status == .unprocessableContent && !back.says("<script>alert"))
        }
    }

    @Test func `an agent sees each value with a button that copies it as programs want it`() async throws {
        try await AgentBrowser.with { browser in
            let desk = browser.test.desk
            let type = try #require(desk.forms["domain"])
            let filled = FilledForm(
                type, typed: ["domain": "Mühlenbäckerei.example", "matter": "other"], today: CivilTime(year: 2026, month: 11, day: 23))
            let sender = try #require(Address("tom@oleary.example"))
            let number = try await desk.tickets.open(
                .init(
                    sender: sender, name: "Tom", subject: "Domain", text: "", language: .de, channel: .web, files: [],
                    filled: filled.fields(of: type, desk.voices[.de]))
            ).ticket.number
            let page = try await browser.get(number.deskPath)
            #expect(page.says("mühlenbäckerei.example") && page.says("data-copy-text=\"xn--mhlenbckerei-lcb44a.example\""))
            #expect(page.says("Etwas anderes") && !page.says("data-copy-text=\"other\""))
        }
    }
}
