import Foundation
import Storage

/// What can be done with receipts: signed when a file is received, checked by anybody, and signed by another key from a day on. START HERE.
///
/// A receipt proves that we received a file, to its owner and against us: it can be checked with the public key alone, also when the instance
/// is gone (docs/formats/receipt.md).
struct Receipts: Sendable {
    var database: Database
    var clock: Clock
    var seal: Seal
    /// As customers know us.
    var company: String
    /// The public base URL without a slash at its end.
    var url: String

    /// A file that has just been received.
    struct Arrival: Sendable {
        /// The ticket's number as people write it.
        var ticket: String
        var fileName: String
        var sizeBytes: Int
        var sha256: String
        var receivedAt: Date
    }

    /// Signs a receipt for each file, in their order, with the key that signs now; makes the first key where there is none.
    func sign(_ arrivals: [Arrival], in tx: Transaction, at now: Date) throws -> [SignedReceipt] {
        guard !arrivals.isEmpty else { return [] }
        let signer = try signer(in: tx, at: now)
        return try arrivals.map { try signer.sign(FileReceipt($0, company: company, url: url, key: signer.key.id)) }
    }

    /// Checks a receipt with the keys of this instance, and a file that somebody holds to be the one.
    func judge(_ signed: SignedReceipt, file: (sha256: String, sizeBytes: Int)?) async throws -> ReceiptVerdict {
        let key = try await database.read { db in try db.receiptKey(signed.receipt.key) }
        return ReceiptVerdict(signed, keys: key.map { [$0] } ?? [], file: file)
    }

    /// All public keys, oldest first.
    func keys() async throws -> [ReceiptKey] { try await database.read { db in try db.receiptKeys() } }

    /// From now on another key signs. The secret half of the old one is gone for good; what it signed stays genuine.
    func rotateKey() async throws -> ReceiptKey {
        let now = clock.now()
        return try await database.write { [self] tx in
            let current = try tx.currentReceiptKey()
            if let current { try tx.retireReceiptKey(current.key.id, now: now) }
            return try makeKey(number: (current?.number ?? 0) + 1, in: tx, at: now).key
        }
    }

    private func signer(in tx: Transaction, at now: Date) throws -> ReceiptSigner {
        guard let current = try tx.currentReceiptKey() else { return try makeKey(number: 1, in: tx, at: now) }
        return try ReceiptSigner(current.key, sealed: current.sealed, seal: seal)
    }

    /// Of processes that make one at the same time, one does: its number is taken for the others, whose transaction begins again.
    private func makeKey(number: Int64, in tx: Transaction, at now: Date) throws -> ReceiptSigner {
        let signer = ReceiptSigner(at: now)
        try tx.insertReceiptKey(signer.key, number: number, sealed: signer.sealed(by: seal))
        try tx.append(ReceiptKeyEvent.made(id: signer.key.id), about: "receipt-key/\(number)", by: .system("receipts"), at: now)
        return signer
    }
}

extension FileReceipt {
    fileprivate init(_ arrival: Receipts.Arrival, company: String, url: String, key: String) {
        self.init(
            company: company, url: url, ticket: arrival.ticket, fileName: arrival.fileName, sizeBytes: arrival.sizeBytes,
            sha256: arrival.sha256, receivedAt: arrival.receivedAt, key: key)
    }
}

extension ReceiptVerdict {
    /// - Parameters:
    ///   - keys: those that are believed.
    ///   - file: what somebody holds to be the file; nil where only the signature is asked about.
    init(_ signed: SignedReceipt, keys: [ReceiptKey], file: (sha256: String, sizeBytes: Int)?) {
        let key = keys.first { $0.id == signed.receipt.key }
        self.init(
            receipt: signed.receipt, signature: key.map { $0.judge(signed) } ?? .unknownKey,
            file: file.map { File(signed.receipt, sha256: $0.sha256, sizeBytes: $0.sizeBytes) } ?? .notGiven)
    }
}

/// What the journal may say of signing keys.
enum ReceiptKeyEvent: JournalEvent, Equatable {
    case made(id: String)

    var name: String { "made" }
}
