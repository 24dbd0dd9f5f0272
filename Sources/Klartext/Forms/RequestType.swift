/// A kind of request: what it is called, what it asks for. Read from `forms/*.yaml`, never made up in code.
struct RequestType: Sendable, Equatable {
    /// Short, of small letters, digits and hyphens; stands in addresses and in the journal.
    var id: String
    /// Where it stands among the others; the one with the lowest is the general question.
    var position: Int
    var title: LocalText
    var help: LocalText?
    /// The subject made of what is filled in, so that nobody has to think of one; nil where the customer writes it. `{{field}}` stands for a value.
    var subject: LocalText?
    /// Where such requests wait; nil: where all of the web do.
    var queue: String?
    var message = MessageField()
    var fields: [RequestField] = []

    /// The free text.
    struct MessageField: Sendable, Equatable {
        var label: LocalText?
        var help: LocalText?
        var isRequired = true
    }

    func field(_ id: String) -> RequestField? { fields.first { $0.id == id } }
}

/// One field of a request.
struct RequestField: Sendable, Equatable {
    var id: String
    var kind: FieldKind
    var label: LocalText
    var help: LocalText?
    var isRequired = false
    /// Asked only where each of these choices was made.
    var conditions: [Condition] = []

    struct Condition: Sendable, Equatable {
        /// A field before this one.
        var field: String
        /// One of its choices.
        var choice: String
    }
}

/// What a field takes.
enum FieldKind: Sendable, Equatable {
    /// - Parameters:
    ///   - limit: in Unicode scalars.
    ///   - isLong: of several lines.
    case text(limit: Int, isLong: Bool)
    case choice([Choice])
    case date(DateRange)
    case amount(MoneyAmount.Currency)
    case domain, iban, tracking
    case order([OrderPattern])

    struct Choice: Sendable, Equatable {
        var id: String
        var label: LocalText
    }

    enum DateRange: String, CaseIterable, Sendable { case any, past, future }

    /// As it is written in the file and stored with a value.
    var name: String {
        switch self {
        case .text: "text"
        case .choice: "choice"
        case .date: "date"
        case .amount: "amount"
        case .domain: "domain"
        case .iban: "iban"
        case .tracking: "tracking"
        case .order: "order"
        }
    }

    static let names = ["text", "choice", "date", "amount", "domain", "iban", "tracking", "order"]

    /// Whether a rule says more than that something was typed, so that checking while typing helps.
    var isChecked: Bool {
        switch self {
        case .text, .choice: false
        default: true
        }
    }
}

/// A text of an operator's in each of our languages.
struct LocalText: Sendable, Equatable {
    var de: String
    var en: String

    subscript(language: Language) -> String { language == .de ? de : en }
}
