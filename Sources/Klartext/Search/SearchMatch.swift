import Foundation

/// A query as it is put to the index: what each of its words stands for among the words that the documents hold.
struct SearchMatch: Sendable {
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
    /// Which terms a word is for, a bit for each.
    private let words: [String: UInt64]
    private let prefixes: [(prefix: String, terms: UInt64)]

    init(_ terms: [Term], phrases: [[[String]]] = []) {
        (self.terms, self.phrases) = (terms, phrases)
        let bits = terms.enumerated().map { ($0.element, UInt64(1) << UInt64($0.offset % 64)) }
        words = bits.reduce(into: [:]) { words, term in for word in term.0.words { words[word, default: 0] |= term.1 } }
        prefixes = bits.flatMap { term, bit in term.prefixes.map { ($0, bit) } }
    }

    /// Whether any document can hold all of it.
    var isPossible: Bool { !terms.isEmpty && !terms.contains(where: \.isLost) }

    /// Whether a folded word is one that was looked for, and so is marked.
    func covers(_ word: String) -> Bool { served(by: word) != 0 }

    /// Whether the words of a document, separated by spaces, serve all terms.
    func holds(words text: String) -> Bool {
        let all = terms.indices.reduce(UInt64(0)) { $0 | 1 << UInt64($1 % 64) }
        var served: UInt64 = 0
        for word in text.utf8.split(separator: UInt8(ascii: " ")) {
            served |= self.served(by: String(Substring(word)))
            if served == all { return true }
        }
        return served == all
    }

    private func served(by word: String) -> UInt64 {
        prefixes.reduce(words[word, default: 0]) { word.utf8.starts(with: $1.prefix.utf8) ? $0 | $1.terms : $0 }
    }

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
