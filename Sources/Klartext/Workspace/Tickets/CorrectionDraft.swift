import Foundation

/// "We were wrong" as an agent is writing it; kept whole when it cannot be sent.
struct CorrectionDraft: Sendable, Equatable {
    /// The message that was wrong; 0 while none is chosen.
    var answer: Int64 = 0
    var wrong = ""
    var right = ""
    var action = ""

    /// A short answer is offered whole as what was wrong: it is quicker to cut than to copy.
    static let mostQuoted = 600

    init() {}

    /// The draft for an answer that somebody says was wrong.
    init(of answer: Message) {
        self.answer = answer.id
        if answer.body.unicodeScalars.count <= Self.mostQuoted { wrong = answer.body }
    }

    /// - Parameter field: a field of the form, without white space around it.
    init(_ field: (String) -> String) {
        answer = Int64(field("corrects")) ?? 0
        (wrong, right, action) = (field("wrong"), field("right"), field("action"))
    }

    /// What is missing, in the order of the form.
    var problems: [TicketRefusal] {
        (answer == 0 ? [.noAnswer] : []) + (wrong.isBlank ? [.emptyWrong] : []) + (right.isBlank ? [.emptyRight] : [])
            + (action.isBlank ? [.emptyAction] : [])
    }

    var words: Correction.Words { Correction.Words(wrong: wrong, right: right, action: action) }
}
