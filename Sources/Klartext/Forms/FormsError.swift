/// Everything that is wrong with a directory of forms, at once, each with file and line.
struct FormsError: Error, Equatable, CustomStringConvertible {
    struct Problem: Equatable, Sendable, CustomStringConvertible {
        var file: String
        /// From 1; nil where no line is to blame.
        var line: Int?
        /// A sentence without its full stop.
        var reason: String

        var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(reason)." }
    }

    var problems: [Problem]

    var description: String {
        let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
        return "The forms have \(count):\n" + problems.map { "  - \($0)" }.joined(separator: "\n")
    }
}
