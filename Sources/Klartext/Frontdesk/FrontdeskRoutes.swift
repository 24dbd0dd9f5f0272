import Foundation
import HTTPTypes
import Hummingbird

/// The table of everything customers can reach: open to everybody, or to whoever holds a private link.
struct FrontdeskRoutes: Sendable {
    var frontdesk: Frontdesk
    var pages: FrontdeskPages

    func add(to router: Router<WebContext>) {
        router.get("/") { request, context in
            let visit = Visit(request, context)
            return Response.page(pages.home(frontdesk.forms.types, visit), for: request, language: visit.language)
        }
        RequestRoutes(frontdesk: frontdesk, pages: pages).add(to: router)
        StatusRoutes(frontdesk: frontdesk, pages: pages).add(to: router)
        UploadRoutes(frontdesk: frontdesk).add(to: router)
        VerifyRoutes(frontdesk: frontdesk, pages: pages).add(to: router)
        KeptRoutes(frontdesk: frontdesk, pages: pages).add(to: router)
        LostRoutes(frontdesk: frontdesk, pages: pages).add(to: router)
    }

    /// The page around an error, for everybody.
    func errorPage(_ notice: ErrorNotice, _ context: WebContext) -> HTML {
        pages.error(notice, Visit(language: context.language, isChosen: false))
    }
}

extension Frontdesk {
    /// Reads a form with its files: those that came, and those that have waited in it since it was rejected.
    func read(_ request: Request, _ context: WebContext) async throws -> (form: Form, files: KeptFiles) {
        var limits = FormLimits()
        limits.fileBytes = rules.fileBytes
        limits.fileCount = rules.fileCount
        // enough to find the fields behind files that are far too large
        limits.bodyBytes = max(limits.bodyBytes, rules.fileBytes * 4)
        // the whole of the files over a poor mobile connection; a client that stalls is given up long before
        limits.totalSeconds = 900
        let form = try await Form.read(request, context, limits: limits, files: files)
        let (now, key) = (clock.now(), seal.derivedKey(UploadTicket.formPurpose))
        var kept = KeptFiles(
            kept: form.values("kept").prefix(rules.fileCount).map {
                UploadTicket($0, key: key, now: now, maxAgeSeconds: rules.keptFileSeconds)
            },
            removed: Set(form.values("remove").compactMap { Int($0) }),
            new: form.files("files").map { UploadTicket($0, at: now) }, rules: rules)
        for problem in form.problems { kept.add(FormProblem(problem)) }
        return (form, kept)
    }
}

extension UploadTicket {
    /// What the key that signs files waiting in customers' forms is derived for.
    static let formPurpose = "upload"

    fileprivate init(_ file: UploadedFile, at now: Date) {
        self.init(digest: file.stored.digest, name: file.name, sizeBytes: file.stored.sizeBytes, type: file.type, issuedAt: now)
    }
}

extension FormProblem {
    fileprivate init(_ problem: Form.Problem) {
        switch problem {
        case .filesTooLarge(_, let names): self = .filesLeftOut(names: names)
        case .tooManyFiles(let limit): self = .tooManyFiles(limit: limit)
        case .filesNotStored(let names): self = .filesNotStored(names: names)
        case .filesNotAccepted, .fieldsTooLarge, .tooManyFields, .bodyTooLarge: self = .formTooLarge
        }
    }
}

extension Response {
    /// Says when to come again, in whole seconds (RFC 9110, 10.2.3).
    mutating func retry(after date: Date, now: Date) {
        headers[.retryAfter] = String(max(1, Int(date.timeIntervalSince(now).rounded(.up))))
    }
}
