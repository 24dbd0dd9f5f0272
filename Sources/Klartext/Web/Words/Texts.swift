/// What Klartext says, in one language: `t(.requestTitle)`, `t(.greeting, ["name": name])`, `t(.filesKept, count: files.count)`.
struct Texts: Sendable {
    let language: Language
    private let catalog: TextCatalog

    init(language: Language, catalog: TextCatalog) {
        self.language = language
        self.catalog = catalog
    }

    /// Reads `de.json` and `en.json` of a directory.
    static func load(directory: String) throws -> TextCatalog { try TextCatalog(directory: directory) }

    /// The text, filled, as plain text: escape it as any other string, which `HTML` does by itself.
    ///
    /// A text with `_one` and `_other` needs `count`, which also fills `{{count}}`. A text missing in this language is taken from the
    /// other; missing there too, it is the key's name. Both are recorded in `TextCatalog.missing`, as is a placeholder without a value.
    func callAsFunction(_ key: TextKey, _ values: KeyValuePairs<String, String> = [:], count: Int? = nil) -> String {
        text(key, count: count) { name in values.first { $0.key == name }?.value }
    }

    /// The same with values that were found out elsewhere.
    func callAsFunction(_ key: TextKey, filling values: [String: String]) -> String { text(key, count: nil) { values[$0] } }

    private func text(_ key: TextKey, count: Int?, value: (_ placeholder: String) -> String?) -> String {
        guard let template = catalog.template(key, language, count: count) else { return key.name }
        var out = ""
        for segment in template.segments {
            switch segment {
            case .text(let text): out += text
            case .placeholder(let name):
                if let value = value(name) {
                    out += value
                } else if name == "count", let count {
                    out += String(count)
                } else {
                    catalog.record("\(language.rawValue): \(key.name) without {{\(name)}}")
                    out += "{{\(name)}}"
                }
            }
        }
        return out
    }

    /// The text with markup in its placeholders; the text itself is escaped: `t.html(.haveALook, ["link": "<a href=\"/\">…</a>"])`.
    func html(_ key: TextKey, _ values: KeyValuePairs<String, HTML> = [:], count: Int? = nil) -> HTML {
        guard let template = catalog.template(key, language, count: count) else { return HTML(text: key.name) }
        var out = HTML()
        for segment in template.segments {
            switch segment {
            case .text(let text): out += HTML(text: text)
            case .placeholder(let name):
                if let value = values.first(where: { $0.key == name })?.value {
                    out += value
                } else if name == "count", let count {
                    out += HTML(text: String(count))
                } else {
                    catalog.record("\(language.rawValue): \(key.name) without {{\(name)}}")
                    out += HTML(text: "{{\(name)}}")
                }
            }
        }
        return out
    }
}
