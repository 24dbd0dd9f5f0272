import Foundation

/// Words of a time that the grammar did not understand, beside one that it did: "am zweiten *Freitag*", "*Friday* after the holidays". What
/// was understood may then be something else.
struct PhraseUnread {
    private let tokens: [PhraseToken]
    private let dates: [DateExpression]
    private let words: PhraseWords
    private let language: Language

    init(_ tokens: [PhraseToken], _ dates: [DateExpression], _ language: Language) {
        (self.tokens, self.dates, self.language) = (tokens, dates, language)
        words = .of(language)
    }

    /// Whether the words before or behind a time seem to belong to it.
    func isBeside(_ date: DateExpression) -> Bool {
        isPart(date.tokens.lowerBound - 1, isBefore: true) || isPart(date.tokens.upperBound, isBefore: false)
            || isRelation(date.tokens.upperBound)
            || date.day == nil && hasLooseDay(date)
    }

    private func free(_ index: Int) -> String? {
        guard tokens.indices.contains(index), tokens[index].kind == .word, !dates.contains(where: { $0.tokens.contains(index) }) else {
            return nil
        }
        return tokens[index].text
    }

    private func isPart(_ index: Int, isBefore: Bool) -> Bool {
        guard let text = free(index) else { return false }
        let ordinals = language == .de ? PhraseNumbers.germanOrdinals : PhraseNumbers.englishOrdinals
        if isBefore, ordinals[text] != nil { return true }
        if words.weekdays[text] != nil || words.week.contains(text) || words.weekend.contains(text) { return true }
        if isBefore { return words.units[text] != nil && language == .en }
        return words.units[text] != nil && language == .de || words.parts[text] != nil && text != "frueh"
    }

    /// "am Montag *nach dem* Feiertag", "the day before *the* move".
    private func isRelation(_ index: Int) -> Bool {
        guard let text = free(index), ["nach", "vor", "after", "before", "following"].contains(text), let next = free(index + 1) else {
            return false
        }
        // "vor der Tür" is a place.
        if text == "vor", let place = free(index + 2), ["tuer", "haus", "laden", "eingang", "werkstor"].contains(where: place.hasSuffix) {
            return false
        }
        return ["dem", "den", "der", "the", "your", "our", "ihrem", "ihrer", "unserem", "unserer", "my", "meinem"].contains(next)
    }

    /// "Donnerstach um 10": a time of the day, and no day understood though a sentence of ours has a number more.
    private func hasLooseDay(_ date: DateExpression) -> Bool {
        tokens.indices.contains { index in
            free(index).map { words.week.contains($0) || PhraseFeast.german[$0] != nil || PhraseFeast.english[$0] != nil } ?? false
        }
    }
}
