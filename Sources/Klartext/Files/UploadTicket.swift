import Crypto
import Foundation

/// Names a file that is stored already, so that a rejected form can carry it in a hidden field instead of asking for it again.
///
/// Signed, because otherwise anybody who knows or guesses a digest could attach, and then read, another person's file.
struct UploadTicket: Hashable, Sendable {
    /// SHA-256 in lower-case hexadecimal.
    var digest: String
    /// The file's name as the person gave it, made safe.
    var name: String
    var sizeBytes: Int
    /// The media type the browser declared.
    var type: String
    var issuedAt: Date

    /// The ticket as text for a form field: base64url (RFC 4648, section 5) of the content and its HMAC-SHA256.
    func signed(with key: SymmetricKey) -> String {
        var content: [UInt8] = [Self.version]
        Self.append(Int64(issuedAt.timeIntervalSince1970 * 1000), to: &content)
        Self.append(Int64(sizeBytes), to: &content)
        content += Array(digest.utf8)
        // Names and types are short already; the length fits two bytes by this cut.
        for text in [name, type] {
            let bytes = Array(text.utf8.prefix(Int(UInt16.max)))
            content += [UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes
        }
        content += HMAC<SHA256>.authenticationCode(for: Self.purpose + content, using: key)
        return Base64URL.encode(content)
    }

    /// The ticket, if this key signed it at most `maxAgeSeconds` ago; nil for anything else. Compared in constant time.
    init?(_ text: String, key: SymmetricKey, now: Date, maxAgeSeconds: Int) {
        // A name of 150 characters and a type: well below 4 KiB.
        guard text.utf8.count <= 4096, let bytes = Base64URL.decode(text), bytes.count > 32 else { return nil }
        let (content, code) = (bytes.dropLast(32), bytes.suffix(32))
        guard HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.purpose + content, using: key) else { return nil }
        var reader = content[...]
        guard reader.popFirst() == Self.version, let issued = Self.integer(&reader), let size = Self.integer(&reader) else { return nil }
        let digest = String(decoding: reader.prefix(64), as: UTF8.self)
        reader = reader.dropFirst(64)
        guard FileStore.isDigest(digest), let name = Self.text(&reader), let type = Self.text(&reader), reader.isEmpty else { return nil }
        self.init(
            digest: digest, name: name, sizeBytes: Int(size), type: type,
            issuedAt: Date(timeIntervalSince1970: Double(issued) / 1000))
        // A minute into the future is two machines' clocks, more is none of ours.
        let age = now.timeIntervalSince(issuedAt)
        guard age >= -60, age <= Double(maxAgeSeconds) else { return nil }
    }

    init(digest: String, name: String, sizeBytes: Int, type: String, issuedAt: Date) {
        (self.digest, self.name, self.sizeBytes, self.type, self.issuedAt) = (digest, name, sizeBytes, type, issuedAt)
    }

    private static let version: UInt8 = 1
    /// Keeps a code made for another purpose with the same key from fitting here.
    private static let purpose = Array("klartext upload ticket\n".utf8)

    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift))) }
    }

    private static func integer(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
        guard bytes.count >= 8 else { return nil }
        defer { bytes = bytes.dropFirst(8) }
        return bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }

    private static func text(_ bytes: inout ArraySlice<UInt8>) -> String? {
        guard let high = bytes.popFirst(), let low = bytes.popFirst() else { return nil }
        let count = Int(high) << 8 | Int(low)
        guard bytes.count >= count else { return nil }
        defer { bytes = bytes.dropFirst(count) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}

/// Base64 with `-` and `_` and without padding (RFC 4648, section 5): safe in URLs, form fields and cookies.
enum Base64URL {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let text = Data(bytes).base64EncodedString().utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// nil unless it is exactly what `encode` makes: a value has one spelling only.
    static func decode(_ text: String) -> [UInt8]? {
        var standard = text.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        while standard.count % 4 != 0 { standard.append(UInt8(ascii: "=")) }
        guard let data = Data(base64Encoded: Data(standard)), encode(data).utf8.elementsEqual(text.utf8) else { return nil }
        return Array(data)
    }
}
