import Foundation

/// One value in force and where it came from.
struct ConfigurationSetting: Sendable, Equatable {
    let key: ConfigurationKey
    let text: String
    /// `from environment`, `from` and the path of the file, or `default`.
    let source: String

    /// The value as it may be shown: on one line, at most 200 scalars, passwords masked.
    var shown: String {
        var scalars = String.UnicodeScalarView()
        for scalar in (key.isSecret ? Self.masked(text) : text).unicodeScalars.prefix(200) {
            scalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
        }
        return String(scalars)
    }

    /// A URL without what it may keep secret: the password, and everything behind a question mark.
    private static func masked(_ text: String) -> String {
        guard !text.isEmpty else { return "" }
        // A path is no secret; where one is expected, it is what an operator wants to see.
        guard let scheme = text.range(of: "://") else { return text.hasPrefix("/") ? text : "***" }
        let rest = text[scheme.upperBound...]
        let query = rest.firstIndex(of: "?") ?? rest.endIndex
        // The last @ ends the sign-in, so that a password with an @ that nobody encoded does not show its end. Where it
        // stands behind a question mark, nobody can say which part is the password.
        let at = rest.lastIndex(of: "@")
        if let at, at > query { return "\(text[..<scheme.upperBound])***" }
        var host = rest[..<query]
        var login = ""
        if let at {
            let user = rest[..<at].prefix { $0 != ":" }
            login = "\(user)\(user.endIndex == at ? "" : ":***")@"
            host = rest[rest.index(after: at)..<query]
        }
        return "\(text[..<scheme.upperBound])\(login)\(host)\(query == rest.endIndex ? "" : "?***")"
    }
}

/// The form that is filled in while the values are read: what is in force, and what is wrong.
struct ConfigurationForm {
    let sources: ConfigurationSources
    private(set) var settings: [ConfigurationSetting] = []
    private(set) var problems: [ConfigurationError.Problem]

    init(sources: ConfigurationSources) {
        self.sources = sources
        problems = sources.problems
    }

    /// Reads one value and notes it, or notes a problem and returns nil.
    ///
    /// - Parameter expected: what a right value looks like, the end of a sentence "but must be …".
    mutating func read<Value>(_ key: ConfigurationKey, _ expected: String, _ parse: (String) -> Value?) -> Value? {
        read(key, expected, derived: key.defaultText, parse)
    }

    /// Reads the file of mailboxes, if there is to be one.
    mutating func plan() -> MailboxesPlan? {
        let path = read(.mailboxes, "the path of a YAML file, or empty", Configuration.orEmpty { $0 })?.value
        guard let path else { return nil }
        do {
            return try MailboxesFile.read(path)
        } catch {
            problems += (error as? ConfigurationError)?.problems ?? [.unreadableFile(path: path, reason: "\(error)")]
            return nil
        }
    }

    /// Notes a problem for each key that was set although another one says all that it could say: one of the two would go unheard.
    mutating func refuseBeside(_ key: ConfigurationKey, _ others: ConfigurationKey...) {
        for other in others {
            guard let setting = sources.setting(other), !setting.text.isEmpty else { continue }
            problems.append(
                .badValue(key: other.name, source: setting.source, shown: setting.shown, expected: "left out where \(key.name) is set"))
        }
    }

    /// Reads one value whose default follows from another one. Where that other one is nil, its problem is already noted.
    mutating func read<Value>(
        _ key: ConfigurationKey, _ expected: String, derived: String?, _ parse: (String) -> Value?
    ) -> Value? {
        let fallback = derived.map { ConfigurationSetting(key: key, text: $0, source: "default") }
        guard let setting = sources.setting(key) ?? fallback else { return nil }
        guard let value = parse(setting.text) else {
            problems.append(.badValue(key: key.name, source: setting.source, shown: setting.shown, expected: expected))
            return nil
        }
        settings.append(setting)
        return value
    }
}
