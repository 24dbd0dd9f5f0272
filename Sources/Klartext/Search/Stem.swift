import Foundation

/// A word without its ending, so that "Rechnungen" finds "Rechnung" and the other way round.
///
/// Light on purpose: a stem only has to be the same for the forms of a word, it need not be a word. The language of a single word is not
/// known, so German and English endings are taken off alike, one after the other, while at least four letters stay.
enum Stem {
    /// The fewest letters of a word that has an ending, and of what is left.
    static let fewestLetters = 5
    static let fewestLeft = 4

    /// - Parameter word: folded, as `SearchText` gives it.
    static func of(_ word: String) -> String {
        var letters = Array(word.utf8)
        // numbers, names of machines and other scripts have no endings that we know
        guard letters.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else { return word }
        // "erinnerungen" loses two, and no word has more than a handful
        for _ in 0..<6 {
            guard letters.count >= fewestLetters, let shorter = withoutEnding(letters) else { break }
            letters = shorter
        }
        return String(decoding: letters, as: UTF8.self)
    }

    private static func withoutEnding(_ word: [UInt8]) -> [UInt8]? {
        if ends(word, "ies") { return replaced(word, 3, by: "i") }
        if ends(word, "y") { return replaced(word, 1, by: "i") }
        if ends(word, "s"), !ends(word, "ss"), !ends(word, "us"), !ends(word, "is") { return replaced(word, 1) }
        for ending in ["ern", "ing", "ed"] where ends(word, ending) {
            if let rest = replaced(word, ending.utf8.count), hasVowel(rest) { return ending == "ern" ? rest : single(rest) }
        }
        for ending in ["en", "er", "em", "e"] where ends(word, ending) {
            if let rest = replaced(word, ending.utf8.count) { return rest }
        }
        return ends(word, "eln") ? replaced(word, 1) : nil
    }

    /// Without the last letters, nil where too few would stay.
    private static func replaced(_ word: [UInt8], _ count: Int, by ending: String = "") -> [UInt8]? {
        let rest = word.dropLast(count) + Array(ending.utf8)
        return rest.count >= fewestLeft ? Array(rest) : nil
    }

    private static func ends(_ word: [UInt8], _ ending: String) -> Bool { word.suffix(ending.utf8.count).elementsEqual(ending.utf8) }

    private static func hasVowel(_ word: [UInt8]) -> Bool { word.contains { "aeiou".utf8.contains($0) } }

    /// "shipp" of "shipped" is "ship".
    private static func single(_ word: [UInt8]) -> [UInt8] {
        guard word.count > fewestLeft, let last = word.last, word[word.count - 2] == last, "bdgmnprt".utf8.contains(last) else {
            return word
        }
        return word.dropLast()
    }
}
