import Foundation
import HTTPTypes
import Hummingbird
import Mail
import Storage

/// Letters and their fate, and jobs that were given up.
struct LetterRoutes: Sendable {
    var workspace: Workspace

    func add(to desk: RouterGroup<WebContext>) {
        desk.get("dead") { request, context in try await dead(request, context) }
        desk.post("dead/revive") { request, context in
            let key = try await Form.read(request, context).text("key")
            try await workspace.revive(job: key)
            return Response.redirect(see: "/desk/dead")
        }
        desk.get("letters/:id") { request, context in try await show(request, context) }
        desk.post("letters/:id/told") { request, context in
            let form = try await Form.read(request, context)
            try await workspace.settle(letter: context.id("id"), how: form.trimmed("how"), by: try context.signedIn)
            return try await back(form, context)
        }
        desk.post("letters/:id/again") { request, context in try await again(request, context) }
    }

    private func dead(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        let before = URLEncoded.value("before", in: request.uri.query).flatMap { Int64($0) } ?? .max
        let (letters, jobs) = try await workspace.database.read { db in
            try (db.failedLetters(before: before, limit: Workspace.linesPerPage + 1), db.deadJobs(limit: 100))
        }
        return try await workspace.answer(workspace.pages(for: agent).dead(letters, jobs), request, agent)
    }

    /// Sends a letter again that did not arrive.
    private func again(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form.read(request, context)
        let typed = form.trimmed("address")
        guard let address = Address(typed), !address.isNowhere, !workspace.tickets.mailboxes.isOurs(address) else {
            return try await show(request, context, typed: typed)
        }
        try await workspace.tickets.resend(letter: context.id("id"), to: address, by: try context.signedIn)
        return try await back(form, context)
    }

    /// Where somebody came from: the letter, or its ticket.
    private func back(_ form: Form, _ context: WebContext) async throws -> Response {
        let id = context.id("id")
        let number = try await workspace.database.read { db in try db.conversation(ofLetter: id) }.flatMap(TicketNumber.init(rawValue:))
        let isFromTicket = form.text("from") == WorkspacePages.ReachPlace.ticket.rawValue
        return .redirect(see: isFromTicket ? number?.deskPath ?? "/desk/dead" : "/desk/letters/\(id)")
    }

    /// - Parameter typed: an address that could not be taken.
    private func show(_ request: Request, _ context: WebContext, typed: String? = nil) async throws -> Response {
        let (agent, id) = (try context.signedIn, context.id("id"))
        let (letter, content, attempts) = try await workspace.database.read { db in
            try (db.letter(id), db.letterContent(id), db.letterAttempts(id))
        }
        guard let letter, let content else { return try await workspace.gone(request, agent) }
        var file: TicketFile?
        if letter.state == .failed, letter.dismissedAt == nil, let number = letter.conversation.flatMap(TicketNumber.init(rawValue:)) {
            file = try await workspace.tickets.file(number)
        }
        let page = workspace.pages(for: agent).letter(letter, content, attempts, file, typed: typed)
        return try await workspace.answer(page, request, agent, status: typed == nil ? .ok : .unprocessableContent)
    }
}
