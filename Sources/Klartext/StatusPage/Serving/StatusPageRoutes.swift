import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Serves the published set from memory: the database is not on this path, nor is a cookie, a session or a language guessed from a header.
///
/// Found below `/status/` on every host, and at the root of the page's own host where it has one.
struct StatusPageRoutes: RouterMiddleware {
    typealias Context = WebContext

    let shelf: StatusPageShelf
    /// The page's own host, in lower case, with its port where it is not the usual one; nil where it has none.
    private let host: String?
    /// What stands before the paths of the set on its own host: empty, or `/path`.
    private let ownPrefix: String
    private static let prefix = "/status"
    /// Stands for the root without its slash; no file is called so.
    private static let noSlash = "/"

    /// - Parameter url: the page's address; `deskURL`: that of everything else.
    init(shelf: StatusPageShelf, url: String, deskURL: String) {
        self.shelf = shelf
        let (own, desk) = (Self.authority(of: url), Self.authority(of: deskURL))
        host = own.authority == desk.authority ? nil : own.authority
        ownPrefix = own.path
    }

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        guard let path = path(request.uri.path, authority: request.head.authority) else { return try await next(request, context) }
        if path == Self.noSlash { return Self.moved(to: request.uri.path + "/") }
        guard request.method == .get || request.method == .head else { return try await next(request, context) }
        context.coreContext.endpointPath.value = "status page"
        guard let set = shelf.current else { return Self.nothingYet }
        if let file = set.files[path.hasSuffix("/") || path.isEmpty ? path + "index.html" : path] {
            return respond(file, path, to: request)
        }
        if path.isEmpty || set.files["\(path)/index.html"] == nil { return try await next(request, context) }
        // As every web server does with a directory: links on its page are relative.
        return Self.moved(to: request.uri.path + "/")
    }

    private static func moved(to path: String) -> Response {
        Response(status: .movedPermanently, headers: [.location: path, .cacheControl: caching, .contentLength: "0"])
    }

    /// The path below the root of the set; nil for what is not ours.
    func path(_ path: String, authority: String?) -> String? {
        if path.utf8.starts(with: "\(Self.prefix)/".utf8) { return String(path.dropFirst(Self.prefix.count + 1)) }
        if path == Self.prefix { return Self.noSlash }
        guard let host, let asked = authority, asked.utf8.map(lowercased).elementsEqual(host.utf8) else { return nil }
        if !ownPrefix.isEmpty, path == ownPrefix { return Self.noSlash }
        guard path.utf8.starts(with: "\(ownPrefix)/".utf8) else { return nil }
        return String(path.dropFirst(ownPrefix.count + 1))
    }

    private func respond(_ file: StatusPageSet.File, _ path: String, to request: Request) -> Response {
        let packed = Gzip.isAccepted(request.headers[.acceptEncoding]) ? file.packed : nil
        let body = packed ?? file.plain
        let tag = "\"\(file.tag)\(packed == nil ? "" : "-gzip")\""
        var headers: HTTPFields = [
            .contentType: file.mediaType, .eTag: tag, .lastModified: Instant.http(file.changedAt), .vary: "Accept-Encoding",
            .cacheControl: Self.caching, .contentSecurityPolicy: Self.policy(file.mediaType, path),
        ]
        if let language = Self.language(of: path, file.mediaType) { headers[.contentLanguage] = language }
        // Everybody may read it from his own page: without this, widgets of others fail. Pages are for people.
        if !file.mediaType.hasPrefix("text/html") { headers[.accessControlAllowOrigin] = "*" }
        if isUnchanged(request, tag, file) { return Response(status: .notModified, headers: headers) }
        if packed != nil { headers[.contentEncoding] = "gzip" }
        headers[.contentLength] = String(body.readableBytes)
        return Response(status: .ok, headers: headers, body: request.method == .head ? .init() : .init(byteBuffer: body))
    }

    /// The tag decides where there is one (RFC 9110, 13.1.3). A date is compared as text: we only ever gave out our own.
    private func isUnchanged(_ request: Request, _ tag: String, _ file: StatusPageSet.File) -> Bool {
        if let tags = request.headers[.ifNoneMatch] { return ETag.matches(tags, tag) }
        return request.headers[.ifModifiedSince] == Instant.http(file.changedAt)
    }

    /// Ten seconds in caches, and a day when we cannot be reached (RFC 5861).
    private static let caching = "public, max-age=10, s-maxage=10, stale-while-revalidate=30, stale-if-error=86400"

    /// What a page may run stands in the page itself, with the digests of what it was made with; here only who may frame it.
    private static func policy(_ mediaType: String, _ path: String) -> String {
        if mediaType.hasPrefix("text/html") { return path.contains("embed/") ? "frame-ancestors *" : "frame-ancestors 'self'" }
        return "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    }

    private static func language(of path: String, _ mediaType: String) -> String? {
        guard mediaType.hasPrefix("text/html") else { return nil }
        return Language.allCases.map(\.rawValue).first { path.utf8.starts(with: "\($0)/".utf8) }
    }

    private static var nothingYet: Response {
        Response(
            status: .serviceUnavailable,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store", .retryAfter: "10"],
            body: .init(byteBuffer: ByteBuffer(string: "No status has been published yet.\n")))
    }

    /// `host:port` without the scheme's own port, and the path, of `https://host/path`.
    private static func authority(of url: String) -> (authority: String, path: String) {
        let isSecure = url.hasPrefix("https:")
        let rest = url.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2)
        let authority = String(decoding: rest.prefix { $0 != UInt8(ascii: "/") }.map(lowercased), as: UTF8.self)
        let path = String(decoding: rest.drop { $0 != UInt8(ascii: "/") }, as: UTF8.self)
        let usual = isSecure ? ":443" : ":80"
        return (authority.hasSuffix(usual) ? String(authority.dropLast(usual.count)) : authority, path == "/" ? "" : path)
    }
}
