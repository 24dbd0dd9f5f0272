import Foundation
import Yams

/// One file of a form, read key by key. Whatever is wrong is noted with its line, and the reading goes on, so that one look shows everything.
struct FormsFile {
    let file: String
    /// The names of the queues there are; nil where that is not known, and so not judged.
    let queues: [String]?
    private(set) var problems: [FormsError.Problem] = []

    static let mostFields = 40
    static let mostText = 2000

    init(file: String, queues: [String]? = nil) { (self.file, self.queues) = (file, queues) }

    mutating func complain(_ node: Node?, _ reason: String) {
        problems.append(.init(file: file, line: node?.mark?.line, reason: reason))
    }

    /// The whole form.
    mutating func type(_ root: Node, named name: String) -> RequestType? {
        guard let form = mapping(root, "a form", keys: ["id", "position", "title", "help", "queue", "subject", "message", "fields"]) else {
            return nil
        }
        let id = word(form["id"], "id", in: root)
        if let id, id != name { complain(form["id"], "the id is \(id), but the file is called \(name).yaml") }
        let position = number(form["position"], "position", 1...1000, in: root)
        let title = local(form["title"], "title", in: root)
        var type = RequestType(id: id ?? name, position: position ?? 1, title: title ?? LocalText(de: "", en: ""))
        type.help = form["help"].flatMap { local($0, "help", in: root) }
        type.queue = form["queue"].flatMap { word($0, "queue", in: root) }
        if let name = type.queue, let queues, !queues.contains(name) {
            complain(form["queue"], "there is no queue \(name); there are \(queues.joined(separator: ", "))")
        }
        type.subject = form["subject"].flatMap { local($0, "subject", in: root) }
        if let node = form["message"] { type.message = message(node) }
        if let node = form["fields"] { fields(node, &type) }
        if let subject = type.subject { judge(subject, form["subject"], type) }
        return problems.isEmpty ? type : nil
    }

    private mutating func message(_ node: Node) -> RequestType.MessageField {
        guard let entry = mapping(node, "message", keys: ["label", "help", "required"]) else { return .init() }
        return .init(
            label: entry["label"].flatMap { local($0, "label", in: node) }, help: entry["help"].flatMap { local($0, "help", in: node) },
            isRequired: entry["required"].map { truth($0, "required") } ?? true)
    }

    private mutating func fields(_ node: Node, _ type: inout RequestType) {
        guard let entries = node.sequence, entries.count <= Self.mostFields else {
            return complain(node, "fields must be a list of at most \(Self.mostFields) fields")
        }
        for entry in entries {
            guard let field = field(entry, after: type.fields) else { continue }
            if type.field(field.id) != nil { complain(entry, "there are two fields \(field.id)") }
            type.fields.append(field)
        }
    }

    /// A subject that no field fills, or that an optional field could leave with nothing to say, is no subject.
    private mutating func judge(_ subject: LocalText, _ node: Node?, _ type: RequestType) {
        for language in Language.allCases {
            let template = TextTemplate(subject[language])
            if template.isMalformed { complain(node, "the subject has braces that do not close") }
            for name in template.placeholders.sorted() where type.field(name) == nil {
                complain(node, "the subject names the field \(name), which is not there")
            }
            for name in template.placeholders.sorted() where type.field(name)?.kind == .iban {
                complain(node, "the subject names the account number \(name), which has no place in the subject of a mail")
            }
            let fixed = template.segments.contains { if case .text(let text) = $0 { text.contains(where: \.isLetter) } else { false } }
            if !fixed { complain(node, "the subject needs a word beside the fields, which may be empty") }
        }
    }
}

/// What every entry is made of.
extension FormsFile {
    /// - Returns: nil for anything but a mapping. A key that nobody knows is a problem: it would be a wish that goes unheard.
    mutating func mapping(_ node: Node, _ what: String, keys: [String]) -> [String: Node]? {
        guard let mapping = node.mapping else {
            complain(node, "\(what) must be written as key: value")
            return nil
        }
        var entries: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.string, keys.contains(name) else {
                complain(key, "\(key.string ?? "this") is not known here; known are \(keys.joined(separator: ", "))")
                continue
            }
            entries[name] = value
        }
        return entries
    }

    mutating func string(_ node: Node?, _ key: String, in parent: Node) -> String? {
        guard let node else {
            complain(parent, "\(key) is missing")
            return nil
        }
        guard let text = node.scalar?.string, !text.unicodeScalars.allSatisfy(\.properties.isWhitespace),
            text.unicodeScalars.count <= Self.mostText
        else {
            complain(node, "\(key) must be a text of at most \(Self.mostText) characters")
            return nil
        }
        return text
    }

    /// A word that may stand in an address.
    mutating func word(_ node: Node?, _ key: String, in parent: Node) -> String? {
        guard let text = string(node, key, in: parent) else { return nil }
        let isWord = text.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) } && text.utf8.count <= 40
        guard isWord else {
            complain(node, "\(key) must be of small letters, digits and hyphens, at most 40")
            return nil
        }
        return text
    }

    mutating func number(_ node: Node?, _ key: String, _ range: ClosedRange<Int>, in parent: Node) -> Int? {
        guard let text = string(node, key, in: parent) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            complain(node, "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func truth(_ node: Node, _ key: String) -> Bool {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            complain(node, "\(key) must be true or false")
            return false
        }
    }

    /// One text for each language; a text alone, such as a name, is the same in all.
    mutating func local(_ node: Node?, _ key: String, in parent: Node) -> LocalText? {
        if let node, node.mapping != nil {
            guard let entry = mapping(node, key, keys: Language.allCases.map(\.rawValue)) else { return nil }
            guard let de = string(entry["de"], "\(key).de", in: node), let en = string(entry["en"], "\(key).en", in: node) else {
                return nil
            }
            return LocalText(de: de, en: en)
        }
        return string(node, key, in: parent).map { LocalText(de: $0, en: $0) }
    }
}
