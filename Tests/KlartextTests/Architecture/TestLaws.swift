/// What a test must have.
enum TestLaws {
    /// Each test belongs to a suite with a time limit, or has one itself: a hang must not be silent.
    static func timeLimits(_ tree: SourceTree) -> [Violation] {
        let limited = Set(tree.tests.flatMap { file in chunks(file).filter(\.hasLimit).map(\.typeName) }).subtracting([""])
        return tree.tests.flatMap { file in
            chunks(file).flatMap { chunk -> [Violation] in
                if chunk.hasLimit || limited.contains(chunk.typeName) { return [] }
                return chunk.testLines.map { Violation(path: file.path, line: $0, what: "a test without a time limit") }
            }
        }
    }

    /// A declaration at the top level: what stands before its opening brace, and the tests up to its end.
    private struct Chunk {
        /// Empty for a function.
        var typeName = ""
        var hasLimit = false
        var testLines: [Int] = []
    }

    private static func chunks(_ file: SourceFile) -> [Chunk] {
        var chunks: [Chunk] = []
        var header: [String] = []
        var current = Chunk()
        for (index, word) in file.words.enumerated() {
            if word.text == "Test" && index > 0 && file.words[index - 1].text == "@" { current.testLines.append(word.line) }
            if word.depth > 0 { continue }
            header.append(word.text)
            if word.text == "{" {
                let kind = header.lastIndex { ["struct", "class", "enum", "actor", "extension"].contains($0) }
                if let kind, kind + 1 < header.count, !header.contains("func") { current.typeName = header[kind + 1] }
                current.hasLimit = zip(header, header.dropFirst()).contains { $0 == "." && $1 == "timeLimit" }
            } else if word.text == "}" {
                chunks.append(current)
                current = Chunk()
                header = []
            }
        }
        return chunks
    }
}
