import Foundation

/// What the journal may say of an incident. Its state is the fold of these.
enum IncidentEvent: ChronicleEvent {
    case opened(Opening)
    /// We said something, and by when we say the next thing.
    case updated(Saying)
    /// It is not over after all: the same incident goes on.
    case reopened(Saying)
    /// The words of an update are others now; the old ones are kept here.
    case corrected(update: PublicID, from: PublicText, to: PublicText)
    /// An update is said in the other language as well. Who has read it already is not told again.
    case translated(update: PublicID, language: Language, text: String, title: String?)
    case retitled(from: PublicText, to: PublicText)
    /// How bad it is was set by hand, or is reckoned from the components again.
    case impactSet(Impact?)
    /// When it began for the users is known better now.
    case begunAt(Date)
    /// States of components changed without a word.
    case turned([ComponentTurn])
    case handedOver(to: Int64?)
    /// What happened and what follows from it.
    case postmortemTold(PublicText)
    case reminded(Deadline.Reminder, of: Owed)
    /// We were asked whether it is over.
    case askedWhetherOver(because: [OverQuestion.Reason])

    struct Opening: Codable, Equatable, Sendable {
        var title: PublicText
        /// The agent who sees to it; nil where everybody does.
        var owner: Int64?
        var startedAt: Date
        var impact: Impact?
        /// Told afterwards: nobody is notified.
        var isBackfilled: Bool
    }

    struct Saying: Codable, Equatable, Sendable {
        var id: PublicID
        var state: IncidentState
        var text: PublicText
        var turns: [ComponentTurn]
        var displayAt: Date
        /// Always there while the incident is open.
        var nextUpdateBy: Date?
        var minutesLate: Int?
        /// Where a language is missing.
        var translationDue: Date?
    }

    var name: String {
        switch self {
        case .opened: "opened"
        case .updated: "updated"
        case .reopened: "reopened"
        case .corrected: "corrected"
        case .translated: "translated"
        case .retitled: "retitled"
        case .impactSet: "impactSet"
        case .begunAt: "begunAt"
        case .turned: "turned"
        case .handedOver: "handedOver"
        case .postmortemTold: "postmortemTold"
        case .reminded: "reminded"
        case .askedWhetherOver: "askedWhetherOver"
        }
    }

    var isPublic: Bool {
        switch self {
        case .reminded, .askedWhetherOver, .handedOver: false
        default: true
        }
    }

    /// What of this is told to those who asked to be told; nil for what only stands on the page.
    var telling: Telling? {
        switch self {
        case .updated(let saying), .reopened(let saying): .update(saying.id)
        case .translated(let update, let language, _, _): .translation(of: update, language)
        case .postmortemTold: .postmortem
        default: nil
        }
    }
}

/// What is told to subscribers, and to which of them.
enum Telling: Codable, Sendable, Equatable {
    /// To everybody, each in his language as far as it is said in it.
    case update(PublicID)
    /// To those who read this language and have not been told of this update yet.
    case translation(of: PublicID, Language)
    case postmortem
}
