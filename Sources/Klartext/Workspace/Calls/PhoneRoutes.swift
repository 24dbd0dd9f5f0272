import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// Calls at the desk: those that are to be returned, and the latest.
struct PhoneRoutes: Sendable {
    var workspace: Workspace

    /// Adds nothing where no telephone system tells us of calls.
    func add(to desk: RouterGroup<WebContext>) {
        guard let calls = workspace.calls else { return }
        desk.get("calls") { request, context in try await list(calls, request, context) }
        desk.post("calls/:id/called-back") { request, context in
            try await act(calls, request, context) { id, _, agent in try await calls.callBack(id, by: agent) }
        }
        desk.post("calls/:id/dismiss") { request, context in
            try await act(calls, request, context) { id, form, agent in
                try await calls.dismiss(id, because: form.trimmed("because"), by: agent)
            }
        }
    }

    private func list(
        _ calls: Calls, _ request: Request, _ context: WebContext, refusal: (call: Int64, refusal: CallRefusal)? = nil
    ) async throws -> Response {
        let agent = try context.signedIn
        let before = URLEncoded.value("before", in: request.uri.query).flatMap { Int64($0) }
        let (waiting, latest) = try await workspace.database.read { db in
            try (
                db.lines(of: db.waitingCalls(after: 0, limit: 200)),
                db.lines(of: db.latestCalls(before: before, limit: Workspace.linesPerPage + 1))
            )
        }
        let page = workspace.pages(for: agent).calls(
            .init(
                waiting: waiting, latest: latest, isFirst: before == nil, address: workspace.tickets.links.base + calls.secret.path,
                refusal: refusal))
        return try await workspace.answer(page, request, agent, status: refusal == nil ? .ok : .unprocessableContent)
    }

    /// Does something and shows the list again, with the reason beside the call when it was refused.
    private func act(
        _ calls: Calls, _ request: Request, _ context: WebContext, _ action: (Int64, Form, Agent) async throws -> Void
    ) async throws -> Response {
        let (form, agent, id) = (try await Form.read(request, context), try context.signedIn, context.id("id"))
        do {
            try await action(id, form, agent)
            return .redirect(see: "/desk/calls")
        } catch CallRefusal.noSuchCall {
            return try await workspace.gone(request, agent)
        } catch let refusal as CallRefusal {
            return try await list(calls, request, context, refusal: (id, refusal))
        }
    }
}

extension Snapshot {
    /// Calls with the customers who are known by their numbers.
    fileprivate func lines(of calls: [Call]) throws -> [CallLine] {
        let known = try customers(phones: Array(Set(calls.compactMap { $0.number?.e164 })))
        return calls.map { call in CallLine(call: call, customers: known.filter { !$0.phone.isEmpty && $0.phone == call.number?.e164 }) }
    }
}

extension Workspace {
    /// The form for a ticket about a call, with what is known of who called.
    func draft(forCall id: Int64, _ draft: EntryDraft) async throws -> EntryDraft? {
        guard calls != nil else { return nil }
        return try await database.read { db in
            guard let call = try db.call(id) else { return nil }
            var draft = draft
            (draft.way, draft.call, draft.phone) = (.phone, call.id, call.number?.e164 ?? "")
            // one who is known for certain; of several, the agent asks
            let known = try call.number.map { try db.customers(phones: [$0.e164]) } ?? []
            if known.count == 1, let customer = known.first { draft.fill(in: customer) }
            return draft
        }
    }
}
