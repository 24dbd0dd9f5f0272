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
            var draft = EntryDraft(language: workspace.voices.unknown, once: SignIn.newSecret())
            if let call = URLEncoded.value("call", in: request.uri.query).flatMap({ Int64($0) }) {
                draft = try await workspace.draft(forCall: call, draft) ?? draft
            }
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
        let phone = PhoneNumber(typed: draft.phone, country: workspace.country)
        if phone == nil, !draft.phone.isEmpty { draft.problems.append(.badPhone) }
        let sender = try await sender(of: draft, phone)
        if sender == nil || sender?.looksLikeNoReply == true { draft.problems.append(.badAddress) }
        if !form.problems.isEmpty { draft.problems.append(.filesLost) }
        guard draft.problems.isEmpty, let sender, let way = draft.way else {
            return try await workspace.answer(workspace.pages(for: agent).entry(draft), request, agent, status: .unprocessableContent)
        }
        let entered = Tickets.Request(
            sender: sender, name: draft.name, subject: draft.subject, text: draft.text, language: draft.language, channel: way.channel,
            files: form.files("files").map { .init(stored: $0.stored, name: $0.name, contentType: $0.type, contentID: nil) },
            queue: workspace.tickets.mailboxes.queues.first { $0.name == draft.queue }?.name, phone: phone?.e164)
        let call = draft.call
        let number = try await workspace.tickets.enter(entered, reach: draft.reach, once: draft.once, by: agent) { tx, number, now in
            if call != 0 { try Calls.write(ticket: number.rawValue, for: call, by: agent, in: tx, at: now) }
        }
        return .redirect(see: "\(number.deskPath)?done=entered")
    }

    /// Who it is from. Somebody without a mail address who called before is the same customer, not one more.
    private func sender(of draft: EntryDraft, _ phone: PhoneNumber?) async throws -> Address? {
        guard draft.address.isEmpty else { return Address(draft.address) }
        let known = try await workspace.database.read { db in try db.customer(draft.customer) }
        if let known, !known.hasMail, let phone, known.phone == phone.e164 { return known.mailAddress }
        return Address.nowhere(String(SignIn.newSecret().prefix(16)))
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
