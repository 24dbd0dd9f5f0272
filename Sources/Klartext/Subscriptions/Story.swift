import Foundation

/// What is told of an incident or a maintenance at one moment: all that a letter or a webhook needs, and nothing else.
///
/// Kept with the bulletin, so that what leaves an hour later says what was said, and as it has been corrected since.
struct Story: Codable, Sendable, Equatable {
    enum Kind: String, Codable, Sendable { case incident, maintenance }

    /// What the news is, from which the first sentence follows.
    enum News: String, Codable, Sendable {
        case investigating, identified, monitoring, resolved, reopened, postmortem
        case announced, changed, reminder, started, verifying, completed, cancelled
    }

    struct Part: Codable, Sendable, Equatable {
        var id: PublicID
        var name: PublicText
    }

    var kind: Kind
    var id: PublicID
    /// The update's own name; of what is no update, the story's.
    var update: PublicID
    var news: News
    var title: PublicText
    /// Plain text; an empty line begins a paragraph. Empty where the news says all.
    var text: PublicText
    /// What it touches.
    var parts: [Part]
    var toldAt: Date
    /// Of an incident when it began for the users, of a maintenance when it begins.
    var startsAt: Date
    /// Of an incident when it was over, of a maintenance when it ends by plan.
    var endsAt: Date?
    var nextUpdateBy: Date?
    /// As the page's API writes it: `none` to `critical`, or `maintenance`.
    var impact: String
    /// As the page's API writes it.
    var state: String
    var resolvedAt: Date?
    var monitoringAt: Date?
    /// All that was said so far, the newest first, for programs.
    var updates: [Update] = []

    struct Update: Codable, Sendable, Equatable {
        var id: PublicID
        var state: String
        var text: PublicText
        var writtenAt: Date
        var changedAt: Date
        var displayAt: Date
    }

    /// The name in the ledger, as the journal writes it: `incident/4k2jx8v0q1zt`.
    var name: String { Self.name(kind, id) }

    static func name(_ kind: Kind, _ id: PublicID) -> String { "\(kind.rawValue)/\(id)" }

    /// Whether this is the good news: nobody who heard the bad may miss it.
    var isClosing: Bool { news == .resolved || news == .completed || news == .cancelled }

    /// Whether it says something in this language.
    func speaks(_ language: Language) -> Bool {
        title.has(language) && (text.has(language) || text.missing.count == Language.allCases.count)
    }

    /// The language somebody reads it in who asked for another: the text's own.
    func spoken(to language: Language) -> Language { speaks(language) ? language : language.other }
}

/// One thing that is told to all who want it, once.
struct Bulletin: Sendable, Equatable {
    enum Kind: String, Sendable {
        case update, translation, postmortem, reminder

        /// Whether what is older and has not left yet is not worth sending any more.
        var supersedes: Bool { self == .update || self == .reminder }
    }

    /// `UPDATE`, `UPDATE/en`, `STORY/postmortem`, `STORY/day/TIME`: bulletin the same twice is bulletin it once.
    var id: String
    var kind: Kind
    /// Rises with what is told of one story.
    var rank: Int64
    var story: Story
    var toldAt: Date
    /// The last subscriber for whom it was decided whether a notice is made.
    var expandedTo: Int64
    /// When that was decided for all.
    var expandedAt: Date?
    /// For a translation: into what.
    var language: Language? {
        guard kind == .translation else { return nil }
        return Language(rawValue: String(decoding: id.utf8.suffix(2), as: UTF8.self))
    }

    /// For a translation: what was translated.
    var original: String { kind == .translation ? String(decoding: id.utf8.dropLast(3), as: UTF8.self) : id }
}
