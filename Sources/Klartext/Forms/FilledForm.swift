import Foundation

/// What was typed into a request's fields, read as a whole: values, and what has to be changed.
struct FilledForm: Sendable, Equatable {
    struct Value: Sendable, Equatable {
        var field: RequestField
        var value: FieldValue
    }

    /// In the order of the fields; fields that do not apply have none, whatever was sent for them.
    private(set) var values: [Value] = []
    private(set) var problems: [(field: String, problem: FieldProblem)] = []

    /// - Parameter typed: by the id of the field.
    init(_ type: RequestType, typed: [String: String], today: CivilTime) {
        for field in type.fields where applies(field) {
            do {
                if let value = try field.read(typed[field.id] ?? "", today: today) { values.append(Value(field: field, value: value)) }
            } catch {
                problems.append((field.id, error))
            }
        }
    }

    /// Whether every choice that a field depends on was made. A field that does not apply itself makes none.
    private func applies(_ field: RequestField) -> Bool {
        field.conditions.allSatisfy { condition in
            values.contains { $0.field.id == condition.field && $0.value.stored == condition.choice }
        }
    }

    /// The type's subject with the values in it, on one line; nil where the customer writes it.
    func subject(of type: RequestType, in language: Language) -> String? {
        guard let text = type.subject?[language] else { return nil }
        let filled = TextTemplate(text).segments.map { segment in
            switch segment {
            case .text(let text): text
            case .placeholder(let field): values.first { $0.field.id == field }?.value.subjectText(in: language) ?? ""
            }
        }.joined()
        return filled.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String($0) }.joined(separator: " ")
    }

    static func == (a: FilledForm, b: FilledForm) -> Bool {
        a.values == b.values && a.problems.elementsEqual(b.problems) { $0.field == $1.field && $0.problem == $1.problem }
    }
}

extension FieldValue {
    /// A number stands in a subject alone, without whose it is.
    fileprivate func subjectText(in language: Language) -> String {
        switch self {
        case .tracking(let number): number.compact
        default: shown(in: language)
        }
    }
}
