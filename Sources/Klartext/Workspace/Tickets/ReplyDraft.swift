import Foundation

/// An answer as an agent is writing it, with whose turn it is to be then; kept whole when it cannot be sent.
struct ReplyDraft: Sendable, Equatable {
    enum Choice: String, Sendable, CaseIterable { case us, customer, thirdParty, solved }

    /// What has to be changed before it can be sent.
    enum Problem: Sendable, Equatable {
        case refused(TicketRefusal)
        case noTurn
        case filesTooLarge
        /// These files did not arrive, or waited for too long in a rejected form.
        case filesLost([String])
        /// What is longer than a form may be was cut off.
        case textCut
        /// What the answer promises is to be decided or completed.
        case promises
        /// Our database failed; sent again it is sent once.
        case notStored
    }

    var text = ""
    /// Whether it takes an earlier answer back, and how.
    var corrects = false
    var correction = CorrectionDraft()
    var choice: Choice?
    var askedFor = ""
    var thirdParty = ""
    /// As the browser's field has it: a clock on the wall.
    var nextContactAt = ""
    var cause = ""
    /// Files that are stored already.
    var files: [UploadTicket] = []
    /// What the answer promises.
    var promises: [PromiseDraft] = []
    /// The numbers of the promises that it keeps.
    var keeps: [Int64] = []
    /// The newest message that was on the page.
    var seen: Int64 = 0
    var problems: [Problem] = []

    /// An empty draft for a ticket as it is now.
    init(for ticket: Ticket, now: Date, _ moments: Moments) {
        seen = ticket.lastMessage
        cause = ticket.cause
        switch ticket.turn {
        case _ where ticket.status != .open: choice = .solved
        case .us: choice = .us
        case .customer(let question): (choice, askedFor) = (.customer, question)
        case .thirdParty(let name): (choice, thirdParty) = (.thirdParty, name)
        }
        nextContactAt = moments.localInput(Self.nextContact(of: ticket, now: now))
    }

    /// What came with a form.
    init(_ form: Form) {
        text = form.text("text")
        corrects = form.text("compose") == "correction"
        correction = CorrectionDraft { form.trimmed($0) }
        choice = Choice(rawValue: form.text("turn"))
        askedFor = form.trimmed("askedFor")
        thirdParty = form.trimmed("thirdParty")
        nextContactAt = form.trimmed("nextContactAt")
        cause = form.trimmed("cause")
        seen = Int64(form.text("seen")) ?? 0
        promises = PromiseDraft.read(form)
        keeps = form.values("keeps").compactMap { Int64($0) }
    }

    /// When the customer hears from us next unless somebody says otherwise: as promised, else in two days at a full hour.
    static func nextContact(of ticket: Ticket, now: Date) -> Date {
        if let promised = ticket.nextContactAt, promised > now { return promised }
        return Date(timeIntervalSince1970: ((now.timeIntervalSince1970 + 2 * 86_400) / 3600).rounded() * 3600)
    }

    /// The part of it that may promise something.
    var promising: String { corrects ? correction.action : text }

    /// Notes what is missing of its words.
    mutating func checkWords() {
        problems += (corrects ? correction.problems : text.isBlank ? [.emptyText] : []).map(Problem.refused)
    }

    /// What is to be after the reply; nil when the choice cannot stand, with the problems noted.
    mutating func then(_ ticket: Ticket, now: Date, _ moments: Moments) -> AfterReply? {
        guard let choice else {
            problems.append(.noTurn)
            return nil
        }
        if choice == .solved {
            if cause.isBlank { problems.append(.refused(.emptyCause)) }
            return .solved(cause: cause)
        }
        if choice == .customer, askedFor.isBlank { problems.append(.refused(.emptyQuestion)) }
        if choice == .thirdParty, thirdParty.isBlank { problems.append(.refused(.emptyThirdParty)) }
        guard let next = time(ticket, moments), next > now else {
            problems.append(.refused(.badNextContact))
            return nil
        }
        let turn: Turn = choice == .customer ? .customer(askedFor: askedFor) : choice == .thirdParty ? .thirdParty(name: thirdParty) : .us
        return .turn(turn, nextContactAt: next)
    }

    /// The promises to record with the answer; nil when one of them is undecided or cannot stand, with the problems noted beside it.
    mutating func newPromises(now: Date, by agent: Agent, _ moments: Moments) -> [Tickets.NewPromise]? {
        var new: [Tickets.NewPromise] = []
        for row in promises.indices {
            if !promises[row].quote.isEmpty, promises[row].decision == nil {
                promises[row].problems.append(.undecided)
            } else if let promise = promises[row].promise(now: now, by: agent, moments) {
                new.append(promise)
            }
        }
        guard promises.allSatisfy(\.problems.isEmpty) else {
            problems.append(.promises)
            return nil
        }
        return new
    }

    /// The time in the field; left as it was, it is what the ticket has, to the second.
    private func time(_ ticket: Ticket, _ moments: Moments) -> Date? {
        if let promised = ticket.nextContactAt, moments.localInput(promised) == nextContactAt { return promised }
        return moments.date(fromLocalInput: nextContactAt)
    }

    /// Somebody else answered or the customer wrote before it could be sent.
    var isOvertaken: Bool {
        problems.contains { if case .refused(.overtaken) = $0 { true } else { false } }
    }
}

/// What else can be half done on a ticket's page.
struct TicketDrafts: Sendable {
    var reply: ReplyDraft
    /// A turn that passes without a reply.
    var pass: ReplyDraft
    var note = ""
    var cause = ""
    /// Why something beside the reply could not be done.
    var refusal: TicketRefusal?
    /// A promise made outside of an answer.
    var promise = PromiseDraft()
    /// Why something could not be done to a promise.
    var promiseRefusal: (id: Int64, refusal: PromiseRefusal)?
    /// Which of the two the composer shows.
    var writesNote = false

    init(for ticket: Ticket, now: Date, _ moments: Moments) {
        reply = ReplyDraft(for: ticket, now: now, moments)
        pass = reply
        cause = ticket.cause
    }
}
