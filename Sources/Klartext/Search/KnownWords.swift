import NIOConcurrencyHelpers

/// Words that are known to stand in the vocabulary, so that a document asks the database only about the few that may be new.
///
/// Words are never taken out of the vocabulary, so what was committed once stays true.
final class KnownWords: Sendable {
    /// About three megabytes; what is written every day comes back soon after everything is forgotten.
    static let limit = 50_000

    private let words = NIOLockedValueBox<Set<String>>([])

    /// Those not known, sorted: two processes that add the same words wait for one another in the same order.
    func unknown(among candidates: [String]) -> [String] {
        words.withLockedValue { known in candidates.filter { !known.contains($0) } }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// To be called when the words are committed.
    func learn(_ new: [String]) {
        words.withLockedValue { known in
            if known.count + new.count > Self.limit { known.removeAll() }
            known.formUnion(new.prefix(Self.limit))
        }
    }
}
