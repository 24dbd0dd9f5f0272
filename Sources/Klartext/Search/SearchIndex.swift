import Foundation
import Storage

/// Keeps what can be searched in step with what is written: each document in the transaction that writes its message, note or customer.
struct SearchIndex: Sendable {
    private let known = KnownWords()

    /// A learnt name is added to so many of the customer's documents at once; to older ones soon after.
    static let mostAtOnce = 50

    func add(message id: Int64, in tx: Transaction) throws { try add(tx.documents(ofMessages: [id]), in: tx) }
    func add(note id: Int64, in tx: Transaction) throws { try add(tx.documents(ofNotes: [id]), in: tx) }
    func add(customer id: Int64, in tx: Transaction) throws { try add(tx.documents(ofCustomers: [id]), in: tx) }

    /// The customer, and what was written on the customer's tickets, are found by the new name.
    func rename(customer id: Int64, in tx: Transaction, now: Date) throws {
        try add(customer: id, in: tx)
        let newest = try tx.documentNames(of: id, below: nil, limit: Self.mostAtOnce)
        try add(newest, in: tx)
        guard newest.count == Self.mostAtOnce, let last = newest.last else { return }
        try tx.promise(IndexDocuments(customer: id, below: last.id), at: now, now: now)
    }

    /// Writes the documents of the given names anew.
    func add(_ names: [SearchDocument.Name], in tx: Transaction) throws {
        try add(tx.documents(ofMessages: names.filter { $0.kind == .message }.map(\.id)), in: tx)
        try add(tx.documents(ofNotes: names.filter { $0.kind == .note }.map(\.id)), in: tx)
        try add(tx.documents(ofCustomers: names.filter { $0.kind == .customer }.map { -$0.id }), in: tx)
    }

    private func add(_ documents: [SearchDocument], in tx: Transaction) throws {
        for document in documents {
            let words = SearchText.words(document.texts)
            let new = known.unknown(among: words)
            try tx.insertWords(new.map { ($0, Stem.of($0)) })
            try tx.putDocument(document, words: words)
            if !new.isEmpty { tx.onCommit { [known] in known.learn(new) } }
        }
    }
}
