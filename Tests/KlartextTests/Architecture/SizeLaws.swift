/// How long a file and a function may be.
enum SizeLaws {
    static let maximumFileLines = 400
    static let maximumFunctionLines = 70

    static func files(_ tree: SourceTree) -> [Violation] {
        tree.files.filter { $0.lineCount > maximumFileLines }.map {
            Violation(path: $0.path, line: 0, what: "\($0.lineCount) lines, more than \(maximumFileLines)")
        }
    }

    static func functions(_ tree: SourceTree) -> [Violation] {
        tree.files.flatMap { file in
            functions(in: file).filter { $0.lines > maximumFunctionLines }.map {
                Violation(path: file.path, line: $0.line, what: "\($0.name) has \($0.lines) lines, more than \(maximumFunctionLines)")
            }
        }
    }

    /// The functions and initialisers with a body: from the line of `func` to that of the closing brace, both counted.
    static func functions(in file: SourceFile) -> [(name: String, line: Int, lines: Int)] {
        let words = file.words
        return words.indices.dropLast().compactMap { start in
            let isFunction = words[start].text == "func"
            let isInitialiser = words[start].text == "init" && (start == 0 || words[start - 1].text != ".")
            guard isFunction || isInitialiser, let open = body(of: start, in: words) else { return nil }
            let close = words[(open + 1)...].first { $0.text == "}" && $0.depth == words[open].depth }
            guard let close else { return nil }
            let name = isFunction ? words[start + 1].text : "init"
            return (name, words[start].line, close.line - words[start].line + 1)
        }
    }

    /// The opening brace of a body, or nil for a requirement of a protocol, which has none.
    private static func body(of start: Int, in words: [SourceFile.Word]) -> Int? {
        var parentheses = 0
        for index in (start + 1)..<words.count {
            switch words[index].text {
            case "(", "[": parentheses += 1
            case ")", "]": parentheses -= 1
            case "{" where parentheses == 0: return index
            case "}" where parentheses == 0: return nil
            case "func", "var", "let", "init", "static", "associatedtype", "case", "subscript":
                if parentheses == 0 { return nil }
            default: break
            }
        }
        return nil
    }
}
