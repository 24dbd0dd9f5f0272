import Foundation
import Storage

extension Transaction {
    /// Takes the number for a key.
    /// - Throws: `StorageError.conflict`, upon which the transaction runs again, where another process has just taken it.
    func insertReceiptKey(_ key: ReceiptKey, number: Int64, sealed: String) throws {
        let count = try run(
            """
            INSERT INTO receipt_key (number, id, public_key, sealed, since, until)
            VALUES (\(number), \(key.id), \(Hexadecimal.text(key.publicKey)), \(sealed), \(key.since), NULL)
            ON CONFLICT (number) DO NOTHING
            """)
        guard count == 1 else { throw StorageError.conflict }
    }

    /// The key signs no more, and can never again: its secret half is gone.
    func retireReceiptKey(_ id: String, now: Date) throws {
        try run("UPDATE receipt_key SET sealed = NULL, until = \(now) WHERE id = \(id) AND until IS NULL")
    }

    /// Keeps the receipt of an attachment, as it was signed.
    func insertReceipt(_ receipt: SignedReceipt, attachment: Int64) throws {
        try run(
            """
            INSERT INTO receipt (attachment, key, document)
            VALUES (\(attachment), \(receipt.receipt.key), \(String(decoding: receipt.document, as: UTF8.self)))
            """)
    }
}

extension Snapshot {
    /// The key that signs now, with its sealed secret half.
    func currentReceiptKey() throws -> (number: Int64, key: ReceiptKey, sealed: String)? {
        try row("SELECT * FROM receipt_key WHERE until IS NULL").map { row in try (row["number"], ReceiptKey(row: row), row["sealed"]) }
    }

    func receiptKey(_ id: String) throws -> ReceiptKey? {
        try row("SELECT * FROM receipt_key WHERE id = \(id)").map(ReceiptKey.init(row:))
    }

    func receiptKeys() throws -> [ReceiptKey] { try rows("SELECT * FROM receipt_key ORDER BY number").map(ReceiptKey.init(row:)) }

    /// The receipt of an attachment, as it was signed.
    func receipt(attachment id: Int64) throws -> [UInt8]? {
        let document: String? = try value("SELECT document FROM receipt WHERE attachment = \(id)")
        return document.map { Array($0.utf8) }
    }

    /// Those of the attachments that have a receipt.
    func receipted(_ attachments: [Int64]) throws -> Set<Int64> {
        guard !attachments.isEmpty else { return [] }
        return Set(try rows("SELECT attachment FROM receipt WHERE attachment IN \(list: attachments)").map { try $0["attachment"] })
    }

    /// Receipts behind an attachment, in order, each with its attachment.
    func receipts(after attachment: Int64, limit: Int) throws -> [(attachment: Int64, document: [UInt8])] {
        try rows("SELECT attachment, document FROM receipt WHERE attachment > \(attachment) ORDER BY attachment LIMIT \(limit)").map {
            row in
            let document: String = try row["document"]
            return (try row["attachment"], Array(document.utf8))
        }
    }
}

extension ReceiptKey {
    fileprivate init(row: Row) throws {
        let text: String = try row["public_key"]
        guard let bytes = ReceiptKey.publicKey(text) else { throw StorageError.other(code: 0, message: "\(text) is no public key") }
        self.init(publicKey: bytes, since: try row["since"], until: try row["until"])
    }
}
