import Foundation
import NIOConcurrencyHelpers
import Testing

@testable import Klartext

/// Webhooks from the question to the switch-off; the other side is a function, the decisions are the product's.
@Suite(.timeLimit(.minutes(2))) struct WebhookTests {
    private static let url = "https://hooks.nowak.example/klartext"

    /// A program on the other side.
    private final class Program: Sendable {
        let calls = NIOLockedValueBox<[SubscriptionsCaller.Call]>([])
        let status = NIOLockedValueBox(200)
        let address = NIOLockedValueBox("93.184.215.14")
        var bodies: [[String: Any]] {
            calls.withLockedValue { $0 }.compactMap { try? JSONSerialization.jsonObject(with: Data($0.body)) as? [String: Any] }
        }

        func answer(_ call: SubscriptionsCaller.Call) -> SubscriptionsCaller.Reply {
            calls.withLockedValue { $0.append(call) }
            let body = (try? JSONSerialization.jsonObject(with: Data(call.body))) as? [String: Any]
            let challenge = body?["challenge"] as? String
            return .init(status: status.withLockedValue { $0 }, body: Array((challenge ?? "").utf8))
        }
    }

    private func sending(_ stage: SubscriptionStage, _ program: Program) -> SubscriptionsSending {
        var sending = stage.test.desk.sending
        sending.caller.resolve = { _ in [IPAddress(program.address.withLockedValue { $0 })].compactMap { $0 } }
        sending.caller.exchange = { call in program.answer(call) }
        return sending
    }

    private func ask(_ stage: SubscriptionStage) async throws -> Int64 {
        let wishes = Subscriber.Wishes(language: .en, timeZone: "UTC", scope: .everything)
        let owner = stage.test.desk.mailbox.address
        try await stage.subscriptions.ask(
            .init(wishes: wishes, wording: "", remote: nil), webhook: try #require(WebhookAddress(Self.url)), owner: owner)
        return try #require(try await stage.test.desk.database.read { db in try db.recipient(.webhook, key: Self.url) }).subscriber.id
    }

    @Test func `a program that answers the challenge is told, in Statuspage's words, signed`() async throws {
        try await SubscriptionStage.with { stage in
            let (program, id) = (Program(), try await ask(stage))
            let sending = sending(stage, program)
            #expect(try await sending.challenge(id) == .finished)
            #expect(try await stage.state(id) == .confirmed)
            stage.test.pass(minutes: 1)
            try await stage.open()
            try await stage.expand()
            let notice = try #require(try await stage.notices()[SubscriptionStage.first.text]?.first)
            #expect(try await sending.send(notice.id) == .finished)
            let call = try #require(program.calls.withLockedValue { $0.last })
            #expect("\(call.address)" == "93.184.215.14", "the address that was looked at is the one that is called")
            let secret = try #require(program.bodies.first?["secret"] as? String)
            let signature = WebhookKeys.signature(call.body, secret: secret, at: stage.test.time.clock.now())
            #expect(call.headers.contains { $0.name == WebhookKeys.header && $0.value == signature })
            let incident = try #require(program.bodies.last?["incident"] as? [String: Any])
            #expect(incident["name"] as? String == "Sending mail fails")
            #expect(incident["status"] as? String == "investigating")
            #expect(incident["resolved_at"] is NSNull, "a key that has no value is there all the same")
            #expect((incident["incident_updates"] as? [[String: Any]])?.count == 1)
            #expect(try await stage.subscriptions.ledger(of: SubscriptionStage.first) == NoticeLedger(accepted: 1))
        }
    }

    @Test func `a program that does not answer the challenge is never told`() async throws {
        try await SubscriptionStage.with { stage in
            let (program, id) = (Program(), try await ask(stage))
            program.status.withLockedValue { $0 = 404 }
            guard case .putOff = try await sending(stage, program).challenge(id) else { Issue.record("not tried again"); return }
            #expect(try await stage.state(id) == .asked)
        }
    }

    @Test func `a name that begins to lead into our own network is not called any more`() async throws {
        try await SubscriptionStage.with { stage in
            let (program, id) = (Program(), try await ask(stage))
            let sending = sending(stage, program)
            _ = try await sending.challenge(id)
            stage.test.pass(minutes: 1)
            try await stage.open()
            try await stage.expand()
            program.address.withLockedValue { $0 = "169.254.169.254" }
            let notice = try #require(try await stage.notices()[SubscriptionStage.first.text]?.first)
            _ = try await sending.send(notice.id)
            #expect(program.calls.withLockedValue { $0.count } == 1, "the challenge alone")
            #expect(try await stage.subscriptions.ledger(of: SubscriptionStage.first) == NoticeLedger(queued: 1))
        }
    }

    @Test func `what does not answer for a day is switched off, and its owner is told`() async throws {
        try await SubscriptionStage.with { stage in
            let (program, id) = (Program(), try await ask(stage))
            let sending = sending(stage, program)
            _ = try await sending.challenge(id)
            stage.test.pass(minutes: 1)
            try await stage.open()
            try await stage.expand()
            program.status.withLockedValue { $0 = 302 }
            let notice = try #require(try await stage.notices()[SubscriptionStage.first.text]?.first)
            for _ in 0..<9 {
                _ = try await sending.send(notice.id, isRetry: true)
                stage.test.pass(hours: 3.1)
            }
            #expect(try await stage.subscriptions.ledger(of: SubscriptionStage.first) == NoticeLedger(bounced: 1))
            #expect(try await stage.state(id) == .left)
            let letters = try await stage.test.desk.database.read { db in try db.latestLetters(limit: 5) }
            #expect(letters.contains { $0.kind == "subscription" && $0.recipient == stage.test.desk.mailbox.address.mailbox })
        }
    }
}
