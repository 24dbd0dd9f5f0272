import Foundation
import Storage

extension Snapshot {
    /// Held mails of which nobody was told by a time, or whose first alarm has no time yet; oldest first.
    func heldMails(toAlarmBy time: Date, limit: Int) throws -> [InboxEntry] {
        try rows(
            "SELECT * FROM inbox WHERE state = 'held' AND (alarm_at IS NULL OR alarm_at <= \(time)) ORDER BY id LIMIT \(limit)"
        ).map(InboxEntry.init(row:))
    }

    /// Held mails about which there was an alarm, oldest first.
    func alarmingMails(limit: Int) throws -> [InboxEntry] {
        try rows("SELECT * FROM inbox WHERE state = 'held' AND alarms > 0 ORDER BY id LIMIT \(limit)").map(InboxEntry.init(row:))
    }
}

extension Transaction {
    /// Says when the next alarm about a held mail is due.
    /// - Parameter alarms: how many there were.
    func setAlarm(_ id: Int64, at time: Date, alarms: Int) throws {
        try run("UPDATE inbox SET alarm_at = \(time), alarms = \(alarms) WHERE id = \(id)")
    }
}
