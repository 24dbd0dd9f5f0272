import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct SubscriberRulesTests {
    private static let now = Outage.now
    private static let all = Subscriber.Wishes(language: .de, timeZone: "Europe/Berlin", scope: .everything)
    private static let mail = Subscriber.Wishes(language: .en, timeZone: "Europe/London", scope: .init(components: [Outage.mail]))

    private func asked(_ wishes: Subscriber.Wishes = all) throws -> Subscriber {
        try Subscriber.asking(.init(channel: .mail, wishes: wishes), id: 1, at: Self.now).subscriber
    }

    @Test func `what was asked for holds when the owner of the address says yes`() throws {
        let subscriber = try asked()
        #expect(subscriber.state == .asked)
        let confirmed = try subscriber.confirming(at: Outage.minutes(5)).subscriber
        #expect(confirmed.state == .confirmed)
        #expect(confirmed.pending == nil)
        #expect(try confirmed.confirming(at: Outage.minutes(6)).events.isEmpty, "saying it twice says it once")
        #expect(throws: SubscriptionRefusal.expired) { try subscriber.confirming(at: Self.now.addingTimeInterval(8 * 86_400)) }
    }

    @Test func `nothing chosen is nothing to confirm`() {
        let empty = Subscriber.Wishes(language: .de, timeZone: "Europe/Berlin", scope: SubscriptionScope())
        #expect(throws: SubscriptionRefusal.nothingChosen) {
            try Subscriber.asking(.init(channel: .mail, wishes: empty), id: 1, at: Self.now)
        }
    }

    @Test func `however often an address is typed, it gets one letter an hour`() throws {
        var subscriber = try asked()
        var letters = 1
        for minute in 1...180 {
            let change = try subscriber.asking(Self.mail, at: Outage.minutes(Double(minute)))
            letters += change.invites ? 1 : 0
            subscriber = change.subscriber
        }
        #expect(letters == 4)
        #expect(subscriber.events < 12, "nor does the journal fill")
    }

    @Test func `who asks for more gets it beside what he has`() throws {
        let confirmed = try asked(Self.mail).confirming(at: Self.now).subscriber
        let again = try confirmed.asking(
            .init(language: .de, timeZone: "Europe/Berlin", scope: .init(stories: [FanOut.story])), at: Outage.minutes(90))
        #expect(again.subscriber.state == .confirmed, "a stranger's question ends nothing")
        #expect(again.subscriber.wishes == Self.mail, "and changes nothing")
        let both = try again.subscriber.confirming(at: Outage.minutes(95)).subscriber.wishes.scope
        #expect(both.components == [Outage.mail])
        #expect(both.stories == [FanOut.story])
    }

    @Test func `one story can be left, and the rest stays`() throws {
        let confirmed = try asked().confirming(at: Self.now).subscriber
        let left = confirmed.leaving(FanOut.story, at: Self.now).subscriber
        #expect(left.state == .confirmed)
        #expect(!left.wishes.scope.wants(FanOut.story, touching: [Outage.mail]))
        #expect(left.wishes.scope.wants(PublicID(drawn: 10), touching: [Outage.mail]))
        let only = try asked(.init(language: .de, timeZone: "UTC", scope: .init(stories: [FanOut.story]))).confirming(at: Self.now)
            .subscriber
        #expect(only.leaving(FanOut.story, at: Self.now).subscriber.state == .left, "who asked for nothing else has left")
    }

    @Test func `what nobody confirmed is forgotten after a week, who left after a month`() throws {
        let subscriber = try asked()
        #expect(subscriber.forgetting(at: Self.now.addingTimeInterval(7 * 86_400 - 1)).events.isEmpty)
        #expect(subscriber.forgetting(at: Self.now.addingTimeInterval(7 * 86_400 + 1)).subscriber.ending == .neverConfirmed)
        let left = try subscriber.confirming(at: Self.now).subscriber.leaving(.oneClick, at: Self.now).subscriber
        #expect(left.forgetting(at: Self.now.addingTimeInterval(29 * 86_400)).events.isEmpty)
        let forgotten = left.forgetting(at: Self.now.addingTimeInterval(31 * 86_400)).subscriber
        #expect(forgotten.state == .forgotten)
        #expect(forgotten.ending == .oneClick)
    }

    @Test func `who left can come back`() throws {
        let left = try asked().confirming(at: Self.now).subscriber.leaving(.page, at: Outage.minutes(1)).subscriber
        let back = try left.asking(Self.mail, at: Outage.minutes(120))
        #expect(back.invites)
        #expect(try back.subscriber.confirming(at: Outage.minutes(121)).subscriber.wishes == Self.mail)
    }

    @Test(arguments: [
        "http://a.example/", "https://localhost/", "https://127.0.0.1/", "https://127.1/", "https://[::1]/", "https://user@a.example/",
        "https://2130706433/", "https://0x7f.1/", "https://a.example/#x", "https://a..example/", "ftp://a.example", "https:///x", "",
        "https://a.example\\@evil.example/", "https://a.example/ x", "https://exämple.de/",
    ]) func `nothing but a name of the public web can be a webhook`(_ url: String) {
        #expect(WebhookAddress(url) == nil)
    }

    @Test func `a name of the public web is one`() {
        #expect(WebhookAddress("https://Hooks.Example.com:8443/a/b?c=d")?.host == "hooks.example.com")
    }
}
