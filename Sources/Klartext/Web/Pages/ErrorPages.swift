import HTTPTypes
import Hummingbird
import Logging

/// An error whose reason people may read, in their language.
protocol PublicError: Error {
    var status: HTTPResponse.Status { get }
    var textKey: TextKey { get }
    /// Fills the text's placeholders.
    var textValues: KeyValuePairs<String, String> { get }
}

extension PublicError {
    var textValues: KeyValuePairs<String, String> { [:] }
}

/// What an error page has to say.
struct ErrorNotice: Sendable {
    var status: HTTPResponse.Status
    /// The reason; one of `error.notFound`, `error.internal` and so on where the error itself has none to give.
    var textKey: TextKey
    var textValues: KeyValuePairs<String, String> = [:]
    /// To be quoted to us.
    var requestID: String
    /// What could not be stored through no fault of the person who typed it.
    var form: UnstoredForm?

    /// For an error caught at the edge. What is not meant for people becomes a 500 that says nothing of it.
    init(_ error: any Error, requestID: String) {
        self.requestID = requestID
        switch error {
        case let error as any PublicError:
            (status, textKey, textValues) = (error.status, error.textKey, error.textValues)
        case let error as any HTTPResponseError:
            status = error.status
            textKey = Self.textKey(of: error.status)
        default:
            status = .internalServerError
            textKey = Self.textKey(of: .internalServerError)
        }
    }

    private static func textKey(of status: HTTPResponse.Status) -> TextKey {
        switch status.code {
        case 404: TextKey("error.notFound")
        case 405: TextKey("error.methodNotAllowed")
        case 413: TextKey("error.tooLarge")
        case 429: TextKey("error.tooMany")
        case 503: TextKey("error.unavailable")
        case 400..<500: TextKey("error.badRequest")
        default: TextKey("error.internal")
        }
    }
}

/// Turns errors into pages: HTML for people, JSON or a line of text for programs.
struct ErrorPages: RouterMiddleware {
    typealias Context = WebContext

    let texts: TextCatalog
    /// The page around the notice.
    let page: @Sendable (ErrorNotice, WebContext) -> HTML

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            var notice = ErrorNotice(error, requestID: context.requestID)
            if notice.status.code >= 500 {
                context.logger.error("a request failed", metadata: ["error": "\(String(reflecting: error))"])
                notice.form = await context.typed.form(of: request, context).flatMap { UnstoredForm($0, path: request.uri.path) }
            }
            return respond(notice, request, context)
        }
    }

    private func respond(_ notice: ErrorNotice, _ request: Request, _ context: WebContext) -> Response {
        var response: Response
        switch Self.wanted(request.headers[.accept]) {
        case .html:
            response = .page(page(notice, context), for: request, status: notice.status, language: context.language)
        case .json:
            let body = ["error": texts[context.language](notice.textKey, notice.textValues), "request": notice.requestID]
            response = .json(body, status: notice.status)
        case .text:
            let text = texts[context.language](notice.textKey, notice.textValues)
            response = .text("\(text)\n", status: notice.status)
        }
        // The rest of such a request is not coming, or is not wanted.
        if notice.status == .requestTimeout { response.headers[.connection] = "close" }
        return response
    }

    private enum Kind { case html, json, text }

    /// Browsers say `text/html` in every navigation; programs say `*/*` or what they want.
    private static func wanted(_ accept: String?) -> Kind {
        let types = (accept ?? "").utf8.prefix(1024).split(separator: UInt8(ascii: ",")).map { MediaType(Array($0)).essence }
        if types.contains("text/html") { return .html }
        return types.contains("application/json") ? .json : .text
    }
}
