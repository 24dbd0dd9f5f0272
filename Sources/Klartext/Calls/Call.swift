import Foundation

/// A telephone call, as the telephone system told of it. One that nobody took is work until somebody has called back, or has said why not.
struct Call: Sendable, Equatable {
    enum Direction: String, Codable, Sendable {
        /// From outside to us.
        case incoming = "in"
        case outgoing = "out"
    }

    enum State: String, Codable, Sendable {
        case ringing, answered, ended
        /// It ended, and nobody of us had taken it.
        case missed
    }

    var id: Int64
    /// What the telephone system calls it; the same call told of twice is one.
    var key: String
    var direction: Direction
    /// Whoever is not us; nil for somebody who does not show a number.
    var number: PhoneNumber?
    /// Our number.
    var line: String
    var state: State
    var beganAt: Date
    var answeredAt: Date?
    var endedAt: Date?
    /// Who took or made it, as the telephone system names them.
    var by: String
    /// Why it ended, in the telephone system's word.
    var cause: String
    /// The number of the ticket that was written for it.
    var ticket: Int64?
    /// What became of one that was missed; nil while it is work.
    var settled: Settlement?
    /// How many journal entries have made this state.
    var events: Int

    /// Why a missed call is no work any more.
    enum Settlement: Codable, Equatable, Sendable {
        case calledBack
        /// The same person called again and was heard.
        case calledAgain
        /// It is a ticket, and goes on there.
        case ticket(Int64)
        /// Nothing is to be done, and why.
        case dismissed(because: String)
    }

    /// Whether somebody has to call back.
    var isWaiting: Bool { state == .missed && settled == nil }
}

/// What the journal may say of a call.
enum CallEvent: JournalEvent, Equatable {
    case began(Beginning)
    case answered(by: String)
    /// - Parameter missed: whether nobody of us had taken it.
    case ended(cause: String, missed: Bool)
    case ticketWritten(Int64)
    case settled(Call.Settlement)

    struct Beginning: Codable, Equatable, Sendable {
        var key: String
        var direction: Call.Direction
        /// Nil for somebody who does not show a number.
        var number: String?
        var line: String
        var by: String
    }

    /// The case's name.
    var name: String {
        switch self {
        case .began: "began"
        case .answered: "answered"
        case .ended: "ended"
        case .ticketWritten: "ticketWritten"
        case .settled: "settled"
        }
    }
}

extension Call {
    /// The call a beginning makes.
    init(_ beginning: CallEvent.Beginning, id: Int64, at now: Date) {
        self.init(
            id: id, key: beginning.key, direction: beginning.direction, number: beginning.number.flatMap(PhoneNumber.init(stored:)),
            line: beginning.line, state: .ringing, beganAt: now, by: beginning.by, cause: "", events: 1)
    }

    /// The call after one more event. The only place where a call's state changes.
    func applying(_ event: CallEvent, at now: Date) -> Call {
        var call = self
        call.events += 1
        switch event {
        case .began: break
        case .answered(let name):
            (call.state, call.answeredAt) = (.answered, now)
            if !name.isEmpty { call.by = name }
        case .ended(let cause, let missed): (call.state, call.endedAt, call.cause) = (missed ? .missed : .ended, now, cause)
        case .ticketWritten(let ticket): call.ticket = ticket
        case .settled(let how): call.settled = how
        }
        return call
    }

    /// The call that a journal tells of.
    /// - Returns: nil when the journal does not begin with a beginning.
    static func folded(_ id: Int64, _ journal: [(event: CallEvent, at: Date)]) -> Call? {
        guard let first = journal.first, case .began(let beginning) = first.event else { return nil }
        return journal.dropFirst().reduce(Call(beginning, id: id, at: first.at)) { $0.applying($1.event, at: $1.at) }
    }

    /// The call's name in the journal.
    static func subject(_ id: Int64) -> String { "call/\(id)" }
}
