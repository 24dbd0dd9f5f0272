import Foundation
import Mail
import Storage

/// What can be done about being told of incidents, by whoever has an address. START HERE. Each method is one transaction.
///
/// Telling itself is in ``SubscriptionsTelling`` (who is told) and ``SubscriptionsSending`` (how it leaves).
struct Subscriptions: Sendable {
    var database: Database
    var clock: Clock
    var bell: Bell
    var mailboxes: Mailboxes
    var links: SubscriptionLinks
    var mails: SubscriptionMails
    /// So many questions are taken from one network within an hour.
    var mostPerNetwork = 10

    /// What somebody asks for.
    struct Asking: Sendable, Equatable {
        var wishes: Subscriber.Wishes
        /// The words beside the button, kept as proof.
        var wording: String
        var remote: IPAddress?
    }

    /// Somebody wants to be told by mail. Known or not, the answer is the same; what follows is a letter to the address itself, one an hour at most.
    /// - Throws: `SubscriptionRefusal`.
    func ask(_ asking: Asking, address: Address) async throws {
        let (subscriptions, now, bell) = (self, clock.now(), bell)
        try await database.writeUntilKnown { tx in
            try subscriptions.count(asking.remote, in: tx, at: now)
            let target = Target(channel: .mail, address: address.mailbox, key: address.key, owner: "")
            let change = try subscriptions.asked(asking, target, in: tx, at: now)
            tx.onCommit { bell.ring() }
            guard change.invites, let recipient = try tx.recipient(change.subscriber.id) else { return }
            guard let letter = subscriptions.mails.invitation(recipient) else { return }
            _ = try tx.post(letter, from: subscriptions.mailboxes.main, now: now)
        }
    }

    /// A program is to be called. Its owner proves that he wants it by answering a challenge, which brings him the private link as well.
    /// - Parameter owner: whom to write to when it is switched off; nil for nobody.
    func ask(_ asking: Asking, webhook: WebhookAddress, owner: Address?) async throws {
        let (subscriptions, now, bell) = (self, clock.now(), bell)
        try await database.writeUntilKnown { tx in
            try subscriptions.count(asking.remote, in: tx, at: now)
            let target = Target(channel: .webhook, address: webhook.url, key: webhook.url, owner: owner?.mailbox ?? "")
            let change = try subscriptions.asked(asking, target, in: tx, at: now)
            tx.onCommit { bell.ring() }
            guard change.invites else { return }
            try tx.promise(ChallengeWebhook(subscriber: change.subscriber.id), at: now, now: now)
        }
    }

    /// Where is told what.
    private struct Target {
        var channel: Subscriber.Channel
        var address: String
        var key: String
        var owner: String
    }

    private func asked(_ asking: Asking, _ target: Target, in tx: Transaction, at now: Date) throws -> SubscriberChange {
        if let known = try tx.recipient(target.channel, key: target.key) {
            let change = try known.subscriber.asking(asking.wishes, at: now)
            try tx.record(change)
            try prove(asking, change, in: tx)
            return change
        }
        let change = try Subscriber.asking(.init(channel: target.channel, wishes: asking.wishes), id: tx.next(.subscriber), at: now)
        // The row first, since the journal's chain needs something to hold on to.
        let recipient = Recipient(subscriber: change.subscriber, address: target.address, ownerAddress: target.owner)
        try tx.insert(recipient, key: target.key, linkDigest: links.digest(links.token(change.subscriber)))
        try tx.record(change)
        try prove(asking, change, in: tx)
        return change
    }

    private func prove(_ asking: Asking, _ change: SubscriberChange, in tx: Transaction) throws {
        guard change.events.contains(where: { if case .asked = $0 { true } else { false } }) else { return }
        let consent = Consent(
            step: .asked, at: change.at, remote: asking.remote.map { "\($0)" } ?? "", language: asking.wishes.language,
            wording: asking.wording)
        try tx.keep(consent, of: change.subscriber)
    }

    /// Counts a question. The name holds a mark instead of the network itself, so that the database lists no visitors.
    func count(_ remote: IPAddress?, in tx: Transaction, at now: Date) throws {
        // where the network is not known, everybody shares one name, which must not lock everybody out
        guard let remote else { return }
        let name = "subscription from/\(links.seal.mark("throttle", "\(remote.network)", bits: 80))"
        guard try tx.hit(name, windowSeconds: 3600, now: now) > mostPerNetwork else { return }
        throw SubscriptionRefusal.tooMany(until: (try tx.windowStart(name) ?? now).addingTimeInterval(3600))
    }

    /// What a private link shows.
    /// - Throws: `SubscriptionRefusal.unknownLink`.
    func recipient(link token: String) async throws -> Recipient {
        let digest = links.digest(token)
        guard let recipient = try await database.read({ db in try db.recipient(link: digest) }), recipient.subscriber.state != .forgotten
        else { throw SubscriptionRefusal.unknownLink }
        return recipient
    }

    /// The owner of the address says yes.
    /// - Parameter wording: the words beside the button, kept as proof.
    @discardableResult func confirm(link token: String, wording: String, from remote: IPAddress?) async throws -> Recipient {
        try await change(link: token) { tx, recipient, now in
            let change = try recipient.subscriber.confirming(at: now)
            guard !change.events.isEmpty else { return change }
            let consent = Consent(
                step: .confirmed, at: now, remote: remote.map { "\($0)" } ?? "", language: change.subscriber.wishes.language,
                wording: wording)
            try tx.keep(consent, of: change.subscriber)
            return change
        }
    }

    @discardableResult func change(link token: String, to wishes: @escaping @Sendable (Subscriber.Wishes) -> Subscriber.Wishes) async throws
        -> Recipient
    {
        try await change(link: token) { _, recipient, now in
            try recipient.subscriber.changing(to: wishes(recipient.subscriber.wishes), at: now)
        }
    }

    /// Nothing more at all.
    @discardableResult func leave(link token: String, _ ending: Subscriber.Ending) async throws -> Recipient {
        try await change(link: token) { _, recipient, now in recipient.subscriber.leaving(ending, at: now) }
    }

    /// No more of one incident or maintenance.
    @discardableResult func leave(link token: String, story: PublicID) async throws -> Recipient {
        try await change(link: token) { _, recipient, now in recipient.subscriber.leaving(story, at: now) }
    }

    private func change(
        link token: String, _ rule: @escaping @Sendable (Transaction, Recipient, Date) throws -> SubscriberChange
    ) async throws -> Recipient {
        let (digest, now) = (links.digest(token), clock.now())
        return try await database.writeUntilKnown { tx in
            guard var recipient = try tx.recipient(link: digest), recipient.subscriber.state != .forgotten else {
                throw SubscriptionRefusal.unknownLink
            }
            let change = try rule(tx, recipient, now)
            try tx.record(change)
            recipient.subscriber = change.subscriber
            return recipient
        }
    }

    /// Erases the addresses that nobody needs any more, some at a time.
    /// - Returns: how many; as many as `limit` where there may be more.
    func forget(limit: Int) async throws -> Int {
        let now = clock.now()
        return try await database.write { tx in
            let due = try tx.recipientsToForget(
                askedBefore: now.addingTimeInterval(-Subscriber.patienceSeconds),
                endedBefore: now.addingTimeInterval(-Subscriber.rememberSeconds), limit: limit)
            for recipient in due { try tx.record(recipient.subscriber.forgetting(at: now)) }
            return due.count
        }
    }
}
