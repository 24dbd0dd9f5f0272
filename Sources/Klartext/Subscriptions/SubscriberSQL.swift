import Foundation
import Storage

/// A subscriber with the address, which is no part of its history.
struct Recipient: Sendable, Equatable {
    var subscriber: Subscriber
    /// A mail address, or the URL of a webhook; empty once forgotten.
    var address: String
    /// Whom to tell when a webhook is switched off; empty for nobody.
    var ownerAddress: String
}

/// What proves that an address was asked for, and that its owner said yes.
struct Consent: Sendable, Equatable {
    enum Step: String, Sendable { case asked, confirmed }

    var step: Step
    var at: Date
    /// Where the request came from; empty where that cannot be known.
    var remote: String
    var language: Language
    /// The words that stood beside the button.
    var wording: String
}

extension Transaction {
    /// Records a change whole: the row and the journal.
    func record(_ change: SubscriberChange, by actor: Actor = .system("subscriptions")) throws {
        guard !change.events.isEmpty else { return }
        try update(change.subscriber)
        for event in change.events { try append(event, about: change.subscriber.subject, by: actor, at: change.at) }
        let (was, isNow) = (change.before?.state == .confirmed, change.subscriber.state == .confirmed)
        try count("subscribers", by: (isNow ? 1 : 0) - (was ? 1 : 0))
    }

    /// A row for one who did not exist.
    func insert(_ recipient: Recipient, key: String, linkDigest: String) throws {
        let subscriber = recipient.subscriber
        try run(
            """
            INSERT INTO subscriber (id, channel, address, address_key, owner_address, link_digest, language, wishes, pending, state, asked_at,
                invited_at, confirmed_at, ended_at, ending, link_generation, events)
            VALUES (\(subscriber.id), \(subscriber.channel.rawValue), \(recipient.address), \(key), \(recipient.ownerAddress), \(linkDigest),
                \(subscriber.wishes.language.rawValue), \(coded(subscriber.wishes)), \(subscriber.pending.map(coded)),
                \(subscriber.state.rawValue), \(subscriber.askedAt), \(subscriber.invitedAt), \(subscriber.confirmedAt),
                \(subscriber.endedAt), \(subscriber.ending?.rawValue), \(subscriber.linkGeneration), \(subscriber.events))
            """)
    }

    /// Whom to tell when a webhook is switched off.
    func setOwner(_ address: String, of subscriber: Int64) throws {
        try run("UPDATE subscriber SET owner_address = \(address) WHERE id = \(subscriber)")
    }

    private func update(_ subscriber: Subscriber) throws {
        try run(
            """
            UPDATE subscriber SET language = \(subscriber.wishes.language.rawValue), wishes = \(coded(subscriber.wishes)),
                pending = \(subscriber.pending.map(coded)), state = \(subscriber.state.rawValue), asked_at = \(subscriber.askedAt),
                invited_at = \(subscriber.invitedAt), confirmed_at = \(subscriber.confirmedAt), ended_at = \(subscriber.endedAt),
                ending = \(subscriber.ending?.rawValue), link_generation = \(subscriber.linkGeneration), events = \(subscriber.events)
            WHERE id = \(subscriber.id)
            """)
        guard subscriber.state == .forgotten else { return }
        try run("UPDATE subscriber SET address = '', owner_address = '', address_key = \("#\(subscriber.id)") WHERE id = \(subscriber.id)")
        try run("DELETE FROM consent WHERE subscriber = \(subscriber.id)")
    }

    /// Keeps the proof until the address is forgotten.
    func keep(_ consent: Consent, of subscriber: Subscriber) throws {
        try run(
            """
            INSERT INTO consent (subscriber, event, step, at, remote, language, wording)
            VALUES (\(subscriber.id), \(subscriber.events), \(consent.step.rawValue), \(consent.at), \(consent.remote),
                \(consent.language.rawValue), \(consent.wording))
            ON CONFLICT (subscriber, event) DO NOTHING
            """)
    }

    private func coded(_ wishes: Subscriber.Wishes) throws -> String {
        String(decoding: try JSONEncoder.journal.encode(wishes), as: UTF8.self)
    }
}

extension Snapshot {
    func recipient(_ id: Int64) throws -> Recipient? { try row("SELECT * FROM subscriber WHERE id = \(id)").map(Recipient.init(row:)) }

    func recipient(_ channel: Subscriber.Channel, key: String) throws -> Recipient? {
        try row("SELECT * FROM subscriber WHERE channel = \(channel.rawValue) AND address_key = \(key)").map(Recipient.init(row:))
    }

    func recipient(link digest: String) throws -> Recipient? {
        try row("SELECT * FROM subscriber WHERE link_digest = \(digest)").map(Recipient.init(row:))
    }

    /// Subscribers in the order of their numbers, from one on.
    func recipients(after id: Int64, limit: Int) throws -> [Recipient] {
        try rows("SELECT * FROM subscriber WHERE id > \(id) ORDER BY id LIMIT \(limit)").map(Recipient.init(row:))
    }

    /// Those whose address may be erased now.
    func recipientsToForget(askedBefore: Date, endedBefore: Date, limit: Int) throws -> [Recipient] {
        try rows(
            """
            SELECT * FROM subscriber WHERE (state = 'asked' AND asked_at < \(askedBefore)) OR (state = 'left' AND ended_at < \(endedBefore))
            ORDER BY id LIMIT \(limit)
            """
        ).map(Recipient.init(row:))
    }

    /// What proves that somebody wanted it, the oldest first.
    func consents(of subscriber: Int64) throws -> [Consent] {
        try rows("SELECT * FROM consent WHERE subscriber = \(subscriber) ORDER BY event").map { row in
            let (step, language): (String, String) = try (row["step"], row["language"])
            return try Consent(
                step: Consent.Step(rawValue: step) ?? .asked, at: row["at"], remote: row["remote"],
                language: Language(rawValue: language) ?? .de, wording: row["wording"])
        }
    }

    /// The events of a subscriber as the journal has them, oldest first.
    func history(ofSubscriber id: Int64) throws -> [(event: SubscriberEvent, at: Date)] {
        try journal(about: Subscriber.subject(id)).map { try ($0.decoded(as: SubscriberEvent.self), $0.happenedAt) }
    }
}

extension Recipient {
    init(row: Row) throws {
        let (channel, state): (String, String) = try (row["channel"], row["state"])
        let (wishes, pending, ending): (String, String?, String?) = try (row["wishes"], row["pending"], row["ending"])
        func decoded(_ text: String) throws -> Subscriber.Wishes {
            try JSONDecoder.journal.decode(Subscriber.Wishes.self, from: Data(text.utf8))
        }
        let subscriber = try Subscriber(
            id: row["id"], channel: Subscriber.Channel(rawValue: channel) ?? .mail, wishes: decoded(wishes),
            pending: pending.map(decoded), state: Subscriber.State(rawValue: state) ?? .forgotten, askedAt: row["asked_at"],
            invitedAt: row["invited_at"], confirmedAt: row["confirmed_at"], endedAt: row["ended_at"],
            ending: ending.flatMap(Subscriber.Ending.init(rawValue:)), linkGeneration: row["link_generation"], events: row["events"])
        try self.init(subscriber: subscriber, address: row["address"], ownerAddress: row["owner_address"])
    }
}
