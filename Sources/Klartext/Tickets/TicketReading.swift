import Foundation
import Mail
import Storage

/// Everything an agent sees of one ticket, out of one consistent view of the database.
struct TicketFile: Sendable {
    var ticket: Ticket
    var customer: Customer
    var messages: [Message]
    var notes: [Note]
    var attachments: [Attachment]
    /// The attachments that have a signed receipt.
    var receipted: Set<Int64>
    var corrections: [Correction]
    var fields: [TicketField]
    var letters: [Letter]
    var todos: [Todo]
    var history: [TicketHistoryEntry]
    var otherTickets: [Ticket]
    var agents: [Agent]
    /// In the order in which they were made.
    var promises: [Promise]
    var promiseHistory: [PromiseHistoryEntry]
    /// The messages whose mails were forwarded to us, by their subjects.
    var forwarded: Set<Int64> = []
    /// What mails are apart from their words, by message; empty until their files have been looked at.
    var natures: [Int64: MailNature] = [:]
    /// Addresses that take part beside the customer's own.
    var participants: [String]

    /// Whether a person has answered yet.
    var isAnswered: Bool { messages.contains { if case .agent = $0.author { true } else { false } } }

    func agentName(_ id: Int64) -> String { agents.first { $0.id == id }?.name ?? "?" }

    /// The official answer, and who made it that, and when.
    var official: (message: Message, by: Actor, at: Date)? {
        guard let id = ticket.official, let message = messages.first(where: { $0.id == id }) else { return nil }
        let entry = history.last { entry in
            switch entry.event {
            case .pinned(id), .corrected(_, by: id): true
            default: false
            }
        }
        return entry.map { (message, $0.actor, $0.at) }
    }

    /// Answers of ours that were not taken back, the newest first.
    var standingAnswers: [Message] {
        let wrong = Set(corrections.map(\.answer))
        return messages.filter { message in
            if case .agent = message.author { !wrong.contains(message.id) } else { false }
        }.reversed()
    }
}

/// Everything a customer may see of a ticket: no notes, no to-dos, no journal, no other tickets. A view, so it can hold no more than that.
struct CustomerView: Sendable {
    var ticket: Ticket
    var customer: Customer
    var messages: [Message]
    var attachments: [Attachment]
    var fields: [TicketField]
    var letters: [Letter]
    var promises: [Promise]
    var corrections: [Correction] = []
    /// When letters that are under way are tried next.
    var nextTries: [Int64: Date] = [:]
    /// Why letters did not arrive.
    var failures: [Int64: LetterFailure] = [:]
    /// The attachments that have a signed receipt.
    var receipted: Set<Int64> = []
    /// The same customer's ticket that this one goes on in.
    var continuation: Ticket?

    var isAnswered: Bool { messages.contains { if case .agent = $0.author { true } else { false } } }
}

extension Tickets {
    /// - Returns: nil when there is no such ticket.
    func file(_ number: TicketNumber) async throws -> TicketFile? {
        try await database.read { db in
            guard let ticket = try db.ticket(number), let customer = try db.customer(ticket.customer) else { return nil }
            let (promises, attachments) = try (db.promises(about: number.subject), db.attachments(on: number))
            return try TicketFile(
                ticket: ticket, customer: customer, messages: db.messages(on: number), notes: db.notes(on: number),
                attachments: attachments, receipted: db.receipted(attachments.map(\.id)), corrections: db.corrections(on: number),
                fields: db.fields(on: number), letters: db.letters(conversation: number.rawValue), todos: db.todos(on: number),
                history: db.history(of: number), otherTickets: db.tickets(of: customer.id, limit: 20).filter { $0.number != number },
                agents: db.agents(), promises: promises, promiseHistory: promises.flatMap { try db.history(ofPromise: $0.id) },
                forwarded: db.forwarded(on: number),
                participants: db.participants(in: number).filter { $0.id != customer.id && $0.hasMail }.map(\.address))
        }
    }

    /// What a private link opens.
    enum Opened: Sendable {
        case view(CustomerView)
        case revoked
        case unknown
    }

    func open(link token: String) async throws -> Opened {
        let digest = links.digest(token)
        return try await database.read { db in
            guard let (number, isRevoked) = try db.ticket(link: digest) else { return .unknown }
            guard !isRevoked else { return .revoked }
            return try view(number, in: db).map(Opened.view) ?? .unknown
        }
    }

    /// The ticket's number behind a private link that is good.
    func number(link token: String) async throws -> TicketNumber? {
        let digest = links.digest(token)
        guard let (number, isRevoked) = try await database.read({ db in try db.ticket(link: digest) }), !isRevoked else { return nil }
        return number
    }

    private func view(_ number: TicketNumber, in db: Snapshot) throws -> CustomerView? {
        guard let ticket = try db.ticket(number), let customer = try db.customer(ticket.customer) else { return nil }
        let letters = try db.letters(conversation: number.rawValue)
        var view = try CustomerView(
            ticket: ticket, customer: customer, messages: db.messages(on: number), attachments: db.attachments(on: number),
            fields: db.fields(on: number), letters: letters, promises: db.promises(about: number.subject))
        view.corrections = try db.corrections(on: number)
        view.receipted = try db.receipted(view.attachments.map(\.id))
        for letter in letters where letter.state.isUnderway {
            view.nextTries[letter.id] = try db.nextTry(SendLetter(letter: letter.id).key)
        }
        if letters.contains(where: { $0.state == .failed }) {
            for todo in try db.todos(on: number) {
                if case .customerDoesNotKnow(let letter, let failure) = todo.kind { view.failures[letter] = failure }
            }
        }
        if let target = ticket.mergedInto, let next = try db.ticket(target), next.customer == ticket.customer { view.continuation = next }
        return view
    }
}
