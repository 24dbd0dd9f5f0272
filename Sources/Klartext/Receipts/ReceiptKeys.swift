import Crypto
import Foundation

extension ReceiptKey {
    init(publicKey: [UInt8], since: Date, until: Date? = nil) {
        self.init(id: Self.id(of: publicKey), publicKey: publicKey, since: since, until: until)
    }

    /// What names a key in receipts: enough to find it, not enough to trust it.
    static func id(of publicKey: [UInt8]) -> String { String(Hexadecimal.text(SHA256.hash(data: publicKey)).prefix(16)) }

    /// A public key as people hand it on: 64 hexadecimal digits, or base64 with or without padding; nil for anything else.
    static func publicKey(_ text: String) -> [UInt8]? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let bytes = text.utf8.count == 64 ? hexadecimal(text) : base64(text)
        guard let bytes, bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else { return nil }
        return bytes
    }

    /// Whether this key signed the receipt as it is.
    func judge(_ signed: SignedReceipt) -> ReceiptVerdict.Signature {
        guard signed.receipt.key == id, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return .unknownKey
        }
        return key.isValidSignature(signed.signature, for: signed.receipt.signedBytes) ? .genuine(self) : .forged(self)
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { byte -> UInt8? in
            switch lowercased(byte) {
            case 0x30...0x39: byte - 0x30
            case 0x61...0x66: lowercased(byte) - 0x61 + 10
            default: nil
            }
        }
        guard digits.count == text.utf8.count else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func base64(_ text: String) -> [UInt8]? {
        let standard = text.utf8.filter { $0 != UInt8(ascii: "=") }.map {
            $0 == UInt8(ascii: "-") ? 0x2B : $0 == UInt8(ascii: "_") ? 0x2F : $0
        }
        let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: Data(standard + padding)).map { Array($0) }
    }
}

/// The key that signs now, with its secret half.
///
/// The secret half lies in the database, sealed by the instance key (AES-256-GCM): who steals one of the two can sign nothing.
struct ReceiptSigner: Sendable {
    let key: ReceiptKey
    private let secret: Curve25519.Signing.PrivateKey

    /// A new key.
    init(at now: Date) {
        secret = Curve25519.Signing.PrivateKey()
        key = ReceiptKey(publicKey: Array(secret.publicKey.rawRepresentation), since: now)
    }

    /// The key as it is kept.
    /// - Throws: `ReceiptKeyError` where the seal is another instance's, or was tampered with.
    init(_ key: ReceiptKey, sealed: String, seal: Seal) throws {
        guard let data = Data(base64Encoded: sealed), let box = try? AES.GCM.SealedBox(combined: data),
            let bytes = try? AES.GCM.open(box, using: seal.derivedKey(Self.purpose), authenticating: Data(key.id.utf8)),
            let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes),
            Array(secret.publicKey.rawRepresentation) == key.publicKey
        else { throw ReceiptKeyError.cannotBeOpened(key.id) }
        (self.key, self.secret) = (key, secret)
    }

    /// The secret half for the database.
    func sealed(by seal: Seal) throws -> String {
        let box = try AES.GCM.seal(secret.rawRepresentation, using: seal.derivedKey(Self.purpose), authenticating: Data(key.id.utf8))
        // The standard nonce has a combined form, always.
        guard let combined = box.combined else { throw ReceiptKeyError.cannotBeOpened(key.id) }
        return combined.base64EncodedString()
    }

    func sign(_ receipt: FileReceipt) throws -> SignedReceipt {
        SignedReceipt(receipt: receipt, signature: Array(try secret.signature(for: receipt.signedBytes)))
    }

    private static let purpose = "receipt signing key"
}

enum ReceiptKeyError: Error, Equatable, CustomStringConvertible {
    case cannotBeOpened(String)

    var description: String {
        switch self {
        case .cannotBeOpened(let id): "the signing key \(id) cannot be opened with this instance.key; receipts rotate-key makes a new one"
        }
    }
}

/// The public keys of an instance as a file: what is published, and what somebody keeps who wants to check receipts without us.
struct PublishedKeys: Codable, Equatable, Sendable {
    struct Key: Codable, Equatable, Sendable {
        var algorithm: String
        var id: String
        /// Base64.
        var publicKey: String
        var since: String
        var until: String?
    }

    var issuer: String
    var keys: [Key]

    init(_ keys: [ReceiptKey], issuer: String) {
        self.issuer = issuer
        self.keys = keys.map {
            Key(
                algorithm: "Ed25519", id: $0.id, publicKey: Data($0.publicKey).base64EncodedString(), since: ReceiptTime.text($0.since),
                until: $0.until.map(ReceiptTime.text))
        }
    }

    /// Those of them that are what their names say.
    var receiptKeys: [ReceiptKey] {
        keys.compactMap { key in
            guard key.algorithm == "Ed25519", let bytes = ReceiptKey.publicKey(key.publicKey), let since = ReceiptTime.date(key.since)
            else {
                return nil
            }
            let known = ReceiptKey(publicKey: bytes, since: since, until: key.until.flatMap(ReceiptTime.date))
            return known.id == key.id ? known : nil
        }
    }
}

extension PublishedKeys {
    /// The file's content, a line for each member.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Texts alone: they always encode.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
