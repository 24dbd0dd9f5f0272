import Foundation

/// A verb of the tables in the form in which it stands.
struct PhraseVerb: Sendable, Equatable {
    enum Form: Sendable {
        /// "melden", "melde", "zu melden": now or to come. An English "call" or "calls".
        case present
        /// "meldete": over.
        case past
        /// "gemeldet", and English "called" or "sent".
        case participle
        /// English "calling".
        case continuous
    }

    var channel: PromiseChannel
    var form: Form
    /// Which word of the sentence it is.
    var token: Int
    /// "da", "fertig": what something is then, rather than what is done.
    var isPredicate = false
    /// "folgt", "erfolgt": what we do, told as if it came.
    var isOutcome = false
    /// "to call": no deed without another verb.
    var isInfinitive = false

    /// - Parameter text: a word as tokens have it.
    static func of(_ text: String, at token: Int, _ language: Language) -> PhraseVerb? {
        if let channel = PhraseVerbs.of(language).irregular[text] {
            return PhraseVerb(channel: channel, form: .present, token: token, isPredicate: predicates.contains(text))
        }
        if irregularParticiples.contains(text) { return PhraseVerb(channel: .other, form: .participle, token: token) }
        let found = language == .de ? german(Array(text.utf8)) : english(Array(text.utf8))
        return found.map { PhraseVerb(channel: $0.0, form: $0.1, token: token, isOutcome: text == "folgt" || text == "erfolgt") }
    }

    private static let predicates: Set = ["da", "fertig", "bereit", "frei", "online"]

    /// Participles that change their stem.
    private static let irregularParticiples: Set = [
        "abgeschlossen", "umgezogen", "behoben", "aufgehoben", "vorgenommen", "uebernommen", "gefunden", "angenommen", "abgenommen",
        "getroffen", "entschieden", "geschrieben", "verschoben", "vollzogen", "gebracht", "angebracht", "gestrichen", "unterschrieben",
        "vergeben",
        "ueberwiesen", "angewiesen", "zugewiesen", "entnommen", "zurueckgenommen", "erhoben", "unterbrochen", "wiedergefunden", "done",
        "dealt", "gone", "built", "written", "given", "taken", "brought", "begun", "drawn", "shown",
        "geschlossen", "angeschlossen", "abgegangen", "eingegangen", "geworden", "bewiesen",
    ]

    // MARK: German

    private static let germanStems = stems(.de)
    /// What can stand before the stem of a verb that is split: "zurückrufen", "an-zu-rufen".
    private static let prefixes = [
        "zurueck", "an", "ab", "aus", "mit", "nach", "vor", "vorbei", "weiter", "frei", "um", "ein", "fertig", "auf", "durch", "her", "hin",
        "bei", "los",
        "raus", "rein", "rum", "ran", "dran", "hoch", "runter", "neu", "weg", "heim", "entgegen", "teil", "wieder", "gut", "bereit", "zu",
        "zusammen", "heraus", "fest",
    ].map { Array($0.utf8) }
    private static let presentEndings = Set(["", "e", "en", "t", "et", "st", "est", "n", "eln", "ern"].map { Array($0.utf8) })
    private static let pastEndings = Set(["te", "ten", "ete", "eten", "tet", "test"].map { Array($0.utf8) })

    private static func german(_ word: [UInt8]) -> (PromiseChannel, Form)? {
        if let plain = stemmed(word[...]) { return plain }
        for prefix in prefixes where word.starts(with: prefix) {
            let rest = word[prefix.count...]
            let isParticiple = rest.starts(with: Array("ge".utf8))
            for skipped in isParticiple ? [2] : rest.starts(with: Array("zu".utf8)) ? [2, 0] : [0] {
                if let found = stemmed(rest.dropFirst(skipped)) { return (found.0, isParticiple ? .participle : found.1) }
            }
        }
        if word.starts(with: Array("ge".utf8)), let found = stemmed(word[2...]) { return (found.0, .participle) }
        return nil
    }

    private static func stemmed(_ word: ArraySlice<UInt8>) -> (PromiseChannel, Form)? {
        guard word.count >= 3 else { return nil }
        for length in stride(from: word.count, through: 3, by: -1) {
            guard let channel = germanStems[Array(word.prefix(length))] else { continue }
            let ending = Array(word.dropFirst(length))
            if presentEndings.contains(ending) { return (channel, .present) }
            if pastEndings.contains(ending) { return (channel, .past) }
        }
        return nil
    }

    /// Whether a small word has the form of a participle, known or not: "angestoßen", "verschickt", "geprüft".
    static func looksLikeParticiple(_ text: String) -> Bool {
        let word = Array(text.utf8)
        guard word.count > 5, text.hasSuffix("t") || text.hasSuffix("en"), !text.hasPrefix("gern") else { return false }
        let ge = Array("ge".utf8)
        if word.starts(with: ge) || prefixes.contains(where: { word.starts(with: $0 + ge) }) { return true }
        return text.hasSuffix("t") && ["ver", "er", "be", "ent", "zer", "ueber", "unter"].contains(where: text.hasPrefix)
    }

    // MARK: English

    private static let englishStems = stems(.en)
    private static let englishEndings: [[UInt8]: Form] = [
        Array("".utf8): .present, Array("e".utf8): .present, Array("s".utf8): .present, Array("es".utf8): .present,
        Array("y".utf8): .present,
        Array("ies".utf8): .present, Array("ed".utf8): .participle, Array("d".utf8): .participle, Array("ied".utf8): .participle,
        Array("ing".utf8): .continuous, Array("ting".utf8): .continuous, Array("ping".utf8): .continuous, Array("ped".utf8): .participle,
        Array("ying".utf8): .continuous, Array("en".utf8): .participle, Array("ning".utf8): .continuous,
    ]

    private static func english(_ word: [UInt8]) -> (PromiseChannel, Form)? {
        for length in stride(from: word.count, through: 2, by: -1) {
            guard let channel = englishStems[Array(word.prefix(length))] else { continue }
            if let form = englishEndings[Array(word.dropFirst(length))] { return (channel, form) }
        }
        return nil
    }

    private static func stems(_ language: Language) -> [[UInt8]: PromiseChannel] {
        Dictionary(PhraseVerbs.of(language).stems.map { (Array($0.stem.utf8), $0.channel) }, uniquingKeysWith: { first, _ in first })
    }
}
