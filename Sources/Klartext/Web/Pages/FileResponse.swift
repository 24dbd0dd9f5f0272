import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A stored file, as a download; pictures and plain text may open in the browser.
    ///
    /// Whatever the file holds, it runs nothing in our name: its type is not guessed at, and it opens in a sandbox of its own.
    ///
    /// - Parameters:
    ///   - name: as `FileName.safe` made it.
    ///   - type: as declared by whoever sent it.
    /// - Throws: `FileStoreError.missing`, or what the shelf says.
    static func file(
        _ digest: String, name: String, type: String, from store: FileStore, for request: Request
    ) async throws -> Response {
        let sizeBytes = try await store.sizeBytes(digest)
        // Of nothing nothing can be held back, so damage would go unseen.
        if sizeBytes == 0 { try await store.verify(digest) }
        let type = FileName.safeType(type)
        var headers: HTTPFields = [
            .contentType: type == "text/plain" ? "text/plain; charset=utf-8" : type,
            .contentDisposition: disposition(name, isInline: inlineTypes.contains(type)),
            .contentSecurityPolicy: "default-src 'none'; sandbox; frame-ancestors 'self'",
            .xContentTypeOptions: "nosniff",
            // A link can be revoked, so each use asks again; the tag spares the bytes.
            .cacheControl: "private, no-cache",
            .eTag: "\"\(digest)\"",
        ]
        if ETag.matches(request.headers[.ifNoneMatch], "\"\(digest)\"") { return Response(status: .notModified, headers: headers) }
        headers[.contentLength] = String(sizeBytes)
        if request.method == .head { return Response(status: .ok, headers: headers) }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(contentLength: sizeBytes) { writer in
                var out = writer
                try await store.read(digest) { try await out.write($0) }
                try await out.finish(nil)
            })
    }

    /// SVG is not among them: it can hold scripts.
    private static let inlineTypes: Set<String> = ["image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"]

    /// `attachment; filename="Ubersicht.pdf"; filename*=UTF-8''%C3%9Cbersicht.pdf` (RFC 6266, RFC 8187).
    static func disposition(_ name: String, isInline: Bool) -> String {
        let kind = isInline ? "inline" : "attachment"
        let plain = name.unicodeScalars.map { scalar -> String in
            scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F && !["\"", "\\", "%"].contains(scalar) ? String(scalar) : "_"
        }.joined()
        let isAttributeCharacter = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(lowercased(byte)) || "!#$&+-.^_`|~".utf8.contains(byte)
        }
        let encoded = name.utf8.map { byte -> String in
            isAttributeCharacter(byte) ? String(UnicodeScalar(byte)) : "%" + FileStore.hexadecimal([byte]).uppercased()
        }.joined()
        return "\(kind); filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }
}

extension FileStoreError: PublicError {
    /// A store that does not answer is back in a moment; everything else is our fault.
    private var isPassing: Bool { if case .bucket(let failure) = self { failure.isPassing } else { false } }

    var status: HTTPResponse.Status { isPassing ? .serviceUnavailable : .internalServerError }
    var textKey: TextKey { isPassing ? TextKey("error.unavailable") : TextKey("error.internal") }
}
