import Foundation
import Storage

extension Transaction {
    /// Records a change whole: the row, the journal, the to-dos it raises, the counters, in the transaction that made it.
    func record(_ change: TicketChange) throws {
        guard !change.events.isEmpty else { return }
        if change.before == nil { try insert(change.ticket) } else { try update(change.ticket) }
        for event in change.events {
            try append(event, about: change.ticket.number.subject, by: change.actor, at: change.at)
            if case .todoRaised(let id, let kind) = event { try insertTodo(id, kind, on: change.ticket.number, now: change.at) }
        }
        if let target = change.ticket.mergedInto, change.before?.mergedInto == nil { try carryPromises(of: change, to: target) }
        let (into, outOf) = change.moved
        for list in into { try count(list.name, by: 1) }
        for list in outOf { try count(list.name, by: -1) }
    }

    /// What was promised goes on where the ticket goes on.
    private func carryPromises(of change: TicketChange, to target: TicketNumber) throws {
        for promise in try promises(about: change.ticket.number.subject) where promise.state == .open {
            try record(promise.carrying(to: target.subject, by: change.actor, at: change.at))
        }
    }

    private func insert(_ ticket: Ticket) throws {
        let (turn, detail) = ticket.turn.columns
        try run(
            """
            INSERT INTO ticket (number, subject, customer, language, channel, queue, mailbox, status, turn, turn_detail, next_contact_at, assignee,
                dark_since, opened_at, solved_at, solved_by, cause, merged_into, link_generation, link_revoked, official, last_message, confirmation_letter,
                confirmation_withheld, contact_warned, nothing_new, events)
            VALUES (\(ticket.number.rawValue), \(ticket.subject), \(ticket.customer), \(ticket.language.rawValue), \(ticket.channel.rawValue),
                \(ticket.queue), \(ticket.mailbox),
                \(ticket.status.rawValue), \(turn), \(detail), \(ticket.nextContactAt), \(ticket.assignee), \(ticket.darkSince), \(ticket.openedAt),
                \(ticket.solvedAt), \(ticket.solvedBy?.rawValue), \(ticket.cause), \(ticket.mergedInto?.rawValue), \(ticket.linkGeneration),
                \(ticket.isLinkRevoked), \(ticket.official), \(ticket.lastMessage), \(ticket.confirmation?.letter), \(ticket.confirmation?.silence),
                \(ticket.contactWarned), \(ticket.nothingNew), \(ticket.events))
            """)
    }

    private func update(_ ticket: Ticket) throws {
        let (turn, detail) = ticket.turn.columns
        try run(
            """
            UPDATE ticket SET queue = \(ticket.queue), status = \(ticket.status.rawValue), turn = \(turn), turn_detail = \(detail), next_contact_at = \(ticket.nextContactAt),
                assignee = \(ticket.assignee), dark_since = \(ticket.darkSince), solved_at = \(ticket.solvedAt), solved_by = \(ticket.solvedBy?.rawValue),
                cause = \(ticket.cause), merged_into = \(ticket.mergedInto?.rawValue), link_generation = \(ticket.linkGeneration),
                link_revoked = \(ticket.isLinkRevoked), official = \(ticket.official), last_message = \(ticket.lastMessage), confirmation_letter = \(ticket.confirmation?.letter),
                confirmation_withheld = \(ticket.confirmation?.silence), contact_warned = \(ticket.contactWarned), nothing_new = \(ticket.nothingNew),
                events = \(ticket.events)
            WHERE number = \(ticket.number.rawValue)
            """)
    }

    func addParticipant(_ customer: Int64, to ticket: TicketNumber) throws {
        try run(
            "INSERT INTO participant (ticket, customer) VALUES (\(ticket.rawValue), \(customer)) ON CONFLICT (ticket, customer) DO NOTHING")
    }

    func insertLink(digest: String, ticket: Ticket, now: Date) throws {
        try run(
            """
            INSERT INTO status_link (digest, ticket, generation, created_at)
            VALUES (\(digest), \(ticket.number.rawValue), \(ticket.linkGeneration), \(now))
            """)
    }

    func revokeLinks(of ticket: TicketNumber, now: Date) throws {
        try run("UPDATE status_link SET revoked_at = \(now) WHERE ticket = \(ticket.rawValue) AND revoked_at IS NULL")
    }
}

extension Snapshot {
    /// Open tickets whose next contact is due by a time, the earliest first, from a place on.
    func openTickets(dueBy time: Date, after place: (dueAt: Date, number: Int64)?, limit: Int) throws -> [Ticket] {
        let beyond: SQL = place.map { "AND (next_contact_at, number) > (\($0.dueAt), \($0.number))" } ?? ""
        return try rows(
            """
            SELECT * FROM ticket WHERE status = 'open' AND next_contact_at <= \(time) \(raw: beyond)
            ORDER BY next_contact_at, number LIMIT \(limit)
            """
        ).map(Ticket.init(row:))
    }

    /// Open tickets whose next contact is due by a time and of which nobody was warned, the earliest first.
    /// - Parameters:
    ///   - queue: those that wait there; where nil, those that wait anywhere but in `others`.
    func unwarnedTickets(dueBy time: Date, in queue: String?, butNotIn others: [String], limit: Int) throws -> [Ticket] {
        let place: SQL = queue.map { "AND queue = \($0)" } ?? (others.isEmpty ? "" : "AND queue NOT IN \(list: others)")
        return try rows(
            """
            SELECT * FROM ticket WHERE status = 'open' AND contact_warned = 0 AND next_contact_at <= \(time) \(raw: place)
            ORDER BY next_contact_at, number LIMIT \(limit)
            """
        ).map(Ticket.init(row:))
    }

    /// Open tickets of which customers were told more than once that there is nothing new, while everybody is still to hear of it.
    func unheardTickets(limit: Int) throws -> [Ticket] {
        try rows("SELECT * FROM ticket WHERE status = 'open' AND nothing_new > 1 AND contact_warned = 0 ORDER BY number LIMIT \(limit)")
            .map(
                Ticket.init(row:))
    }

    func ticket(_ number: TicketNumber) throws -> Ticket? {
        try row("SELECT * FROM ticket WHERE number = \(number.rawValue)").map(Ticket.init(row:))
    }

    func takesPart(customer: Int64, in ticket: TicketNumber) throws -> Bool {
        try row("SELECT 1 FROM participant WHERE ticket = \(ticket.rawValue) AND customer = \(customer)") != nil
    }

    /// Everybody who has written on a ticket; the newest twenty.
    func participants(in ticket: TicketNumber) throws -> [Customer] {
        let ids: [Int64] = try rows("SELECT customer FROM participant WHERE ticket = \(ticket.rawValue) ORDER BY customer DESC LIMIT 20")
            .map { try $0[0] }
        return try ids.compactMap { try customer($0) }
    }

    /// The ticket a private link opens, and whether the link is still good.
    func ticket(link digest: String) throws -> (number: TicketNumber, isRevoked: Bool)? {
        guard let row = try row("SELECT ticket, revoked_at FROM status_link WHERE digest = \(digest)") else { return nil }
        guard let number = TicketNumber(rawValue: try row["ticket"]) else { return nil }
        let revokedAt: Date? = try row["revoked_at"]
        return (number, revokedAt != nil)
    }

    /// The events of a ticket as its journal has them, oldest first.
    func history(of ticket: TicketNumber) throws -> [TicketHistoryEntry] {
        try journal(about: ticket.subject).map { entry in
            try TicketHistoryEntry(
                event: entry.decoded(as: TicketEvent.self), actor: Actor(entry.actor) ?? .system(entry.actor), at: entry.happenedAt)
        }
    }
}

/// One line of a ticket's journal.
struct TicketHistoryEntry: Sendable, Equatable {
    var event: TicketEvent
    var actor: Actor
    var at: Date
}

extension TicketNumber {
    /// The ticket's name in the journal.
    var subject: String { "ticket/\(rawValue)" }
}

extension Ticket.Confirmation {
    fileprivate var letter: Int64? { if case .letter(let id) = self { id } else { nil } }
    fileprivate var silence: String? { if case .withheld(let reason) = self { reason.rawValue } else { nil } }
}

extension Turn {
    fileprivate var columns: (turn: String, detail: String) {
        switch self {
        case .us: ("us", "")
        case .customer(let question): ("customer", question)
        case .thirdParty(let name): ("thirdParty", name)
        }
    }

    fileprivate init(turn: String, detail: String) {
        switch turn {
        case "customer": self = .customer(askedFor: detail)
        case "thirdParty": self = .thirdParty(name: detail)
        default: self = .us
        }
    }
}

extension Ticket {
    init(row: Row) throws {
        let (language, channel, status): (String, String, String) = try (row["language"], row["channel"], row["status"])
        let (letter, silence, solvedBy): (Int64?, String?, String?) = try (
            row["confirmation_letter"], row["confirmation_withheld"], row["solved_by"]
        )
        let mergedInto: Int64? = try row["merged_into"]
        try self.init(
            number: TicketNumber(stored: row["number"]), subject: row["subject"], customer: row["customer"],
            language: Language(rawValue: language) ?? .de,
            channel: Channel(rawValue: channel) ?? .mail, queue: row["queue"], mailbox: row["mailbox"],
            status: Status(rawValue: status) ?? .open,
            turn: Turn(turn: row["turn"], detail: row["turn_detail"]), nextContactAt: row["next_contact_at"], assignee: row["assignee"],
            darkSince: row["dark_since"], openedAt: row["opened_at"], solvedAt: row["solved_at"],
            solvedBy: solvedBy.flatMap(SolvedBy.init(rawValue:)),
            cause: row["cause"], mergedInto: mergedInto.flatMap(TicketNumber.init(rawValue:)), linkGeneration: row["link_generation"],
            isLinkRevoked: row["link_revoked"], official: row["official"], lastMessage: row["last_message"],
            confirmation: letter.map(Confirmation.letter) ?? silence.flatMap(Silence.init(rawValue:)).map(Confirmation.withheld),
            contactWarned: row["contact_warned"], nothingNew: row["nothing_new"], events: row["events"])
    }
}

extension TicketNumber {
    /// A number out of the database.
    /// - Throws: `StorageError` when its check digit is wrong: then the row was not written by us.
    init(stored: Int64) throws {
        guard let number = TicketNumber(rawValue: stored) else {
            throw StorageError.other(code: 0, message: "\(stored) is no ticket number")
        }
        self = number
    }
}
