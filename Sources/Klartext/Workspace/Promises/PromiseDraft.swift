import Foundation

/// A promise as an agent is wording it, found in an answer or added by hand; kept whole when it cannot be recorded.
struct PromiseDraft: Sendable, Equatable {
    enum Decision: String, Sendable { case record, skip }

    /// At most so many stand on one form.
    static let most = 8

    /// The words of the answer in which it was found; empty for one that was added by hand.
    var quote = ""
    /// Nil until somebody has decided: a promise that was found is neither recorded nor passed over in silence.
    var decision: Decision?
    var channel: PromiseChannel = .mail
    var text = ""
    var thirdParty = ""
    var owner: Int64 = 0
    /// As the browser's field has it: a clock on the wall.
    var dueAt = ""
    /// What else the words can mean, in the same form.
    var otherTimes: [String] = []
    var problems: [PromiseRefusal] = []

    /// What came with a form, row by row.
    static func read(_ form: Form) -> [PromiseDraft] {
        (0..<most).compactMap { row in
            func field(_ name: String) -> String { form.trimmed("promise\(row).\(name)") }
            var draft = PromiseDraft()
            (draft.quote, draft.text, draft.thirdParty, draft.dueAt) = (field("quote"), field("text"), field("thirdParty"), field("dueAt"))
            draft.decision = Decision(rawValue: field("decision"))
            draft.channel = PromiseChannel(rawValue: field("channel")) ?? .mail
            draft.owner = Int64(field("owner")) ?? 0
            draft.otherTimes = field("otherTimes").split(separator: " ").map(String.init)
            return draft.quote.isEmpty && draft.text.isEmpty ? nil : draft
        }
    }

    /// The promise to record; nil when it is to be passed over, or cannot stand, with the problems noted.
    mutating func promise(now: Date, by agent: Agent, _ moments: Moments) -> Tickets.NewPromise? {
        guard decision != .skip else { return nil }
        if text.isBlank { problems.append(.emptyText) }
        let due = moments.date(fromLocalInput: dueAt)
        if due.map({ $0 <= now }) ?? true { problems.append(.badTime) }
        guard problems.isEmpty, let due else { return nil }
        return Tickets.NewPromise(
            channel: channel, text: text, thirdParty: thirdParty.isBlank ? nil : thirdParty, owner: owner == 0 ? agent.id : owner,
            dueAt: due)
    }
}
