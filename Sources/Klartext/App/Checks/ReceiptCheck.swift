import Foundation
import Storage

/// The part of `klartext check` that is about receipts.
struct ReceiptCheck: Sendable {
    var database: Database
    var mostBreaches: Int

    /// Each receipt against its key, and against what the database says of its file.
    func run() async throws -> Check.Result {
        var result = Check.Result(law: "every receipt is genuine and tells of its file", looked: 0, breaches: [])
        let keys = try await database.read { db in try db.receiptKeys() }
        var last: Int64 = 0
        while true {
            let after = last
            let page = try await database.read { db in
                try db.receipts(after: after, limit: 200).map {
                    (id: $0.attachment, document: $0.document, file: try db.attachment($0.attachment))
                }
            }
            guard let newest = page.last, result.breaches.count < mostBreaches else { return result }
            result.looked += page.count
            for line in page where !Self.isRight(line.document, of: line.file, keys) {
                result.breaches.append("receipt \(line.id) is wrong")
            }
            last = newest.id
        }
    }

    private static func isRight(_ document: [UInt8], of file: Attachment?, _ keys: [ReceiptKey]) -> Bool {
        guard let file, let signed = try? SignedReceipt(document), signed.document == document else { return false }
        let verdict = ReceiptVerdict(signed, keys: keys, file: (sha256: file.digest, sizeBytes: file.sizeBytes))
        return verdict.isGood && signed.receipt.fileName == file.name && signed.receipt.receivedAt == file.addedAt
    }
}
