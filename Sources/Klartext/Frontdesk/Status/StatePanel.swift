import Foundation

/// What stands at the top of a customer's page: one sentence of truth, and the four answers.
struct StatePanel: Sendable, Equatable {
    enum Head: Sendable, Equatable {
        case us(by: Date)
        /// We named a time and let it pass.
        case late(since: Date)
        case customer(askedFor: String)
        case thirdParty(name: String, by: Date)
        case solvedByUs(cause: String)
        case solvedByCustomer
        /// Our newest letter did not arrive.
        case unreachable(address: String, LetterFailure)
        case merged(into: TicketNumber)
    }

    var head: Head
    /// nil where the ticket goes on elsewhere: it has no answers of its own.
    var answers: FourAnswers?
    var ticket: Ticket

    init(_ view: CustomerView, at now: Date) {
        ticket = view.ticket
        let answers = ticket.answers(answered: view.isAnswered, at: now)
        if let target = ticket.mergedInto, ticket.status == .closed {
            (head, self.answers) = (.merged(into: target), nil)
            return
        }
        self.answers = answers
        head = Self.failure(view) ?? Self.head(answers, ticket, now)
    }

    /// A letter that failed matters as long as no newer one has found its way.
    private static func failure(_ view: CustomerView) -> Head? {
        guard view.ticket.status == .open, let newest = view.letters.last, newest.state == .failed else { return nil }
        return .unreachable(address: newest.recipient, view.failures[newest.id] ?? .other)
    }

    private static func head(_ answers: FourAnswers, _ ticket: Ticket, _ now: Date) -> Head {
        let by = answers.byWhen ?? now
        return switch answers.turn {
        case .us: answers.isLate ? .late(since: by) : .us(by: by)
        case .you(let question): .customer(askedFor: question)
        case .others(let name): .thirdParty(name: name, by: by)
        case .nobody: ticket.solvedBy == .customer ? .solvedByCustomer : .solvedByUs(cause: ticket.cause)
        }
    }
}
