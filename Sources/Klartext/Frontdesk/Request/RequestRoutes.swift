import Foundation
import HTTPTypes
import Hummingbird
import Mail
import Storage

/// The form for a new request.
struct RequestRoutes: Sendable {
    var frontdesk: Frontdesk
    var pages: FrontdeskPages

    func add(to router: Router<WebContext>) {
        router.get("/request") { request, context in
            let visit = Visit(request, context)
            let page = FrontdeskPages.RequestPage(form: RequestForm(language: visit.language), stamp: frontdesk.newStamp())
            return Response.page(pages.request(page, visit), for: request, language: visit.language)
        }
        router.post("/request") { request, context in try await post(request, context) }
    }

    private func post(_ request: Request, _ context: WebContext) async throws -> Response {
        let (visit, now) = (Visit(request, context), frontdesk.clock.now())
        let (form, files) = try await frontdesk.read(request, context)
        let typed = RequestForm(form, otherwise: visit.language)
        let stamp = FormStamp(form.text("started"), seal: frontdesk.seal, now: now)
        // a form that comes back keeps its stamp, so that time runs on for whoever was too quick
        var page = FrontdeskPages.RequestPage(form: typed, files: files, stamp: stamp ?? frontdesk.newStamp(isFresh: false))
        page.problems = typed.problems(frontdesk.rules)
        guard page.allProblems.isEmpty, let sender = Address(typed.address) else { return reject(page, visit, request) }
        guard let stamp, now.timeIntervalSince(stamp.issuedAt) >= frontdesk.rules.fewestSeconds else {
            page.problems = [stamp == nil ? .stale : .tooFast]
            return reject(page, visit, request)
        }
        do {
            let receipt = try await frontdesk.submit(
                Frontdesk.Submission(form: typed, sender: sender, files: files.files, stamp: stamp, remote: context.remoteAddress))
            return accept(receipt, visit, request)
        } catch let error as TooMany {
            page.problems = [.tooMany(until: error.until)]
            var response = reject(page, visit, request, status: .tooManyRequests)
            response.retry(after: error.until, now: now)
            return response
        } catch let error as StorageError {
            // sent again, it is taken once, whatever became of it this time
            context.logger.error("a request could not be stored", metadata: ["error": "\(error)"])
            page.problems = [.notStored]
            return reject(page, visit, request, status: .serviceUnavailable)
        }
    }

    private func reject(
        _ page: FrontdeskPages.RequestPage, _ visit: Visit, _ request: Request, status: HTTPResponse.Status = .unprocessableContent
    ) -> Response {
        .page(pages.request(page, visit), for: request, status: status, language: visit.language)
    }

    /// The confirmation, which holds the private link: its address must not travel on.
    private func accept(_ receipt: Tickets.Receipt, _ visit: Visit, _ request: Request) -> Response {
        var response = Response.page(pages.received(receipt, visit), for: request, language: visit.language)
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.robotsTag] = "noindex, nofollow"
        return response
    }
}

extension RequestForm {
    fileprivate init(_ form: Form, otherwise language: Language) {
        self.init(
            subject: form.trimmed("subject").onOneLine, text: form.text("text"), name: form.trimmed("name").onOneLine,
            address: form.trimmed("email"), language: Language(rawValue: form.text("language")) ?? language, trap: form.text("website"))
    }
}
