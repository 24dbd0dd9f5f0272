import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Mail
import Testing

@testable import Klartext

/// From the form to the letters, on a whole desk.
@Suite(.timeLimit(.minutes(3))) struct SubscriptionsTests {
    private static let address = "lukasz@nowak.example"

    private func form(_ address: String = address, language: String = "de", more: String = "&everything=yes") -> String {
        "email=\(address.replacingOccurrences(of: "@", with: "%40"))&language=\(language)&zone=Europe%2FBerlin\(more)"
    }

    /// The private link in the newest letter to an address.
    private func link(_ stage: SubscriptionStage, _ address: String = address) throws -> String {
        let text = try stage.text(to: address)
        let start = try #require(text.range(of: "https://hilfe.nordlicht.example/s/"))
        return "/s/" + text[start.upperBound...].prefix { $0.isLetter || $0.isNumber }
    }

    @Test func `whoever asks is told of nothing until the address itself says yes, and then of everything`() async throws {
        try await SubscriptionStage.with { stage in
            #expect(try await stage.post("/subscribe", form()).status == .ok)
            try await stage.test.drain()
            let path = try link(stage)
            let opened = try await stage.get(path)
            #expect(opened.text.contains("Ja, schreiben Sie mir"))
            let incident = try await stage.open()
            try await stage.test.drain()
            #expect(stage.letters(about: "Störung:").isEmpty, "opening the link confirms nothing")
            #expect(try await stage.post(path + "/confirm", "").status == .seeOther)
            stage.test.pass(minutes: 5)
            try await stage.resolve(incident)
            try await stage.test.drain()
            let letter = try #require(stage.letters(about: "Behoben:").first)
            #expect(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))
            #expect(letter.contains("List-Id: <status.nordlicht.example>"))
            #expect(letter.contains("https://hilfe.nordlicht.example\(path)/leave>"))
            let ledger = try await stage.subscriptions.ledger(of: SubscriptionStage.second)
            #expect(ledger == NoticeLedger(accepted: 1))
            try await stage.test.expectWhole()
        }
    }

    @Test func `what proves the consent is kept, and erased with the address`() async throws {
        try await SubscriptionStage.with { stage in
            let id = try await stage.subscribe(Self.address)
            let proofs = try await stage.test.desk.database.read { db in try db.consents(of: id) }
            #expect(proofs.map(\.step) == [.asked, .confirmed])
            #expect(proofs.first?.wording == "Wortlaut")
            #expect(proofs.first?.remote == "198.51.100.7")
            try await stage.subscriptions.leave(link: try await stage.token(id), .page)
            stage.test.pass(hours: 31 * 24)
            #expect(try await stage.subscriptions.forget(limit: 10) == 1)
            let (recipient, left) = try await stage.test.desk.database.read { db in try (db.recipient(id), db.consents(of: id)) }
            #expect(recipient?.address == "")
            #expect(recipient?.subscriber.state == .forgotten)
            #expect(left.isEmpty)
            try await stage.test.expectWhole()
        }
    }

    @Test func `strangers do not learn who is subscribed, and an address gets one letter an hour`() async throws {
        try await SubscriptionStage.with { stage in
            _ = try await stage.subscribe(Self.address)
            let known = try await stage.post("/subscribe", form())
            let unknown = try await stage.post("/subscribe", form("niemand@nowak.example"))
            #expect(known.text == unknown.text)
            for _ in 0..<3 { _ = try await stage.post("/subscribe", form("niemand@nowak.example")) }
            try await stage.test.drain()
            #expect(stage.test.carrier.sent.filter { $0.envelope.to == ["niemand@nowak.example"] }.count == 1)
        }
    }

    @Test func `from one network comes so much and no more`() async throws {
        try await SubscriptionStage.with { stage in
            let most = stage.subscriptions.mostPerNetwork
            for number in 0..<most { try await stage.ask("kunde\(number)@nowak.example") }
            await #expect(throws: SubscriptionRefusal.self) { try await stage.ask("noch@nowak.example") }
        }
    }

    @Test func `one click in a mail program ends it, and opening the same address does not`() async throws {
        try await SubscriptionStage.with { stage in
            let id = try await stage.subscribe(Self.address)
            let token = try await stage.token(id)
            let path = "/s/\(token)/leave"
            #expect(try await stage.get(path).status == .ok)
            #expect(try await stage.state(id) == .confirmed)
            let clicked = try await stage.post(path, "List-Unsubscribe=One-Click")
            #expect(clicked.status == .ok)
            #expect(try await stage.state(id) == .left)
            let incident = try await stage.open()
            try await stage.test.drain()
            #expect(stage.letters(about: "Störung:").isEmpty)
            _ = incident
        }
    }

    @Test func `what is older than the newest word does not leave, and who left is named in the ledger`() async throws {
        try await SubscriptionStage.with { stage in
            let (first, second) = (try await stage.subscribe(Self.address), try await stage.subscribe("wer@nowak.example"))
            let incident = try await stage.open()
            try await stage.expand()
            try await stage.subscriptions.leave(link: try await stage.token(second), .oneClick)
            stage.test.pass(minutes: 1)
            try await stage.resolve(incident)
            try await stage.test.drain()
            let notices = try await stage.notices()
            #expect(notices[SubscriptionStage.first.text]?.map(\.reason) == [.superseded, .left])
            #expect(notices[SubscriptionStage.second.text]?.map(\.state) == [.accepted, .skipped])
            #expect(notices[SubscriptionStage.second.text]?.map(\.subscriber) == [first, second])
            #expect(try await stage.subscriptions.isBalanced(incident.id))
            try await stage.test.expectWhole()
        }
    }

    @Test func `what was told afterwards is told to nobody`() async throws {
        try await SubscriptionStage.with { stage in
            _ = try await stage.subscribe(Self.address)
            try await stage.open(isBackfilled: true)
            try await stage.test.drain()
            #expect(try await stage.notices().isEmpty)
        }
    }

    @Test func `an address that refuses is written down, and after three times left alone`() async throws {
        try await SubscriptionStage.with { stage in
            let id = try await stage.subscribe(Self.address)
            stage.test.carrier.fail(Self.address, with: .refused(SMTPReply(code: 550, enhanced: "5.1.1", text: "no"), stage: .recipient))
            let incident = try await stage.open()
            try await stage.test.drain()
            #expect(try await stage.subscriptions.ledger(of: SubscriptionStage.first) == NoticeLedger(bounced: 1))
            #expect(try await stage.state(id) == .confirmed)
            for number in 3...4 {
                stage.test.pass(minutes: 1)
                try await stage.update(incident, number: UInt64(number))
                try await stage.test.drain()
            }
            #expect(try await stage.state(id) == .left)
            try await stage.test.expectWhole()
        }
    }

    @Test func `a hiccup costs nobody his turn, and the letter is sent again under its own name`() async throws {
        try await SubscriptionStage.with { stage in
            _ = try await stage.subscribe(Self.address)
            stage.test.carrier.fail(Self.address, with: .timeout(.final))
            try await stage.open()
            try await stage.test.drain()
            #expect(try await stage.subscriptions.ledger(of: SubscriptionStage.first) == NoticeLedger(queued: 1))
            let notice = try #require(try await stage.notices()[SubscriptionStage.first.text]?.first)
            #expect(notice.mayHaveArrived)
            stage.test.carrier.fail(Self.address, with: nil)
            stage.test.pass(minutes: 2)
            try await stage.test.drain()
            let sent = stage.letters(about: "Störung:")
            #expect(sent.count == 1)
            let name = stage.test.desk.mailbox.messageID(notice: notice.id).rawValue
            #expect(sent.first?.contains("Message-ID: <\(name)>") == true)
            try await stage.test.expectWhole()
        }
    }

    @Test func `each reads it in his language and zone, and a missing language is said to be missing`() async throws {
        try await SubscriptionStage.with { stage in
            _ = try await stage.subscribe(Self.address)
            _ = try await stage.subscribe("tom@oleary.example", language: .en, zone: "Europe/London")
            try await stage.open(PublicText(de: "Mails kommen nicht an.", en: ""))
            try await stage.test.drain()
            let text = try stage.text(to: "tom@oleary.example")
            #expect(text.contains("So far this message exists in German only."))
            #expect(text.contains("(GMT)"))
            try await stage.test.expectWhole()
        }
    }

    @Test func `does it work again is answered by a button alone, once for each, and can be changed`() async throws {
        try await SubscriptionStage.with { stage in
            let id = try await stage.subscribe(Self.address)
            let incident = try await stage.open()
            try await stage.resolve(incident)
            try await stage.test.drain()
            let token = try await stage.token(id)
            let path = "/s/\(token)/works/\(incident.id)"
            #expect(try stage.text(to: Self.address).contains(path))
            for _ in 0..<3 { #expect(try await stage.get(path).status == .ok) }
            #expect(try await stage.subscriptions.answers(incident.id)?.no == 0)
            #expect(try await stage.post(path, "works=no").status == .seeOther)
            #expect(try await stage.post(path, "works=no").status == .seeOther)
            #expect(try await stage.subscriptions.answers(incident.id)?.no == 1)
            _ = try await stage.post(path, "works=yes")
            #expect(try await stage.subscriptions.answers(incident.id) == .init(yes: 1, no: 0, proposes: false))
        }
    }
}
