import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// Promises at the desk: the list of them, what is found in an answer while it is written, and what can be done with one.
struct PromiseRoutes: Sendable {
    var workspace: Workspace
    private var tickets: Tickets { workspace.tickets }

    init(workspace: Workspace) { self.workspace = workspace }

    func add(to desk: RouterGroup<WebContext>) {
        desk.get("promises") { request, context in try await list(request, context) }
        desk.post("tickets/:number/promises") { request, context in try await make(request, context) }
        desk.post("tickets/:number/promises/find") { request, context in try await find(request, context) }
        desk.post("tickets/:number/promises/:id/keep") { request, context in
            try await act(request, context) { id, _, agent in try await tickets.keep(promise: id, how: "", by: agent) }
        }
        desk.post("tickets/:number/promises/:id/hand") { request, context in
            try await act(request, context) { id, form, agent in
                try await tickets.hand(promise: id, to: Int64(form.text("owner")) ?? 0, by: agent)
            }
        }
        desk.post("tickets/:number/promises/:id/move") { request, context in
            try await act(request, context) { id, form, agent in try await change(id, form, agent) }
        }
    }

    private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        let isMine = URLEncoded.value("of", in: request.uri.query) == "me"
        let moments = workspace.voices[agent.language].moments
        let now = workspace.clock.now()
        let (lines, due) = try await workspace.database.read { db in
            let promises = try db.openPromises(dueBy: .distantFuture, after: nil, limit: 500).filter { !isMine || $0.owner == agent.id }
            return (try db.lines(of: promises), try db.promisesDue(from: now.addingTimeInterval(-400 * 86_400), to: now))
        }
        let months = KeptMonth.months(due) { String(moments.localInput($0).prefix(7)) }
        return try await workspace.answer(
            workspace.pages(for: agent).promises(lines, isMine: isMine, months: Array(months.prefix(12))), request, agent)
    }

    private func make(_ request: Request, _ context: WebContext) async throws -> Response {
        let (form, agent) = (try await Form.read(request, context), try context.signedIn)
        guard let number = context.ticketNumber else { return try await workspace.gone(request, agent) }
        var draft = PromiseDraft.read(form).first ?? PromiseDraft()
        draft.decision = .record
        do {
            if let promise = draft.promise(now: workspace.clock.now(), by: agent, workspace.voices[agent.language].moments) {
                try await tickets.promise(promise, about: number, by: agent)
                return .redirect(see: number.deskPath)
            }
        } catch let refusal as PromiseRefusal {
            draft.problems.append(refusal)
        }
        return try await shown(number, request, agent) { $0.promise = draft }
    }

    /// The rows for what the answer promises so far, as a piece of the page.
    private func find(_ request: Request, _ context: WebContext) async throws -> Response {
        let (form, agent) = (try await Form.read(request, context), try context.signedIn)
        guard let number = context.ticketNumber, let file = try await tickets.file(number) else {
            return try await workspace.gone(request, agent)
        }
        var draft = ReplyDraft(form)
        workspace.findPromises(in: &draft, of: file.ticket, by: agent, decides: true)
        return .page(workspace.pages(for: agent).promiseRows(file, draft.promises), for: request, language: agent.language)
    }

    private func change(_ id: Int64, _ form: Form, _ agent: Agent) async throws {
        let reason = form.trimmed("because")
        if form.text("do") == "withdraw" { return try await tickets.withdraw(promise: id, because: reason, by: agent) }
        guard let time = workspace.voices[agent.language].moments.date(fromLocalInput: form.trimmed("dueAt")) else {
            throw PromiseRefusal.badTime
        }
        try await tickets.move(promise: id, to: time, because: reason, by: agent)
    }

    /// Does something and shows the ticket again, with the reason beside the promise when it was refused.
    private func act(
        _ request: Request, _ context: WebContext, _ action: (Int64, Form, Agent) async throws -> Void
    ) async throws -> Response {
        let (form, agent, id) = (try await Form.read(request, context), try context.signedIn, context.id("id"))
        guard let number = context.ticketNumber else { return try await workspace.gone(request, agent) }
        do {
            try await action(id, form, agent)
            return .redirect(see: number.deskPath)
        } catch let refusal as PromiseRefusal {
            return try await shown(number, request, agent) { $0.promiseRefusal = (id, refusal) }
        }
    }

    private func shown(_ number: TicketNumber, _ request: Request, _ agent: Agent, _ change: (inout TicketDrafts) -> Void) async throws
        -> Response
    {
        guard let file = try await tickets.file(number) else { return try await workspace.gone(request, agent) }
        var drafts = TicketDrafts(for: file.ticket, now: workspace.clock.now(), workspace.voices[agent.language].moments)
        change(&drafts)
        return try await workspace.answer(workspace.page(of: file, for: agent, drafts), request, agent, status: .unprocessableContent)
    }
}

extension Workspace {
    /// Adds to a draft what its text promises and what is not on the form yet.
    /// - Parameter decides: whether what is certain is taken as decided; an agent sees it before it is sent.
    func findPromises(in draft: inout ReplyDraft, of ticket: Ticket, by agent: Agent, decides: Bool) {
        let moments = voices[agent.language].moments
        let found = PromisePhrase.found(
            in: draft.promising, now: clock.now(), calendar: tickets.policy.calendar(of: ticket.queue), language: ticket.language
        )
        .map {
            (quote: $0.sentence(of: draft.promising), phrase: $0)
        }
        // what is not in the text any more was taken back by the writer
        draft.promises.removeAll { row in !row.quote.isEmpty && !found.contains { $0.quote == row.quote } }
        for (quote, phrase) in found where !draft.promises.contains(where: { $0.quote == quote }) {
            guard draft.promises.count < PromiseDraft.most - 1, let first = phrase.readings.first else { continue }
            var row = PromiseDraft(quote: quote, channel: phrase.channel, text: quote, thirdParty: phrase.thirdParty ?? "")
            row.dueAt = moments.localInput(first.due)
            row.otherTimes = phrase.readings.dropFirst().map { moments.localInput($0.due) }
            row.decision = decides && phrase.isCertain ? .record : nil
            draft.promises.append(row)
        }
    }
}

extension PromisePhrase {
    /// The sentence that the words stand in, as far as a line of a form holds it.
    func sentence(of text: String) -> String {
        let bytes = Array(text.utf8)
        let ends: Set<UInt8> = [0x0A, 0x0D, UInt8(ascii: "!"), UInt8(ascii: "?")]
        // A full stop ends a sentence where a space follows and no digit stands before it: "am 3. Dezember" goes on.
        func isEnd(_ index: Int) -> Bool {
            if ends.contains(bytes[index]) { return true }
            guard bytes[index] == UInt8(ascii: "."), index > 0, !(48...57).contains(bytes[index - 1]) else { return false }
            return index + 1 == bytes.count || [0x20, 0x0A, 0x0D].contains(bytes[index + 1])
        }
        let first = (0..<range.lowerBound).last(where: isEnd).map { $0 + 1 } ?? 0
        let last = (range.upperBound..<bytes.count).first(where: isEnd) ?? bytes.count
        let sentence = String(decoding: bytes[first..<last], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return String(String.UnicodeScalarView(sentence.unicodeScalars.prefix(300)))
    }

    /// Who else made the promise; nil when we did.
    var thirdParty: String? { if case .thirdParty(let name) = party { name ?? "" } else { nil } }
}

extension Snapshot {
    /// Promises with their tickets and owners.
    func lines(of promises: [Promise]) throws -> [WorkspacePages.PromiseLine] {
        let lines = try lines(ofTickets: Array(Set(promises.compactMap { TicketNumber(subject: $0.about) })))
        let names = Dictionary(try agents().map { ($0.id, $0.name) }, uniquingKeysWith: { a, _ in a })
        return promises.map { promise in
            .init(
                promise: promise, line: lines.first { $0.ticket.number.subject == promise.about }, ownerName: names[promise.owner] ?? "?")
        }
    }
}
