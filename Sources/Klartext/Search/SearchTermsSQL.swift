import Foundation
import Storage

extension Snapshot {
    /// What a query's words stand for among the words that there are.
    func match(_ query: SearchQuery) throws -> SearchMatch {
        try SearchMatch(query.terms.map { try meaning(of: $0) }, phrases: query.phrases)
    }

    /// A typed word is the beginning of a word, one of its forms, or a part of one; and only if nothing is like that, another word nearby.
    private func meaning(of term: SearchQuery.Term) throws -> SearchMatch.Term {
        var meaning = SearchMatch.Term(typed: term.typed)
        for variant in term.variants { try addBeginnings(of: variant, to: &meaning) }
        for variant in term.variants { try addForms(of: variant, to: &meaning) }
        for variant in term.variants { try addParts(of: variant, to: &meaning) }
        if meaning.isLost, let word = term.variants.first, Slips.isCorrectable(word) {
            meaning.corrections = Slips.corrections(of: word, among: try words(like: word))
            meaning.add(meaning.corrections)
            for stem in Set(meaning.corrections.map(Stem.of)).sorted() {
                meaning.add(try words(ofStem: stem, limit: SearchMatch.mostWords))
            }
        }
        return meaning
    }

    private func addBeginnings(of word: String, to meaning: inout SearchMatch.Term) throws {
        guard word.unicodeScalars.count > 1 else {
            // a single letter is a word of its own: every other text has some word that begins with it
            if try isInVocabulary(word) { meaning.add([word]) }
            return
        }
        let beginnings = try words(beginning: word, limit: SearchMatch.mostWords + 1)
        if beginnings.count > SearchMatch.mostWords { meaning.prefixes.append(word) } else { meaning.add(beginnings) }
    }

    private func addForms(of word: String, to meaning: inout SearchMatch.Term) throws {
        guard word.unicodeScalars.count >= Stem.fewestLeft else { return }
        let stem = Stem.of(word)
        meaning.add(try words(ofStem: stem, limit: SearchMatch.mostWords))
        if stem != word, stem.unicodeScalars.count >= Stem.fewestLetters {
            meaning.add(try words(ending: stem, limit: SearchMatch.mostWords))
        }
    }

    /// "korrektur" stands in "rechnungskorrektur", "4042557" in a parcel's number.
    private func addParts(of word: String, to meaning: inout SearchMatch.Term) throws {
        let digits = word.unicodeScalars.count { $0.properties.numericType != nil }
        guard word.unicodeScalars.count >= (digits > 0 ? 3 : 4) else { return }
        // the beginning of thousands of numbers is no part worth looking for
        if digits == word.unicodeScalars.count, meaning.prefixes.contains(word) { return }
        meaning.add(try words(containing: word, limit: SearchMatch.mostWords))
    }
}

extension SearchMatch.Term {
    /// Takes words in until there are enough.
    fileprivate mutating func add(_ more: [String]) {
        for word in more where words.count < SearchMatch.mostWords && !words.contains(word) { words.append(word) }
    }
}
