/// Everything that is wrong with a configuration, at once, so that an operator corrects it in one go.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// One thing that is wrong.
    enum Problem: Sendable, Equatable {
        /// A variable or a word in the file that Klartext does not know; `nearest` is the known one that looks most like it.
        case unknownKey(String, source: String, nearest: String)
        /// A value that cannot be used. `shown` is masked where the key is a secret.
        case badValue(key: String, source: String, shown: String, expected: String)
        /// The file is missing, too large, or no YAML; `reason` is for people.
        case unreadableFile(path: String, reason: String)
        /// Something in a file of its own is wrong, at a line where one can be told.
        case badFile(path: String, line: Int?, reason: String)
    }

    let problems: [Problem]

    var description: String {
        let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
        return "The configuration has \(count):\n" + problems.map { "  - \($0)" }.joined(separator: "\n")
    }
}

extension ConfigurationError.Problem: CustomStringConvertible {
    var description: String {
        switch self {
        case .unknownKey(let name, let source, let nearest):
            "\(name) (\(source)) is no setting of Klartext. Did you mean \(nearest)?"
        case .badValue(let key, let source, let shown, let expected):
            "\(key) is \"\(shown)\" (\(source)), but must be \(expected)."
        case .badFile(let path, let line, let reason):
            "\(path)\(line.map { ":\($0)" } ?? ""): \(reason)."
        case .unreadableFile(let path, let reason):
            "The file \(path) cannot be used: \(reason)."
        }
    }
}

/// Guessing what a misspelt name was meant to be.
enum Spelling {
    /// The candidate with the smallest edit distance, the first one of equals.
    ///
    /// - Parameter candidates: at least one word.
    static func nearest(to word: String, among candidates: [String]) -> String {
        candidates.min { editDistance(word, $0) < editDistance(word, $1) } ?? ""
    }

    /// The least number of inserted, deleted or replaced bytes that turn one word into the other (Levenshtein 1966).
    ///
    /// - Complexity: product of both lengths; both are cut at 100 bytes, more than any key has.
    private static func editDistance(_ first: String, _ second: String) -> Int {
        let first = Array(first.utf8.prefix(100))
        let second = Array(second.utf8.prefix(100))
        var row = Array(0...second.count)
        for (i, a) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in second.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
