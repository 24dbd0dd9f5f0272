import Foundation

/// One thing we said about an incident.
struct IncidentUpdate: Sendable, Equatable {
    var id: PublicID
    var state: IncidentState
    /// Plain text; an empty line begins a paragraph.
    var text: PublicText
    var writtenAt: Date
    /// When its words changed last: corrected, or said in the other language as well.
    var changedAt: Date
    /// The time it tells of, which may be before it was written.
    var displayAt: Date
    var turns: [ComponentTurn]
    /// By when it promised the next one.
    var nextUpdateBy: Date?
    /// By how many minutes it came later than the one before it had promised; nil when it was in time.
    var minutesLate: Int?
    /// What it owes to those who read the other language.
    var debt: LanguageDebt?
}

/// A language in which an update has still to be said, by a time that is promised like any other.
struct LanguageDebt: Codable, Sendable, Equatable {
    enum State: String, Codable, Sendable {
        case open, paid
        /// A newer update says in this language how things are: nobody waits for the older one.
        case lapsed
    }

    var language: Language
    var deadline: Deadline
    var state = State.open
    var settledAt: Date?
    /// By how many minutes it was said too late; nil when in time, and while it is open.
    var minutesLate: Int?

    func settled(_ state: State, at now: Date) -> LanguageDebt {
        var debt = self
        (debt.state, debt.settledAt) = (state, now)
        debt.minutesLate = deadline.minutesLate(at: now)
        return debt
    }
}

/// What of an incident we owe to the public, and by when.
enum Owed: Codable, Sendable, Equatable {
    case nextUpdate
    case translation(update: PublicID)
}
