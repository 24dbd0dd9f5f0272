import Foundation

/// How far two words are apart, in slips of the finger: a letter more, less or another, or two neighbours swapped.
///
/// The restricted Damerau-Levenshtein distance (F. J. Damerau, *A technique for computer detection and correction of spelling errors*, 1964).
enum Slips {
    /// Shorter words are too near to one another for a guess.
    static let fewestScalars = 5
    /// More guesses than this help nobody.
    static let mostCorrections = 10

    /// How many slips are forgiven in a word of so many scalars.
    static func forgiven(in count: Int) -> Int { count < 8 ? 1 : 2 }

    /// Whether a guess may be made: never for what holds a digit, since the next invoice's number is another invoice.
    static func isCorrectable(_ word: String) -> Bool {
        word.unicodeScalars.count >= fewestScalars && !word.unicodeScalars.contains { $0.properties.numericType != nil }
    }

    /// The words nearest to the given one, those of the fewest slips alone, in the order given; a word counts as near where its stem is.
    static func corrections(of word: String, among candidates: [(word: String, stem: String)]) -> [String] {
        let typed = Array(word.unicodeScalars)
        var (nearest, best) = ([String](), forgiven(in: typed.count))
        for candidate in candidates {
            let parts = candidate.word == candidate.stem ? [candidate.word] : [candidate.word, candidate.stem]
            guard let distance = parts.compactMap({ distance(typed, Array($0.unicodeScalars), atMost: best) }).min() else { continue }
            if distance < best { (nearest, best) = ([], distance) }
            nearest.append(candidate.word)
        }
        return Array(nearest.prefix(mostCorrections))
    }

    /// The distance, or nil where it is greater than `limit`.
    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost limit: Int) -> Int? {
        guard abs(a.count - b.count) <= limit else { return nil }
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var (before, last) = ([Int](), Array(0...b.count))
        for i in 1...a.count {
            var row = [i]
            row.reserveCapacity(b.count + 1)
            for j in 1...b.count {
                var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, before[j - 2] + 1) }
                row.append(best)
            }
            (before, last) = (last, row)
        }
        return last[b.count] <= limit ? last[b.count] : nil
    }
}
