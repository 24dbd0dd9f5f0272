import Foundation
import Testing

@testable import Klartext

/// What all public pages have in common, the lost link, and the errors.
@Suite(.timeLimit(.minutes(2)))
struct PublicPagesTests {
    @Test func `the form is one click from every public page`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            for place in ["/", "/request", "/lost", path, "/nowhere"] {
                let page = try await browser.get(place)
                #expect(page.says("href=\"/request\"") && page.says("href=\"/lost\""), "\(place)")
                #expect(page.says("Nordlicht Hosting") && page.headers[.setCookie] == nil, "\(place)")
            }
        }
    }

    @Test func `a visitor is answered in the language of the browser, or the one chosen`() async throws {
        try await Browser.with { browser in
            var browser = browser
            #expect(try await browser.get("/").says("Wie können wir helfen?"))
            browser.acceptLanguage = "en-GB,en;q=0.9,de;q=0.5"
            let english = try await browser.get("/request")
            #expect(english.says("<html lang=\"en\"") && english.says("What is it about?") && english.says("value=\"en\" checked"))
            #expect(
                english.headers[.contentLanguage] == "en" && english.says("href=\"/request?lang=de\" lang=\"de\" hreflang=\"de\">Deutsch"))
            let german = try await browser.get("/request?lang=de")
            #expect(german.says("Worum geht es?") && german.says("value=\"de\" checked"))
            // the choice goes with every link, without a cookie
            #expect(german.says("action=\"/request?lang=de\"") && german.says("href=\"/lost?lang=de\""))
        }
    }

    @Test func `the private page speaks the ticket's language unless asked for another`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask(language: "en")
            #expect(try await browser.get(path).says("It is our turn."))
            #expect(try await browser.get("\(path)?lang=de").says("Wir sind dran."))
            let back = try await browser.postSimple("\(path)/answer?lang=de", "answer=thanks")
            #expect(back.headers[.location] == "\(path)?done=thanks&lang=de")
        }
    }

    @Test func `every text was there, in both languages`() async throws {
        try await Browser.with { browser in
            for language in ["de", "en"] {
                let stamp = try await browser.stamp("/request?lang=\(language)")
                for (fields, files) in [
                    (Browser.filled(stamp, subject: "", text: "", address: "x@", trap: "x"), [Browser.File]()),
                    (Browser.filled(stamp, text: language), [Browser.File(name: "a", bytes: [1])]),
                ] { _ = try await browser.post("/request?lang=\(language)", fields, files: files) }
                for path in ["/", "/lost", "/nowhere"] { _ = try await browser.get("\(path)?lang=\(language)") }
                _ = try await browser.postSimple("/lost?lang=\(language)", "number=1&email=x")
            }
            #expect(browser.test.desk.catalog.missing == [])
        }
    }

    @Test func `a lost link is mailed to the address on the ticket, and the answer is the same for everybody`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            try await browser.test.drain()
            let number = "\(try await browser.ticket().number)"
            let right = try await browser.postSimple("/lost", "number=%23\(number)&email=TOM%40oleary.example")
            #expect(right.status == .ok && right.says("Schauen Sie in Ihr Postfach."))
            for wrong in ["number=\(number)&email=eva%40example.org", "number=100-021&email=tom%40oleary.example", "number=x&email=y", ""] {
                let page = try await browser.postSimple("/lost", wrong)
                #expect(page.status == right.status && page.bytes == right.bytes)
            }
            try await browser.test.drain()
            #expect(browser.test.carrier.sent.map(\.envelope.to) == [["tom@oleary.example"], ["tom@oleary.example"]])
            let token = path.dropFirst(3)
            #expect(try #require(browser.test.carrier.texts.last).replacingOccurrences(of: "=\r\n", with: "").contains(token))
        }
    }

    @Test func `a revoked link is replaced when its owner asks`() async throws {
        try await Browser.with { browser in
            let path = try await browser.ask()
            let number = try await browser.ticket().number
            try await browser.test.desk.tickets.revokeLink(number, by: try await browser.test.addAgent())
            _ = try await browser.postSimple("/lost", "number=\(number)&email=tom%40oleary.example")
            let fresh = browser.test.desk.tickets.links.path(try await browser.ticket())
            #expect(fresh != path)
            #expect(try await browser.get(path).status == .gone)
            #expect(try await browser.get(fresh).status == .ok)
        }
    }

    @Test func `one network asks for twenty links an hour`() async throws {
        try await Browser.with { browser in
            var browser = browser
            for _ in 0..<20 { #expect(try await browser.postSimple("/lost", "number=1&email=a%40b.example").status == .ok) }
            let page = try await browser.postSimple("/lost", "number=100-014&email=a%40b.example")
            #expect(page.status == .tooManyRequests && page.headers[.retryAfter] == "3600")
            #expect(page.says("value=\"100-014\"") && page.says("value=\"a@b.example\""))
            browser.peer = "203.0.113.8"
            #expect(try await browser.postSimple("/lost", "number=1&email=a%40b.example").status == .ok)
        }
    }

    @Test func `what is not a form, or another site's, is refused with a page`() async throws {
        try await Browser.with { browser in
            let fields = "subject=a&text=b&email=a%40b.example"
            let foreign = try await browser.postSimple("/request", fields, headers: [.secFetchSite: "cross-site"])
            #expect(foreign.status == .forbidden && foreign.says("kam von einer anderen Website"))
            let noForm = try await browser.postSimple("/request", fields, headers: [.contentType: "text/plain"])
            #expect(noForm.status == .unsupportedMediaType && noForm.says("Das hat nicht geklappt."))
            let broken = try await browser.postSimple("/request", "--x", headers: [.contentType: "multipart/form-data; boundary=x"])
            #expect(broken.status == .badRequest && broken.says("unvollständig"))
            #expect(try await browser.tickets() == 0)
        }
    }

    @Test func `a page that does not exist says what may be wrong`() async throws {
        try await Browser.with { browser in
            let page = try await browser.get("/nowhere?lang=en")
            #expect(page.status == .notFound && page.says("This page does not exist.") && page.says("Copy the whole link"))
        }
    }
}
