import Foundation
import HTTPTypes
import Hummingbird
import Mail
import Storage

/// One message: moving it, seeing it as it came, and its files.
struct MessageRoutes: Sendable {
    var workspace: Workspace

    func add(to desk: RouterGroup<WebContext>) {
        desk.get("tickets/:number/messages/:id/move") { request, context in try await askWhere(request, context) }
        desk.post("tickets/:number/messages/:id/move") { request, context in try await move(request, context) }
        desk.get("tickets/:number/messages/:id/original") { request, context in
            guard let (message, mail) = try await original(context) else { return try await workspace.gone(request, try context.signedIn) }
            let place = OriginalMail.Place(
                path: "\(message.ticket.deskPath)/messages/\(message.id)", back: message.ticket.deskPath, backLabel: "#\(message.ticket)",
                sender: message.displayName)
            return try await workspace.answer(original: mail, at: place, request, context)
        }
        desk.get("tickets/:number/messages/:id/original/frame") { request, context in
            guard let (_, mail) = try await original(context, withPictures: true) else {
                return try await workspace.gone(request, try context.signedIn)
            }
            return workspace.answer(frame: mail, request, context)
        }
        desk.get("tickets/:number/messages/:id/raw") { request, context in
            guard let message = try await message(context), let inbox = message.inbox else {
                return try await workspace.gone(request, try context.signedIn)
            }
            return try await workspace.answer(bytesOf: inbox, request, context)
        }
        desk.get("files/:id") { request, context in try await file(request, context) }
        desk.get("files/:id/receipt") { request, context in try await receipt(request, context) }
    }

    /// The message that the path names, if it is on the ticket that the path names.
    private func message(_ context: WebContext) async throws -> Message? {
        let id = context.id("id")
        guard let number = context.ticketNumber, let message = try await workspace.database.read({ db in try db.message(id) }) else {
            return nil
        }
        return message.ticket == number ? message : nil
    }

    private func original(_ context: WebContext, withPictures: Bool = false) async throws -> (Message, OriginalMail)? {
        guard let message = try await message(context), let inbox = message.inbox else { return nil }
        return try await workspace.original(inbox, withPictures: withPictures).map { (message, $0) }
    }

    private func askWhere(_ request: Request, _ context: WebContext) async throws -> Response {
        let agent = try context.signedIn
        guard let message = try await message(context) else { return try await workspace.gone(request, agent) }
        return try await workspace.answer(workspace.pages(for: agent).move(message), request, agent)
    }

    private func move(_ request: Request, _ context: WebContext) async throws -> Response {
        let (form, agent) = (try await Form.read(request, context), try context.signedIn)
        guard let message = try await message(context) else { return try await workspace.gone(request, agent) }
        let typed = form.trimmed("target")
        do {
            guard let target = TicketNumber(typed) else { throw TicketRefusal.noSuchTicket }
            try await workspace.tickets.move(message: message.id, to: target, by: agent)
            return .redirect(see: "\(target.deskPath)?done=move&message=\(message.id)&from=\(message.ticket.rawValue)")
        } catch let refusal as TicketRefusal {
            let page = workspace.pages(for: agent).move(message, typed: typed, refusal)
            return try await workspace.answer(page, request, agent, status: refusal.status)
        }
    }

    private func file(_ request: Request, _ context: WebContext) async throws -> Response {
        let id = context.id("id")
        guard let attachment = try await workspace.database.read({ db in try db.attachment(id) }) else {
            return try await workspace.gone(request, try context.signedIn)
        }
        return try await .file(attachment.digest, name: attachment.name, type: attachment.contentType, from: workspace.files, for: request)
    }

    /// The page that everybody checks receipts on, with this one: what the customer has in hand, and not the customer's own page.
    private func receipt(_ request: Request, _ context: WebContext) async throws -> Response {
        let id = context.id("id")
        guard let document = try await workspace.database.read({ db in try db.receipt(attachment: id) }) else {
            return try await workspace.gone(request, try context.signedIn)
        }
        return .redirect(see: "/verify?receipt=\(Base64URL.encode(document))")
    }
}

extension Workspace {
    /// A mail as it came; nil when there is none of that number.
    func original(_ id: Int64, withPictures: Bool = false) async throws -> OriginalMail? {
        guard let entry = try await database.read({ db in try db.inboxEntry(id) }) else { return nil }
        let start = try await inbox.beginning(of: entry, bytes: OriginalMail.startBytes)
        return try await inbox.reading(entry) { email in
            var pictures: [String: OriginalMail.Picture] = [:]
            if withPictures, let email { pictures = try await files.disk.run { try OriginalMail.pictures(of: email) } }
            return OriginalMail(entry: entry, start: start, email: email, pictures: pictures)
        }
    }

    /// The mail as a file, byte for byte.
    func answer(bytesOf id: Int64, _ request: Request, _ context: WebContext) async throws -> Response {
        guard let entry = try await database.read({ db in try db.inboxEntry(id) }) else {
            return try await gone(request, try context.signedIn)
        }
        let name = "mail-\(entry.id).eml"
        guard let raw = try await inbox.inline(entry) else {
            return try await .file(entry.digest, name: name, type: "message/rfc822", from: files, for: request)
        }
        let headers: HTTPFields = [
            .contentType: "message/rfc822", .contentDisposition: Response.disposition(name, isInline: false),
            .contentSecurityPolicy: "default-src 'none'; sandbox", .cacheControl: "no-store",
        ]
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: raw)))
    }

    /// The page around the frame.
    func answer(original mail: OriginalMail, at place: OriginalMail.Place, _ request: Request, _ context: WebContext) async throws
        -> Response
    {
        let agent = try context.signedIn
        let page = pages(for: agent).original(mail, at: place, showsImages: Self.showsImages(request))
        return try await answer(page, request, agent)
    }

    /// The mail itself, for a sandboxed frame. The policy is sandboxed too, so that opening the address alone is as harmless.
    func answer(frame mail: OriginalMail, _ request: Request, _ context: WebContext) -> Response {
        let showsImages = Self.showsImages(request)
        var response = Response.page(mail.document(style: layout.style, showsImages: showsImages), for: request)
        response.headers[.contentSecurityPolicy] = OriginalMail.policy(showsImages: showsImages)
        // the sender must not learn from which page a picture was fetched
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }

    private static func showsImages(_ request: Request) -> Bool { URLEncoded.value("images", in: request.uri.query) == "1" }
}
