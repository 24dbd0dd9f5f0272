import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// The page of a ticket, and what can be done there without writing to the customer.
struct TicketRoutes: Sendable {
    var workspace: Workspace
    private var tickets: Tickets { workspace.tickets }

    init(workspace: Workspace) { self.workspace = workspace }

    func add(to desk: RouterGroup<WebContext>) {
        desk.get("tickets/:number") { request, context in try await show(request, context) }
        desk.get("tickets/:number/customer-page") { request, context in try await customerPage(request, context) }
        desk.post("tickets/:number/assign") { request, context in try await assign(request, context) }
        desk.post("tickets/:number/queue") { request, context in try await queue(request, context) }
        desk.post("tickets/:number/turn") { request, context in try await pass(request, context) }
        desk.post("tickets/:number/solve") { request, context in try await solve(request, context) }
        desk.post("tickets/:number/reopen") { request, context in
            try await act(request, context) { number, agent in try await tickets.reopen(number, by: agent) }
        }
        desk.post("tickets/:number/official") { request, context in try await changeOfficial(request, context) }
        desk.post("tickets/:number/link") { request, context in try await changeLink(request, context) }
        desk.post("tickets/:number/todos/:id/done") { request, context in
            try await act(request, context) { _, agent in try await tickets.finishTodo(context.id("id"), by: agent) }
        }
    }

    private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        guard let number = context.ticketNumber, let file = try await tickets.file(number) else {
            return try await workspace.gone(request, agent)
        }
        let drafts = workspace.correcting(URLEncoded.value("correct", in: request.uri.query), of: file, for: agent)
        let page = await workspace.page(of: file, for: agent, drafts, done: done(request.uri.query, file))
        return try await workspace.answer(page, request, agent)
    }

    /// What the address says was just done. Anybody can write an address, so a message to be moved back must really be here.
    private func done(_ query: String?, _ file: TicketFile) -> WorkspacePages.Done? {
        switch URLEncoded.value("done", in: query) {
        case "reply": return .replied
        case "correction": return .corrected
        case "note": return .noted
        case "entered": return .entered
        case "move":
            guard let id = URLEncoded.value("message", in: query).flatMap({ Int64($0) }), file.messages.contains(where: { $0.id == id }),
                let source = URLEncoded.value("from", in: query).flatMap({ TicketNumber($0) })
            else { return nil }
            return .moved(message: id, from: source)
        case "queue":
            let from = URLEncoded.value("from", in: query) ?? ""
            guard from != file.ticket.queue, workspace.tickets.mailboxes.queues.contains(where: { $0.name == from }) else { return nil }
            return .queued(from: from)
        default: return nil
        }
    }

    private func customerPage(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let number = context.ticketNumber, let ticket = try await workspace.database.read({ db in try db.ticket(number) }) else {
            return try await workspace.gone(request, try context.signedIn)
        }
        return .redirect(see: tickets.links.path(ticket))
    }

    private func assign(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form.read(request, context)
        let chosen = Int64(form.text("agent"))
        return try await act(request, context) { number, agent in
            if let chosen {
                let assignee = try await workspace.database.read { db in try db.agent(chosen) }
                guard let assignee, assignee.disabledAt == nil else { return }
            }
            try await tickets.assign(number, to: chosen, because: form.trimmed("because"), by: agent)
        }
    }

    private func queue(_ request: Request, _ context: WebContext) async throws -> Response {
        let name = try await Form.read(request, context).text("queue")
        let number = context.ticketNumber
        let before = try await workspace.database.read { db in try number.flatMap { try db.ticket($0) }?.queue }
        return try await act(request, context, then: before.map { "?done=queue&from=\($0)" }) { number, agent in
            try await tickets.queue(number, to: name, by: agent)
        }
    }

    private func pass(_ request: Request, _ context: WebContext) async throws -> Response {
        let (form, agent) = (try await Form.read(request, context), try context.signedIn)
        guard let number = context.ticketNumber, let file = try await tickets.file(number) else {
            return try await workspace.gone(request, agent)
        }
        let moments = workspace.voices[agent.language].moments
        var draft = ReplyDraft(form)
        let then = draft.then(file.ticket, now: workspace.clock.now(), moments)
        if draft.problems.isEmpty, case .turn(let turn, let next) = then {
            return try await act(request, context) { number, agent in
                try await tickets.pass(number, to: turn, nextContactAt: next, by: agent)
            }
        }
        var drafts = TicketDrafts(for: file.ticket, now: workspace.clock.now(), moments)
        drafts.pass = draft
        drafts.refusal = draft.problems.lazy.compactMap { if case .refused(let refusal) = $0 { refusal } else { nil } }.first
        return try await workspace.answer(workspace.page(of: file, for: agent, drafts), request, agent, status: .unprocessableContent)
    }

    private func solve(_ request: Request, _ context: WebContext) async throws -> Response {
        let cause = try await Form.read(request, context).trimmed("cause")
        return try await act(request, context) { number, agent in try await tickets.solve(number, cause: cause, by: agent) }
    }

    private func changeLink(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form.read(request, context)
        return try await act(request, context) { number, agent in
            switch form.text("do") {
            case "renew": try await tickets.renewLink(number, by: agent)
            case "revoke": try await tickets.revokeLink(number, by: agent)
            default: break
            }
        }
    }

    private func changeOfficial(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form.read(request, context)
        return try await act(request, context) { number, agent in
            if form.text("do") == "unpin" { return try await tickets.unpin(number, by: agent) }
            try await tickets.pin(Int64(form.text("message")) ?? 0, on: number, by: agent)
        }
    }

    /// Does something and shows the ticket again, with the reason beside it when it was refused.
    private func act(
        _ request: Request, _ context: WebContext, then query: String? = nil, _ action: (TicketNumber, Agent) async throws -> Void
    ) async throws -> Response {
        let agent = try context.signedIn
        guard let number = context.ticketNumber else { return try await workspace.gone(request, agent) }
        do {
            try await action(number, agent)
            return .redirect(see: number.deskPath + (query ?? ""))
        } catch let refusal as TicketRefusal {
            guard let file = try await tickets.file(number) else { return try await workspace.gone(request, agent) }
            var drafts = TicketDrafts(for: file.ticket, now: workspace.clock.now(), workspace.voices[agent.language].moments)
            drafts.refusal = refusal
            return try await workspace.answer(workspace.page(of: file, for: agent, drafts), request, agent, status: refusal.status)
        }
    }
}

extension Workspace {
    /// A ticket's page as it is now, or with what somebody was writing.
    func page(of file: TicketFile, for agent: Agent, _ drafts: TicketDrafts? = nil, done: WorkspacePages.Done? = nil) async -> DeskPage {
        let file = await knowingNatures(file)
        let fresh = TicketDrafts(for: file.ticket, now: clock.now(), voices[agent.language].moments)
        return pages(for: agent).ticket(file, drafts ?? fresh, done: done, uploadLimitBytes: uploadLimitBytes)
    }
}

extension Workspace {
    /// The composer with a correction of an answer begun, as the address asks for it; nil where there is no such answer to be corrected.
    fileprivate func correcting(_ id: String?, of file: TicketFile, for agent: Agent) -> TicketDrafts? {
        guard let id = id.flatMap({ Int64($0) }), let answer = file.standingAnswers.first(where: { $0.id == id }) else { return nil }
        var drafts = TicketDrafts(for: file.ticket, now: clock.now(), voices[agent.language].moments)
        (drafts.reply.corrects, drafts.reply.correction) = (true, CorrectionDraft(of: answer))
        return drafts
    }
}

extension TicketRefusal {
    /// 409 where the ticket is not as the page showed it, 422 where the form is at fault.
    var status: HTTPResponse.Status {
        switch self {
        case .overtaken, .notOpen, .alreadyOpen, .alreadyCorrected: .conflict
        case .noSuchTicket, .noSuchMessage, .noSuchQueue, .sameTicket, .noSender, .emptyText, .emptyCause, .emptyQuestion, .emptyThirdParty,
            .badNextContact, .noAnswer, .emptyWrong, .emptyRight, .emptyAction:
            .unprocessableContent
        }
    }
}
