import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// The lists: open tickets, what is to be done, what is solved.
struct InboxRoutes: Sendable {
    var workspace: Workspace

    func add(to desk: RouterGroup<WebContext>) {
        desk.get("") { request, context in try await list(.open, request, context) }
        desk.get("us") { request, context in try await list(.us, request, context) }
        desk.get("customer") { request, context in try await list(.customer, request, context) }
        desk.get("third") { request, context in try await list(.thirdParty, request, context) }
        desk.get("unassigned") { request, context in try await list(.unassigned, request, context) }
        desk.get("mine") { request, context in try await list(.assigned(to: try context.signedIn.id), request, context) }
        desk.get("queues/:queue") { request, context in
            let name = context.parameters.get("queue") ?? ""
            guard workspace.tickets.mailboxes.queues.contains(where: { $0.name == name }) else {
                return try await workspace.gone(request, try context.signedIn)
            }
            return try await list(.queue(name), request, context)
        }
        desk.get("todo") { request, context in try await todos(request, context) }
        desk.get("solved") { request, context in try await solved(request, context) }
    }

    private func list(_ list: TicketList, _ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        let after = URLEncoded.value("after", in: request.uri.query).flatMap { InboxPosition($0) }
        // lines and counters out of one view, so that they agree
        let (lines, counters, missed) = try await workspace.database.read { db in
            let missed = after == nil ? try db.lines(of: db.missedPromises(limit: Workspace.linesPerPage)) : []
            return try (db.tickets(in: list, after: after, limit: Workspace.linesPerPage + 1), db.counters(), missed)
        }
        let page = workspace.pages(for: agent).inbox(list, lines, missed, count: counters[list.name, default: 0], agent)
        return .page(workspace.framed(page, for: agent, counters: counters), for: request, language: agent.language)
    }

    private func todos(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        let after = URLEncoded.value("after", in: request.uri.query).flatMap { Int64($0) } ?? 0
        let (todos, lines, held, counters) = try await workspace.database.read { db in
            let todos = try db.openTodos(after: after, limit: Workspace.linesPerPage + 1)
            let held = after == 0 ? try db.alarmingMails(limit: WorkspacePages.mostHeldShown + 1) : []
            return (todos, try db.lines(ofTickets: Array(Set(todos.map(\.ticket)))), held, try db.counters())
        }
        let missed = workspace.calls == nil ? 0 : counters[Calls.counter, default: 0]
        let page = workspace.pages(for: agent).todos(todos, lines, held: held, missedCalls: missed)
        return .page(workspace.framed(page, for: agent, counters: counters), for: request, language: agent.language)
    }

    private func solved(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        let before = URLEncoded.value("before", in: request.uri.query).flatMap { TicketNumber($0) }
        let lines = try await workspace.database.read { db in try db.solvedTickets(before: before, limit: Workspace.linesPerPage + 1) }
        return try await workspace.answer(workspace.pages(for: agent).solved(lines), request, agent)
    }
}
