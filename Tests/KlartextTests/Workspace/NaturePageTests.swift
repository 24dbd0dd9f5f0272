import Foundation
import Mail
import Testing

@testable import Klartext

/// What stands above a mail that is more than its words, with mails of the corpus.
@Suite(.timeLimit(.minutes(2))) struct NaturePageTests {
    private func fixture(_ name: String) throws -> String {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try Data(contentsOf: tests.appending(path: "Fixtures/mail/\(name).eml"))
        return String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
    }

    private func page(_ browser: AgentBrowser, _ name: String) async throws -> Page {
        let entry = try await browser.test.receive(try fixture(name))
        let number = try #require(entry.conversation.flatMap(TicketNumber.init(rawValue:)))
        return try await browser.get(number.deskPath)
    }

    @Test func `an invitation says who invites, what it is about, when and where, and is enclosed`() async throws {
        try await AgentBrowser.with { browser in
            let page = try await page(browser, "exchange-invitation-request-german")
            #expect(page.says("Einladung zu einem Termin."))
            #expect(page.says("Telefonat zum Umzug, Teil 2"))
            #expect(page.says("Demir, Ayşe &lt;demir@federleicht-verlag.example&gt;"))
            #expect(page.says("Montag, 30. März 2026, 14:00 Uhr (MESZ) bis 14:30"))
            #expect(page.says("Raum Alster; sonst Telefon 0431 5550123"))
            #expect(page.says(">attachment.ics</a>"))
            #expect(page.says("Bitte die Zugangsdaten bereithalten."))
        }
    }

    @Test func `a cancellation, an answer, and whole days are told as what they are`() async throws {
        try await AgentBrowser.with { browser in
            let cancelled = try await page(browser, "exchange-invitation-cancelled-german")
            #expect(cancelled.says("Ein Termin wurde abgesagt."))
            let declined = try await page(browser, "exchange-invitation-declined-with-a-word")
            #expect(declined.says("Ein Termin wurde abgelehnt."))
            #expect(declined.says("Montag, 16. März 2026, 14:00 bis 15:30 (Zeitzone „Angepasste Zeitzone“)"))
            let days = try await page(browser, "invitation-alone-for-whole-days")
            #expect(days.says("Montag, 16. März 2026 bis Mittwoch, 18. März 2026"))
            #expect(days.says("Bring a badge."))
            let weekly = try await page(browser, "google-invitation-twice-and-every-week")
            #expect(weekly.says("Dienstag, 17. März 2026, 09:00 Uhr (MEZ) bis 09:15, wiederholt sich"))
        }
    }

    @Test(arguments: [
        ("smime-clear-signed-by-outlook-with-pdf", "smime.p7s"), ("smime-opaque-signed-without-smime-type", "smime.p7m"),
        ("pgp-mime-signed", "OpenPGP_signature.asc"), ("pgp-inline-signed", nil),
    ])
    func `a signed mail says that nobody checked it, and keeps the signature`(_ name: String, _ file: String?) async throws {
        try await AgentBrowser.with { browser in
            let page = try await page(browser, name)
            #expect(page.says("Signiert, nicht geprüft"))
            #expect(!page.says("Diese Mail ist verschlüsselt"))
            if let file { #expect(page.says(">\(file)</a>")) }
        }
    }

    @Test(arguments: [
        "smime-encrypted-with-a-gateway-footer", "pgp-mime-encrypted", "pgp-inline-encrypted", "pgp-encrypted-taken-apart-by-exchange",
    ])
    func `an encrypted mail says that it cannot be read here`(_ name: String) async throws {
        try await AgentBrowser.with { browser in
            let page = try await page(browser, name)
            #expect(page.says("Diese Mail ist verschlüsselt"))
            #expect(!page.says("Signiert, nicht geprüft"))
        }
    }

    @Test func `an ordinary mail says nothing of the kind, and neither does a key that is enclosed`() async throws {
        try await AgentBrowser.with { browser in
            for name in ["gmail-web-german-html-quote-and-signature", "proton-german-with-public-key"] {
                let page = try await page(browser, name)
                for text in ["Signiert, nicht geprüft", "Diese Mail ist verschlüsselt", "Termin"] { #expect(!page.says(text), "\(name)") }
            }
        }
    }

    @Test func `what a customer forwards is not folded away as if it were a quotation`() async throws {
        try await AgentBrowser.with { browser in
            let page = try await page(browser, "forwarded-wg-with-original-below")
            #expect(page.says("Zahlen Sie sofort 900 Euro."))
            #expect(!page.says("Zitierter Text"))
        }
    }
}
