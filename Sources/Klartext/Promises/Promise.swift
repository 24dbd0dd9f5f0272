import Foundation

/// Something that somebody was told would be done, and by when. It is kept, or whoever it was made to is told that it was not: it never just passes.
struct Promise: Sendable, Equatable {
    enum State: String, Codable, Sendable {
        case open, kept
        /// Taken back, with a reason that the addressee reads.
        case withdrawn
    }

    var id: Int64
    /// What it was promised about, as the journal names it: `ticket/100014`.
    var about: String
    var channel: PromiseChannel
    /// In words that the addressee reads.
    var text: String
    /// Who is to do it, if it is not us: a carrier, a registry. Whether they do it is ours to watch.
    var thirdParty: String?
    /// The agent who sees to it.
    var owner: Int64
    /// The customer it was made to.
    var addressee: Int64
    /// By when, as the addressee knows it now.
    var dueAt: Date
    /// By when, as it was first said. A promise counts as kept only if it was kept by then: moving the time is no way to keep it.
    var firstDueAt: Date
    var madeAt: Date
    var state: State
    var settledAt: Date?
    /// How it was kept, or why it was taken back.
    var outcome: String
    /// How often the time came and it was not kept.
    var missed: Int
    /// Who has been reminded of the time that is due now.
    var reminded: Reminded
    /// How many journal entries have made this state.
    var events: Int

    enum Reminded: Int, Codable, Sendable, Comparable {
        case nobody, owner, everybody
        static func < (a: Reminded, b: Reminded) -> Bool { a.rawValue < b.rawValue }
    }
}

extension Promise {
    /// The promise a making makes.
    init(_ making: PromiseEvent.Making, id: Int64, at now: Date) {
        self.init(
            id: id, about: making.about, channel: making.channel, text: making.text, thirdParty: making.thirdParty, owner: making.owner,
            addressee: making.addressee, dueAt: making.dueAt, firstDueAt: making.dueAt, madeAt: now, state: .open, settledAt: nil,
            outcome: "",
            missed: 0, reminded: .nobody, events: 1)
    }

    /// The promise after one more event. The only place where a promise's state changes.
    func applying(_ event: PromiseEvent, at now: Date) -> Promise {
        var promise = self
        promise.events += 1
        switch event {
        case .made: break
        case .reminded(let whom): promise.reminded = whom
        case .missed(let next, _):
            (promise.dueAt, promise.reminded) = (next, .nobody)
            promise.missed += 1
        case .moved(let next, _, _): (promise.dueAt, promise.reminded) = (next, .nobody)
        case .handedOver(let owner): (promise.owner, promise.reminded) = (owner, .nobody)
        case .carriedOver(let about): promise.about = about
        case .kept(let how): (promise.state, promise.settledAt, promise.outcome) = (.kept, now, how)
        case .withdrawn(let reason): (promise.state, promise.settledAt, promise.outcome) = (.withdrawn, now, reason)
        }
        return promise
    }

    /// The promise that a journal tells of.
    /// - Returns: nil when the journal does not begin with a making.
    static func folded(_ id: Int64, _ journal: [(event: PromiseEvent, at: Date)]) -> Promise? {
        guard let first = journal.first, case .made(let making) = first.event else { return nil }
        return journal.dropFirst().reduce(Promise(making, id: id, at: first.at)) { $0.applying($1.event, at: $1.at) }
    }

    /// Whether it was kept by the time that was said first; nil while that is open, and for one that was taken back in time.
    var isKeptInTime: Bool? {
        switch state {
        case .kept: settledAt.map { $0 <= firstDueAt }
        case .withdrawn: missed > 0 ? false : nil
        case .open: missed > 0 ? false : nil
        }
    }

    /// The promise's name in the journal.
    var subject: String { Self.subject(id) }

    static func subject(_ id: Int64) -> String { "promise/\(id)" }
}
