import Foundation

/// The clauses of a sentence, and which of its times somebody committed to.
struct PhraseClauses {
    let tokens: [PhraseToken]
    let language: Language
    let dates: [DateExpression]
    let clauses: [PhraseClause]
    /// "All being well", "mit etwas Glück": a turn that holds for the whole sentence.
    let isHedged: Bool

    init(_ sentence: PhraseSentence, _ language: Language, _ dates: [DateExpression]) {
        (tokens, self.language) = (sentence.tokens, language)
        let dates = PhraseSplit.joined(dates, sentence.tokens)
        self.dates = dates
        var clauses = PhraseSplit.clauses(of: sentence.tokens, dates, language).map {
            PhraseClause($0, in: sentence.tokens, without: dates, language)
        }
        PhraseSplit.readVerbFirst(&clauses, language)
        PhraseSplit.readShared(&clauses)
        self.clauses = clauses
        isHedged = PhraseIdioms.isAny(PhraseIdioms.hedges(language), in: sentence.tokens.map(\.text))
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
                if clause.isFragment, date.day == nil, let last = found.indices.last, found[last].expression.day != nil {
                    found[last].expression.time = date.time
                    found[last].range = found[last].range.lowerBound..<bytes(of: date).upperBound
                    if found[last].channel == .other { found[last].channel = clause.nouns.first { $0 != .other } ?? .other }
                } else if let commitment = commitment(dated(date), at: index) {
                    if date.day == nil, let last = found.last?.expression, last.day != nil, last.day == commitment.expression.day,
                        last.time == nil
                    {
                        found.removeLast()
                    }
                    if isSecondThought(index), let last = found.indices.last { found[last].doubts.insert(.severalReadings) }
                    found.append(commitment)
                }
            }
        }
        return found
    }

    /// A time in a clause of its own is one of the day named before: "am 3. kommt er, und zwar steht er um 9 Uhr vor der Tür".
    private func dated(_ date: DateExpression) -> DateExpression {
        guard date.day == nil, let day = dates.last(where: { $0.tokens.upperBound <= date.tokens.lowerBound && $0.day != nil }),
            day.time == nil,
            day.bound.isDeadline, !day.isDuration
        else { return date }
        var dated = day
        (dated.time, dated.tokens) = (date.time, date.tokens)
        return dated
    }

    private func bytes(of date: DateExpression) -> Range<Int> {
        tokens[date.tokens.lowerBound].range.lowerBound..<tokens[date.tokens.upperBound - 1].range.upperBound
    }

    private func commitment(_ date: DateExpression, at index: Int) -> Commitment? {
        let speaking = speaker(of: index)
        let verdict = PhraseVerdict(clauses, speaking, date, language)
        guard verdict.isPromise, !clauses[index].isNegated else { return nil }
        var doubts: Set<PromiseDoubt> = []
        if verdict.isTentative || clauses[index].isTentative || isHedged { doubts.insert(.tentative) }
        if isConditional(speaking), !clauses[index].isLatest { doubts.insert(.conditional) }
        if isSecondThought(index) || PhraseUnread(tokens, dates, language).isBeside(date) || hasUnread(clauses[index]) {
            doubts.insert(.unread)
        }
        let carrier = carrier(for: speaking)
        return Commitment(
            expression: date, range: bytes(of: date), channel: channel(speaking, index), doubts: doubts,
            isThirdParty: carrier != nil || clauses[speaking].isThey && !clauses[speaking].hasWe && !isDepartments(before: speaking),
            name: carrier.map(nameBytes))
    }

    /// "I've asked billing, and *they* will": who they are works for us.
    private func isDepartments(before index: Int) -> Bool {
        clauses[..<index].contains { $0.words.contains { PhraseVerbs.departments.contains(tokens[$0].text) } }
    }

    /// The clause that speaks for one without a verb: the one before, unless that is a condition, else the one behind.
    private func speaker(of index: Int) -> Int {
        guard clauses[index].isFragment else { return index }
        let before = clauses[..<index].lastIndex { !$0.isFragment && !$0.isCondition }
        let behind = clauses[(index + 1)...].firstIndex { !$0.isFragment && !$0.isCondition }
        return before ?? behind ?? index
    }

    /// "übermorgen, eher Donnerstag": a second time for what has one already.
    private func isSecondThought(_ index: Int) -> Bool {
        guard clauses[index].isFragment, clauses[index].conjunction == nil, clauses[index].nouns.isEmpty, !clauses[index].isLatest else {
            return false
        }
        let before = clauses[..<index].lastIndex { !$0.isFragment && !$0.isCondition }
        return before.map { place in
            dates.contains { $0.day != nil && $0.bound.isDeadline && clauses[place].range.contains($0.tokens.lowerBound) }
        } ?? false
    }

    private func isConditional(_ index: Int) -> Bool {
        clauses.indices.contains { $0 != index && clauses[$0].isCondition && !clauses[$0].isWhether }
    }

    /// Whether a number stands there as a time would, and was not understood as one.
    private func hasUnread(_ clause: PhraseClause) -> Bool {
        clause.range.contains { index in
            guard let value = tokens[index].value, value <= 31, index > 0, !dates.contains(where: { $0.tokens.contains(index) }) else {
                return false
            }
            let words = PhraseWords.of(language)
            let before = tokens[index - 1]
            let isTime =
                before.kind == .word
                && (words.bounds[before.text] != nil || words.beforeHour.contains(before.text)
                    || ["zwischen", "between"].contains(before.text))
            guard isTime else { return false }
            return !tokens[(index + 1)...].prefix(3).contains { words.noDates.contains($0.text) }
        }
    }

    /// A day and a time of one clause are one: "morgen rufen wir Sie um 10 Uhr an".
    private func merged(_ dates: [DateExpression]) -> [DateExpression] {
        guard let time = dates.firstIndex(where: { $0.day == nil }),
            let day = dates.firstIndex(where: { $0.day != nil && $0.takesClock(of: dates[time]) }), !dates[day].isDuration
        else { return dates }
        var one = dates[day]
        if case .part(let part) = one.time { one.time = dates[time].time?.within(part) } else { one.time = dates[time].time }
        one.tokens =
            min(
                dates[day].tokens.lowerBound, dates[time].tokens.lowerBound)..<max(
                dates[day].tokens.upperBound, dates[time].tokens.upperBound)
        return dates.indices.compactMap { $0 == day ? one : $0 == time ? nil : dates[$0] }
    }
}

extension DateExpression {
    /// Whether another's time of the day can be this day's: none is named, or a part of the day that a clock's time makes exact.
    func takesClock(of other: DateExpression) -> Bool {
        guard let time else { return true }
        if case .part = time, case .clock = other.time { return true }
        return false
    }

    /// "in zwei Tagen" has no time beside it.
    var isDuration: Bool {
        if case .later(_, let unit) = day { return unit == .minute || unit == .hour }
        return false
    }
}
