import Foundation

/// One request to an S3-compatible store, before it is signed.
struct S3Request: Sendable {
    enum Method: String, Sendable { case get = "GET", head = "HEAD", put = "PUT", delete = "DELETE" }

    var method: Method
    /// As it is meant, not escaped: `/bucket/ab/cd`.
    var path: String
    /// As they are meant, not escaped; in any order.
    var query: [(name: String, value: String)] = []
    /// Names in lower case; each is signed. `host` and the `x-amz-` headers of the signature come by themselves.
    var headers: [(name: String, value: String)] = []
    /// SHA-256 of the body in lower-case hexadecimal.
    var bodyDigest = S3Request.emptyDigest

    /// SHA-256 of nothing.
    static let emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// Path and query as they are sent, and as they are signed: escaped, the query in the order of its escaped names.
    var target: String { escapedQuery.isEmpty ? escapedPath : "\(escapedPath)?\(escapedQuery)" }

    var escapedPath: String { Self.escaped(path, keepsSlash: true) }

    var escapedQuery: String {
        query.map { (Self.escaped($0.name), Self.escaped($0.value)) }
            .sorted { $0.0 == $1.0 ? Self.isBefore($0.1, $1.1) : Self.isBefore($0.0, $1.0) }
            .map { "\($0)=\($1)" }.joined(separator: "&")
    }

    /// By bytes, as the signature wants it, not by what Unicode takes for equal.
    private static func isBefore(_ first: String, _ second: String) -> Bool { first.utf8.lexicographicallyPrecedes(second.utf8) }

    /// All bytes but the unreserved ones as `%XX` (RFC 3986, section 2.3), and a path's slashes.
    static func escaped(_ text: String, keepsSlash: Bool = false) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || (keepsSlash && byte == UInt8(ascii: "/")) {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-._~".utf8.contains(byte)
        }
    }
}
