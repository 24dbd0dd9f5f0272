import Foundation

/// One value that a form asked for, as it was given: it stays what it was when the form is changed later.
struct TicketField: Sendable, Equatable {
    /// The message it came with.
    var message: Int64
    var ticket: TicketNumber
    /// From 0, which is the kind of request itself; in the order of the form.
    var position: Int
    /// The field's id in the form.
    var field: String
    /// What it takes, such as `iban`; `form` for the kind of request itself.
    var type: String
    /// As it was asked, in the customer's language.
    var label: String
    /// Always the same for the same thing: what is searched and copied.
    var value: String
    /// As the customer was shown it.
    var shown: String

    /// The value for whom a mail may pass on its way: of an account number its two ends.
    var shownInMail: String {
        guard type == "iban" else { return shown }
        let bytes = Array(value.utf8)
        return bytes.count > 8
            ? "\(String(decoding: bytes.prefix(4), as: UTF8.self)) … \(String(decoding: bytes.suffix(4), as: UTF8.self))" : shown
    }
}

/// What a form gave, before it stands on a ticket.
struct FilledFields: Sendable, Equatable {
    /// The form's id.
    var form: String
    var fields: [Field]

    struct Field: Sendable, Equatable {
        var id: String
        var type: String
        var label: String
        var value: String
        var shown: String
    }

    func fields(of message: Message) -> [TicketField] {
        fields.enumerated().map { position, field in
            TicketField(
                message: message.id, ticket: message.ticket, position: position, field: field.id, type: field.type, label: field.label,
                value: field.value, shown: field.shown)
        }
    }
}
