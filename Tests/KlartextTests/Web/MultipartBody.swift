import NIOCore

/// A multipart body made while it is read, in small pieces, so that a test holds no more of it than the server.
struct MultipartBody: AsyncSequence, Sendable {
    struct Part: Sendable {
        var header: String
        var text: String?
        var fillerBytes = 0

        static func field(_ name: String, _ text: String) -> Part {
            Part(header: "Content-Disposition: form-data; name=\"\(name)\"", text: text)
        }

        static func file(_ field: String, _ name: String, _ type: String, bytes: Int) -> Part {
            Part(
                header: "Content-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\nContent-Type: \(type)", text: nil,
                fillerBytes: bytes)
        }
    }

    static let boundary = "----formBoundary7MA4YWxkTrZu0gW"
    private let parts: [Part]

    init(_ parts: [Part]) { self.parts = parts }

    /// What files are filled with: half boundaries, over and over.
    static func filler(_ count: Int) -> [UInt8] {
        let (whole, rest) = count.quotientAndRemainder(dividingBy: fillerPiece.count)
        return Array([[UInt8]](repeating: fillerPiece, count: whole).joined()) + fillerPiece.prefix(rest)
    }

    private static let fillerPiece = Array(String(repeating: "\r\n------formBoundary7MA4YWxkTrZu0g\r\r\n-", count: 800).utf8)

    struct AsyncIterator: AsyncIteratorProtocol {
        var parts: ArraySlice<Part>
        var fillerLeft = 0
        var isBody = false
        var isEnded = false

        mutating func next() async throws -> ByteBuffer? {
            if fillerLeft > 0 {
                let piece = MultipartBody.fillerPiece.prefix(fillerLeft)
                fillerLeft -= piece.count
                return ByteBuffer(bytes: piece)
            }
            if isBody {
                isBody = false
                return ByteBuffer(string: "\r\n")
            }
            guard let part = parts.popFirst() else {
                if isEnded { return nil }
                isEnded = true
                return ByteBuffer(string: "--\(MultipartBody.boundary)--\r\n")
            }
            isBody = true
            fillerLeft = part.fillerBytes
            return ByteBuffer(string: "--\(MultipartBody.boundary)\r\n\(part.header)\r\n\r\n\(part.text ?? "")")
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(parts: parts[...]) }
}
