import Foundation

/// Klartext speaking one language in one time zone: texts and times together, since hardly a sentence goes without either.
struct Voice: Sendable {
    let texts: Texts
    let moments: Moments

    var language: Language { texts.language }

    func callAsFunction(_ key: TextKey, _ values: KeyValuePairs<String, String> = [:], count: Int? = nil) -> String {
        texts(key, values, count: count)
    }
}

/// All voices, made once at start.
struct Voices: Sendable {
    private let all: [Language: Voice]
    /// For people of whom nothing is known.
    let unknown: Language

    init(catalog: TextCatalog, timeZone: TimeZone, unknown: Language) {
        var all: [Language: Voice] = [:]
        for language in Language.allCases {
            all[language] = Voice(texts: catalog[language], moments: Moments(timeZone: timeZone, language: language))
        }
        (self.all, self.unknown) = (all, unknown)
        fallback = Voice(texts: catalog[unknown], moments: Moments(timeZone: timeZone, language: unknown))
    }

    private let fallback: Voice

    subscript(language: Language) -> Voice { all[language] ?? fallback }
}
