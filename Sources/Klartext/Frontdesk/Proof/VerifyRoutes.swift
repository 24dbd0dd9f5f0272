import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Receipts: for their owners behind the private link, and for everybody who holds one.
struct VerifyRoutes: Sendable {
    var frontdesk: Frontdesk
    var pages: FrontdeskPages

    static let keysPath = "/.well-known/klartext-receipt-keys.json"

    func add(to router: Router<WebContext>) {
        router.get("/t/:token/receipts/:id") { request, context in try await show(request, context) }
        router.get("/t/:token/receipts/:id/download") { request, context in try await download(request, context) }
        router.get("/verify") { request, context in try await ask(request, context) }
        router.post("/verify") { request, context in try await check(request, context) }
        router.get("/verify/sheet") { request, context in try await sheet(request, context) }
        router.get(RouterPath(Self.keysPath)) { _, _ in try await keys() }
    }

    private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let found = try await frontdesk.receipt(context.fileID, link: context.linkToken)
        var visit = Visit(request, context)
        if !visit.isChosen { visit.language = found.ticket.language }
        let path = "\(pages.links.path(found.ticket))/receipts/\(context.fileID)"
        let page = pages.receipt(.init(signed: found.signed, key: found.key), of: found.ticket, path: path, visit)
        return .page(page, for: request, language: visit.language)
    }

    private func download(_ request: Request, _ context: WebContext) async throws -> Response {
        let signed = try await frontdesk.receipt(context.fileID, link: context.linkToken).signed
        let headers: HTTPFields = [
            .contentType: "application/json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            .contentDisposition: Response.disposition(signed.receipt.documentName, isInline: false),
        ]
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: signed.document)))
    }

    /// The empty form; or, from a code on paper, the receipt with what can be said of it. Nothing is changed, and nothing is counted.
    private func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, context)
        guard let text = URLEncoded.value("receipt", in: request.uri.query) else {
            return .page(pages.verify(.init(), visit), for: request, language: visit.language)
        }
        let page = try await judged(VerifyForm(document: Self.decoded(text)))
        return respond(page, visit, request)
    }

    private func sheet(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, context)
        let page = try await judged(VerifyForm(document: Self.decoded(URLEncoded.value("receipt", in: request.uri.query) ?? "")))
        // On our paper stands only what we have signed.
        guard let signed = page.signed, case .genuine(let key) = page.verdict?.signature else { return respond(page, visit, request) }
        return .page(pages.sheet(.init(signed: signed, key: key), visit), for: request, language: visit.language)
    }

    private func check(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, context)
        do {
            try await frontdesk.countCheck(from: context.remoteAddress)
        } catch let error as TooMany {
            var page = FrontdeskPages.VerifyPage()
            page.problem = .tooMany(until: error.until)
            var response = respond(page, visit, request, status: .tooManyRequests)
            response.retry(after: error.until, now: frontdesk.clock.now())
            return response
        }
        let (form, isTooLarge) = try await frontdesk.readVerify(request, context)
        var page = FrontdeskPages.VerifyPage(form: form)
        if isTooLarge { page.problem = .fileTooLarge } else { page = try await judged(form) }
        return respond(page, visit, request)
    }

    private func judged(_ form: VerifyForm) async throws -> FrontdeskPages.VerifyPage {
        var page = FrontdeskPages.VerifyPage(form: form)
        do throws(ReceiptProblem) {
            page.signed = try SignedReceipt(Array(form.document.utf8))
        } catch {
            page.problem = .receipt(error)
            return page
        }
        if let signed = page.signed {
            page.verdict = try await frontdesk.receipts.judge(signed, file: form.file.map { (sha256: $0.sha256, sizeBytes: $0.sizeBytes) })
        }
        return page
    }

    private func respond(
        _ page: FrontdeskPages.VerifyPage, _ visit: Visit, _ request: Request, status: HTTPResponse.Status? = nil
    ) -> Response {
        let status = status ?? (page.problem == nil ? .ok : .unprocessableContent)
        return .page(pages.verify(page, visit), for: request, status: status, language: visit.language)
    }

    private func keys() async throws -> Response {
        let text = PublishedKeys(try await frontdesk.receipts.keys(), issuer: frontdesk.receipts.url).text
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "public, max-age=600"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// A receipt as codes carry it; anything else is shown as it came.
    private static func decoded(_ text: String) -> String {
        Base64URL.decode(text).map { String(repairing: $0) } ?? text
    }
}

extension Frontdesk {
    /// Reads the form of the page that checks: the receipt as text or as a file, and the file, of which nothing is kept but its digest.
    fileprivate func readVerify(_ request: Request, _ context: WebContext) async throws -> (form: VerifyForm, isTooLarge: Bool) {
        var limits = FormLimits()
        limits.fileBytes = rules.fileBytes + FlatJSON.mostBytes
        limits.fileCount = 2
        limits.bodyBytes = max(limits.bodyBytes, rules.fileBytes * 4)
        limits.totalSeconds = 900
        let form = try await Form.read(request, context, limits: limits, intake: .examined)
        let chosen = form.files("receiptFile").first.map { $0.content.map { String(repairing: $0) } ?? "?" }
        let file = form.files("file").first.map {
            VerifyForm.File(name: $0.name, sha256: $0.stored.digest, sizeBytes: $0.stored.sizeBytes)
        }
        return (VerifyForm(document: chosen ?? form.text("receipt"), file: file), !form.problems.isEmpty)
    }
}

extension WebContext {
    /// The private link's token, as the address has it.
    fileprivate var linkToken: String { parameters.get("token") ?? "" }
    fileprivate var fileID: Int64 { parameters.get("id").flatMap { Int64($0) } ?? 0 }
}
