import Foundation
import HTTPTypes
import Hummingbird

/// An agent's own settings. What stands around the page is handed in, since the lists there belong to others.
struct SettingsRoutes: Sendable {
    var people: People
    var pages: SettingsPages
    /// Puts the desk around a page.
    var framed: @Sendable (DeskPage, Agent) async throws -> HTML

    func add(to desk: RouterGroup<WebContext>) {
        desk.get("settings") { request, context in
            try await answer(request, try context.signedIn, URLEncoded.value("saved", in: request.uri.query).flatMap(Self.outcome))
        }
        desk.post("settings") { request, context in try await changeLanguage(request, context) }
        desk.post("settings/password") { request, context in try await changePassword(request, context) }
    }

    private func answer(
        _ request: Request, _ agent: Agent, _ outcome: SettingsPages.Outcome?, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        .page(try await framed(pages.page(agent, outcome), agent), for: request, status: status, language: agent.language)
    }

    private func changeLanguage(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form.read(request, context)
        if let language = Language(rawValue: form.text("language")) {
            try await people.changeLanguage(of: try context.signedIn, to: language)
        }
        return .redirect(see: "/desk/settings?saved=language")
    }

    private func changePassword(_ request: Request, _ context: WebContext) async throws -> Response {
        let (form, agent) = (try await Form.read(request, context), try context.signedIn)
        do {
            try await people.changePassword(
                of: agent, from: form.text("currentPassword"), to: form.text("newPassword"),
                session: SessionCookie(context).value(in: request) ?? "")
            return .redirect(see: "/desk/settings?saved=password")
        } catch People.Failure.wrongPassword {
            return try await answer(request, agent, .wrong, status: .unprocessableContent)
        } catch PasswordError.tooShort {
            return try await answer(request, agent, .tooShort, status: .unprocessableContent)
        } catch PasswordError.tooLong {
            return try await answer(request, agent, .tooLong, status: .unprocessableContent)
        }
    }

    private static func outcome(_ saved: String) -> SettingsPages.Outcome? {
        switch saved {
        case "language": .saved
        case "password": .changed
        default: nil
        }
    }
}
