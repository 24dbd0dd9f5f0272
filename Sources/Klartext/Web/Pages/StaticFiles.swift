import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Serves `Public/` from memory. Paths are looked up in a dictionary, so there is no way out of the directory.
struct StaticFiles: RouterMiddleware {
    typealias Context = WebContext

    private struct File: Sendable {
        let plain: ByteBuffer
        let packed: ByteBuffer?
        let type: String
        /// The first 16 digits of the SHA-256.
        let version: String

        init(_ bytes: [UInt8], type: String) {
            plain = ByteBuffer(bytes: bytes)
            // Pictures and fonts are compressed already, and what saves nothing is not worth unpacking.
            packed = Gzip.compress(bytes, level: Gzip.fileLevel).flatMap { $0.count < bytes.count * 9 / 10 ? ByteBuffer(bytes: $0) : nil }
            self.type = type
            version = FileStore.hexadecimal(SHA256.hash(data: bytes).prefix(8))
        }
    }

    private let files: [String: File]
    /// Ours are a few hundred kilobytes; this is a wrong directory.
    private static let maximumBytes = 50_000_000

    /// Reads and compresses everything under the directory, leaving out what begins with a dot.
    init(directory: String) throws {
        var files: [String: File] = [:]
        var size = 0
        // a link to the directory, as one release follows another, would be read as empty
        let root = URL(fileURLWithPath: directory).resolvingSymlinksInPath()
        for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
            guard !path.split(separator: "/").contains(where: { $0.utf8.first == UInt8(ascii: ".") }) else { continue }
            let url = root.appendingPathComponent(path)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            let bytes = [UInt8](try Data(contentsOf: url))
            size += bytes.count
            guard size <= Self.maximumBytes else { throw StaticFilesError.tooLarge(directory: directory, limitBytes: Self.maximumBytes) }
            files["/\(path)"] = File(bytes, type: Self.type(of: path))
        }
        self.files = files
    }

    /// The address of a file with its version, under which browsers keep it for good: `/css/klartext.css?v=0123456789abcdef`.
    ///
    /// A file that is not there keeps its bare name, and shows up as a 404 in the log.
    func asset(_ path: String) -> String {
        guard let file = files["/\(path)"] else { return "/\(path)" }
        return "/\(path)?v=\(file.version)"
    }

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        guard request.method == .get || request.method == .head, let file = files[request.uri.path] else {
            return try await next(request, context)
        }
        context.coreContext.endpointPath.value = "static"
        return respond(file, request)
    }

    private func respond(_ file: File, _ request: Request) -> Response {
        let packed = Gzip.isAccepted(request.headers[.acceptEncoding]) ? file.packed : nil
        let body = packed ?? file.plain
        // Strong, so each representation has its own (RFC 9110, 8.8.3.3).
        let tag = "\"\(file.version)\(packed == nil ? "" : "-gzip")\""
        var headers: HTTPFields = [.contentType: file.type, .eTag: tag, .vary: "Accept-Encoding"]
        let isVersioned = URLEncoded.value("v", in: request.uri.query) == file.version
        headers[.cacheControl] = isVersioned ? "public, max-age=31536000, immutable" : "public, no-cache"
        if ETag.matches(request.headers[.ifNoneMatch], tag) { return Response(status: .notModified, headers: headers) }
        if packed != nil { headers[.contentEncoding] = "gzip" }
        headers[.contentLength] = String(body.readableBytes)
        return Response(status: .ok, headers: headers, body: request.method == .head ? .init() : .init(byteBuffer: body))
    }

    private static func type(of path: String) -> String {
        switch path.utf8.split(separator: UInt8(ascii: ".")).last.map({ String(decoding: $0, as: UTF8.self) }) {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "webp": "image/webp"
        case "ico": "image/vnd.microsoft.icon"
        case "woff2": "font/woff2"
        case "json", "webmanifest": "application/json"
        case "txt": "text/plain; charset=utf-8"
        case "html": "text/html; charset=utf-8"
        case "xml": "application/xml"
        default: "application/octet-stream"
        }
    }
}

enum StaticFilesError: Error {
    case tooLarge(directory: String, limitBytes: Int)
}
