import Foundation

/// The clauses of a sentence, and which of its times somebody committed to.
struct PhraseClauses {
    private let tokens: [PhraseToken]
    private let language: Language
    private let dates: [DateExpression]
    private let clauses: [PhraseClause]

    init(_ sentence: PhraseSentence, _ language: Language, _ dates: [DateExpression]) {
        (tokens, self.language) = (sentence.tokens, language)
        let dates = Self.joined(dates, sentence.tokens)
        self.dates = dates
        clauses = Self.split(sentence.tokens, dates, language).map { PhraseClause($0, in: sentence.tokens, without: dates, language) }
    }

    /// A time to which somebody is bound.
    struct Commitment {
        var expression: DateExpression
        /// UTF-8 bytes of its words.
        var range: Range<Int>
        var channel: PromiseChannel
        var doubts: Set<PromiseDoubt>
        var isThirdParty: Bool
        /// The bytes of the third party's name.
        var name: Range<Int>?

        func party(in text: String) -> PromiseParty {
            guard isThirdParty else { return .us }
            guard let name, name.upperBound <= text.utf8.count else { return .thirdParty(nil) }
            return .thirdParty(String(decoding: Array(text.utf8.dropFirst(name.lowerBound).prefix(name.count)), as: UTF8.self))
        }
    }

    func commitments() -> [Commitment] {
        var found: [Commitment] = []
        for (index, clause) in clauses.enumerated() {
            let own = merged(dates.filter { $0.bound.isDeadline && clause.range.contains($0.tokens.lowerBound) })
            for date in own {
                // "am Dienstag, und zwar zwischen 8 und 12 Uhr"
                if clause.isFragment, date.day == nil, let last = found.indices.last, found[last].expression.time == nil,
                    found[last].expression.day != nil
                {
                    found[last].expression.time = date.time
                    found[last].range = found[last].range.lowerBound..<bytes(of: date).upperBound
                } else if let commitment = commitment(date, at: index) {
                    found.append(commitment)
                }
            }
        }
        return found
    }

    private func bytes(of date: DateExpression) -> Range<Int> {
        tokens[date.tokens.lowerBound].range.lowerBound..<tokens[date.tokens.upperBound - 1].range.upperBound
    }

    private func commitment(_ date: DateExpression, at index: Int) -> Commitment? {
        let speaking = speaker(of: index)
        let verdict = PhraseVerdict(clauses, speaking, date, language)
        guard verdict.isPromise else { return nil }
        var doubts: Set<PromiseDoubt> = []
        if verdict.isTentative || clauses[index].isTentative { doubts.insert(.tentative) }
        if isConditional(speaking), !clauses[index].isLatest { doubts.insert(.conditional) }
        let carrier = carrier(for: speaking)
        return Commitment(
            expression: date, range: bytes(of: date), channel: channel(speaking, index), doubts: doubts,
            isThirdParty: carrier != nil || clauses[speaking].isThey && !clauses[speaking].hasWe, name: carrier.map(nameBytes))
    }

    /// The clause that speaks for one without a verb: the one before, unless that is a condition, else the one behind.
    private func speaker(of index: Int) -> Int {
        guard clauses[index].isFragment else { return index }
        let before = clauses[..<index].lastIndex { !$0.isFragment && !$0.isCondition }
        let behind = clauses[(index + 1)...].firstIndex { !$0.isFragment && !$0.isCondition }
        return before ?? behind ?? index
    }

    private func isConditional(_ index: Int) -> Bool {
        clauses.indices.contains { $0 != index && clauses[$0].isCondition }
    }

    // MARK: How, and who

    private func channel(_ speaking: Int, _ index: Int) -> PromiseChannel {
        let clause = clauses[speaking]
        let nouns = clause.nouns + (index == speaking ? [] : clauses[index].nouns)
        let verb = clause.verbs.map(\.channel).first { $0 != .other }
        if isCredited(clause) { return .refund }
        if verb == .mail, nouns.contains(.parcel), !nouns.contains(.mail) { return .parcel }
        if verb == .mail, nouns.contains(.refund), !nouns.contains(.mail) { return .refund }
        if let noun = nouns.first(where: { $0 != .other }), verb == nil || verb == .mail && noun == .call { return noun }
        if let verb { return verb == .refund && isRebooked(clause) ? .other : verb }
        return clauses.flatMap(\.nouns).first { $0 != .other } ?? .other
    }

    /// "schreiben … gut"
    private func isCredited(_ clause: PhraseClause) -> Bool {
        let texts = clause.words.map { tokens[$0].text }
        return texts.contains("gut") && texts.contains { $0.hasPrefix("schreib") }
    }

    /// "umbuchen" moves an appointment, not money.
    private func isRebooked(_ clause: PhraseClause) -> Bool {
        clause.words.contains { tokens[$0].text == "um" || tokens[$0].text.hasPrefix("umbuch") }
    }

    private func carrier(for index: Int) -> Int? {
        guard !clauses[index].hasWe else { return nil }
        if let own = clauses[index].carrier { return own }
        // "Wir haben von DHL erfahren, dass das Paket morgen zugestellt wird", "the carrier has it and will deliver".
        guard clauses[index].isThey || ["dass", "that", "und", "and"].contains(clauses[index].conjunction ?? "") else { return nil }
        guard !clauses[index].isCustomers else { return nil }
        let before = clauses[..<index].last { !$0.isFragment }
        let isTold = clauses[index].isThey || clauses[index].conjunction == "dass" || clauses[index].conjunction == "that"
        return before.flatMap { clause in clause.carrier.flatMap { clause.hasWe && !isTold ? nil : $0 } }
    }

    private func nameBytes(_ carrier: Int) -> Range<Int> {
        let isTwo = carrier > 0 && tokens[carrier - 1].isWord("deutsche", "deutschen", "royal")
        return tokens[isTwo ? carrier - 1 : carrier].range.lowerBound..<tokens[carrier].range.upperBound
    }

    // MARK: Times that belong together

    /// "heute, spätestens morgen", "Montag oder Dienstag": the later binds.
    private static func joined(_ dates: [DateExpression], _ tokens: [PhraseToken]) -> [DateExpression] {
        var joined: [DateExpression] = []
        for date in dates {
            if let last = joined.last, last.day != nil, date.day != nil, last.bound.isDeadline, date.bound.isDeadline,
                last.tokens.upperBound < date.tokens.lowerBound,
                tokens[last.tokens.upperBound..<date.tokens.lowerBound].allSatisfy({
                    $0.isMark(",", "/")
                        || $0.isWord("oder", "or", "bzw", "aber", "allerspaetestens", "spaetestens", "if", "not", "wenn", "nicht")
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

    /// A day and a time of one clause are one: "morgen rufen wir Sie um 10 Uhr an".
    private func merged(_ dates: [DateExpression]) -> [DateExpression] {
        guard let time = dates.firstIndex(where: { $0.day == nil }), let day = dates.firstIndex(where: { $0.day != nil && $0.time == nil }),
            !dates[day].isDuration
        else { return dates }
        var one = dates[day]
        one.time = dates[time].time
        one.tokens =
            min(
                dates[day].tokens.lowerBound, dates[time].tokens.lowerBound)..<max(
                dates[day].tokens.upperBound, dates[time].tokens.upperBound)
        return dates.indices.compactMap { $0 == day ? one : $0 == time ? nil : dates[$0] }
    }

    // MARK: Splitting

    private static func split(_ tokens: [PhraseToken], _ dates: [DateExpression], _ language: Language) -> [Range<Int>] {
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
            } else if token.kind == .word,
                lexicon.conjunctions.contains(token.text) || lexicon.conditions.contains(token.text) || isAsSoon(tokens, index)
            {
                close(at: index, next: index)
            }
        }
        close(at: tokens.count, next: tokens.count)
        return clauses
    }

    private static func isAsSoon(_ tokens: [PhraseToken], _ index: Int) -> Bool {
        tokens[index].isWord("as") && index + 1 < tokens.count && tokens[index + 1].isWord("soon", "long")
    }
}

extension DateExpression {
    /// "in zwei Tagen" has no time beside it.
    var isDuration: Bool {
        if case .later(_, let unit) = day { return unit == .minute || unit == .hour }
        return false
    }
}
