import Foundation

/// A commitment with a time, found in what an agent writes: "wir rufen Sie morgen um 10 Uhr zurück", "DHL will deliver by Friday".
///
/// It is a proposal to record a `Promise`, never the record itself. What is not certain is never said as if it were: several readings stand
/// in their order, the likeliest first, and ``doubts`` say why a person should look.
///
///     for phrase in PromisePhrase.found(in: reply, now: now, calendar: queue.calendar) {
///         phrase.isCertain ? offer(phrase.readings[0].due) : ask(phrase.readings, phrase.doubts)
///     }
struct PromisePhrase: Sendable, Equatable {
    /// The words that say when, as offsets of UTF-8 bytes in the text.
    let range: Range<Int>
    /// At least one, each later than `now`, no two alike.
    let readings: [PromiseReading]
    let channel: PromiseChannel
    let party: PromiseParty
    /// Why not to take the first reading for granted; empty when there is one reading and nothing against it.
    let doubts: Set<PromiseDoubt>

    var isCertain: Bool { doubts.isEmpty }
}

/// One way to understand the words.
struct PromiseReading: Sendable, Hashable {
    /// The last moment at which the promise is kept.
    let due: Date
    /// The day that is meant; `due` lies on it or, where "before" was said, on the day before.
    let day: LocalDay
}

/// Who made the promise.
enum PromiseParty: Sendable, Equatable {
    case us
    /// Somebody else; the name as it is written, nil where only "they" is said.
    case thirdParty(String?)
}

/// Why a person should look before a promise is recorded.
enum PromiseDoubt: String, Sendable, CaseIterable {
    /// The words can mean several days or times.
    case severalReadings
    /// Nobody is there on that day.
    case closedDay
    /// "voraussichtlich", "we aim to".
    case tentative
    /// It hangs on something: "if you send us …, we will …".
    case conditional
    /// The weekday and the date do not fit each other.
    case contradiction
    /// A number beside it looks like a time and was not understood.
    case unread
}

extension PromisePhrase {
    /// The longest text that is looked at, in UTF-8 bytes: what is behind it was not typed by a person.
    static let mostBytes = 64_000
    /// The most that are offered for one text; nobody promises more in one letter.
    static let mostPhrases = 20

    /// The commitments of a text in their order.
    /// - Parameters:
    ///   - text: as the agent types it, without markup; quoted lines and a signature are passed over.
    ///   - now: when it is written.
    ///   - calendar: the queue's: "by Friday" ends when its door closes on Friday.
    ///   - language: what the text is written in where its words do not say.
    static func found(in text: String, now: Date, calendar: BusinessCalendar, language: Language = .de) -> [PromisePhrase] {
        let tokens = PhraseToken.tokens(of: text, mostBytes: mostBytes)
        let resolver = DateResolver(now: now, calendar: calendar)
        var found: [PromisePhrase] = []
        let main = PhraseLanguage.guess(tokens[...]) ?? language
        for sentence in PhraseSentence.sentences(of: PhraseBody.ownWords(tokens)) {
            let sentenceLanguage = PhraseLanguage.guess(sentence.tokens[...]) ?? main
            found += phrases(in: sentence, sentenceLanguage, resolver, text)
            if found.count >= mostPhrases { break }
        }
        return Array(found.prefix(mostPhrases))
    }

    private static func phrases(in sentence: PhraseSentence, _ language: Language, _ resolver: DateResolver, _ text: String)
        -> [PromisePhrase]
    {
        guard !sentence.isQuestion else { return [] }
        var sentence = sentence
        sentence.tokens = PhraseTypo.corrected(sentence.tokens, language)
        let dates = DateGrammar(sentence.tokens, language).dates()
        guard !dates.isEmpty else { return [] }
        return PhraseClauses(sentence, language, dates).commitments().compactMap { commitment in
            guard let resolved = resolver.resolve(commitment.expression, language) else { return nil }
            return PromisePhrase(
                range: commitment.range, readings: resolved.readings, channel: commitment.channel, party: commitment.party(in: text),
                doubts: resolved.doubts.union(commitment.doubts))
        }
    }
}
