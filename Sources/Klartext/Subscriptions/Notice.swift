import Foundation

/// One thing told to one subscriber: a letter or a call of a webhook, with what became of it.
struct Notice: Sendable, Equatable {
    enum State: String, Codable, Sendable, CaseIterable {
        case queued
        /// The next server took it.
        case accepted
        /// It was refused for good, then or later.
        case bounced
        /// It was not sent, and why is written down.
        case skipped

        var isSettled: Bool { self != .queued }
    }

    enum Reason: String, Codable, Sendable {
        /// There was something newer to say before it left.
        case superseded
        case left
        /// Not wanted any more, though subscribed to the rest.
        case notWanted
        /// Waits for words in the other language.
        case untranslated
        /// The address takes no mail.
        case bounces
        case refused
        case unreachable
    }

    var id: Int64
    var bulletin: String
    /// The story's name in the ledger.
    var story: String
    var subscriber: Int64
    var channel: Subscriber.Channel
    var state: State
    var reason: Reason?
    var attempts: Int
    /// A try ended without an answer: it may have arrived all the same.
    var mayHaveArrived: Bool
    var madeAt: Date
    var stateAt: Date
}

/// What a subscriber has been told of a story so far.
struct Told: Sendable, Equatable {
    /// The newest notice that he was sent or is being sent, by the bulletin's rank; nil for nothing.
    var newestRank: Int64?
    /// Whether he has heard any of it, or may have.
    var hasHeard = false
    /// Whether there is any line about him in the story's ledger.
    var isKnown = false
    /// What became of the notice of the words that were translated; nil where there was none.
    var original: (state: Notice.State, reason: Notice.Reason?)?

    /// Takes one line of the ledger into account.
    /// - Parameters:
    ///   - rank: of what it tells.
    ///   - isOriginal: whether it is about the words that are told in another language now.
    mutating func take(_ notice: Notice, rank: Int64, isOriginal: Bool) {
        isKnown = true
        // What was to be sent at all may have arrived: a machine may have died before it wrote that down.
        if notice.state != .skipped || notice.reason == .superseded || notice.mayHaveArrived { hasHeard = true }
        if notice.state == .accepted || notice.state == .queued { newestRank = max(newestRank ?? rank, rank) }
        if isOriginal { original = (notice.state, notice.reason) }
    }

    static func == (a: Told, b: Told) -> Bool {
        a.newestRank == b.newestRank && a.hasHeard == b.hasHeard && a.isKnown == b.isKnown && a.original?.state == b.original?.state
            && a.original?.reason == b.original?.reason
    }
}

/// Who gets what, and when it is not sent after all. Pure: the same history always gives the same answer.
enum NoticeRules {
    /// More than so many notices within an hour wait: a story that changes by the minute must not fill anybody's mailbox.
    static let mostPerHour = 12
    /// After that a notice that cannot be handed over is given up.
    static let patienceSeconds: Double = 86_400

    /// What stands in the ledger for one subscriber.
    enum Line: Sendable, Equatable {
        /// He is not concerned.
        case none
        case queued
        case skipped(Notice.Reason)
    }

    /// Decides for one subscriber when something is told. Whoever is known to the story gets a line each time, so that the last one says how it
    /// ended for him.
    static func line(_ subscriber: Subscriber, _ bulletin: Bulletin, told: Told) -> Line {
        let wanted = subscriber.wishes.scope.wants(bulletin.story.id, touching: bulletin.story.parts.map(\.id))
        let was = (subscriber.confirmedAt ?? .distantFuture) <= bulletin.toldAt
        guard told.isKnown || (wanted && was && subscriber.state == .confirmed) else { return .none }
        if bulletin.kind == .translation { return translation(subscriber, bulletin, told) }
        guard subscriber.state == .confirmed else { return .skipped(ended(subscriber)) }
        // Who heard the bad news hears how it went on, whatever he has changed of the rest; only this story itself can be left.
        guard wanted || (told.hasHeard && !subscriber.wishes.scope.without.contains(bulletin.story.id)) else { return .skipped(.notWanted) }
        guard bulletin.story.speaks(subscriber.wishes.language) || !subscriber.wishes.waitsForLanguage else {
            return .skipped(.untranslated)
        }
        return .queued
    }

    /// Only who has waited for these words is told, once.
    private static func translation(_ subscriber: Subscriber, _ bulletin: Bulletin, _ told: Told) -> Line {
        guard subscriber.state == .confirmed, subscriber.wishes.language == bulletin.language, told.original?.reason == .untranslated else {
            return .none
        }
        return .queued
    }

    /// What is done with a notice when its turn comes.
    enum Turn: Sendable, Equatable {
        case send
        case skip(Notice.Reason)
        /// Too many within the hour.
        case wait(until: Date)
    }

    /// - Parameters:
    ///   - newest: the rank of the newest thing that he was sent, or is being sent, of the story, this one apart.
    ///   - acceptedWithinHour: when each notice of the last hour was accepted, the oldest first.
    static func turn(_ subscriber: Subscriber, _ bulletin: Bulletin, newest: Int64?, acceptedWithinHour: [Date], at now: Date) -> Turn {
        guard subscriber.state == .confirmed else { return .skip(ended(subscriber)) }
        if subscriber.wishes.scope.without.contains(bulletin.story.id) { return .skip(.notWanted) }
        if let newest, newest > bulletin.rank { return .skip(.superseded) }
        guard acceptedWithinHour.count >= mostPerHour else { return .send }
        let free = acceptedWithinHour[acceptedWithinHour.count - mostPerHour].addingTimeInterval(3600)
        return .wait(until: max(free, now.addingTimeInterval(1)))
    }

    private static func ended(_ subscriber: Subscriber) -> Notice.Reason {
        switch subscriber.ending {
        case .bounces: .bounces
        case .unreachable: .unreachable
        default: .left
        }
    }

    /// Pauses between tries, in seconds: a mail server's hiccup is over soon, a dead one must not cost others their turn.
    static func pauseSeconds(afterAttempt attempt: Int) -> Double {
        let pauses: [Double] = [30, 120, 600, 1800, 3600, 7200, 14_400]
        return attempt <= pauses.count ? pauses[max(attempt, 1) - 1] : 14_400
    }
}
