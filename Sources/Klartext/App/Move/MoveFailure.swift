/// Why an instance cannot be moved, in words for an operator.
enum MoveFailure: Error, Equatable, CustomStringConvertible {
    case samePlace
    case noDatabase(String)
    case noKey(String)
    case served(String)
    case unfinishedSource
    case notEmpty(table: String)
    case otherMove
    case otherKey
    case differs(table: String, String)
    case files([String])
    case notWhole([String])

    var description: String {
        switch self {
        case .samePlace: "both are the same place"
        case .noDatabase(let path): "there is no klartext.sqlite in \(path)"
        case .noKey(let path): "\(path) is missing: without it the links that customers hold would stop working"
        case .served(let name): "\(name) is being served: stop every klartext on it first"
        case .unfinishedSource: "what is to be moved is itself the target of a move that has not ended"
        case .notEmpty(let table): "the target is not empty (\(table) has rows); a move never writes over anything"
        case .otherMove: "the target holds the unfinished move of another instance"
        case .otherKey: "the target belongs to an instance with another key"
        case .differs(let table, let what):
            "\(table) differs (\(what)): somebody wrote meanwhile; empty the target and begin again"
        case .files(let names): "files that are neither here nor there: " + names.joined(separator: ", ")
        case .notWhole(let lines): "the target is not whole, and is not served:\n" + lines.joined(separator: "\n")
        }
    }
}
