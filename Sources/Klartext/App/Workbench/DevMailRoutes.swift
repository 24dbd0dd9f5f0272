import Foundation
import HTTPTypes
import Hummingbird
import Mail
import Storage

/// The mail catcher: every letter as a customer would get it, and a way to write as one, so that the whole story of a mail can be played
/// without a mail server. In development alone.
struct DevMailRoutes: Sendable {
    let desk: Desk
    let pages: DevMailPages

    init(_ desk: Desk, layout: DeskLayout) {
        self.desk = desk
        pages = DevMailPages(layout: layout, voices: desk.voices, company: desk.configuration.company)
    }

    /// Adds nothing at all unless the instance is one for development.
    func add(to router: Router<WebContext>) {
        guard desk.configuration.isDevelopment else { return }
        router.get("/dev/mail") { request, context in try await list(request, context) }
        router.post("/dev/mail") { request, context in try await write(request, context) }
        router.get("/dev/mail/:id") { request, context in try await show(request, context) }
        router.get("/dev/mail/:id/html") { request, context in try await html(request, context) }
        router.post("/dev/mail/:id/reply") { request, context in try await reply(request, context) }
    }

    private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let letters = try await desk.database.read { db in try db.latestLetters(limit: DevMailPages.mostLetters) }
        let isKept = URLEncoded.value("kept", in: request.uri.query) != nil
        return .page(pages.list(letters, isKept: isKept, context.language), for: request, language: context.language)
    }

    private func letter(_ context: WebContext) async throws -> (letter: Letter, content: LetterContent) {
        let id = context.parameters.get("id").flatMap { Int64($0) } ?? 0
        let (letter, content) = try await desk.database.read { db in try (db.letter(id), db.letterContent(id)) }
        guard let letter, let content else { throw HTTPError(.notFound) }
        return (letter, content)
    }

    private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (letter, content) = try await letter(context)
        let source = try await desk.outbox.render(letter).rendered()
        return .page(pages.letter(letter, content, source: source, context.language), for: request, language: context.language)
    }

    /// The HTML part as it is sent, for the frame: it may show itself and do nothing.
    private func html(_ request: Request, _ context: WebContext) async throws -> Response {
        let (letter, content) = try await letter(context)
        let html = LetterLayout.html(
            content.body, company: desk.mailboxes[letter.mailbox].company,
            signature: desk.mailboxes[letter.mailbox].signature(letter.language), language: letter.language)
        var response = Response.page(html, for: request, language: letter.language)
        response.headers[.contentSecurityPolicy] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }

    private func reply(_ request: Request, _ context: WebContext) async throws -> Response {
        let (letter, text) = (try await letter(context).letter, try await Form.read(request, context).text("text"))
        guard let customer = Address(letter.recipient, name: letter.recipientName) else { throw HTTPError(.unprocessableContent) }
        let answered = MessageID(rawValue: letter.messageID)
        try await keep(
            from: customer, to: letter.replyTo.flatMap { Address($0) } ?? desk.mailbox.address, subject: "Re: " + letter.subject,
            text: text,
            inReplyTo: answered, references: letter.thread.map { MessageID(rawValue: $0) } + [answered])
        return .redirect(see: "/dev/mail?kept=yes")
    }

    private func write(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form.read(request, context)
        guard let customer = Address(form.trimmed("address"), name: form.trimmed("name")) else {
            let letters = try await desk.database.read { db in try db.latestLetters(limit: DevMailPages.mostLetters) }
            let draft = DevMailPages.Draft(
                address: form.trimmed("address"), name: form.trimmed("name"), subject: form.trimmed("subject"), text: form.text("text"),
                isRefused: true)
            let page = pages.list(letters, draft, isKept: false, context.language)
            return .page(page, for: request, status: .unprocessableContent, language: context.language)
        }
        try await keep(from: customer, to: desk.mailbox.address, subject: form.trimmed("subject"), text: form.text("text"))
        return .redirect(see: "/dev/mail?kept=yes")
    }

    /// Puts a mail into the inbox as a mail server would.
    private func keep(
        from customer: Address, to recipient: Address, subject: String, text: String, inReplyTo: MessageID? = nil,
        references: [MessageID] = []
    ) async throws {
        let id = MessageID(rawValue: "\(SignIn.newSecret().prefix(26))@\(customer.domain)")
        let draft = Draft(
            from: customer, to: [recipient], subject: subject, messageID: id, inReplyTo: inReplyTo, references: references,
            date: desk.clock.now(),
            text: text)
        let arrival = Inbox.Arrival(door: "form", sender: customer.mailbox, recipients: [recipient.mailbox], raw: try draft.rendered())
        try await desk.inbox.keep(arrival)
    }
}
