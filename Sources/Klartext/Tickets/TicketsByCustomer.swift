import Foundation
import Mail
import Storage

/// What a customer can do on the private status page, and what an answering mail does.
extension Tickets {
    /// A message of the customer's on an existing ticket. Reopening is confirmed by letter, within the same caps as any automatic letter.
    func add(_ request: Request, to ticket: Ticket, because: FiledBecause, in tx: Transaction, at now: Date) throws -> Receipt {
        let author = try tx.customer(at: request.sender, name: request.name, language: ticket.language, index: index, now: now)
        let id = try tx.next(.message)
        let isAutomatic = request.mail?.isAutomatic ?? false
        let message = Message(
            id: id, ticket: ticket.number, author: .customer(author.id), authorName: request.name, authorAddress: request.sender.mailbox,
            channel: request.channel, body: request.text, isAutomatic: isAutomatic, writtenAt: now, inbox: request.mail?.inbox,
            emailID: request.mail?.emailID?.rawValue, filedBecause: because, letter: nil)
        var change =
            isAutomatic
            ? ticket.receivingFromMachine(message: id, because: because, by: .customer(author.id), at: now)
            : ticket.receiving(
                message: id, because: because, by: .customer(author.id), at: now, contactBy: policy.latest(after: now, in: ticket.queue))
        let files = try receive(request.files, on: message, in: tx)
        if ticket.status != .open, !isAutomatic {
            try announceReopening(&change, request, files, in: tx)
        } else if !files.isEmpty, !isAutomatic {
            try acknowledge(files, of: request, on: change, in: tx)
        }
        try tx.record(change)
        try record(message, with: files, in: tx)
        return Receipt(ticket: change.ticket, customer: author, message: message, files: files.attachments, silence: nil)
    }

    private func announceReopening(_ change: inout TicketChange, _ request: Request, _ files: ReceivedFiles, in tx: Transaction) throws {
        let customer = try owner(of: change.ticket, in: tx)
        guard try silence(towards: customer.mailAddress, mail: request.mail?.silence, in: tx, at: change.at) == nil else { return }
        let thread = try thread(of: change.ticket, in: tx)
        let letter = try tx.post(
            mails.reopened(change.ticket, to: customer, files: files, thread: thread, at: change.at), from: mailbox(of: change.ticket),
            now: change.at)
        change.happen(.informed(letter: letter))
    }

    /// Adds text or files from the status page.
    func add(text: String, files: [NewFile], on number: TicketNumber) async throws -> Receipt {
        let (tickets, now) = (self, clock.now())
        return try await database.write { tx in try tickets.add(text: text, files: files, on: number, in: tx, at: now) }
    }

    /// The same within a transaction that guards it.
    func add(text: String, files: [NewFile], on number: TicketNumber, in tx: Transaction, at now: Date) throws -> Receipt {
        guard !text.isBlank || !files.isEmpty else { throw TicketRefusal.emptyText }
        guard let ticket = try tx.ticket(number), let customer = try tx.customer(ticket.customer) else { throw TicketRefusal.noSuchTicket }
        let request = Request(
            sender: customer.mailAddress, name: customer.name, subject: ticket.subject, text: text, language: ticket.language,
            channel: .statusPage, files: files, mail: nil)
        tx.onCommit { [bell] in bell.ring() }
        return try add(request, to: ticket, because: .statusPage, in: tx, at: now)
    }

    /// The customer says that it is solved.
    func markSolved(_ number: TicketNumber) async throws {
        try await change(number) { ticket, now in ticket.solvedByCustomer(by: .customer(ticket.customer), at: now) }
    }

    /// The customer says that it is not solved: it is ours again.
    func markNotSolved(_ number: TicketNumber) async throws {
        let policy = policy
        try await change(number) { ticket, now in
            ticket.notSolvedByCustomer(by: .customer(ticket.customer), at: now, contactBy: policy.latest(after: now, in: ticket.queue))
        }
    }

    /// The customer says thank you, which changes nothing and is good to read.
    func thank(_ number: TicketNumber) async throws {
        try await change(number) { ticket, now in ticket.thanking(by: .customer(ticket.customer), at: now) }
    }

    /// Mails the private link again, to the address on the ticket and no other. Whether there is such a ticket, the asker does not learn.
    func mailLink(number text: String, address: String) async throws {
        let (tickets, now) = (self, clock.now())
        try await database.write { tx in try tickets.mailLink(number: text, address: address, in: tx, at: now) }
    }

    /// The same within a transaction that guards it.
    func mailLink(number text: String, address: String, in tx: Transaction, at now: Date) throws {
        guard let number = TicketNumber(text), let given = Address(address), let ticket = try tx.ticket(number) else { return }
        let customer = try owner(of: ticket, in: tx)
        guard given.key == customer.addressKey, try silence(towards: given, mail: nil, in: tx, at: now) == nil else { return }
        var change = TicketChange(of: ticket, by: .customer(customer.id), at: now)
        if ticket.isLinkRevoked { try renewLink(&change, in: tx) }
        _ = try tx.post(mails.link(change.ticket, to: customer), from: mailbox(of: change.ticket), now: now)
        try tx.record(change)
        tx.onCommit { [bell] in bell.ring() }
    }

    /// One rule, one record.
    func change(_ number: TicketNumber, _ rule: @escaping @Sendable (Ticket, Date) throws -> TicketChange) async throws {
        let (now, bell) = (clock.now(), bell)
        try await once(on: number, at: now) { tx in
            guard let ticket = try tx.ticket(number) else { throw TicketRefusal.noSuchTicket }
            try tx.record(try rule(ticket, now))
            tx.onCommit { bell.ring() }
        }
    }

    func owner(of ticket: Ticket, in snapshot: Snapshot) throws -> Customer {
        guard let customer = try snapshot.customer(ticket.customer) else { throw TicketRefusal.noSuchTicket }
        return customer
    }

    func thread(of ticket: Ticket, in snapshot: Snapshot) throws -> [MessageID] {
        try snapshot.thread(of: ticket.number).map(MessageID.init(rawValue:))
    }
}
