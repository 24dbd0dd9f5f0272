import Configuration
import Foundation
import Synchronization

/// The one YAML file: its path, for messages, and its bytes.
struct ConfigurationFile: Sendable {
    let path: String
    let bytes: [UInt8]

    /// More than a settings file can sensibly have; who points us to a log file is told so.
    static let maximumBytes = 1_000_000

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Reads the file that `KLARTEXT_CONFIG` names, or `klartext.yaml` in the data directory if there is one.
    ///
    /// - Throws: ``ConfigurationError`` if a file is there, or ought to be, and cannot be read.
    static func find(environment: [String: String]) throws -> ConfigurationFile? {
        let named = environment[ConfigurationKey.file.name].flatMap { $0.isEmpty ? nil : $0 }
        let directory = environment[ConfigurationKey.data.name] ?? ConfigurationKey.data.defaultText
        let path = named ?? directory + "/klartext.yaml"
        if named == nil && !FileManager.default.fileExists(atPath: path) { return nil }
        func unusable(_ reason: String) -> ConfigurationError {
            ConfigurationError(problems: [.unreadableFile(path: path, reason: reason)])
        }
        guard let handle = FileHandle(forReadingAtPath: path) else { throw unusable("it does not exist or may not be read") }
        defer { try? handle.close() }
        guard let bytes = try? handle.read(upToCount: maximumBytes + 1) else { throw unusable("it cannot be read") }
        guard bytes.count <= maximumBytes else { throw unusable("it has more than \(maximumBytes) bytes") }
        return ConfigurationFile(path: path, bytes: Array(bytes))
    }

    /// Whether there is anything but comments, which YAML would call no mapping.
    fileprivate var isBlank: Bool {
        bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
            let first = line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\t") }
            return first == nil || first == UInt8(ascii: "#")
        }
    }
}

/// The environment before the file, and every name in them that nobody knows.
struct ConfigurationSources {
    private let environment: EnvironmentVariablesProvider
    private let file: (snapshot: YAMLSnapshot, path: String)?
    /// Unknown names. They do not end the reading: all problems are shown at once.
    let problems: [ConfigurationError.Problem]

    /// - Throws: ``ConfigurationError`` if the file is no YAML, since nothing in it can then be judged.
    init(environment: [String: String], file: ConfigurationFile?) throws {
        self.environment = EnvironmentVariablesProvider(environmentVariables: environment)
        var problems: [ConfigurationError.Problem] = []
        let known = ConfigurationKey.all + [.file]
        for name in environment.keys.sorted() where name.hasPrefix(ConfigurationKey.prefix) {
            if known.contains(where: { $0.name == name }) || ConfigurationKey.isForeign(name) { continue }
            problems.append(.unknownKey(name, source: "environment", nearest: Spelling.nearest(to: name, among: known.map(\.name))))
        }
        if let file, !file.isBlank {
            let (snapshot, names) = try Self.parse(file)
            let known = ConfigurationKey.all.map(\.fileName)
            for name in names.sorted() where !known.contains(name) {
                problems.append(.unknownKey(name, source: file.path, nearest: Spelling.nearest(to: name, among: known)))
            }
            self.file = (snapshot, file.path)
        } else {
            self.file = nil
        }
        self.problems = problems
    }

    /// The value that somebody set, without surrounding white space, or nil. A list in the file becomes `a,b`.
    func setting(_ key: ConfigurationKey) -> ConfigurationSetting? {
        if let text = try? environment.environmentValue(forName: key.name) {
            return ConfigurationSetting(key: key, text: text.trimmingCharacters(in: .whitespacesAndNewlines), source: "from environment")
        }
        guard let file else { return nil }
        let name = AbsoluteConfigKey([key.fileName])
        // A scalar refuses to be read as a list and the other way round, so the first that succeeds is what stands there.
        let text: String? =
            if case .string(let scalar)? = try? file.snapshot.value(forKey: name, type: .string).value?.content {
                scalar
            } else if case .stringArray(let list)? = try? file.snapshot.value(forKey: name, type: .stringArray).value?.content {
                list.joined(separator: ",")
            } else {
                nil
            }
        return text.map {
            ConfigurationSetting(key: key, text: $0.trimmingCharacters(in: .whitespacesAndNewlines), source: "from \(file.path)")
        }
    }

    /// Parses the file and lists its names.
    ///
    /// The library has no list of names, but asks about each one while it parses whether it is a secret.
    private static func parse(_ file: ConfigurationFile) throws -> (YAMLSnapshot, [String]) {
        let names = SeenNames()
        do {
            let snapshot = try YAMLSnapshot(
                data: file.bytes.span.bytes, providerName: file.path,
                parsingOptions: .init(secretsSpecifier: .dynamic { name, _ in names.note(name) }))
            return (snapshot, names.all)
        } catch {
            // Only the first line of what the parser says: the next ones quote the file, maybe with a password.
            let reason = "\(error)".split(separator: "\n").first.map(String.init) ?? "no reason given"
            let problem = ConfigurationError.Problem.unreadableFile(
                path: file.path, reason: "it is no YAML of the form `key: value` (\(reason))")
            throw ConfigurationError(problems: [problem])
        }
    }
}

/// Names in the order in which they were seen.
private final class SeenNames: Sendable {
    private let names = Mutex<[String]>([])

    var all: [String] { names.withLock { $0 } }

    /// - Returns: true: every value of the file is treated as a secret by the library, which then never prints one.
    func note(_ name: String) -> Bool {
        names.withLock { $0.append(name) }
        return true
    }
}
