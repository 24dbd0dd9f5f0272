/// One thing said in the languages of the public, of which one may still be missing.
struct PublicText: Codable, Sendable, Equatable {
    /// Empty while nobody has written it.
    var de = ""
    var en = ""

    /// What was written in this language alone; empty when nothing was.
    subscript(language: Language) -> String {
        get { language == .de ? de : en }
        set { if language == .de { de = newValue } else { en = newValue } }
    }

    /// What somebody reads who asked for this language: the other one is better than nothing.
    func read(in language: Language) -> String { has(language) ? self[language] : self[language.other] }

    func has(_ language: Language) -> Bool { !self[language].isBlank }

    /// The languages in which it has still to be said.
    var missing: [Language] { Language.allCases.filter { !has($0) } }
}
