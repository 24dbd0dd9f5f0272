import Foundation
import HTTPTypes
import Hummingbird
import Mail

/// Requests that come by phone, by letter or at the counter: an agent writes them down, and they are tickets like any other.
struct EntryRoutes: Sendable {
    var workspace: Workspace

    func add(to desk: RouterGroup<WebContext>) {
        desk.get("new") { request, context in
            let agent = try context.signedIn
            let draft = EntryDraft(language: workspace.voices.unknown, once: SignIn.newSecret())
            return try await workspace.answer(workspace.pages(for: agent).entry(draft), request, agent)
        }
        desk.post("new") { request, context in try await enter(request, context) }
        desk.get("tickets/:number/slip") { request, context in try await slip(request, context) }
    }

    private func enter(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        var limits = FormLimits.standard
        limits.fileBytes = workspace.uploadLimitBytes
        let form = try await Form.read(request, context, limits: limits, files: workspace.files)
        var draft = EntryDraft({ form.trimmed($0) }, text: form.text("text"))
        let sender = draft.address.isEmpty ? Address.nowhere(String(SignIn.newSecret().prefix(16))) : Address(draft.address)
        if sender == nil || sender?.looksLikeNoReply == true { draft.problems.append(.badAddress) }
        if !form.problems.isEmpty { draft.problems.append(.filesLost) }
        guard draft.problems.isEmpty, let sender, let way = draft.way else {
            return try await workspace.answer(workspace.pages(for: agent).entry(draft), request, agent, status: .unprocessableContent)
        }
        let entered = Tickets.Request(
            sender: sender, name: draft.name, subject: draft.subject, text: draft.text, language: draft.language, channel: way.channel,
            files: form.files("files").map { .init(stored: $0.stored, name: $0.name, contentType: $0.type, contentID: nil) },
            queue: workspace.tickets.mailboxes.queues.first { $0.name == draft.queue }?.name)
        let number = try await workspace.tickets.enter(entered, reach: draft.reach, once: draft.once, by: agent)
        return .redirect(see: "\(number.deskPath)?done=entered")
    }

    private func slip(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        guard let number = context.ticketNumber, let file = try await workspace.tickets.file(number) else {
            return try await workspace.gone(request, agent)
        }
        let page = workspace.pages(for: agent).slip(
            file, url: workspace.tickets.links.url(file.ticket), workspace.voices[file.ticket.language])
        return .page(page, for: request, language: file.ticket.language)
    }
}

extension EntryDraft.Way {
    var channel: Channel {
        switch self {
        case .phone: .phone
        case .counter: .counter
        case .letter: .letter
        }
    }
}
