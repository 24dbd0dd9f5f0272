import Foundation

/// Where SQL may stand, and which texts people may read.
enum TextLaws {
    /// SQL text stands in `*SQL.swift`, in `Schema/` and in `Storage` alone.
    static func sql(_ tree: SourceTree) -> [Violation] {
        tree.sources.filter { file in
            !file.stem.hasSuffix("SQL") && file.folder != "Schema" && file.target != "Storage"
        }.flatMap { file in
            file.literals.filter { isSQL($0.text) }.map {
                Violation(path: file.path, line: $0.line, what: "SQL text outside of *SQL.swift")
            }
        }
    }

    /// Whether a text is a statement: one of the verbs in capitals, and behind it the word that goes with it.
    static func isSQL(_ text: String) -> Bool {
        let words = text.split { !$0.isLetter && $0 != "_" }.map(String.init)
        let pairs = [
            ("SELECT", "FROM"), ("INSERT", "INTO"), ("UPDATE", "SET"), ("DELETE", "FROM"), ("CREATE", "TABLE"), ("DROP", "TABLE"),
            ("ALTER", "TABLE"), ("PRAGMA", ""), ("BEGIN", "IMMEDIATE"),
        ]
        return pairs.contains { verb, companion in
            guard let start = words.firstIndex(of: verb) else { return false }
            return companion.isEmpty || words[start...].contains(companion)
        }
    }

    /// Every key that the code names stands in the file of each language.
    static func keysExist(_ tree: SourceTree) -> [Violation] {
        uses(tree).flatMap { use in
            tree.locales.keys.sorted().filter { !isDefined(use.key, in: tree.locales[$0] ?? [:]) }.map {
                Violation(path: use.path, line: use.line, what: "the text \(use.key) is missing in \($0).json")
            }
        }
    }

    /// Every text of a language is used, so that nobody translates what nobody reads.
    static func keysAreUsed(_ tree: SourceTree) -> [Violation] {
        let used = Set(uses(tree).map(\.key))
        return tree.locales.keys.sorted().flatMap { language in
            (tree.locales[language] ?? [:]).keys.sorted().filter { !used.contains($0) && !used.contains(withoutPlural($0)) }.map {
                Violation(path: "Locales/\(language).json", line: 0, what: "nobody uses the text \($0)")
            }
        }
    }

    /// All languages fill in the same names: what stands in `{{ }}` is the same set for each key.
    static func placeholdersAgree(_ tree: SourceTree) -> [Violation] {
        let languages = tree.locales.keys.sorted()
        let keys = Set(languages.flatMap { (tree.locales[$0] ?? [:]).keys })
        return keys.sorted().flatMap { key -> [Violation] in
            let texts = languages.compactMap { language in tree.locales[language]?[key].map { (language, placeholders($0)) } }
            guard let first = texts.first else { return [] }
            return texts.dropFirst().filter { $0.1 != first.1 }.map {
                Violation(path: "Locales/\($0.0).json", line: 0, what: "\(key) has other placeholders than in \(first.0).json")
            }
        }
    }

    /// The names in `{{ }}`, each once.
    static func placeholders(_ text: String) -> Set<String> {
        Set(
            text.components(separatedBy: "{{").dropFirst().compactMap { part in
                part.contains("}}") ? part.components(separatedBy: "}}").first?.trimmingCharacters(in: .whitespaces) : nil
            })
    }

    /// The keys that stand in `TextKey("…")`. One with a hole in it, `TextKey("state.\(name)")`, is found nowhere and so
    /// breaks the law: a key is written whole.
    private static func uses(_ tree: SourceTree) -> [(path: String, line: Int, key: String)] {
        tree.sources.flatMap { file in file.literals.filter { $0.callee == "TextKey" }.map { (file.path, $0.line, $0.text) } }
    }

    private static func isDefined(_ key: String, in texts: [String: String]) -> Bool {
        texts[key] != nil || (texts[key + "_one"] != nil && texts[key + "_other"] != nil)
    }

    private static func withoutPlural(_ key: String) -> String {
        for ending in ["_one", "_other"] where key.hasSuffix(ending) { return String(key.dropLast(ending.count)) }
        return key
    }
}
