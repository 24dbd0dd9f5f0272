import Foundation

/// What a webhook is told, in the shape of Statuspage's webhooks, so that programs made for those read it. Texts are in the subscriber's language.
struct WebhookPayload: Encodable, Sendable {
    struct Meta: Encodable, Sendable {
        /// Opens a page with a button.
        var unsubscribe: String
        var documentation: String
        var generated_at: String

        init(_ subscriber: Subscriber, _ links: SubscriptionLinks, at now: Date) {
            unsubscribe = links.url(subscriber)
            documentation = links.base + "/subscribe/webhook"
            generated_at = WebhookPayload.instant(now)
        }
    }

    struct Page: Encodable, Sendable {
        var id: String
        var status_indicator: String
        var status_description: String
    }

    struct Update: Encodable, Sendable {
        var id: String
        var incident_id: String
        var status: String
        var body: String
        var created_at: String
        var updated_at: String
        var display_at: String
    }

    struct Component: Encodable, Sendable {
        var id: String
        var name: String
    }

    struct Incident: Encodable, Sendable {
        var id: String
        var name: String
        var status: String
        var impact: String
        var impact_override: Null<String>
        var backfilled: Bool
        var created_at: String
        var updated_at: String
        var monitoring_at: Null<String>
        var resolved_at: Null<String>
        var started_at: String
        var shortlink: String
        var page_id: String
        var postmortem_body: Null<String>
        var scheduled_for: Null<String>
        var scheduled_until: Null<String>
        var incident_updates: [Update]
        var components: [Component]
    }

    var meta: Meta
    var page: Page
    var incident: Incident

    init(_ story: Story, _ subscriber: Subscriber, _ links: SubscriptionLinks, at now: Date) {
        let language = story.spoken(to: subscriber.wishes.language)
        let pageID = links.pageID
        meta = Meta(subscriber, links, at: now)
        let indicator = story.isClosing ? "none" : story.impact
        page = Page(id: pageID, status_indicator: indicator, status_description: story.title.read(in: language))
        let updates = story.updates.map { update in
            Update(
                id: update.id.text, incident_id: story.id.text, status: update.state, body: update.text.read(in: language),
                created_at: Self.instant(update.writtenAt), updated_at: Self.instant(update.changedAt),
                display_at: Self.instant(update.displayAt))
        }
        let isMaintenance = story.kind == .maintenance
        incident = Incident(
            id: story.id.text, name: story.title.read(in: language), status: story.news == .postmortem ? "postmortem" : story.state,
            impact: story.impact, impact_override: Null(nil), backfilled: false,
            created_at: Self.instant(story.updates.last?.writtenAt ?? story.toldAt), updated_at: Self.instant(story.toldAt),
            monitoring_at: Null(story.monitoringAt.map(Self.instant)), resolved_at: Null(story.resolvedAt.map(Self.instant)),
            started_at: Self.instant(story.startsAt), shortlink: links.storyURL(story.kind, story.id, language), page_id: pageID,
            postmortem_body: Null(story.news == .postmortem ? story.text.read(in: language) : nil),
            scheduled_for: Null(isMaintenance ? Self.instant(story.startsAt) : nil),
            scheduled_until: Null(isMaintenance ? story.endsAt.map(Self.instant) : nil), incident_updates: updates,
            components: story.parts.map { Component(id: $0.id.text, name: $0.name.read(in: language)) })
    }

    /// `2026-11-23T08:12:00.000Z`, as Statuspage writes it.
    static func instant(_ date: Date) -> String {
        let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
        let time = CivilTime(secondsSinceEpoch: Int(milliseconds / 1000))
        func padded(_ number: Int, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
        }
        let clock = "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
        return "\(time.isoDay)T\(clock).\(padded(Int(milliseconds % 1000), 3))Z"
    }
}

/// A value that is written as `null` where there is none: clients look for the key.
struct Null<Value: Encodable & Sendable>: Encodable, Sendable {
    var value: Value?

    init(_ value: Value?) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}

/// What asks a webhook for the proof that its owner wants to be called.
struct WebhookChallenge: Encodable, Sendable {
    var challenge: String
    /// Signs all that is sent from here on.
    var secret: String
    var meta: WebhookPayload.Meta

    private struct Answer: Decodable { var challenge: String }

    /// Whether an answer proves it: the challenge alone, or `{"challenge": "..."}`.
    static func isAnswered(by body: [UInt8], _ challenge: String) -> Bool {
        let text = String(decoding: body, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        if text == challenge { return true }
        return (try? JSONDecoder().decode(Answer.self, from: Data(body)))?.challenge == challenge
    }
}
