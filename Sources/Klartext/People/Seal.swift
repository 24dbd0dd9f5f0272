import Crypto
import Foundation

/// Makes and checks the marks by which Klartext knows its own: reply addresses, Message-IDs, private links, uploads.
///
/// All are derived from one instance key by HMAC-SHA256 (RFC 2104), each purpose apart from the others. Nothing secret is stored in the database, so that
/// a stolen copy of it opens no customer's page.
struct Seal: Sendable {
    /// Ready to take in what is to be marked: preparing a key costs as much as using it.
    private let keyed: HMAC<SHA256>

    init(key: [UInt8]) { keyed = HMAC(key: SymmetricKey(data: key)) }

    /// The first `bits` of the mark for a value, as lower-case base32 without padding: survives mail systems that change case, and can be read aloud.
    func mark(_ purpose: String, _ value: String, bits: Int) -> String {
        Base32.text(bytes(purpose, value).prefix(bits / 8))
    }

    /// Whether a mark is ours, compared in constant time.
    func isGenuine(_ mark: String, _ purpose: String, _ value: String, bits: Int) -> Bool {
        let expected = Array(self.mark(purpose, value, bits: bits).utf8)
        let given = Array(mark.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
        guard expected.count == given.count else { return false }
        return zip(expected, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// A key of its own for one purpose.
    func derivedKey(_ purpose: String) -> SymmetricKey { SymmetricKey(data: bytes("key", purpose)) }

    private func bytes(_ purpose: String, _ value: String) -> [UInt8] {
        var code = keyed
        code.update(data: Data("\(purpose)\u{1F}\(value)".utf8))
        return Array(code.finalize())
    }
}

/// Base32 (RFC 4648) in lower case without padding.
enum Base32 {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var (out, buffer, bits): ([UInt8], UInt32, UInt32) = ([], 0, 0)
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                out.append(alphabet[Int(buffer >> bits & 31)])
            }
            buffer &= (1 << bits) - 1
        }
        if bits > 0 { out.append(alphabet[Int(buffer << (5 - bits) & 31)]) }
        return String(decoding: out, as: UTF8.self)
    }
}
