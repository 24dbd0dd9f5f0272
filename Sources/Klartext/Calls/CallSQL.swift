import Foundation
import Storage

extension Transaction {
    /// Records events whole: the row, the journal, the counter of those that are to be called back.
    /// - Returns: the call as it is then.
    @discardableResult func record(_ events: [CallEvent], of known: Call?, by actor: Actor, at now: Date) throws -> Call? {
        var call = known
        for event in events {
            if let before = call {
                call = before.applying(event, at: now)
            } else if case .began(let beginning) = event {
                call = Call(beginning, id: try next(.call), at: now)
            }
            if let call { try append(event, about: Call.subject(call.id), by: actor, at: now) }
        }
        guard let call, !events.isEmpty else { return call }
        if known == nil { try insert(call) } else { try update(call) }
        try count(Calls.counter, by: (call.isWaiting ? 1 : 0) - (known?.isWaiting == true ? 1 : 0))
        return call
    }

    private func insert(_ call: Call) throws {
        // of two processes that hear of it at once, one makes it: the other begins again, and finds it
        let count = try run(
            """
            INSERT INTO phone_call (id, key, direction, number, line, state, began_at, answered_at, ended_at, by_whom, cause, ticket, settled, events)
            VALUES (\(call.id), \(call.key), \(call.direction.rawValue), \(call.number?.e164 ?? ""), \(call.line), \(call.state.rawValue),
                \(call.beganAt), \(call.answeredAt), \(call.endedAt), \(call.by), \(call.cause), \(call.ticket), \(try call.settled?.json), \(call.events))
            ON CONFLICT (key) DO NOTHING
            """)
        guard count == 1 else { throw StorageError.conflict }
    }

    private func update(_ call: Call) throws {
        try run(
            """
            UPDATE phone_call SET state = \(call.state.rawValue), answered_at = \(call.answeredAt), ended_at = \(call.endedAt), by_whom = \(call.by),
                cause = \(call.cause), ticket = \(call.ticket), settled = \(try call.settled?.json), events = \(call.events)
            WHERE id = \(call.id)
            """)
    }
}

extension Snapshot {
    func call(_ id: Int64) throws -> Call? { try row("SELECT * FROM phone_call WHERE id = \(id)").map(Call.init(row:)) }

    func call(key: String) throws -> Call? { try row("SELECT * FROM phone_call WHERE key = \(key)").map(Call.init(row:)) }

    /// Missed calls that wait, the longest first.
    func waitingCalls(after id: Int64, limit: Int) throws -> [Call] {
        try rows("SELECT * FROM phone_call WHERE state = 'missed' AND settled IS NULL AND id > \(id) ORDER BY id LIMIT \(limit)").map(
            Call.init(row:))
    }

    /// Missed calls of one number that wait.
    func waitingCalls(of number: PhoneNumber) throws -> [Call] {
        try rows(
            "SELECT * FROM phone_call WHERE state = 'missed' AND settled IS NULL AND number = \(number.e164) ORDER BY id LIMIT 500"
        ).map(Call.init(row:))
    }

    /// The newest calls, below a number.
    func latestCalls(before id: Int64?, limit: Int) throws -> [Call] {
        try rows("SELECT * FROM phone_call WHERE id < \(id ?? .max) ORDER BY id DESC LIMIT \(limit)").map(Call.init(row:))
    }

    /// All calls in order, for the check.
    func calls(after id: Int64, limit: Int) throws -> [Call] {
        try rows("SELECT * FROM phone_call WHERE id > \(id) ORDER BY id LIMIT \(limit)").map(Call.init(row:))
    }

    /// The events of a call as its journal has them, oldest first.
    func history(ofCall id: Int64) throws -> [(event: CallEvent, at: Date)] {
        try journal(about: Call.subject(id)).map { (try $0.decoded(as: CallEvent.self), $0.happenedAt) }
    }
}

extension Call.Settlement {
    fileprivate var json: String { get throws { String(decoding: try JSONEncoder.journal.encode(self), as: UTF8.self) } }
}

extension Call {
    fileprivate init(row: Row) throws {
        let (direction, number, state): (String, String, String) = try (row["direction"], row["number"], row["state"])
        let settled: String? = try row["settled"]
        try self.init(
            id: row["id"], key: row["key"], direction: Direction(rawValue: direction) ?? .incoming, number: PhoneNumber(stored: number),
            line: row["line"], state: State(rawValue: state) ?? .ended, beganAt: row["began_at"], answeredAt: row["answered_at"],
            endedAt: row["ended_at"], by: row["by_whom"], cause: row["cause"], ticket: row["ticket"],
            settled: settled.map { try JSONDecoder.journal.decode(Settlement.self, from: Data($0.utf8)) }, events: row["events"])
    }
}
