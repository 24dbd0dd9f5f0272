import Foundation
import Storage

/// The vocabulary: every word that any document holds, with its stem. It says what a typed word can mean before the documents are asked.
extension Snapshot {
    typealias VocabularyEntry = (word: String, stem: String)

    func isInVocabulary(_ word: String) throws -> Bool { try row("SELECT 1 FROM search_word WHERE word = \(word)") != nil }

    /// Words that begin so, in the order of their letters: whether there are too many is known without reading them all.
    func words(beginning prefix: String, limit: Int) throws -> [String] {
        try rows(
            "SELECT word FROM search_word WHERE word >= \(prefix) AND word <= \(Self.end(of: prefix)) ORDER BY word LIMIT \(limit)"
        ).map { try $0["word"] }
    }

    /// Words that hold a part, at least three scalars long, but do not begin with it, the shortest first.
    func words(containing part: String, limit: Int) throws -> [String] {
        try words("SELECT word FROM search_part WHERE word LIKE \("%\(part)%") AND word NOT LIKE \("\(part)%")", limit)
    }

    /// Words that end so, the shortest first.
    func words(ending: String, limit: Int) throws -> [String] {
        try words("SELECT word FROM search_part WHERE word LIKE \("%\(ending)")", limit)
    }

    /// The forms of a word.
    func words(ofStem stem: String, limit: Int) throws -> [String] {
        try words("SELECT word FROM search_word WHERE stem = \(stem)", limit)
    }

    /// Words that a slip of the finger may have made of another: what begins alike, holds the same middle or the same end, of about the same
    /// length. Whoever slipped twice has left one of the three alone.
    func words(like word: String) throws -> [VocabularyEntry] {
        let scalars = Array(word.unicodeScalars)
        let side = max(scalars.count / 2 - 1, 2)
        let slips = Slips.forgiven(in: scalars.count)
        func text(_ part: some Sequence<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(part)) }
        let start = text(scalars.prefix(side))
        let end = text(scalars.suffix(max(side, 3)))
        let middle = text(scalars[((scalars.count - 3) / 2)...].prefix(3))
        // longer by an ending: its stem may be near
        let bounds: SQL = "length(word) BETWEEN \(scalars.count - slips) AND \(scalars.count + slips + 2)"
        let all: SQL = """
            SELECT word FROM search_word WHERE word >= \(start) AND word <= \(Self.end(of: start)) AND \(raw: bounds)
            UNION SELECT word FROM search_part WHERE word LIKE \("%\(end)%") AND \(raw: bounds)
            UNION SELECT word FROM search_part WHERE word LIKE \("%\(middle)%") AND \(raw: bounds)
            """
        return try rows(
            """
            SELECT w.word, w.stem FROM (\(raw: all)) near JOIN search_word w ON w.word = near.word
            ORDER BY abs(length(w.word) - \(scalars.count)), w.word LIMIT 2000
            """
        ).map { try ($0["word"], $0["stem"]) }
    }

    private func words(_ all: SQL, _ limit: Int) throws -> [String] {
        try rows("\(raw: all) ORDER BY length(word), word LIMIT \(limit)").map { try $0["word"] }
    }

    /// Behind every word that begins so.
    private static func end(of prefix: String) -> String { prefix + "\u{10FFFF}" }
}

extension Transaction {
    /// How many words go into one statement; always as many, so that it is one and the same.
    private static var wordsAtOnce: Int { 8 }

    /// Adds words that may be there already.
    func insertWords(_ entries: [Snapshot.VocabularyEntry]) throws {
        for start in stride(from: 0, to: entries.count, by: Self.wordsAtOnce) {
            let chunk = entries[start..<min(start + Self.wordsAtOnce, entries.count)]
            // a short one is filled up with its last word, which does nothing the second time
            let full = (0..<Self.wordsAtOnce).compactMap { chunk.dropFirst($0).first ?? chunk.last }
            let values = full.reduce(into: "" as SQL) { list, entry in
                list = list.text.isEmpty ? "(\(entry.word), \(entry.stem))" : "\(raw: list), (\(entry.word), \(entry.stem))"
            }
            try run("INSERT INTO search_word (word, stem) VALUES \(raw: values) ON CONFLICT (word) DO NOTHING")
        }
    }
}
