import Foundation
import Storage

/// What can be done with telephone calls: hear of them from the telephone system, and see to those that were missed. START HERE.
///
/// A call is no ticket: an agent makes it one. A missed call is work until somebody has called back, the same person was heard, a ticket was written,
/// or an agent has said why nothing is to be done.
struct Calls: Sendable {
    var database: Database
    var clock: Clock
    /// What the telephone system must know to tell us anything.
    var secret: CallSecret

    /// Missed calls that wait.
    static let counter = "missed calls"

    /// Takes what the telephone system tells. Told twice, it is recorded once.
    func hear(_ news: CallNews) async throws {
        let now = clock.now()
        try await database.writeUntilKnown { tx in
            let known = try tx.call(key: news.beginning.key)
            let events = Call.hearing(news, of: known)
            let call = try tx.record(events, of: known, by: .system("telephone"), at: now)
            // whoever was talked to waits for no other call
            guard let call, let number = call.number, call.answeredAt != nil, known?.answeredAt == nil else { return }
            for missed in try tx.waitingCalls(of: number) {
                try tx.record([.settled(Call.settling(after: call))], of: missed, by: .system("telephone"), at: now)
            }
        }
    }

    /// An agent has called back; that goes for all missed calls of the same number.
    func callBack(_ id: Int64, by agent: Agent) async throws { try await settle(id, .calledBack, by: agent) }

    /// Nothing is to be done, and why.
    func dismiss(_ id: Int64, because reason: String, by agent: Agent) async throws {
        guard !reason.isBlank else { throw CallRefusal.emptyReason }
        try await settle(id, .dismissed(because: reason), by: agent)
    }

    private func settle(_ id: Int64, _ how: Call.Settlement, by agent: Agent) async throws {
        let now = clock.now()
        try await database.writeUntilKnown { tx in
            guard let call = try tx.call(id) else { throw CallRefusal.noSuchCall }
            try Self.settle(call, how, by: agent, in: tx, at: now)
        }
    }

    /// A ticket was written for a call: part of the transaction that opens it.
    static func write(ticket number: Int64, for id: Int64, by agent: Agent, in tx: Transaction, at now: Date) throws {
        guard let call = try tx.call(id), call.ticket == nil else { return }
        let noted = try tx.record([.ticketWritten(number)], of: call, by: .agent(agent.id), at: now)
        if let noted { try settle(noted, .ticket(number), by: agent, in: tx, at: now) }
    }

    /// With a call go those of the same number that were missed as well: one talk is enough for all.
    private static func settle(_ call: Call, _ how: Call.Settlement, by agent: Agent, in tx: Transaction, at now: Date) throws {
        let same = try call.number.map { try tx.waitingCalls(of: $0) } ?? []
        for missed in same.contains(where: { $0.id == call.id }) ? same : same + [call] where missed.isWaiting {
            try tx.record([.settled(how)], of: missed, by: .agent(agent.id), at: now)
        }
    }
}
