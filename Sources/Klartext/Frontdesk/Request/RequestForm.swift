import Foundation
import Mail

/// What somebody typed into the form for a new request, as it was typed, until it can be taken.
struct RequestForm: Sendable, Equatable {
    var subject = ""
    var text = ""
    var name = ""
    var address = ""
    /// In which language the customer wants our answers.
    var language: Language
    /// The field that people do not see.
    var trap = ""
    /// What stands in the fields of the type of request, by their ids.
    var typed: [String: String] = [:]

    /// What a field of a type of request is called in the form, apart from those that every form has.
    static func input(_ field: String) -> String { "f-\(field)" }

    /// What has to be changed before it can be taken.
    /// - Parameter filled: what stands in the fields of the type, read.
    func problems(_ rules: FormRules, _ type: RequestType, _ filled: FilledForm) -> [FormProblem] {
        let isTextMissing = text.isBlank && type.message.isRequired
        let textProblem = isTextMissing ? FormProblem.textMissing : Self.problem(ofText: text, rules)
        let trapProblem = trap.isEmpty ? nil : FormProblem.trapFilled
        let subjectProblem = type.subject == nil ? subjectProblem(rules) : nil
        return [subjectProblem, textProblem, nameProblem(rules), addressProblem, trapProblem].compactMap { $0 }
            + filled.problems.map { .field($0.field, $0.problem) }
    }

    /// The subject: the customer's own, or the one that the type makes of what is filled in.
    func subject(_ rules: FormRules, _ type: RequestType, _ filled: FilledForm) -> String {
        guard let made = filled.subject(of: type, in: language) else { return subject }
        return String(String.UnicodeScalarView(made.unicodeScalars.prefix(rules.subjectScalars)))
    }

    /// The same for any text a customer writes.
    static func problem(ofText text: String, _ rules: FormRules) -> FormProblem? {
        let count = text.unicodeScalars.count
        return count > rules.textScalars ? .textTooLong(count: count) : nil
    }

    private func subjectProblem(_ rules: FormRules) -> FormProblem? {
        if subject.isBlank { return .subjectMissing }
        return subject.unicodeScalars.count > rules.subjectScalars ? .subjectTooLong : nil
    }

    private func nameProblem(_ rules: FormRules) -> FormProblem? {
        name.unicodeScalars.count > rules.nameScalars ? .nameTooLong : nil
    }

    private var addressProblem: FormProblem? {
        if address.isBlank { return .addressMissing }
        if !address.utf8.contains(UInt8(ascii: "@")) { return .addressWithoutAt }
        return Address(address) == nil ? .addressWrong : nil
    }

    /// What tells this request from another one sent with the same form.
    func content(files: [UploadTicket]) -> [String] {
        [subject, text, name, address, language.rawValue] + typed.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
            + files.map(\.digest)
    }
}

extension String {
    /// The text on one line: line breaks and other controls, which only programs send in a one-line field, become spaces.
    var onOneLine: String {
        let scalars = unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: " "
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
