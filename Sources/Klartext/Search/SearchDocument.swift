import Foundation

/// What is found as one: a message, a note, or a customer.
struct SearchDocument: Sendable, Equatable {
    enum Kind: String, Sendable {
        case message, note, customer
    }

    /// A message's or note's own number; a customer's below zero. So the newest come first where the greatest do, and each has one document.
    var id: Int64
    var kind: Kind
    /// Nil for a customer.
    var ticket: Int64?
    /// Nil for a customer.
    var writtenAt: Date?
    /// What was written, as far as it is searched.
    var body = ""
    /// What it is found by beside: subject, number, the customer's name and address, the author, names of files, what a form asked for.
    var facts: [String] = []

    var texts: [String] { facts + [body] }
}
