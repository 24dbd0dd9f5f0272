import Foundation
import HTTPTypes
import Hummingbird
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
            let how = try await Form.read(request, context).trimmed("how")
            try await workspace.settle(letter: context.id("id"), how: how, by: try context.signedIn)
            return Response.redirect(see: "/desk/letters/\(context.id("id"))")
        }
    }

    private func dead(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        let before = URLEncoded.value("before", in: request.uri.query).flatMap { Int64($0) } ?? .max
        let (letters, jobs) = try await workspace.database.read { db in
            try (db.failedLetters(before: before, limit: Workspace.linesPerPage + 1), db.deadJobs(limit: 100))
        }
        return try await workspace.answer(workspace.pages(for: agent).dead(letters, jobs), request, agent)
    }

    private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (agent, id) = (try context.signedIn, context.id("id"))
        let (letter, content, attempts) = try await workspace.database.read { db in
            try (db.letter(id), db.letterContent(id), db.letterAttempts(id))
        }
        guard let letter, let content else { return try await workspace.gone(request, agent) }
        return try await workspace.answer(workspace.pages(for: agent).letter(letter, content, attempts), request, agent)
    }
}
