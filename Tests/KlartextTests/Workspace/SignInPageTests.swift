import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2))) struct SignInPageTests {
    @Test func `nothing under the desk is open to somebody who has not signed in`() async throws {
        try await AgentBrowser.stranger { stranger in
            let routes = try Routes(stranger.test.desk).router().routes.filter { "\($0.path)".hasPrefix("/desk") }
            #expect(routes.count > 30)
            for route in routes where "\(route.path)" != "/desk/sign-in" {
                let path = "\(route.path)".replacingOccurrences(of: "{number}", with: "100014").replacingOccurrences(of: "{id}", with: "1")
                let page = try await stranger.send(route.method, path, type: "application/x-www-form-urlencoded", body: nil)
                #expect(page.status == .seeOther, "\(route)")
                #expect(page.location?.hasPrefix("/desk/sign-in") == true, "\(route)")
            }
        }
    }

    @Test func `an invented cookie opens nothing`() async throws {
        try await AgentBrowser.stranger { stranger in
            for cookie in [
                "__Host-klartext=", "__Host-klartext=abc", "__Host-klartext=\(SignIn.newSecret())", "klartext=\(SignIn.newSecret())",
            ] {
                var browser = stranger
                browser.cookie = cookie
                let page = try await browser.get("/desk")
                #expect(page.status == .seeOther)
            }
        }
    }

    @Test func `who signs in comes to where they wanted to go, and never to another server`() async throws {
        try await AgentBrowser.stranger { stranger in
            #expect(try await stranger.get("/desk/solved?before=100014").location == "/desk/sign-in?next=/desk/solved%3Fbefore%3D100014")
            #expect(try await stranger.post("/desk/tickets/100014/reply").location == "/desk/sign-in?next=/desk/tickets/100014")
            #expect(try await stranger.get("/desk/sign-in?next=/desk/held").values("next") == ["/desk/held"])
            for (next, goes) in [
                ("/desk/held", "/desk/held"), ("//evil.example/desk", "/desk"), ("https://evil.example/desk", "/desk"),
                ("/desk\r\nX: y", "/desk"),
                ("/desktop", "/desk"), ("/t/secret", "/desk"), ("/desk/../t", "/desk/../t"), ("", "/desk"), ("/desk/sign-out", "/desk"),
            ] {
                let page = try await stranger.post(
                    "/desk/sign-in", [("email", DemoCast.ayse.address), ("password", Demo.password), ("next", next)])
                #expect(page.status == .seeOther)
                #expect(page.location == goes, "\(next)")
            }
        }
    }

    @Test func `the session cookie is for this host alone, unreadable for scripts, and ends with signing out`() async throws {
        try await AgentBrowser.stranger { stranger in
            let page = try await stranger.post("/desk/sign-in", [("email", DemoCast.ayse.address), ("password", Demo.password)])
            let cookie = try #require(page.headers[.setCookie])
            #expect(cookie.hasPrefix("__Host-klartext="))
            for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] { #expect(cookie.contains(part)) }
            var browser = stranger
            browser.cookie = cookie.split(separator: ";").first.map(String.init)
            #expect(try await browser.get("/desk").status == .ok)
            let left = try await browser.post("/desk/sign-out")
            #expect(left.location == "/desk/sign-in?left=yes")
            #expect(left.headers[.setCookie]?.contains("Max-Age=0") == true)
            #expect(try await browser.get("/desk").status == .seeOther)
        }
    }

    @Test func `an unknown address and a wrong password get the same page`() async throws {
        try await AgentBrowser.stranger { stranger in
            let wrong = try await stranger.post("/desk/sign-in", [("email", DemoCast.ayse.address), ("password", "falsch-falsch")])
            let unknown = try await stranger.post("/desk/sign-in", [("email", "niemand@nordlicht.example"), ("password", "falsch-falsch")])
            #expect(wrong.status == .unprocessableContent)
            #expect(unknown.status == wrong.status)
            #expect(wrong.says("Adresse oder Passwort stimmen nicht."))
            #expect(unknown.text.replacingOccurrences(of: "niemand@nordlicht.example", with: DemoCast.ayse.address) == wrong.text)
            #expect(!wrong.says("falsch-falsch"))
        }
    }

    @Test func `who guesses is stopped and told so`() async throws {
        try await AgentBrowser.stranger { stranger in
            for _ in 0..<SignIn.failuresAllowed.address {
                _ = try await stranger.post("/desk/sign-in", [("email", DemoCast.ayse.address), ("password", "falsch-falsch")])
            }
            let page = try await stranger.post("/desk/sign-in", [("email", DemoCast.ayse.address), ("password", Demo.password)])
            #expect(page.status == .tooManyRequests)
            #expect(page.says("Warten Sie eine Viertelstunde."))
        }
    }

    @Test func `a form on another site can do nothing in an agent's name`() async throws {
        try await AgentBrowser.with { browser in
            let number = try await browser.ticket()
            var foreign = browser
            foreign.site = "cross-site"
            for path in [
                "/desk/sign-out", "/desk/settings", "\(number.deskPath)/notes", "\(number.deskPath)/solve", "\(number.deskPath)/reply",
            ] {
                #expect(try await foreign.post(path, [("text", "gefälscht"), ("cause", "gefälscht")]).status == .forbidden)
            }
            #expect(try await browser.get(number.deskPath).says("gefälscht") == false)
        }
    }

    @Test func `a changed password ends all other sessions, and only the right old one changes it`() async throws {
        try await AgentBrowser.with { browser in
            let other = try await browser.test.desk.signIn.signIn(address: DemoCast.ayse.address, password: Demo.password, from: "x").secret
            let wrong = try await browser.post(
                "/desk/settings/password", [("currentPassword", "falsch-falsch"), ("newPassword", "ein ganzer Satz")])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.says("Das bisherige Passwort stimmt nicht."))
            let short = try await browser.post("/desk/settings/password", [("currentPassword", Demo.password), ("newPassword", "kurz")])
            #expect(short.says("Das neue Passwort ist zu kurz."))
            let changed = try await browser.post(
                "/desk/settings/password", [("currentPassword", Demo.password), ("newPassword", "ein ganzer Satz")])
            #expect(changed.location == "/desk/settings?saved=password")
            #expect(try await browser.get("/desk/settings?saved=password").says("Das Passwort ist geändert."))
            #expect(try await browser.test.desk.signIn.agent(secret: other) == nil)
        }
    }

    @Test func `an agent chooses the language of the desk`() async throws {
        try await AgentBrowser.with { browser in
            #expect(try await browser.get("/desk").says("Offen nach Funkstille"))
            _ = try await browser.post("/desk/settings", [("language", "en")])
            let page = try await browser.get("/desk")
            #expect(page.says("Open by dark time"))
            #expect(page.says("<html lang=\"en\""))
        }
    }
}
