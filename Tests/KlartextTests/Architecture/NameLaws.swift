/// What things may not be called, and what may not be said at all.
enum NameLaws {
    /// Words that say nothing about what a type is for, and `User`, which is a customer or an agent.
    static let forbiddenWords: Set = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Service", "Impl", "User"]
    /// Folders that become drawers for everything.
    static let forbiddenFolders: Set = ["Core", "Util", "Utils", "Misc", "Common", "Helpers", "Extensions"]

    static func types(_ tree: SourceTree) -> [Violation] {
        tree.files.flatMap { file in
            file.types.compactMap { type in
                let bad = camelWords(type.text).first(where: forbiddenWords.contains)
                return bad.map { Violation(path: file.path, line: type.line, what: "the type \(type.text) is called a \($0)") }
            }
        }
    }

    static func files(_ tree: SourceTree) -> [Violation] {
        tree.files.compactMap { file in
            if file.name.contains("+") {
                return Violation(path: file.path, line: 0, what: "a file is one idea, not an addition to another")
            }
            let drawer = file.path.split(separator: "/").map(String.init).first(where: forbiddenFolders.contains)
            return drawer.map { Violation(path: file.path, line: 0, what: "\($0) is a drawer, not an idea") }
        }
    }

    /// Nothing in the product gives up by ending the process.
    static func traps(_ tree: SourceTree) -> [Violation] {
        tree.sources.flatMap { file in
            [["try", "!"], ["as", "!"], ["fatalError", "("]].flatMap { words in
                file.lines(of: words, touching: true).map { Violation(path: file.path, line: $0, what: "says \(words.joined())") }
            }
        }
    }

    /// `URLReaderV2` is `URL`, `Reader`, `V2`: a word begins at a capital behind or before a small letter.
    static func camelWords(_ name: String) -> [String] {
        let characters = Array(name)
        var words: [String] = []
        for (index, character) in characters.enumerated() {
            let isAfterSmall = index > 0 && !characters[index - 1].isUppercase
            let isBeforeSmall = index + 1 < characters.count && characters[index + 1].isLowercase
            if index == 0 || (character.isUppercase && (isAfterSmall || isBeforeSmall)) { words.append("") }
            words[words.count - 1].append(character)
        }
        return words
    }
}
