import Foundation
import Mail
import Yams

/// Reads `mailboxes.yaml` key by key. Whatever is wrong is noted with its line, and the reading goes on, so that one look shows everything.
struct MailboxesFile {
    private let path: String
    private(set) var problems: [ConfigurationError.Problem] = []

    static let mostBytes = 100_000
    static let most = 100
    private static let longestText = 2000

    private init(path: String) { self.path = path }

    /// - Throws: `ConfigurationError` with everything that is wrong. What may hold a password is never quoted.
    static func read(_ path: String) throws -> MailboxesPlan {
        let data = FileManager.default.contents(atPath: path)
        guard let data, data.count <= mostBytes, let text = String(bytes: data, encoding: .utf8) else {
            throw ConfigurationError(problems: [
                .unreadableFile(path: path, reason: "it does not exist, may not be read, is not UTF-8 or has more than \(mostBytes) bytes")
            ])
        }
        return try read(text, path: path)
    }

    /// - Parameter path: for messages.
    static func read(_ yaml: String, path: String) throws -> MailboxesPlan {
        var file = MailboxesFile(path: path)
        do {
            guard let root = try Yams.compose(yaml: yaml) else {
                throw ConfigurationError(problems: [.badFile(path: path, line: 1, reason: "it is empty")])
            }
            let plan = file.plan(root)
            guard file.problems.isEmpty, let plan else { throw ConfigurationError(problems: file.problems) }
            return plan
        } catch let error as YamlError {
            throw ConfigurationError(problems: [problem(error, path)])
        }
    }

    private static func problem(_ error: YamlError, _ path: String) -> ConfigurationError.Problem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            .badFile(path: path, line: mark.line, reason: "it is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let names, let context):
            .badFile(path: path, line: context.mark.line, reason: "\(names.sorted().joined(separator: ", ")) is said twice")
        default: .badFile(path: path, line: nil, reason: "it is no YAML")
        }
    }

    // MARK: The file

    private mutating func plan(_ root: Node) -> MailboxesPlan? {
        guard let top = mapping(root, "the file", keys: ["queues", "mailboxes"]) else { return nil }
        var queues: [Queue] = []
        for node in list(top["queues"], "queues") {
            guard let queue = queue(node) else { continue }
            if queues.contains(where: { $0.name == queue.name }) { complain(node, "there are two queues \(queue.name)") }
            queues.append(queue)
        }
        if queues.isEmpty { queues = [.general] }
        var entries: [MailboxesPlan.Entry] = []
        for node in list(top["mailboxes"], "mailboxes") {
            guard let entry = mailbox(node, queues) else { continue }
            if entries.contains(where: { $0.address.address == entry.address.address }) {
                complain(node, "there are two mailboxes \(entry.address.address)")
            }
            entries.append(entry)
        }
        if entries.isEmpty, problems.isEmpty { complain(top["mailboxes"] ?? root, "mailboxes must list at least one mailbox") }
        return problems.isEmpty ? MailboxesPlan(mailboxes: entries, queues: queues) : nil
    }

    private mutating func queue(_ node: Node) -> Queue? {
        guard let entry = mapping(node, "a queue", keys: ["name", "title", "hours", "region"]) else { return nil }
        guard let name = text(entry["name"], "name", in: node) else { return nil }
        let isWord = name.utf8.count <= 40 && name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) }
        if !isWord { complain(entry["name"], "name must be of small letters, digits and hyphens, at most 40") }
        var queue = Queue(name: name, title: texts(entry["title"], "title") ?? [.de: name, .en: name])
        queue.hours = entry["hours"].flatMap { text($0, "hours", in: node, isOneLine: true) }
        if let hours = queue.hours, WeekText.week(hours) == nil {
            complain(entry["hours"], "hours must be such as Mo-Fr 9-12 13-17, Sa 10-14")
        }
        queue.region = entry["region"].flatMap { text($0, "region", in: node, isOneLine: true) }
        if let region = queue.region, HolidayRegion.named(region) == nil {
            complain(entry["region"], "region must be one such as DE, DE-BY, AT-9 or CH-ZH (ISO 3166-2)")
        }
        return isWord ? queue : nil
    }

    private mutating func mailbox(_ node: Node, _ queues: [Queue]) -> MailboxesPlan.Entry? {
        let keys = ["address", "name", "queue", "language", "signature", "source"]
        guard let entry = mapping(node, "a mailbox", keys: keys), let written = text(entry["address"], "address", in: node) else {
            return nil
        }
        guard let address = SupportAddress(written) else {
            complain(entry["address"], "address must be a@b or Name <a@b>, without + before the @")
            return nil
        }
        var mailbox = MailboxesPlan.Entry(address: address, queue: queues[0].name)
        mailbox.name = entry["name"].flatMap { text($0, "name", in: node, isOneLine: true) } ?? (address.name.isEmpty ? nil : address.name)
        if let node = entry["queue"], let name = text(node, "queue", in: node) {
            if !queues.contains(where: { $0.name == name }) { complain(node, "there is no queue \(name)") }
            mailbox.queue = name
        }
        if let node = entry["language"] {
            mailbox.language = node.string.flatMap(Language.init(rawValue:))
            if mailbox.language == nil { complain(node, "language must be de or en") }
        }
        if let node = entry["signature"] { mailbox.signature = texts(node, "signature") ?? [:] }
        if let node = entry["source"] { mailbox.server = source(node) }
        return mailbox
    }

    /// What is wrong with it is not quoted: there may be a password in it.
    private mutating func source(_ node: Node) -> IMAPServerAddress? {
        if node.string == "lmtp" { return nil }
        let server = node.string.flatMap(IMAPServerAddress.init(url:))
        if server == nil {
            complain(
                node,
                "source must be lmtp or imaps://user:password@host/FOLDER or imap://…, with ?token_file=, ?since=, ?tls=, ?ca= or ?verify= at most"
            )
        }
        return server
    }

    // MARK: What every entry is made of

    private mutating func complain(_ node: Node?, _ reason: String) {
        problems.append(.badFile(path: path, line: node?.mark?.line, reason: reason))
    }

    private mutating func list(_ node: Node?, _ what: String) -> [Node] {
        guard let node else { return [] }
        guard let items = node.sequence, items.count <= Self.most else {
            complain(node, "\(what) must be a list of at most \(Self.most)")
            return []
        }
        return Array(items)
    }

    /// - Returns: nil for anything but a mapping. A key that nobody knows is a problem: it would be a wish that goes unheard.
    private mutating func mapping(_ node: Node, _ what: String, keys: [String]) -> [String: Node]? {
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

    private mutating func text(_ node: Node?, _ key: String, in parent: Node, isOneLine: Bool = false) -> String? {
        guard let node else {
            complain(parent, "\(key) is missing")
            return nil
        }
        guard let text = node.scalar?.string, !text.isBlank, text.utf8.count <= Self.longestText,
            !isOneLine || !Configuration.hasControlCharacter(text)
        else {
            complain(node, "\(key) must be a text of at most \(Self.longestText) bytes\(isOneLine ? " on one line" : "")")
            return nil
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// One text for each language; a text alone is the same in both.
    private mutating func texts(_ node: Node?, _ key: String) -> [Language: String]? {
        guard let node else { return nil }
        guard node.mapping != nil else { return text(node, key, in: node).map { [.de: $0, .en: $0] } }
        guard let entry = mapping(node, key, keys: Language.allCases.map(\.rawValue)) else { return nil }
        var texts: [Language: String] = [:]
        for language in Language.allCases { texts[language] = text(entry[language.rawValue], "\(key).\(language.rawValue)", in: node) }
        return texts
    }
}
