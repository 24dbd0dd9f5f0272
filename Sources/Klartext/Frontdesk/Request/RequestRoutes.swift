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
        for path in ["/request", "/request/:type"] {
            router.get(RouterPath(path)) { request, context in try show(request, context) }
            router.post(RouterPath(path)) { request, context in try await post(request, context) }
        }
        router.post("/request/:type/check") { request, context in try await check(request, context) }
    }

    /// The type that the address names; without a name the first one.
    private func type(_ context: WebContext) throws -> RequestType {
        let types = frontdesk.forms.types
        guard let id = context.parameters.get("type") else { return types[0] }
        guard let type = types.first(where: { $0.id == id }) else { throw LinkRefusal.unknown }
        return type
    }

    private func show(_ request: Request, _ context: WebContext) throws -> Response {
        let visit = Visit(request, context)
        let page = FrontdeskPages.RequestPage(
            type: try type(context), types: frontdesk.forms.types, form: RequestForm(language: visit.language), stamp: frontdesk.newStamp())
        return .page(pages.request(page, visit), for: request, language: visit.language)
    }

    /// Judges a value while it is typed. It changes nothing; it is no GET, so that no account number stands in anybody's log of addresses.
    private func check(_ request: Request, _ context: WebContext) async throws -> Response {
        let now = frontdesk.clock.now()
        let network = context.remoteAddress.map { "\($0.network)" } ?? ""
        // where the network is not known, everybody shares one name, which must not lock everybody out
        guard network.isEmpty || frontdesk.gate.lets(network, most: frontdesk.rules.checksPerMinute, at: now) else {
            var response = Response.json(FieldVerdict(ok: true, said: ""), status: .tooManyRequests)
            response.retry(after: now.addingTimeInterval(60), now: now)
            return response
        }
        let form = try await Form.read(request, context)
        let verdict = frontdesk.check(form.text("value"), of: form.text("field"), in: try type(context), Visit(request, context).language)
        guard let verdict else { throw LinkRefusal.unknown }
        return .json(verdict)
    }

    private func post(_ request: Request, _ context: WebContext) async throws -> Response {
        let (visit, now) = (Visit(request, context), frontdesk.clock.now())
        let type = try type(context)
        let (form, files) = try await frontdesk.read(request, context)
        let typed = RequestForm(form, type, otherwise: visit.language)
        let filled = FilledForm(type, typed: typed.typed, today: frontdesk.today)
        let stamp = FormStamp(form.text("started"), seal: frontdesk.seal, now: now)
        // a form that comes back keeps its stamp, so that time runs on for whoever was too quick
        var page = FrontdeskPages.RequestPage(
            type: type, types: frontdesk.forms.types, form: typed, files: files, stamp: stamp ?? frontdesk.newStamp(isFresh: false))
        page.problems = typed.problems(frontdesk.rules, type, filled)
        guard page.allProblems.isEmpty, let sender = Address(typed.address) else { return reject(page, visit, request) }
        guard let stamp, now.timeIntervalSince(stamp.issuedAt) >= frontdesk.rules.fewestSeconds else {
            page.problems = [stamp == nil ? .stale : .tooFast]
            return reject(page, visit, request)
        }
        do {
            let receipt = try await frontdesk.submit(
                Frontdesk.Submission(
                    form: typed, type: type, filled: filled, sender: sender, files: files.files, stamp: stamp, remote: context.remoteAddress
                ))
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
    fileprivate init(_ form: Form, _ type: RequestType, otherwise language: Language) {
        self.init(
            subject: form.trimmed("subject").onOneLine, text: form.text("text"), name: form.trimmed("name").onOneLine,
            address: form.trimmed("email"), language: Language(rawValue: form.text("language")) ?? language, trap: form.text("website"),
            typed: Dictionary(uniqueKeysWithValues: type.fields.map { ($0.id, form.text(Self.input($0.id))) }))
    }
}
