import HTTPTypes
import Hummingbird
import NIOCore

extension Form {
    /// Reads the form a request carries: `application/x-www-form-urlencoded`, or `multipart/form-data` (RFC 7578) whose files go to the
    /// disk while they arrive.
    ///
    /// - Parameters:
    ///   - context: remembers the form, so that it can be given back where it cannot be stored.
    ///   - files: where files go; nil where a form has none.
    /// - Throws: `FormError`, or what the connection says when it breaks.
    static func read(
        _ request: Request, _ context: WebContext, limits: FormLimits = .standard, files: FileStore? = nil
    ) async throws -> Form {
        try await read(request, context, limits: limits, intake: files.map(FileIntake.kept) ?? .refused)
    }

    /// The same, with another fate for the files.
    static func read(_ request: Request, _ context: WebContext, limits: FormLimits, intake: FileIntake) async throws -> Form {
        context.typed.begin()
        let form = try await parse(request, limits: limits, intake: intake)
        context.typed.keep(form)
        return form
    }

    /// The same without a context; nobody remembers then that the body was read, which it can be once.
    static func parse(_ request: Request, limits: FormLimits = .standard, files: FileStore? = nil) async throws -> Form {
        try await parse(request, limits: limits, intake: files.map(FileIntake.kept) ?? .refused)
    }

    private static func parse(_ request: Request, limits: FormLimits, intake: FileIntake) async throws -> Form {
        let type = MediaType(request.headers[.contentType] ?? "")
        switch type.essence {
        case "application/x-www-form-urlencoded":
            return try await BodyReader.read(request.body, limits: limits) { try await readURLEncoded($0, limits: limits) }
        case "multipart/form-data":
            guard let boundary = type.parameters["boundary"], (1...70).contains(boundary.utf8.count) else { throw FormError.malformed }
            return try await BodyReader.read(request.body, limits: limits) { body in
                var reader = MultipartFormReader(boundary: boundary, limits: limits, intake: intake) { try await body.next() }
                return try await reader.read { body.isCutShort }
            }
        default:
            throw FormError.unsupportedType
        }
    }

    private static func readURLEncoded(_ body: BodyReader, limits: FormLimits) async throws -> Form {
        var form = Form()
        var bytes: [UInt8] = []
        while let piece = try await body.next() {
            let room = limits.fieldBytes - bytes.count
            bytes.append(contentsOf: piece.readableBytesView.prefix(room))
            if piece.readableBytes > room { form.report(.fieldsTooLarge(limitBytes: limits.fieldBytes)) }
        }
        if body.isCutShort { form.report(.bodyTooLarge(limitBytes: limits.bodyBytes)) }
        let (fields, isWhole) = URLEncoded.decode(bytes, limit: limits.fieldCount)
        for (name, value) in fields { form.fields[name, default: []].append(value) }
        if !isWhole { form.report(.tooManyFields(limit: limits.fieldCount)) }
        return form
    }

    /// Each problem once.
    mutating func report(_ problem: Problem) {
        if !problems.contains(problem) { problems.append(problem) }
    }
}
