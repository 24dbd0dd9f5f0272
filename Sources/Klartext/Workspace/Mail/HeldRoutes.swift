import Foundation
import HTTPTypes
import Hummingbird
import Mail
import Storage

/// Mail that waits for a person. Each way out is a button, and none of them lets a mail vanish.
struct HeldRoutes: Sendable {
    var workspace: Workspace

    func add(to desk: RouterGroup<WebContext>) {
        desk.get("held") { request, context in try await list(request, context) }
        desk.get("held/:id") { request, context in try await show(request, context) }
        desk.get("held/:id/original") { request, context in
            guard let mail = try await workspace.original(context.id("id")) else {
                return try await workspace.gone(request, try context.signedIn)
            }
            let path = "/desk/held/\(mail.entry.id)"
            let pages = workspace.pages(for: try context.signedIn)
            let place = OriginalMail.Place(
                path: path, back: path, backLabel: pages.subject(mail.entry.summary.subject), sender: pages.sender(mail))
            return try await workspace.answer(original: mail, at: place, request, context)
        }
        desk.get("held/:id/original/frame") { request, context in
            guard let mail = try await workspace.original(context.id("id"), withPictures: true) else {
                return try await workspace.gone(request, try context.signedIn)
            }
            return workspace.answer(frame: mail, request, context)
        }
        desk.get("held/:id/raw") { request, context in try await workspace.answer(bytesOf: context.id("id"), request, context) }
        desk.post("held/:id/file") { request, context in try await file(request, context) }
        desk.post("held/:id/open") { request, context in
            try await open(request, context)
        }
        desk.post("held/:id/refuse") { request, context in try await refuse(request, context) }
        desk.post("held/:id/machine") { request, context in
            try await decide(request, context) { mail, agent in try await workspace.tickets.setAside(mail.entry, by: agent) }
        }
    }

    private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        let after = URLEncoded.value("after", in: request.uri.query).flatMap { Int64($0) } ?? 0
        let entries = try await workspace.database.read { db in try db.heldMails(after: after, limit: Workspace.linesPerPage + 1) }
        return try await workspace.answer(workspace.pages(for: agent).held(entries), request, agent)
    }

    private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        guard let mail = try await workspace.original(context.id("id")) else { return try await workspace.gone(request, agent) }
        return try await workspace.answer(
            workspace.pages(for: agent).held(mail, HeldDraft(), canAnswer: recipient(mail) != nil), request, agent)
    }

    private func file(_ request: Request, _ context: WebContext) async throws -> Response {
        let typed = try await Form.read(request, context).trimmed("number")
        return try await decide(request, context, HeldDraft(number: typed)) { mail, agent in
            guard let number = TicketNumber(typed) else { throw TicketRefusal.noSuchTicket }
            // a mail without sender stands on the ticket in its customer's name, since nobody else can be told
            let owner = try await workspace.database.read { db in
                try db.ticket(number).flatMap { try db.customer($0.customer)?.mailAddress }
            }
            guard let filed = try await workspace.request(mail.entry, owner) else { throw TicketRefusal.noSuchTicket }
            try await workspace.tickets.fileHeld(mail.entry, filed, on: number, by: agent)
        }
    }

    private func open(_ request: Request, _ context: WebContext) async throws -> Response {
        let typed = try await Form.read(request, context).trimmed("address")
        return try await decide(request, context, HeldDraft(address: typed)) { mail, agent in
            guard let opened = try await workspace.request(mail.entry, Address(typed)) else { throw TicketRefusal.noSender }
            try await workspace.tickets.openHeld(mail.entry, opened, by: agent)
        }
    }

    private func refuse(_ request: Request, _ context: WebContext) async throws -> Response {
        let text = try await Form.read(request, context).text("text")
        return try await decide(request, context, HeldDraft(text: text)) { mail, agent in
            guard let sender = recipient(mail) else { return }
            try await workspace.tickets.refuse(
                mail.entry, text: text, to: sender, name: sender.name ?? "", subject: mail.email?.subject ?? "",
                emailID: mail.email?.messageID, by: agent)
        }
    }

    /// Whom an answer would go to; nobody for a mail without sender, nor for one that bears our own address.
    private func recipient(_ mail: OriginalMail) -> Address? {
        mail.email?.answerTo.first { !workspace.tickets.mailboxes.isOurs($0) }
    }

    /// Does what was decided and goes to what came of it: the ticket, else the list.
    private func decide(
        _ request: Request, _ context: WebContext, _ draft: HeldDraft = HeldDraft(), _ action: (OriginalMail, Agent) async throws -> Void
    ) async throws -> Response {
        let agent = try context.signedIn
        guard let mail = try await workspace.original(context.id("id")) else { return try await workspace.gone(request, agent) }
        do {
            try await action(mail, agent)
        } catch let refusal as TicketRefusal {
            var draft = draft
            draft.refusal = refusal
            let page = workspace.pages(for: agent).held(mail, draft, canAnswer: recipient(mail) != nil)
            return try await workspace.answer(page, request, agent, status: refusal.status)
        }
        let settled = try await workspace.database.read { db in try db.inboxEntry(mail.entry.id) }
        let number = settled?.conversation.flatMap(TicketNumber.init(rawValue:))
        return .redirect(see: number?.deskPath ?? "/desk/held")
    }
}
