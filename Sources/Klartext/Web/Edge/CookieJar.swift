import HTTPTypes
import Hummingbird

/// Cookies that only we can set and only we can read: `HttpOnly`, `SameSite=Lax`, for the whole site.
struct CookieJar: Sendable {
    /// Over TLS a cookie is `Secure` and its name begins with `__Host-`, so that neither a neighbouring host nor an unencrypted page can
    /// plant one (RFC 6265bis, 4.1.3.2). Browsers take neither without TLS.
    let isSecure: Bool

    /// - Parameters:
    ///   - value: characters of RFC 6265's cookie-octet; base64url is. With any other the cookie is not set.
    ///   - maxAgeSeconds: nil keeps it until the browser closes.
    func set(_ name: String, _ value: String, maxAgeSeconds: Int? = nil, on response: inout Response) {
        guard value.utf8.allSatisfy(Self.isOctet) else { return }
        var cookie = "\(fullName(name))=\(value); Path=/; HttpOnly; SameSite=Lax"
        if isSecure { cookie += "; Secure" }
        if let maxAgeSeconds { cookie += "; Max-Age=\(maxAgeSeconds)" }
        response.headers.append(HTTPField(name: .setCookie, value: cookie))
    }

    /// Makes the browser forget it.
    func remove(_ name: String, from response: inout Response) { set(name, "", maxAgeSeconds: 0, on: &response) }

    /// The value a request brings.
    func value(_ name: String, in request: Request) -> String? { Self.value(fullName(name), in: request.headers[.cookie]) }

    /// The first cookie of that name in a `Cookie` header, by bytes.
    static func value(_ name: String, in header: String?) -> String? {
        // Browsers keep to 4 KiB a cookie; more than 64 KiB of them the server does not accept anyway.
        for pair in (header ?? "").utf8.split(separator: UInt8(ascii: ";")) {
            let pair = pair.drop { $0 == UInt8(ascii: " ") }
            let found = pair.prefix { $0 != UInt8(ascii: "=") }
            guard found.elementsEqual(name.utf8), found.endIndex < pair.endIndex else { continue }
            return String(decoding: pair.dropFirst(found.count + 1), as: UTF8.self)
        }
        return nil
    }

    /// The names of all cookies in a `Cookie` header.
    static func names(in header: String?) -> [String] {
        (header ?? "").utf8.split(separator: UInt8(ascii: ";")).map { pair in
            String(decoding: pair.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
        }
    }

    private func fullName(_ name: String) -> String { isSecure ? "__Host-\(name)" : name }

    private static func isOctet(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"\",;\\".utf8.contains(byte)
    }
}
