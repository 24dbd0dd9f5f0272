import Foundation

/// What was filled in, read.
enum FieldValue: Sendable, Equatable {
    case text(String)
    case choice(FieldKind.Choice)
    case day(CivilTime)
    case amount(MoneyAmount)
    case domain(DomainName)
    case iban(IBAN)
    case tracking(TrackingNumber)
    case order(String)

    /// Always the same for the same thing, whoever typed it and how: what is searched, compared and copied.
    var stored: String {
        switch self {
        case .text(let text), .order(let text): text
        case .choice(let choice): choice.id
        case .day(let day): day.isoDay
        case .amount(let amount): amount.stored
        case .domain(let domain): domain.ascii
        case .iban(let iban): iban.compact
        case .tracking(let number): number.compact
        }
    }

    /// As people read it.
    func shown(in language: Language) -> String {
        switch self {
        case .text(let text), .order(let text): text
        case .choice(let choice): choice.label[language]
        case .day(let day): Moments.day(day, in: language)
        case .amount(let amount): amount.shown(in: language)
        case .domain(let domain): domain.unicode
        case .iban(let iban): iban.grouped
        case .tracking(let number):
            number.carriers.isEmpty ? number.compact : "\(number.compact) (\(number.carriers.map(\.name).joined(separator: " / ")))"
        }
    }

    /// What the page says while somebody types: how we read it. Nil where there is nothing to add.
    func remark(in language: Language) -> FieldProblem? {
        switch self {
        case .text, .choice: nil
        case .tracking(let number):
            number.carriers.isEmpty
                ? FieldProblem(.fieldReadUnknown)
                : FieldProblem(
                    number.isVerified ? .fieldReadVerified : .fieldReadCarrier,
                    ["carrier": number.carriers.map(\.name).joined(separator: " / ")])
        case .domain(let domain) where domain.ascii != domain.unicode:
            FieldProblem(.fieldReadDomain, ["shown": domain.unicode, "ascii": domain.ascii])
        case .day(let day): FieldProblem(.fieldRead, ["shown": Moments.longDay(day, in: language)])
        default: FieldProblem(.fieldRead, ["shown": shown(in: language)])
        }
    }
}

extension RequestField {
    /// Reads what was typed.
    /// - Returns: nil where nothing was, and nothing had to be.
    /// - Parameter today: the day on the operator's clock.
    func read(_ typed: String, today: CivilTime) throws(FieldProblem) -> FieldValue? {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else {
            if isRequired { throw FieldProblem(.fieldMissing) }
            return nil
        }
        switch kind {
        case .text(let limit, let isLong): return .text(try Self.text(text, limit: limit, isLong: isLong))
        case .choice(let choices):
            guard let choice = choices.first(where: { $0.id == text }) else { throw FieldProblem(.fieldChoice) }
            return .choice(choice)
        case .date(let range): return .day(try Self.day(text, range, today: today))
        case .amount(let currency): return .amount(try MoneyAmount(text, currency: currency))
        case .domain: return .domain(try DomainName(text))
        case .iban: return .iban(try IBAN(text))
        case .tracking: return .tracking(try TrackingNumber(text))
        case .order(let patterns):
            guard let number = patterns.lazy.compactMap({ $0.reading(text) }).first else {
                throw FieldProblem(.fieldOrder, ["example": patterns.map(\.example).joined(separator: ", ")])
            }
            return .order(number)
        }
    }

    private static func text(_ text: String, limit: Int, isLong: Bool) throws(FieldProblem) -> String {
        let count = text.unicodeScalars.count
        guard count <= limit else { throw FieldProblem(.fieldTextLong, ["count": "\(count)", "limit": "\(limit)"]) }
        // controls, which only programs send, and line breaks where there is one line
        let scalars = text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory != .control || (isLong && scalar == "\n") ? scalar : " "
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func day(_ text: String, _ range: FieldKind.DateRange, today: CivilTime) throws(FieldProblem) -> CivilTime {
        let day = try WrittenDay.read(text, today: today)
        switch range {
        case .past where day.dayNumber > today.dayNumber: throw FieldProblem(.fieldDatePast)
        case .future where day.dayNumber < today.dayNumber: throw FieldProblem(.fieldDateFuture)
        default: return day
        }
    }
}
