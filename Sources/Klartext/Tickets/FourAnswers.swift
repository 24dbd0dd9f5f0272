import Foundation

/// The four questions a customer has, answered from the ticket's state: what is the state, whose turn is it, what happens next, and by when.
struct FourAnswers: Sendable, Equatable {
    enum State: Sendable, Equatable { case received, inProgress, waitingForYou, waitingForOthers, solvedByUs, solvedByYou, late }
    enum Turn: Sendable, Equatable { case us, you(askedFor: String), others(name: String), nobody }

    var state: State
    var turn: Turn
    /// By when the customer hears from us at the latest; nil when solved.
    var byWhen: Date?
    /// We had named a time and let it pass.
    var isLate: Bool
}

extension Ticket {
    /// - Parameter answered: whether a person has written to the customer yet
    func answers(answered: Bool, at now: Date) -> FourAnswers {
        guard status == .open, let nextContactAt else {
            return FourAnswers(state: solvedBy == .customer ? .solvedByYou : .solvedByUs, turn: .nobody, byWhen: nil, isLate: false)
        }
        let isLate = nextContactAt <= now
        switch turn {
        case .customer(let question):
            return FourAnswers(state: .waitingForYou, turn: .you(askedFor: question), byWhen: nextContactAt, isLate: isLate)
        case .thirdParty(let name):
            return FourAnswers(state: .waitingForOthers, turn: .others(name: name), byWhen: nextContactAt, isLate: isLate)
        case .us:
            return FourAnswers(state: isLate ? .late : answered ? .inProgress : .received, turn: .us, byWhen: nextContactAt, isLate: isLate)
        }
    }
}
