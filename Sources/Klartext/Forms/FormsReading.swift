import Foundation
import Yams

/// Reads a directory of forms: one type of request in each `*.yaml`, named as its file.
enum FormsReading {
    /// More than an operator writes by hand; whoever points us to a wrong directory is told so.
    static let mostFiles = 100
    static let mostBytes = 100_000

    /// The types in their order.
    /// - Parameter queues: the names of those there are; nil where that is not known.
    /// - Throws: `FormsError` with everything that is wrong, in all files.
    static func types(in directory: String, queues: [String]? = nil) throws -> [RequestType] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
                .sorted()
        } catch {
            throw FormsError(problems: [.init(file: directory, line: nil, reason: "there is no such directory, or it may not be read")])
        }
        guard !names.isEmpty, names.count <= mostFiles else {
            let reason = names.isEmpty ? "there is no *.yaml in it, and so nothing could be asked" : "it has more than \(mostFiles) forms"
            throw FormsError(problems: [.init(file: directory, line: nil, reason: reason)])
        }
        var (types, problems): ([RequestType], [FormsError.Problem]) = ([], [])
        for name in names {
            do { types.append(try type(file: "\(directory)/\(name)", named: String(name.dropLast(5)), queues)) } catch let error
                as FormsError
            {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw FormsError(problems: problems) }
        return types.sorted { ($0.position, $0.id) < ($1.position, $1.id) }
    }

    private static func type(file: String, named name: String, _ queues: [String]?) throws -> RequestType {
        func unusable(_ reason: String, _ line: Int? = nil) -> FormsError {
            FormsError(problems: [.init(file: file, line: line, reason: reason)])
        }
        guard let data = FileManager.default.contents(atPath: file), data.count <= mostBytes else {
            throw unusable("it cannot be read, or has more than \(mostBytes) bytes")
        }
        guard let text = String(bytes: data, encoding: .utf8) else { throw unusable("it is not UTF-8") }
        return try type(text, file: file, named: name, queues: queues)
    }

    /// - Parameters:
    ///   - file: for messages.
    ///   - name: of the file without its ending, which is the type's id.
    ///   - queues: the names of those there are; nil where that is not known.
    static func type(_ yaml: String, file: String, named name: String, queues: [String]? = nil) throws -> RequestType {
        do {
            guard let root = try Yams.compose(yaml: yaml) else {
                throw FormsError(problems: [.init(file: file, line: 1, reason: "it is empty")])
            }
            var form = FormsFile(file: file, queues: queues)
            let type = form.type(root, named: name)
            guard form.problems.isEmpty, let type else { throw FormsError(problems: form.problems) }
            return type
        } catch let error as YamlError {
            throw FormsError(problems: [problem(error, file)])
        }
    }

    private static func problem(_ error: YamlError, _ file: String) -> FormsError.Problem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            .init(file: file, line: mark.line, reason: "it is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let names, let context):
            .init(file: file, line: context.mark.line, reason: "\(names.sorted().joined(separator: ", ")) is said twice")
        case .reader(let problem, _, _, _): .init(file: file, line: nil, reason: "it is no YAML: \(problem)")
        default: .init(file: file, line: nil, reason: "it is no YAML")
        }
    }
}
