import Foundation
import Storage

extension Transaction {
    /// Counts mails of a day. Each writer counts in a share of its own and waits for nobody.
    func enter(_ place: Ledger.Place, _ state: InboxEntry.State, by difference: Int) throws {
        try run(
            """
            INSERT INTO inbox_day (day, mailbox, state, share, mails) VALUES (\(place.day), \(place.mailbox), \(state.rawValue), \(share), \(difference))
            ON CONFLICT (day, mailbox, state, share) DO UPDATE SET mails = inbox_day.mails + excluded.mails
            """)
    }

    /// Moves a mail in the ledger from one state to another; one that stands there otherwise than it is, is left to ``Inbox/keepLedger()``.
    func moveInLedger(_ entry: InboxEntry, to state: InboxEntry.State) throws {
        guard let place = entry.place, entry.counted == entry.state else { return }
        try run("UPDATE inbox SET counted = \(state.rawValue) WHERE id = \(entry.id)")
        if entry.state != .received { try enter(place, entry.state, by: -1) }
        if state != .received { try enter(place, state, by: 1) }
    }

    /// Enters a mail that is not in the ledger as it is.
    func enterMissing(_ entry: InboxEntry, at usual: Ledger.Place) throws {
        let place = entry.place ?? usual
        let entered = try run(
            """
            UPDATE inbox SET day = \(place.day), mailbox = \(place.mailbox), counted = \(entry.state.rawValue)
            WHERE id = \(entry.id) AND state = \(entry.state.rawValue) AND counted = \(entry.counted?.rawValue ?? "")
            """)
        guard entered > 0 else { return }
        if entry.counted == nil { try enter(place, .received, by: 1) }
        if let counted = entry.counted, counted != .received { try enter(place, counted, by: -1) }
        if entry.state != .received { try enter(place, entry.state, by: 1) }
    }
}

extension Snapshot {
    /// Mails that are not in the ledger as they are.
    func mailsNotInLedger(limit: Int) throws -> [InboxEntry] {
        try rows("SELECT * FROM inbox WHERE counted <> state ORDER BY id LIMIT \(limit)").map(InboxEntry.init(row:))
    }

    /// The ledger from a day on, the newest day first.
    /// - Parameter time: mails that came before this and are not sorted yet are unaccounted for.
    func ledger(from day: Int, unsortedSince time: Date) throws -> [LedgerLine] {
        var lines: [LedgerLine] = []
        let sums = try rows(
            """
            SELECT day, mailbox, state, sum(mails) AS mails FROM inbox_day WHERE day >= \(day)
            GROUP BY day, mailbox, state ORDER BY day DESC, mailbox, state
            """)
        for row in sums {
            let (day, mailbox, state): (Int, String, String) = try (row["day"], row["mailbox"], row["state"])
            if lines.last?.day != day || lines.last?.mailbox != mailbox { lines.append(LedgerLine(day: day, mailbox: mailbox)) }
            guard let state = InboxEntry.State(rawValue: state) else { continue }
            lines[lines.count - 1].add(state, try row["mails"])
        }
        let underway = try rows(
            """
            SELECT day, mailbox, count(*) AS mails FROM inbox WHERE state = 'received' AND counted = 'received' AND received_at >= \(time)
            GROUP BY day, mailbox
            """)
        for row in underway {
            let (day, mailbox): (Int?, String) = try (row["day"], row["mailbox"])
            guard let index = lines.firstIndex(where: { $0.day == day && $0.mailbox == mailbox }) else { continue }
            lines[index].underway = try row["mails"]
        }
        return lines
    }

    /// Mails that came before a time and are not sorted yet, oldest first.
    func unsortedMails(before time: Date, limit: Int) throws -> [InboxEntry] {
        try rows("SELECT * FROM inbox WHERE state = 'received' AND received_at < \(time) ORDER BY id LIMIT \(limit)").map(
            InboxEntry.init(row:))
    }
}
