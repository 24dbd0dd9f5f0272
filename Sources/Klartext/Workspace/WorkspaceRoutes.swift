import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// The table of everything under `/desk`: nothing of it is open, which is held here in one place, by the group all routes belong to.
struct WorkspaceRoutes: Sendable {
    var workspace: Workspace
    var signIn: SignIn
    /// Further pages that stand at the desk but are somebody else's.
    var settings: SettingsRoutes

    func add(to router: Router<WebContext>) {
        let desk = router.group("desk").add(middleware: AgentsOnly(signIn: signIn))
        InboxRoutes(workspace: workspace).add(to: desk)
        SearchRoutes(workspace: workspace).add(to: desk)
        PhoneRoutes(workspace: workspace).add(to: desk)
        EntryRoutes(workspace: workspace).add(to: desk)
        TicketRoutes(workspace: workspace).add(to: desk)
        ReplyRoutes(workspace: workspace).add(to: desk)
        PromiseRoutes(workspace: workspace).add(to: desk)
        MessageRoutes(workspace: workspace).add(to: desk)
        HeldRoutes(workspace: workspace).add(to: desk)
        LetterRoutes(workspace: workspace).add(to: desk)
        MailboxRoutes(workspace: workspace).add(to: desk)
        settings.add(to: desk)
    }
}

extension Workspace {
    /// Answers with a page, the desk around it.
    func answer(_ page: DeskPage, _ request: Request, _ agent: Agent, status: HTTPResponse.Status = .ok) async throws -> Response {
        .page(try await framed(page, for: agent), for: request, status: status, language: agent.language)
    }

    /// Answers that there is no such thing.
    func gone(_ request: Request, _ agent: Agent) async throws -> Response {
        try await answer(pages(for: agent).gone(), request, agent, status: .notFound)
    }
}

extension WebContext {
    /// The ticket that the path names; nil when that is no number.
    var ticketNumber: TicketNumber? { parameters.get("number").flatMap { TicketNumber($0) } }

    /// A number that the path names, 0 when it is none: no row has it.
    func id(_ name: String) -> Int64 { parameters.get(name).flatMap { Int64($0) } ?? 0 }
}
