import Foundation

/// A query as it is put to the index: what each of its words stands for among the words that the documents hold.
struct SearchMatch: Equatable, Sendable {
    struct Term: Equatable, Sendable {
        var typed: String
        /// Words of the documents, any of which will do.
        var words: [String] = []
        /// Beginnings of so many words that they are not worth listing.
        var prefixes: [String] = []
        /// Words that were taken instead, because nothing holds what was typed.
        var corrections: [String] = []

        /// Whether no document holds it, not even by a guess.
        var isLost: Bool { words.isEmpty && prefixes.isEmpty }
    }

    /// More words than this for one term would make every search slow; the shortest are the likeliest.
    static let mostWords = 100

    var terms: [Term]
    var phrases: [[[String]]]
    private let words: Set<String>
    private let prefixes: [String]

    init(_ terms: [Term], phrases: [[[String]]] = []) {
        (self.terms, self.phrases) = (terms, phrases)
        words = Set(terms.flatMap(\.words))
        prefixes = terms.flatMap(\.prefixes)
    }

    /// Whether any document can hold all of it.
    var isPossible: Bool { !terms.isEmpty && !terms.contains(where: \.isLost) }

    /// Whether a folded word is one that was looked for, and so is marked.
    func covers(_ word: String) -> Bool { words.contains(word) || prefixes.contains { word.utf8.starts(with: $0.utf8) } }

    /// Whether the phrases stand in the texts of a document, each within one of them.
    func holdsPhrases(_ texts: [String]) -> Bool {
        guard !phrases.isEmpty else { return true }
        let sequences = texts.map { SearchText($0).map(\.folded) }
        return phrases.allSatisfy { phrase in sequences.contains { Self.holds(phrase, in: $0) } }
    }

    private static func holds(_ phrase: [[String]], in words: [String]) -> Bool {
        guard words.count >= phrase.count else { return false }
        return (0...(words.count - phrase.count)).contains { start in
            phrase.indices.allSatisfy { phrase[$0].contains(words[start + $0]) }
        }
    }
}
