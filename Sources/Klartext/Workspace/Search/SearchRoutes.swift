import Foundation
import HTTPTypes
import Hummingbird

/// Looking for something, and a customer's tickets, to which that may lead.
struct SearchRoutes: Sendable {
    var workspace: Workspace

    func add(to desk: RouterGroup<WebContext>) {
        desk.get("search") { request, context in try await search(request, context) }
        desk.get("customers/:customer") { request, context in try await customer(request, context) }
    }

    private func search(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        let typed = URLEncoded.value("q", in: request.uri.query) ?? ""
        let text = String(String.UnicodeScalarView(typed.unicodeScalars.prefix(SearchQuery.mostScalars)))
        let before = URLEncoded.value("before", in: request.uri.query).flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil }
        let view = try await workspace.find(text, before: before)
        return try await workspace.answer(workspace.pages(for: agent).search(view), request, agent)
    }

    private func customer(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        let before = URLEncoded.value("before", in: request.uri.query).flatMap { TicketNumber($0) }
        guard let (customer, lines) = try await workspace.tickets(of: context.id("customer"), before: before) else {
            return try await workspace.gone(request, agent)
        }
        return try await workspace.answer(workspace.pages(for: agent).tickets(of: customer, lines), request, agent)
    }
}
