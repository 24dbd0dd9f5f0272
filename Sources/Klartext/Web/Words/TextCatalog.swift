import Foundation
import NIOConcurrencyHelpers

/// All texts in all languages, read once at start.
final class TextCatalog: Sendable {
    /// One key's text, or its plural forms.
    struct Entry: Sendable {
        var text: TextTemplate?
        var one: TextTemplate?
        var other: TextTemplate?

        func template(count: Int?) -> TextTemplate? {
            guard let count else { return text ?? other }
            return (abs(count) == 1 ? one : other) ?? other ?? text
        }

        var templates: [TextTemplate] { [text, one, other].compactMap { $0 } }
    }

    private let entries: [Language: [String: Entry]]
    private let recorded = NIOLockedValueBox<Set<String>>([])
    /// A bound for a list that only a programming error can fill.
    private static let maximumRecorded = 100

    /// Reads `de.json` and `en.json`.
    convenience init(directory: String) throws {
        var sources: [Language: Data] = [:]
        for language in Language.allCases {
            sources[language] = try Data(contentsOf: URL(fileURLWithPath: directory).appendingPathComponent("\(language.rawValue).json"))
        }
        try self.init(json: sources)
    }

    /// From i18next's JSON: nested objects whose leaves are texts; `_one` and `_other` at a key's end are plural forms.
    init(json: [Language: Data]) throws {
        entries = try json.mapValues { data in
            var flat: [String: String] = [:]
            try JSONDecoder().decode(TextTree.self, from: data).flatten(into: &flat, prefix: "")
            return flat.reduce(into: [:]) { Self.add($1.key, TextTemplate($1.value), to: &$0) }
        }
    }

    /// The texts in one language.
    subscript(language: Language) -> Texts { Texts(language: language, catalog: self) }

    /// What was asked for and not there, since the start: empty in a healthy product. Holds at most a hundred lines.
    var missing: [String] { recorded.withLockedValue { $0.sorted() } }

    func template(_ key: TextKey, _ language: Language, count: Int?) -> TextTemplate? {
        if let template = entries[language]?[key.name]?.template(count: count) { return template }
        record("\(language.rawValue): \(key.name)")
        return entries[language.other]?[key.name]?.template(count: count)
    }

    func record(_ problem: String) {
        recorded.withLockedValue { if $0.count < Self.maximumRecorded { $0.insert(problem) } }
    }

    private static func add(_ name: String, _ template: TextTemplate, to entries: inout [String: Entry]) {
        if name.hasSuffix("_one") {
            entries[String(name.dropLast(4)), default: Entry()].one = template
        } else if name.hasSuffix("_other") {
            entries[String(name.dropLast(6)), default: Entry()].other = template
        } else {
            entries[name, default: Entry()].text = template
        }
    }
}

extension TextCatalog {
    /// What a translator must mend, one sentence each: keys and placeholders that differ between the languages, missing plural forms,
    /// empty texts, braces that do not close. A test holds this empty.
    func problems() -> [String] {
        let names = Set(entries.values.flatMap(\.keys))
        return names.sorted().flatMap { name in
            Language.allCases.flatMap { problems(of: name, in: $0) } + disagreements(on: name)
        }
    }

    /// The keys of all texts.
    var keys: Set<String> { Set(entries.values.flatMap(\.keys)) }

    private func problems(of name: String, in language: Language) -> [String] {
        guard let entry = entries[language]?[name] else { return ["\(name) is missing in \(language.rawValue)"] }
        var found: [String] = []
        if (entry.one == nil) != (entry.other == nil) { found.append("\(name) has only one plural form in \(language.rawValue)") }
        if entry.text != nil, entry.other != nil { found.append("\(name) is both a text and a plural in \(language.rawValue)") }
        if entry.templates.contains(where: \.isEmpty) { found.append("\(name) is empty in \(language.rawValue)") }
        if entry.templates.contains(where: \.isMalformed) { found.append("\(name) has unclosed braces in \(language.rawValue)") }
        return found
    }

    private func disagreements(on name: String) -> [String] {
        let variants = Language.allCases.compactMap { entries[$0]?[name] }
        guard variants.count == Language.allCases.count else { return [] }
        var found: [String] = []
        // "One file" need not say {{count}}, so that placeholder may differ.
        let placeholders = Set(variants.map { Set($0.templates.flatMap(\.placeholders)).subtracting(["count"]) })
        if placeholders.count > 1 { found.append("\(name) has different placeholders") }
        if Set(variants.map { $0.other == nil }).count > 1 { found.append("\(name) is a plural in one language only") }
        return found
    }
}

/// i18next's nesting.
private enum TextTree: Decodable {
    case text(String)
    case group([String: TextTree])

    init(from decoder: any Decoder) throws {
        // Deeper than this is a mistake: keys read like "request.files.tooLarge".
        guard decoder.codingPath.count <= 8 else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "nested too deeply"))
        }
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .group(try container.decode([String: TextTree].self))
        }
    }

    func flatten(into texts: inout [String: String], prefix: String) {
        switch self {
        case .text(let text): texts[prefix] = text
        case .group(let children):
            for (name, child) in children { child.flatten(into: &texts, prefix: prefix.isEmpty ? name : "\(prefix).\(name)") }
        }
    }
}
