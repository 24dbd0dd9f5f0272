import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// How long others may keep a page.
enum PageCaching: Sendable {
    /// Not at all: what a person sees stays between us. The default.
    case never
    /// By anybody; revalidated with an ETag after `maxAgeSeconds`.
    case shared(maxAgeSeconds: Int)
}

extension Response {
    /// A page. Every HTML response is made here.
    ///
    /// Pages of 1 KiB and more are compressed where the browser says it can read that. Compressing a page that holds both a secret and
    /// an attacker's text can give the secret away by the size of the page (BREACH, 2013). Our pages hold no CSRF token, since
    /// `SameOriginGuard` needs none; links with a token stand only on the page that the same token opens.
    static func page(
        _ html: HTML, for request: Request, status: HTTPResponse.Status = .ok, language: Language? = nil, caching: PageCaching = .never
    ) -> Response {
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8"]
        if let language { headers[.contentLanguage] = language.rawValue }
        switch caching {
        case .never:
            headers[.cacheControl] = "no-store"
        case .shared(let maxAgeSeconds):
            // Weak, since the compressed and the plain page share it.
            let tag = "W/\"\(FileStore.hexadecimal(SHA256.hash(data: html.bytes).prefix(12)))\""
            headers[.cacheControl] = "public, max-age=\(maxAgeSeconds)"
            headers[.eTag] = tag
            headers[.vary] = "Accept-Encoding, Accept-Language, Cookie"
            if status == .ok, ETag.matches(request.headers[.ifNoneMatch], tag) { return Response(status: .notModified, headers: headers) }
        }
        return compressed(html.bytes, headers: headers, status: status, for: request)
    }

    /// `303 See Other`: the answer to a form that was accepted, so that reloading sends nothing twice.
    ///
    /// - Parameter path: a path of ours; anything that names another server becomes `/`.
    static func redirect(see path: String) -> Response {
        let isOurs = path.utf8.first == UInt8(ascii: "/") && HTML.isSafeLink(path)
        return Response(status: .seeOther, headers: [.location: isOurs ? path : "/", .cacheControl: "no-store"])
    }

    /// Plain text, not kept by anybody.
    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// JSON, not kept by anybody.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Our own values always encode; an empty object rather than a crash should one ever not.
        let data = (try? encoder.encode(value)) ?? Data("{}".utf8)
        return Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    private static func compressed(
        _ bytes: [UInt8], headers: HTTPFields, status: HTTPResponse.Status, for request: Request
    ) -> Response {
        var headers = headers
        if headers[.vary] == nil { headers[.vary] = "Accept-Encoding" }
        guard bytes.count >= 1024, Gzip.isAccepted(request.headers[.acceptEncoding]),
            let packed = Gzip.compress(bytes, level: Gzip.pageLevel)
        else {
            return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: packed)))
    }
}

/// Entity tags (RFC 9110, 8.8.3).
enum ETag {
    /// Whether an `If-None-Match` names the tag; the weak comparison, as that header wants it.
    static func matches(_ header: String?, _ tag: String) -> Bool {
        func strong(_ tag: some Collection<UInt8>) -> [UInt8] { Array(tag.starts(with: "W/".utf8) ? tag.dropFirst(2) : tag.dropFirst(0)) }
        guard let header else { return false }
        let wanted = strong(Array(tag.utf8))
        return header.utf8.prefix(4096).split(separator: UInt8(ascii: ",")).contains { candidate in
            let candidate = Array(candidate.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") })
            return candidate == [UInt8(ascii: "*")] || strong(candidate) == wanted
        }
    }
}
