import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// The page that a private link opens, and what can be done there.
struct StatusRoutes: Sendable {
    var frontdesk: Frontdesk
    var pages: FrontdeskPages

    func add(to router: Router<WebContext>) {
        router.get("/t/:token") { request, context in try await show(request, context) }
        router.post("/t/:token/messages") { request, context in try await add(request, context) }
        router.post("/t/:token/answer") { request, context in try await answer(request, context) }
        router.get("/t/:token/files/:id") { request, context in try await download(request, context) }
    }

    private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let view = try await frontdesk.view(link: context.token)
        var page = page(view)
        let said = URLEncoded.value("done", in: request.uri.query)
        page.flash = said.flatMap(FrontdeskPages.StatusPage.Flash.init(rawValue:))
        return respond(page, request, context)
    }

    private func add(_ request: Request, _ context: WebContext) async throws -> Response {
        let view = try await frontdesk.view(link: context.token)
        let (form, files) = try await frontdesk.read(request, context)
        var page = page(view)
        let stamp = FormStamp(form.text("started"), seal: frontdesk.seal, now: page.now)
        (page.text, page.files, page.stamp) = (form.text("text"), files, stamp ?? page.stamp)
        if let problem = RequestForm.problem(ofText: page.text, frontdesk.rules) { page.problems = [problem] }
        if page.text.isBlank, files.files.isEmpty, files.problems.isEmpty { page.problems = [.nothingAdded] }
        guard page.allProblems.isEmpty else { return respond(page, request, context, status: .unprocessableContent) }
        do {
            try await frontdesk.add(text: page.text, files: files.files, stamp: stamp, to: view.ticket.number)
            return back(to: view, done: .added, request, context)
        } catch let error as TooMany {
            page.problems = [.tooMany(until: error.until)]
            var response = respond(page, request, context, status: .tooManyRequests)
            response.retry(after: error.until, now: page.now)
            return response
        } catch let error as StorageError {
            context.logger.error("a message could not be stored", metadata: ["error": "\(error)"])
            page.problems = [.notStored]
            return respond(page, request, context, status: .serviceUnavailable)
        }
    }

    private func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        let view = try await frontdesk.view(link: context.token)
        let form = try await Form.read(request, context)
        let (tickets, number) = (frontdesk.tickets, view.ticket.number)
        let answer = FrontdeskPages.StatusPage.Flash(rawValue: form.text("answer"))
        switch answer {
        case .solved: try await tickets.markSolved(number)
        case .notSolved: try await tickets.markNotSolved(number)
        case .thanks: try await tickets.thank(number)
        // no button of ours
        case .added, nil: return back(to: view, done: nil, request, context)
        }
        return back(to: view, done: answer, request, context)
    }

    private func download(_ request: Request, _ context: WebContext) async throws -> Response {
        let id = context.parameters.get("id").flatMap { Int64($0) } ?? 0
        let attachment = try await frontdesk.attachment(id, link: context.token)
        return try await .file(
            attachment.digest, name: attachment.name, type: attachment.contentType, from: frontdesk.files, for: request)
    }

    private func page(_ view: CustomerView) -> FrontdeskPages.StatusPage {
        FrontdeskPages.StatusPage(view: view, now: frontdesk.clock.now(), stamp: frontdesk.newStamp())
    }

    private func respond(
        _ page: FrontdeskPages.StatusPage, _ request: Request, _ context: WebContext, status: HTTPResponse.Status = .ok
    ) -> Response {
        let visit = visit(page.view, request, context)
        return .page(pages.status(page, visit), for: request, status: status, language: visit.language)
    }

    private func back(to view: CustomerView, done: FrontdeskPages.StatusPage.Flash?, _ request: Request, _ context: WebContext) -> Response
    {
        let path = pages.links.path(view.ticket) + (done.map { "?done=\($0.rawValue)" } ?? "")
        return .redirect(see: visit(view, request, context).link(path))
    }

    /// The page speaks the ticket's language unless its address asks for another one.
    private func visit(_ view: CustomerView, _ request: Request, _ context: WebContext) -> Visit {
        var visit = Visit(request, context)
        if !visit.isChosen { visit.language = view.ticket.language }
        return visit
    }
}

extension WebContext {
    /// The private link's token, as the address has it.
    fileprivate var token: String { parameters.get("token") ?? "" }
}

extension LinkRefusal: PublicError {
    var status: HTTPResponse.Status {
        switch self {
        case .revoked: .gone
        case .unknown: .notFound
        }
    }

    var textKey: TextKey {
        switch self {
        case .revoked: .errorRevoked
        case .unknown: TextKey("error.notFound")
        }
    }
}
