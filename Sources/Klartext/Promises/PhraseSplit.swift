import Foundation

/// Where one clause ends and the next begins, and which times are one.
enum PhraseSplit {
    /// "heute, spätestens morgen", "Montag oder Dienstag": the later binds.
    static func joined(_ dates: [DateExpression], _ tokens: [PhraseToken]) -> [DateExpression] {
        var joined: [DateExpression] = []
        for date in dates {
            if let last = joined.last, last.day != nil, date.day != nil, last.bound.isDeadline, date.bound.isDeadline,
                last.tokens.upperBound < date.tokens.lowerBound,
                tokens[last.tokens.upperBound..<date.tokens.lowerBound].allSatisfy({
                    $0.isMark(",", "/")
                        || $0.isWord("oder", "or", "bzw", "aber", "allerspaetestens", "spaetestens", "also", "sprich", "naemlich")
                })
            {
                var later = date
                later.tokens = last.tokens.lowerBound..<date.tokens.upperBound
                joined[joined.count - 1] = later
            } else {
                joined.append(date)
            }
        }
        return joined
    }

    /// Cut at commas and conjunctions, but not within a time.
    static func clauses(of tokens: [PhraseToken], _ dates: [DateExpression], _ language: Language) -> [Range<Int>] {
        let lexicon = PhraseVerbs.of(language)
        var isInDate = [Bool](repeating: false, count: tokens.count)
        for date in dates { for index in date.tokens { isInDate[index] = true } }
        var clauses: [Range<Int>] = []
        var start = 0
        func close(at index: Int, next: Int) {
            if index > start { clauses.append(start..<index) }
            start = next
        }
        for (index, token) in tokens.enumerated() where !isInDate[index] {
            if token.isMark(",", ":", "(", ")", "—", "–", ";") || token.isMark("-") && token.isApart {
                close(at: index, next: index + 1)
            } else if token.kind == .word, !isObject(tokens, index),
                lexicon.conjunctions.contains(token.text) || lexicon.conditions.contains(token.text) || isAsSoon(tokens, index)
            {
                close(at: index, next: index)
            }
        }
        close(at: tokens.count, next: tokens.count)
        return clauses
    }

    /// "get *that* done" names something; "confirm *that* …" begins a clause.
    private static func isObject(_ tokens: [PhraseToken], _ index: Int) -> Bool {
        let before = [
            "get", "have", "do", "fix", "see", "getting", "having", "resolve", "sort", "finish", "complete", "with", "about", "on", "for",
            "of",
        ]
        return tokens[index].isWord("that") && index > 0 && tokens[index - 1].kind == .word && before.contains(tokens[index - 1].text)
    }

    private static func isAsSoon(_ tokens: [PhraseToken], _ index: Int) -> Bool {
        index + 1 < tokens.count
            && (tokens[index].isWord("as") && tokens[index + 1].isWord("soon", "long")
                || tokens[index].isWord("in") && tokens[index + 1].isWord("case"))
    }

    /// "Wir prüfen das *und informieren Sie*": who is informed is not asked.
    static func readShared(_ clauses: inout [PhraseClause]) {
        for index in clauses.indices.dropFirst() where clauses[index].isAskingByForm && clauses[index].conjunction == "und" {
            guard let before = clauses[..<index].last(where: { !$0.isFragment }), before.hasWe, !before.isAsking else { continue }
            clauses[index].isAsking = false
        }
    }

    /// A sentence that begins with its verb asks for something ("Reply by Friday") or is a condition ("Passt das nicht, rufe ich an").
    static func readVerbFirst(_ clauses: inout [PhraseClause], _ language: Language) {
        guard let first = clauses.first, let verb = first.verbs.first, verb.token == first.range.lowerBound, verb.form == .present else {
            return
        }
        if language == .en {
            let isExpect = first.isFromUs && first.isTentative
            if !first.hasWe, !first.isCustomers, !first.hasFuture, !isExpect { clauses[0].isAsking = true }
        } else if !first.isAsking, let next = clauses.dropFirst().first(where: { !$0.isFragment }),
            next.verbs.first?.token == next.range.lowerBound
        {
            clauses[0].isCondition = true
        }
    }
}
