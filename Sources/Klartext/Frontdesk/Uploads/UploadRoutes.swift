import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Uploads that can be resumed: the core of tus 1.0 and its extension "creation" (https://tus.io/protocols/resumable-upload).
///
/// What is ours: the answer to the last piece brings `Upload-Ticket`, which a form takes in its field `kept`.
struct UploadRoutes: Sendable {
    var frontdesk: Frontdesk

    func add(to router: Router<WebContext>) {
        router.on("/uploads", method: .options) { _, _ in options() }
        router.post("/uploads") { request, context in try await answered { try await create(request, context) } }
        router.head("/uploads/:token") { request, context in try await answered { try await look(request, context) } }
        router.patch("/uploads/:token") { request, context in try await answered { try await append(request, context) } }
    }

    private func options() -> Response {
        let headers: HTTPFields = [
            .tusResumable: Self.version, .tusVersion: Self.version, .tusExtension: "creation",
            .tusMaxSize: String(frontdesk.rules.fileBytes),
        ]
        return Response(status: .noContent, headers: headers)
    }

    private func create(_ request: Request, _ context: WebContext) async throws -> Response {
        try expectVersion(request)
        guard let size = request.headers[.uploadLength].flatMap({ Int($0) }),
            let metadata = UploadMetadata.read(request.headers[.uploadMetadata] ?? "")
        else { throw UploadRefusal.malformed }
        let token = try await frontdesk.beginUpload(
            name: metadata["filename"] ?? "", type: metadata["filetype"], sizeBytes: size, from: context.remoteAddress)
        return Response(status: .created, headers: [.location: "/uploads/\(token)", .cacheControl: "no-store"])
    }

    private func look(_ request: Request, _ context: WebContext) async throws -> Response {
        try expectVersion(request)
        let upload = try await frontdesk.upload(context.uploadToken)
        return Response(status: .ok, headers: headers(of: upload))
    }

    private func append(_ request: Request, _ context: WebContext) async throws -> Response {
        try expectVersion(request)
        guard request.headers[.contentType] == "application/offset+octet-stream" else { return Response(status: .unsupportedMediaType) }
        guard let offset = request.headers[.uploadOffset].flatMap({ Int($0) }) else { throw UploadRefusal.malformed }
        var upload = try await frontdesk.upload(context.uploadToken)
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let refusal = upload.refusal(offset: offset, length: length) { throw refusal }
        if !upload.isWhole { upload = try await receive(request, upload) }
        var headers = headers(of: upload)
        if upload.isWhole { headers[.uploadTicket] = try await frontdesk.finish(upload) }
        return Response(status: .noContent, headers: headers)
    }

    private func receive(_ request: Request, _ upload: Upload) async throws -> Upload {
        var limits = FormLimits()
        // One byte more than fits is enough to know that it is too much.
        limits.bodyBytes = upload.sizeBytes - upload.receivedBytes + 1
        limits.totalSeconds = 900
        return try await frontdesk.append(to: upload) { [limits] sink in
            try await BodyReader.read(request.body, limits: limits) { body in
                while let piece = try await body.next() { try await sink.write(piece) }
                if body.isCutShort { throw UploadRefusal.tooLarge(limitBytes: upload.sizeBytes) }
            }
        }
    }

    private func headers(of upload: Upload) -> HTTPFields {
        [.uploadOffset: String(upload.receivedBytes), .uploadLength: String(upload.sizeBytes), .cacheControl: "no-store"]
    }

    private static let version = "1.0.0"

    private func expectVersion(_ request: Request) throws {
        guard request.headers[.tusResumable] == Self.version else { throw WrongVersion() }
    }

    private struct WrongVersion: Error {}

    /// Errors as the protocol has them: a status for a program, not a page for a person.
    private func answered(_ work: () async throws -> Response) async throws -> Response {
        var response: Response
        do {
            response = try await work()
        } catch is WrongVersion {
            response = Response(status: .preconditionFailed, headers: [.tusVersion: Self.version])
        } catch let refusal as UploadRefusal {
            response = answer(to: refusal)
        }
        response.headers[.tusResumable] = Self.version
        return response
    }

    private func answer(to refusal: UploadRefusal) -> Response {
        switch refusal {
        case .gone: return Response(status: .notFound, headers: [.cacheControl: "no-store"])
        case .otherOffset(let offset): return Response(status: .conflict, headers: [.uploadOffset: String(offset)])
        case .tooLarge(let limit): return Response(status: .contentTooLarge, headers: [.tusMaxSize: String(limit)])
        case .malformed: return Response(status: .badRequest)
        case .tooMany(let until):
            var response = Response(status: .tooManyRequests)
            response.retry(after: until, now: frontdesk.clock.now())
            return response
        }
    }
}

extension WebContext {
    fileprivate var uploadToken: String { parameters.get("token") ?? "" }
}

extension HTTPField.Name {
    fileprivate static let tusResumable = HTTPField.Name("Tus-Resumable")!
    fileprivate static let tusVersion = HTTPField.Name("Tus-Version")!
    fileprivate static let tusExtension = HTTPField.Name("Tus-Extension")!
    fileprivate static let tusMaxSize = HTTPField.Name("Tus-Max-Size")!
    fileprivate static let uploadLength = HTTPField.Name("Upload-Length")!
    fileprivate static let uploadOffset = HTTPField.Name("Upload-Offset")!
    fileprivate static let uploadMetadata = HTTPField.Name("Upload-Metadata")!
    fileprivate static let uploadTicket = HTTPField.Name("Upload-Ticket")!
}
