import Crypto
import Foundation

/// Signs requests by AWS Signature Version 4, with the signature in a header and the body's digest signed with it.
///
/// See "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk" in the Amazon S3 API Reference.
struct S3Signature: Sendable {
    var accessKey: String
    var secretKey: String
    var region: String

    /// The headers to send: the request's own, those that the signature needs, and the signature.
    ///
    /// - Parameters:
    ///   - host: exactly as it is sent.
    ///   - now: stores refuse what differs from their own clock by more than 15 minutes.
    func headers(for request: S3Request, host: String, at now: Date) -> [(name: String, value: String)] {
        let moment = S3Time.stamp(now)
        var headers = request.headers
        headers += [("host", host), ("x-amz-content-sha256", request.bodyDigest), ("x-amz-date", moment)]
        headers.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let names = headers.map(\.name).joined(separator: ";")
        let scope = "\(moment.prefix(8))/\(region)/s3/aws4_request"
        let canonical = Self.canonical(request, headers: headers, names: names)
        let text = "AWS4-HMAC-SHA256\n\(moment)\n\(scope)\n\(FileStore.hexadecimal(SHA256.hash(data: Array(canonical.utf8))))"
        let signature = FileStore.hexadecimal(Self.code(text, key: key(day: String(moment.prefix(8)))))
        headers.append(
            ("authorization", "AWS4-HMAC-SHA256 Credential=\(accessKey)/\(scope), SignedHeaders=\(names), Signature=\(signature)"))
        return headers
    }

    /// The one form of a request on which both sides agree.
    private static func canonical(_ request: S3Request, headers: [(name: String, value: String)], names: String) -> String {
        let lines = headers.map { "\($0.name):\($0.value.trimmingCharacters(in: .whitespaces))\n" }.joined()
        return [request.method.rawValue, request.escapedPath, request.escapedQuery, lines, names, request.bodyDigest]
            .joined(separator: "\n")
    }

    /// Good for one day, one region and S3 alone, so that a signature never gives away the secret key.
    private func key(day: String) -> [UInt8] {
        [day, region, "s3", "aws4_request"].reduce(Array("AWS4\(secretKey)".utf8)) { Self.code($1, key: $0) }
    }

    private static func code(_ text: String, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }
}
