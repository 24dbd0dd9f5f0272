import Foundation

/// The files that the laws are held against: those of this package, or a few planted ones.
struct SourceTree {
    let files: [SourceFile]
    /// The texts of each language, by its code: key path with its text. Plural forms are separate keys, `_one` and `_other`.
    let locales: [String: [String: String]]

    init(_ texts: [String: String], locales: [String: [String: String]] = [:]) {
        files = texts.map { SourceFile(path: $0.key, text: $0.value) }.sorted { $0.path < $1.path }
        self.locales = locales
    }

    var sources: [SourceFile] { files.filter { $0.path.hasPrefix("Sources/") } }
    var tests: [SourceFile] { files.filter { $0.path.hasPrefix("Tests/") } }

    /// The package that this file belongs to.
    static let package = Result { try read(root: packageRoot()) }

    private struct NoPackage: Error {}

    private static func packageRoot() throws -> URL {
        var directory = URL(filePath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: directory.appending(path: "Package.swift").path) {
            guard directory.path != "/" else { throw NoPackage() }
            directory.deleteLastPathComponent()
        }
        return directory
    }

    static func read(root: URL) throws -> SourceTree {
        var texts: [String: String] = [:]
        for top in ["Sources", "Tests"] {
            for path in try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: top).path)
            where path.hasSuffix(".swift") {
                texts["\(top)/\(path)"] = try String(contentsOf: root.appending(path: "\(top)/\(path)"), encoding: .utf8)
            }
        }
        var locales: [String: [String: String]] = [:]
        for language in ["de", "en"] {
            let file = root.appending(path: "Locales/\(language).json")
            // A missing file breaks the law that all texts exist, not every other law with it.
            guard let data = try? Data(contentsOf: file) else {
                locales[language] = [:]
                continue
            }
            locales[language] = flatten(try JSONSerialization.jsonObject(with: data), prefix: "")
        }
        return SourceTree(texts, locales: locales)
    }

    /// `{"form": {"send": "Senden"}}` is `form.send`. Four levels are the most that anybody finds his way in; ten are refused.
    static func flatten(_ value: Any, prefix: String, depth: Int = 0) -> [String: String] {
        if let text = value as? String { return [prefix: text] }
        guard let branch = value as? [String: Any], depth < 10 else { return [:] }
        return branch.reduce(into: [:]) { all, entry in
            let path = prefix.isEmpty ? entry.key : "\(prefix).\(entry.key)"
            all.merge(flatten(entry.value, prefix: path, depth: depth + 1)) { first, _ in first }
        }
    }
}

/// A place where a law is broken, written so that an editor can jump there.
struct Violation: CustomStringConvertible, Equatable {
    let path: String
    /// From 1; 0 where the whole file is meant.
    let line: Int
    let what: String

    var description: String { line == 0 ? "\(path): \(what)" : "\(path):\(line): \(what)" }
}

/// One rule of ARCHITECTURE.md or STYLE.md, as a question to a tree: where is it broken?
typealias Law = (SourceTree) -> [Violation]
