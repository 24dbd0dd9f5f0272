import Foundation

/// "Is it over?": asked when signs say so, or when nothing has been heard for too long. Never answered by itself.
struct OverQuestion: Sendable, Equatable {
    /// What makes us ask, so that whoever answers need not look for it.
    enum Reason: Codable, Sendable, Equatable {
        /// All checks of the components have been green for so long.
        case checksGreen(minutes: Int)
        /// No ticket has been linked for so long.
        case noNewTickets(minutes: Int)
        /// So many say that it works for them again.
        case worksAgain(yes: Int, no: Int)
        /// Nothing was said for so long.
        case silence(minutes: Int)
    }

    /// What is known of an incident from outside.
    struct Signals: Sendable, Equatable {
        var minutesSinceUpdate: Int
        /// nil where no check watches its components, or one of them is red.
        var checksGreenMinutes: Int?
        /// Minutes since a ticket was linked; nil when none ever was.
        var minutesSinceTicket: Int?
        var works = 0
        var worksNot = 0
        /// nil when nobody was asked yet.
        var minutesSinceAsked: Int?
    }

    var reasons: [Reason]

    static let greenMinutes = 15
    static let calmMinutes = 30
    static let silentMinutes = 180
    /// It is asked once in so long.
    static let patienceMinutes = 60
    /// From so many answers on they say something, when nine in ten say the same.
    static let fewestAnswers = 5

    /// - Returns: nil while there is no reason to ask.
    init?(of incident: Incident, _ signals: Signals) {
        guard incident.state.isOpen, signals.minutesSinceAsked.map({ $0 >= Self.patienceMinutes }) ?? true else { return nil }
        let answers = signals.works + signals.worksNot
        let saysYes = answers >= Self.fewestAnswers && signals.works * 10 >= answers * 9
        // more than one in ten, and more than three, say that it does not work: no sign outweighs them
        let saysNo = signals.worksNot > 3 && signals.worksNot * 10 > answers
        let isCalm = signals.minutesSinceTicket.map { $0 >= Self.calmMinutes } ?? true
        var reasons: [Reason] = []
        if !saysNo, isCalm {
            if let green = signals.checksGreenMinutes, green >= Self.greenMinutes { reasons.append(.checksGreen(minutes: green)) }
            if saysYes { reasons.append(.worksAgain(yes: signals.works, no: signals.worksNot)) }
            let watched = incident.state == .monitoring && signals.minutesSinceUpdate >= Self.calmMinutes
            if let calm = signals.minutesSinceTicket, watched || !reasons.isEmpty { reasons.append(.noNewTickets(minutes: calm)) }
        }
        if signals.minutesSinceUpdate >= Self.silentMinutes { reasons.append(.silence(minutes: signals.minutesSinceUpdate)) }
        guard !reasons.isEmpty else { return nil }
        self.reasons = reasons
    }
}

extension Incident {
    /// Whether it is time to ask, by what the incident itself knows.
    func question(at now: Date) -> OverQuestion? {
        guard let last = updates.last?.writtenAt else { return nil }
        func minutes(since moment: Date) -> Int { Int(min(max(now.timeIntervalSince(moment) / 60, 0), 1e9)) }
        return OverQuestion(
            of: self, OverQuestion.Signals(minutesSinceUpdate: minutes(since: last), minutesSinceAsked: askedAt.map(minutes)))
    }

    func asking(_ question: OverQuestion, by actor: Actor, at now: Date) -> Change<Incident> {
        var change = Change(of: self, by: actor, at: now)
        change.happen(.askedWhetherOver(because: question.reasons))
        return change
    }
}
