import Foundation
import Storage

/// How many notices of one bulletin came to which end.
struct NoticeLedger: Sendable, Equatable {
    var queued = 0
    var accepted = 0
    var bounced = 0
    var skipped = 0

    var all: Int { queued + accepted + bounced + skipped }
    /// Whether there is nothing left to do.
    var isSettled: Bool { queued == 0 }

    mutating func add(_ state: Notice.State, _ count: Int) {
        switch state {
        case .queued: queued += count
        case .accepted: accepted += count
        case .bounced: bounced += count
        case .skipped: skipped += count
        }
    }
}

/// A notice with all that it takes to send it.
struct OutgoingNotice: Sendable {
    var notice: Notice
    var recipient: Recipient
    var bulletin: Bulletin
    /// The rank of the newest thing of the story that the subscriber was sent or is being sent.
    var newest: Int64?
    /// When each notice of the last hour was accepted, the oldest first.
    var acceptedWithinHour: [Date]
}

extension Transaction {
    /// Keeps what is told; bulletin it again changes nothing.
    func insert(_ bulletin: Bulletin) throws {
        try run(
            """
            INSERT INTO bulletin (id, story, kind, rank, content, told_at, expanded_to, expanded_at)
            VALUES (\(bulletin.id), \(bulletin.story.name), \(bulletin.kind.rawValue), \(bulletin.rank), \(coded(bulletin.story)),
                \(bulletin.toldAt), 0, NULL)
            ON CONFLICT (id) DO NOTHING
            """)
    }

    /// Words were corrected, or said in the other language: what has not left yet says it as it is now.
    func reword(_ bulletin: String, _ story: Story) throws {
        try run("UPDATE bulletin SET content = \(coded(story)) WHERE id = \(bulletin)")
    }

    /// How far it has been decided who is told.
    func advance(_ bulletin: String, to subscriber: Int64, isDone: Bool, at now: Date) throws {
        try run(
            "UPDATE bulletin SET expanded_to = \(subscriber), expanded_at = \(isDone ? now : nil as Date?) WHERE id = \(bulletin) AND expanded_at IS NULL"
        )
    }

    /// A line of the ledger.
    /// - Returns: the notice's number; nil where there is one already.
    func insert(_ line: NoticeRules.Line, for subscriber: Subscriber, of bulletin: Bulletin, at now: Date) throws -> Int64? {
        let (state, reason): (Notice.State, Notice.Reason?)
        switch line {
        case .none: return nil
        case .queued: (state, reason) = (.queued, nil)
        case .skipped(let why): (state, reason) = (.skipped, why)
        }
        return try value(
            """
            INSERT INTO notice (id, bulletin, story, subscriber, channel, state, reason, detail, attempts, may_have_arrived, made_at, state_at)
            VALUES (\(next(.notice)), \(bulletin.id), \(bulletin.story.name), \(subscriber.id), \(subscriber.channel.rawValue),
                \(state.rawValue), \(reason?.rawValue ?? ""), '', 0, 0, \(now), \(now))
            ON CONFLICT (bulletin, channel, subscriber) DO NOTHING
            RETURNING id
            """)
    }

    /// Where a notice stands now.
    func settle(_ notice: Notice, as state: Notice.State, _ reason: Notice.Reason? = nil, detail: String = "", attempts: Int, at now: Date)
        throws
    {
        let moved = try run(
            """
            UPDATE notice SET state = \(state.rawValue), reason = \(reason?.rawValue ?? ""), detail = \(detail), attempts = \(attempts),
                state_at = \(now)
            WHERE id = \(notice.id) AND state = \(notice.state.rawValue)
            """)
        guard moved > 0 else { return }
        var difference = NoticeLedger()
        difference.add(notice.state, -1)
        difference.add(state, 1)
        try count(notice.bulletin, difference)
    }

    /// A try that has to be made again.
    func recordTry(_ notice: Notice, mayHaveArrived: Bool, detail: String, at now: Date) throws {
        try run(
            """
            UPDATE notice SET attempts = \(notice.attempts + 1), may_have_arrived = \(notice.mayHaveArrived || mayHaveArrived),
                detail = \(detail), state_at = \(now)
            WHERE id = \(notice.id) AND state = 'queued'
            """)
    }

    /// Adds to the ledger of a bulletin. Each writer adds to a share of its own and waits for nobody.
    func count(_ bulletin: String, _ difference: NoticeLedger) throws {
        guard difference != NoticeLedger() else { return }
        try run(
            """
            INSERT INTO bulletin_count (bulletin, share, queued, accepted, bounced, skipped)
            VALUES (\(bulletin), \(share), \(difference.queued), \(difference.accepted), \(difference.bounced), \(difference.skipped))
            ON CONFLICT (bulletin, share) DO UPDATE SET queued = bulletin_count.queued + excluded.queued,
                accepted = bulletin_count.accepted + excluded.accepted, bounced = bulletin_count.bounced + excluded.bounced,
                skipped = bulletin_count.skipped + excluded.skipped
            """)
    }

    /// What somebody answered to whether it works again; the newest answer holds.
    func insertAnswer(_ works: Bool, story: String, subscriber: Int64, at now: Date) throws {
        try run(
            """
            INSERT INTO works_answer (story, subscriber, works, answered_at) VALUES (\(story), \(subscriber), \(works), \(now))
            ON CONFLICT (story, subscriber) DO UPDATE SET works = excluded.works, answered_at = excluded.answered_at
            """)
    }

    private func coded(_ story: Story) throws -> String { String(decoding: try JSONEncoder.journal.encode(story), as: UTF8.self) }
}

extension Snapshot {
    func bulletin(_ id: String) throws -> Bulletin? { try row("SELECT * FROM bulletin WHERE id = \(id)").map(Bulletin.init(row:)) }

    /// All that was told of a story, the oldest first.
    func bulletins(of story: String) throws -> [Bulletin] {
        try rows("SELECT * FROM bulletin WHERE story = \(story) ORDER BY rank, id").map(Bulletin.init(row:))
    }

    /// How it stands with one bulletin; costs the same for any audience.
    func ledger(_ bulletin: String) throws -> NoticeLedger {
        let found = try row(
            """
            SELECT coalesce(sum(queued), 0) AS queued, coalesce(sum(accepted), 0) AS accepted, coalesce(sum(bounced), 0) AS bounced,
                coalesce(sum(skipped), 0) AS skipped
            FROM bulletin_count WHERE bulletin = \(bulletin)
            """)
        return try found.map {
            try NoticeLedger(queued: $0["queued"], accepted: $0["accepted"], bounced: $0["bounced"], skipped: $0["skipped"])
        } ?? NoticeLedger()
    }

    func notice(_ id: Int64) throws -> Notice? { try row("SELECT * FROM notice WHERE id = \(id)").map(Notice.init(row:)) }

    /// All notices of one bulletin, in the order in which they were made.
    func notices(of bulletin: String) throws -> [Notice] {
        try rows("SELECT * FROM notice WHERE bulletin = \(bulletin) ORDER BY id").map(Notice.init(row:))
    }

    /// What some subscribers have been told of a story so far.
    func told(_ subscribers: [Int64], of bulletin: Bulletin) throws -> [Int64: Told] {
        var all: [Int64: Told] = [:]
        let found = try rows(
            """
            SELECT n.*, t.rank AS rank FROM notice n JOIN bulletin t ON t.id = n.bulletin
            WHERE n.story = \(bulletin.story.name) AND n.subscriber IN \(list: subscribers) AND n.bulletin <> \(bulletin.id)
            """)
        for row in found {
            let notice = try Notice(row: row)
            all[notice.subscriber, default: Told()].take(notice, rank: try row["rank"], isOriginal: notice.bulletin == bulletin.original)
        }
        return all
    }

    /// A notice and what its sending depends on.
    func outgoing(_ id: Int64, at now: Date) throws -> OutgoingNotice? {
        guard let notice = try notice(id), let recipient = try recipient(notice.subscriber), let bulletin = try bulletin(notice.bulletin)
        else {
            return nil
        }
        // reminders and updates make what is older pointless; a translation or a look back does not
        let newest: Int64? = try value(
            """
            SELECT max(t.rank) FROM notice n JOIN bulletin t ON t.id = n.bulletin
            WHERE n.story = \(notice.story) AND n.subscriber = \(notice.subscriber) AND n.id <> \(id) AND n.state IN ('queued', 'accepted')
                AND t.kind IN ('update', 'reminder')
            """)
        let accepted = try rows(
            """
            SELECT state_at FROM notice WHERE subscriber = \(notice.subscriber) AND state = 'accepted'
                AND state_at > \(now.addingTimeInterval(-3600)) ORDER BY state_at
            """
        ).map { try $0["state_at"] as Date }
        return OutgoingNotice(notice: notice, recipient: recipient, bulletin: bulletin, newest: newest, acceptedWithinHour: accepted)
    }

    /// What became of the last notices of a subscriber, the newest first.
    func lastNotices(of subscriber: Int64, limit: Int) throws -> [Notice.State] {
        try rows(
            "SELECT state FROM notice WHERE subscriber = \(subscriber) AND state IN ('accepted', 'bounced') ORDER BY id DESC LIMIT \(limit)"
        ).map { Notice.State(rawValue: try $0["state"]) ?? .queued }
    }

    /// Whether the story's bulletins have all been decided, and all their notices are settled.
    func isBalanced(_ story: String) throws -> Bool {
        let open: Int = try value("SELECT count(*) FROM bulletin WHERE story = \(story) AND expanded_at IS NULL") ?? 0
        let queued: Int =
            try value(
                "SELECT coalesce(sum(c.queued), 0) FROM bulletin_count c JOIN bulletin t ON t.id = c.bulletin WHERE t.story = \(story)")
            ?? 0
        return open == 0 && queued == 0
    }

    func answer(story: String, subscriber: Int64) throws -> Bool? {
        try value("SELECT works FROM works_answer WHERE story = \(story) AND subscriber = \(subscriber)")
    }

    /// All answers about a story, the oldest first.
    func answers(story: String) throws -> [WorksAnswer] {
        try rows("SELECT works, answered_at FROM works_answer WHERE story = \(story) ORDER BY answered_at, subscriber").map {
            try WorksAnswer(works: $0["works"], at: $0["answered_at"])
        }
    }
}

extension Bulletin {
    fileprivate init(row: Row) throws {
        let (kind, content): (String, String) = try (row["kind"], row["content"])
        try self.init(
            id: row["id"], kind: Kind(rawValue: kind) ?? .update, rank: row["rank"],
            story: JSONDecoder.journal.decode(Story.self, from: Data(content.utf8)), toldAt: row["told_at"], expandedTo: row["expanded_to"],
            expandedAt: row["expanded_at"])
    }
}

extension Notice {
    fileprivate init(row: Row) throws {
        let (state, reason, channel): (String, String, String) = try (row["state"], row["reason"], row["channel"])
        try self.init(
            id: row["id"], bulletin: row["bulletin"], story: row["story"], subscriber: row["subscriber"],
            channel: Subscriber.Channel(rawValue: channel) ?? .mail, state: State(rawValue: state) ?? .queued,
            reason: Reason(rawValue: reason), attempts: row["attempts"], mayHaveArrived: row["may_have_arrived"], madeAt: row["made_at"],
            stateAt: row["state_at"])
    }
}
