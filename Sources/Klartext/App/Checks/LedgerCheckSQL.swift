import Foundation
import Storage

extension Snapshot {
    /// The ledger against the mails, day by day. What a version without a ledger has kept is entered within a minute, and no breach until then.
    func wrongLedger() throws -> Finding {
        var counted: [String: Int] = [:]
        for row in try rows(
            "SELECT day, mailbox, counted, count(*) AS mails FROM inbox WHERE day IS NOT NULL GROUP BY day, mailbox, counted")
        {
            let (day, mailbox, state, mails): (Int, String, String, Int) = try (row["day"], row["mailbox"], row["counted"], row["mails"])
            counted["\(day) \(mailbox) received", default: 0] += mails
            if state != InboxEntry.State.received.rawValue { counted["\(day) \(mailbox) \(state)", default: 0] += mails }
        }
        var written: [String: Int] = [:]
        for row in try rows("SELECT day, mailbox, state, sum(mails) AS mails FROM inbox_day GROUP BY day, mailbox, state") {
            written["\(try row["day"] as Int) \(try row["mailbox"] as String) \(try row["state"] as String)"] = try row["mails"]
        }
        let names = Set(counted.keys).union(written.keys).sorted()
        let wrong = names.filter { counted[$0, default: 0] != written[$0, default: 0] }
        return (names.count, wrong.map { "\($0): written \(written[$0, default: 0]), counted \(counted[$0, default: 0])" })
    }
}
