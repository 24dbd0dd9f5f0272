import Foundation

/// A request that an agent writes down for somebody who called, sent a letter or stood at the counter; kept when it could not be taken.
struct EntryDraft: Sendable, Equatable {
    enum Way: String, Sendable, CaseIterable { case phone, counter, letter }

    enum Problem: Sendable, Equatable {
        case noWay, noName, badAddress, badPhone, noSubject, noText, filesLost
    }

    var way: Way?
    var name = ""
    /// The mail address; empty for somebody who has none, or did not say.
    var address = ""
    /// Telephone number or postal address, for those in the house.
    var reach = ""
    /// As it was typed.
    var phone = ""
    /// The call that it is about; 0 for none.
    var call: Int64 = 0
    /// The customer who is known by the call's number; 0 for nobody.
    var customer: Int64 = 0
    var language = Language.de
    /// Empty where there is one queue only.
    var queue = ""
    var subject = ""
    var text = ""
    /// Tells this form from the same one filled again.
    var once = ""
    var problems: [Problem] = []

    init(language: Language, once: String) { (self.language, self.once) = (language, once) }

    /// - Parameter field: a field of the form, without white space around it.
    init(_ field: (String) -> String, text: String) {
        way = Way(rawValue: field("way"))
        (name, address, reach, queue) = (field("name"), field("address"), field("reach"), field("queue"))
        phone = field("phone")
        (call, customer) = (Int64(field("call")) ?? 0, Int64(field("customer")) ?? 0)
        language = Language(rawValue: field("language")) ?? .de
        (subject, self.text, once) = (field("subject"), text, field("once"))
        if way == nil { problems.append(.noWay) }
        if name.isBlank { problems.append(.noName) }
        if subject.isBlank { problems.append(.noSubject) }
        if text.isBlank { problems.append(.noText) }
    }

    /// What is known of somebody.
    mutating func fill(in known: Customer) {
        (customer, name, language) = (known.id, known.name, known.language)
        if known.hasMail { address = known.address }
    }
}
