import Foundation

/// What can be said of a receipt, and of a file beside it.
struct ReceiptVerdict: Sendable, Equatable {
    enum Signature: Sendable, Equatable {
        /// By this key, and nothing was changed since.
        case genuine(ReceiptKey)
        /// The key is known, and did not sign this.
        case forged(ReceiptKey)
        /// Not one of the keys at hand.
        case unknownKey
    }

    enum File: Sendable, Equatable {
        case notGiven
        /// Byte for byte the one that was received.
        case same
        case other(sha256: String, sizeBytes: Int)
    }

    var receipt: FileReceipt
    var signature: Signature
    var file: File

    /// Whether everything that was asked holds.
    var isGood: Bool {
        guard case .genuine = signature else { return false }
        if case .other = file { return false }
        return true
    }
}

extension ReceiptVerdict.File {
    /// Compares what was received with what is at hand.
    init(_ receipt: FileReceipt, sha256: String, sizeBytes: Int) {
        let isSame = receipt.sha256 == sha256 && receipt.sizeBytes == sizeBytes
        self = isSame ? .same : .other(sha256: sha256, sizeBytes: sizeBytes)
    }
}

/// The public half of a signing key, which anybody may have.
struct ReceiptKey: Sendable, Equatable {
    /// The first 16 hexadecimal digits of the SHA-256 of the public key.
    var id: String
    /// Ed25519, 32 bytes.
    var publicKey: [UInt8]
    var since: Date
    /// From when on another key signs; nil for the one that does now. What it signed before stays genuine.
    var until: Date?
}
