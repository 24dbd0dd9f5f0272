import Foundation
import Logging
import Mail
import Storage

/// How notices leave: one at a time, each recorded before the next. Between the other side's yes and our commit the machine may die; then the notice goes
/// once more, under the same Message-ID.
struct SubscriptionsSending: Sendable {
    var subscriptions: Subscriptions
    /// Nil where no mail server is configured: notices then wait.
    var carrier: (any LetterCarrier)?
    var caller: SubscriptionsCaller
    var logger: Logger
    let breakers = SubscriptionsBreakers()

    /// What became of one try.
    enum Answer: Sendable, Equatable {
        case taken
        /// Trying again cannot help.
        case refused(String)
        /// The fault may pass.
        case failed(String, mayHaveArrived: Bool, destination: String)
    }

    /// Sends a notice, or writes down why not.
    /// - Parameter isRetry: whether the job is one that waits apart from the others already.
    func send(_ id: Int64, isRetry: Bool = false) async throws -> JobOutcome {
        let now = subscriptions.clock.now()
        guard let outgoing = try await subscriptions.database.read({ db in try db.outgoing(id, at: now) }),
            outgoing.notice.state == .queued
        else { return .finished }
        let turn = NoticeRules.turn(
            outgoing.recipient.subscriber, outgoing.bulletin, newest: outgoing.newest, acceptedWithinHour: outgoing.acceptedWithinHour,
            at: now)
        switch turn {
        case .skip(let reason):
            try await settle(id, .skipped, reason, detail: "")
            return .finished
        case .wait(let until): return try await again(id, at: until, because: "too many within the hour", isRetry)
        case .send: break
        }
        if outgoing.notice.channel == .mail, carrier == nil {
            return try await again(id, at: now.addingTimeInterval(3600), because: "no mail server is configured", isRetry)
        }
        if let until = closed(outgoing, at: now) { return try await again(id, at: until, because: "others failed there", isRetry) }
        let answer = try await hand(outgoing)
        return try await record(answer, outgoing, isRetry)
    }

    /// Where a notice goes, for the breakers.
    private func destination(_ outgoing: OutgoingNotice) -> String {
        switch outgoing.notice.channel {
        case .mail: Address(outgoing.recipient.address)?.domain ?? ""
        case .webhook: "https://" + (WebhookAddress(outgoing.recipient.address)?.host ?? "")
        }
    }

    private func closed(_ outgoing: OutgoingNotice, at now: Date) -> Date? {
        let relay = outgoing.notice.channel == .mail ? breakers.closedUntil(SubscriptionsBreakers.relay, at: now) : nil
        return relay ?? breakers.closedUntil(destination(outgoing), at: now)
    }

    private func hand(_ outgoing: OutgoingNotice) async throws -> Answer {
        let answer: Answer
        switch outgoing.notice.channel {
        case .mail: answer = try await mail(outgoing)
        case .webhook: answer = await caller.call(outgoing, subscriptions.links, at: subscriptions.clock.now())
        }
        switch answer {
        case .taken:
            breakers.succeed(destination(outgoing))
            if outgoing.notice.channel == .mail { breakers.succeed(SubscriptionsBreakers.relay) }
        case .failed(let why, _, let destination):
            logger.notice("a notice was not taken", metadata: ["notice": "\(outgoing.notice.id)", "why": "\(why)"])
            breakers.fail(destination, at: subscriptions.clock.now())
        case .refused: break
        }
        return answer
    }

    private func mail(_ outgoing: OutgoingNotice) async throws -> Answer {
        guard let carrier, let draft = subscriptions.draft(outgoing) else { return .refused("no address") }
        let mailbox = subscriptions.mailboxes.main
        do {
            _ = try await carrier.carry(
                draft.rendered(),
                envelope: Envelope(
                    from: mailbox.returnPath(notice: outgoing.notice.id), to: [outgoing.recipient.address],
                    needsSMTPUTF8: draft.needsSMTPUTF8, envelopeID: "n\(outgoing.notice.id)", requestsDeliveryReports: true))
            return .taken
        } catch let error as DraftError {
            return .refused("\(error)")
        } catch let failure as SMTPFailure {
            if failure.isPermanent { return .refused("\(failure)") }
            // a reply about this recipient says something of where the letter goes; everything else of our own server
            if case .refused(_, let stage) = failure, [.mail, .recipient, .data, .final].contains(stage) {
                return .failed("\(failure)", mayHaveArrived: false, destination: destination(outgoing))
            }
            return .failed("\(failure)", mayHaveArrived: failure.isFateUnknown, destination: SubscriptionsBreakers.relay)
        }
    }

    private func record(_ answer: Answer, _ outgoing: OutgoingNotice, _ isRetry: Bool) async throws -> JobOutcome {
        let (id, now) = (outgoing.notice.id, subscriptions.clock.now())
        switch answer {
        case .taken:
            // a yes that is not known to be recorded would send it again
            try await settle(id, .accepted, nil, detail: "")
            return .finished
        case .refused(let why):
            try await settle(id, .bounced, .refused, detail: why)
            return .finished
        case .failed(let why, let mayHaveArrived, _):
            if now.timeIntervalSince(outgoing.notice.madeAt) > NoticeRules.patienceSeconds {
                try await settle(id, .bounced, .unreachable, detail: why)
                return .finished
            }
            try await subscriptions.database.writeUntilKnown { tx in
                try tx.recordTry(outgoing.notice, mayHaveArrived: mayHaveArrived, detail: why, at: now)
            }
            let pause = NoticeRules.pauseSeconds(afterAttempt: outgoing.notice.attempts + 1)
            return try await again(id, at: now.addingTimeInterval(pause), because: why, isRetry)
        }
    }

    /// Asks a webhook to prove that its owner wants it: one that answers with the challenge is subscribed.
    func challenge(_ id: Int64) async throws -> JobOutcome {
        let now = subscriptions.clock.now()
        guard let recipient = try await subscriptions.database.read({ db in try db.recipient(id) }),
            let pending = recipient.subscriber.pending,
            recipient.subscriber.channel == .webhook
        else { return .finished }
        let answer = await caller.challenge(recipient, subscriptions.links, at: now)
        guard answer == .taken else {
            let waited = now.timeIntervalSince(recipient.subscriber.askedAt)
            // whoever has not answered by then asks again
            guard waited < 86_400 else { return .finished }
            return .putOff(until: now.addingTimeInterval(max(60, waited)), because: "\(answer)")
        }
        try await subscriptions.database.writeUntilKnown { tx in
            guard let recipient = try tx.recipient(id), recipient.subscriber.pending == pending else { return }
            let change = try recipient.subscriber.confirming(at: now)
            try tx.record(change)
            let consent = Consent(step: .confirmed, at: now, remote: "", language: pending.language, wording: "challenge answered")
            try tx.keep(consent, of: change.subscriber)
        }
        return .finished
    }

    /// Has it tried again, in the lane for that.
    private func again(_ id: Int64, at time: Date, because reason: String, _ isRetry: Bool) async throws -> JobOutcome {
        if isRetry { return .putOff(until: time, because: reason) }
        let now = subscriptions.clock.now()
        try await subscriptions.database.writeUntilKnown { tx in try tx.promise(RetryNotice(notice: id), at: time, now: now) }
        return .finished
    }

    private func settle(_ id: Int64, _ state: Notice.State, _ reason: Notice.Reason?, detail: String) async throws {
        let (subscriptions, now) = (subscriptions, subscriptions.clock.now())
        try await subscriptions.database.writeUntilKnown { tx in
            guard let notice = try tx.notice(id), notice.state == .queued else { return }
            try tx.settle(notice, as: state, reason, detail: detail, attempts: notice.attempts + (state == .skipped ? 0 : 1), at: now)
            if state == .bounced { try subscriptions.bounced(notice, in: tx, at: now) }
        }
    }
}

extension Subscriptions {
    /// So many notices in a row that came back end a subscription: the mailbox is gone.
    private static let mostBounces = 3

    /// A notice as a mail; the same notice always gives the same Message-ID. Nil where there is no address (any more).
    func draft(_ outgoing: OutgoingNotice) -> Draft? {
        guard let to = Address(outgoing.recipient.address) else { return nil }
        let (mailbox, subscriber) = (mailboxes.main, outgoing.recipient.subscriber)
        let news = mails.news(outgoing.bulletin.story, to: subscriber)
        let signature = mailbox.signature(subscriber.wishes.language)
        let root = mailbox.threadRoot(story: outgoing.notice.story)
        let html = LetterLayout.html(news.body, company: mailbox.company, signature: signature, language: news.language)
        return Draft(
            from: Address(mailbox.address.mailbox, name: mailbox.company) ?? mailbox.address, to: [to], subject: news.subject,
            messageID: mailbox.messageID(notice: outgoing.notice.id), inReplyTo: root, references: [root], date: outgoing.notice.madeAt,
            text: LetterLayout.text(news.body, signature: signature), html: String(decoding: html.bytes, as: UTF8.self),
            headers: [
                ("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All"),
                ("List-Id", "<status.\(mailbox.address.domain)>"),
                ("List-Unsubscribe", "<\(links.leaveURL(subscriber))>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ])
    }

    /// What a report says of a notice, settled with the report's inbox entry in one commit.
    func learn(_ report: DeliveryReport, of id: Int64, entry: InboxEntry) async throws {
        let (subscriptions, now) = (self, clock.now())
        try await database.writeUntilKnown { tx in
            guard let current = try tx.inboxEntry(entry.id), current.state == .received else { return }
            let isFailed = report.recipients.contains { $0.action == .failed }
            let said = report.recipients.map { [$0.status, $0.diagnostic].compactMap { $0 }.joined(separator: " ") }.joined(separator: "; ")
            if isFailed, let notice = try tx.notice(id), notice.state == .accepted || notice.state == .queued {
                try tx.settle(notice, as: .bounced, .bounces, detail: said, attempts: notice.attempts, at: now)
                try subscriptions.bounced(notice, in: tx, at: now)
            }
            let state = isFailed ? "failed" : "delivered"
            _ = try tx.settleInbox(
                entry.id, from: [.received], to: .machine, reason: "report: \(state)",
                summary: InboxEntry.Summary(from: entry.sender, subject: "notice \(id): \(state)", text: said), conversation: nil,
                by: .system("sorting"), now: now)
        }
    }

    /// A notice came to nothing: an address that takes none any more is not written to for ever.
    func bounced(_ notice: Notice, in tx: Transaction, at now: Date) throws {
        guard let recipient = try tx.recipient(notice.subscriber), recipient.subscriber.state == .confirmed else { return }
        switch notice.channel {
        case .mail:
            let last = try tx.lastNotices(of: notice.subscriber, limit: Self.mostBounces)
            guard last.count == Self.mostBounces, last.allSatisfy({ $0 == .bounced }) else { return }
            try tx.record(recipient.subscriber.leaving(.bounces, at: now))
        case .webhook:
            try tx.record(recipient.subscriber.leaving(.unreachable, at: now))
            guard let letter = mails.switchedOff(recipient) else { return }
            _ = try tx.post(letter, from: mailboxes.main, now: now)
        }
    }
}
