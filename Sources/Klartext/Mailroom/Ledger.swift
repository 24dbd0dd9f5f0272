import Foundation

/// The inbox's book: what came on which day by which mailbox, and what became of it. It is kept in the commits that keep and settle the mails, so a page
/// of it costs the same with a thousand mails and with a million.
struct Ledger: Sendable {
    var mailboxes: Mailboxes
    /// Whose midnight ends a day.
    var timeZone: TimeZone

    /// So many days are shown.
    static let shownDays = 30
    /// A mail is sorted within a second; one that still waits after this long is unaccounted for.
    static let sortingSeconds: Double = 600

    /// Where a mail stands in the book.
    struct Place: Sendable, Equatable {
        /// Days since 1970 by the clock on the wall.
        var day: Int
        /// The mailbox's key.
        var mailbox: String
    }

    func place(of recipients: [String], at time: Date) -> Place {
        Place(day: day(of: time), mailbox: (mailboxes.mailbox(of: recipients) ?? mailboxes.main).key)
    }

    func day(of time: Date) -> Int {
        CivilTime(secondsSinceEpoch: Int(time.timeIntervalSince1970.rounded(.down)) + timeZone.secondsFromGMT(for: time)).dayNumber
    }

    /// The middle of a day.
    func noon(of day: Int) -> Date {
        let time = Date(timeIntervalSince1970: (Double(day) + 0.5) * 86_400)
        return time.addingTimeInterval(-Double(timeZone.secondsFromGMT(for: time)))
    }
}

/// One day of one mailbox.
struct LedgerLine: Sendable, Equatable {
    var day: Int
    var mailbox: String
    /// All that came.
    var received = 0
    var filed = 0
    var held = 0
    var machine = 0
    var refused = 0
    /// Being sorted at this moment.
    var underway = 0

    /// What came and became nothing: 0, always.
    var unaccounted: Int { received - filed - held - machine - refused - underway }

    mutating func add(_ state: InboxEntry.State, _ mails: Int) {
        switch state {
        case .received: received += mails
        case .filed: filed += mails
        case .held: held += mails
        case .machine: machine += mails
        case .refused: refused += mails
        }
    }

    /// Several days together, under the first one's name.
    static func sum(_ lines: [LedgerLine]) -> LedgerLine? {
        guard var sum = lines.first else { return nil }
        for line in lines.dropFirst() {
            for (state, mails) in [(InboxEntry.State.received, line.received), (.filed, line.filed), (.held, line.held)] {
                sum.add(state, mails)
            }
            for (state, mails) in [(InboxEntry.State.machine, line.machine), (.refused, line.refused)] { sum.add(state, mails) }
            sum.underway += line.underway
        }
        return sum
    }
}

/// Enters into the ledger what a version without one has kept or settled.
struct KeepLedger: JobParameters {
    static let kind = "keep ledger"
    static let lane = Job.Lane.work
    static let everySeconds = 60
    var key: String { "keep-ledger" }
}

extension Inbox {
    private static let entriesPerCommit = 500

    /// Enters what is missing in the ledger; most of the time nothing is.
    /// - Returns: how many mails it was.
    func keepLedger() async throws -> Int {
        let ledger = ledger
        var count = 0
        while true {
            let done = try await database.write { tx in
                let missing = try tx.mailsNotInLedger(limit: Self.entriesPerCommit)
                for entry in missing { try tx.enterMissing(entry, at: ledger.place(of: entry.recipients, at: entry.receivedAt)) }
                return missing.count
            }
            count += done
            if done < Self.entriesPerCommit { return count }
        }
    }
}
