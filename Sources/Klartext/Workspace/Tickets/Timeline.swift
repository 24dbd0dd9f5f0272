import Foundation

/// Everything that happened on a ticket in one order: what was said, what was noted, which letters went out, and what changed.
struct Timeline: Sendable, Equatable {
    enum Item: Sendable, Equatable {
        case message(Message)
        case note(Note)
        /// A letter that carries no message of its own, such as a confirmation.
        case letter(Letter)
        case event(TicketHistoryEntry)
        case promise(PromiseHistoryEntry)
    }

    let items: [Item]

    init(messages: [Message], notes: [Note], letters: [Letter], history: [TicketHistoryEntry], promises: [PromiseHistoryEntry] = []) {
        let carrying = Set(messages.compactMap(\.letter))
        var placed: [(at: Date, rank: Int, item: Item)] = messages.map { ($0.writtenAt, 0, .message($0)) }
        placed += notes.map { ($0.writtenAt, 0, .note($0)) }
        placed += letters.filter { !carrying.contains($0.id) }.map { ($0.writtenAt, 1, .letter($0)) }
        placed += promises.map { ($0.at, 2, .promise($0)) }
        placed += history.filter { Self.isTold($0.event) }.map { ($0.at, 2, .event($0)) }
        // what was said comes before what followed from it in the same moment; the order within is that of the record
        items = placed.enumerated().sorted { a, b in
            (a.element.at, a.element.rank, a.offset) < (b.element.at, b.element.rank, b.offset)
        }.map(\.element.item)
    }

    /// Whether an event says more than the message, note or letter that stands in the timeline anyway.
    private static func isTold(_ event: TicketEvent) -> Bool {
        switch event {
        case .opened, .formFilled, .customerWrote, .machineWrote, .replied, .corrected, .noted, .confirmed, .informed, .saidNothingNew:
            false
        case .todoRaised(_, .mayBelongTo): true
        // the failed letter, the withheld confirmation say it themselves
        case .todoRaised: false
        case .confirmationWithheld, .assigned, .queued, .turnPassed, .nextContactSet, .solved, .reopened, .thanked, .linkRenewed,
            .linkRevoked, .messageMovedOut, .messageMovedIn, .merged, .letterFailed, .resent, .todoDone, .ownerWarned, .pinned, .unpinned:
            true
        }
    }
}
