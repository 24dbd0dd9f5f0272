import Testing

/// The lexer under the laws: what it takes for a comment, a text, or code.
@Suite(.timeLimit(.minutes(1)))
struct SwiftTextTests {
    private func code(_ source: String) -> String { String(decoding: SwiftText(source).code, as: UTF8.self) }

    @Test(arguments: [
        ("a // b\nc", "a     \nc"), ("a /* b /* c */ d */ e", "a                   e"), ("a /* b\nc */ d", "a     \n     d"),
        ("f(\"b // c\")", "f(\"      \")"), ("\"\\\"a\" b", "\"   \" b"), ("#\"a\"b\"# c", "#\"   \"# c"),
        ("\"\"\"\n a \"b\"\n \"\"\" c", "\"\"\"\n      \n \"\"\" c"), ("func `a \"b\" // c`() {}", "func `          `() {}"),
        ("\"a \\(b(\"c\") + d) e\" f", "\"   (b(\" \") + d)  \" f"), ("#\"a \\(b) \\#(c)\"# d", "#\"         (c)\"# d"),
    ])
    func `comments and texts are blanked and code stays in its place`(source: String, expected: String) {
        #expect(code(source) == expected)
        #expect(code(source).utf8.count == source.utf8.count)
    }

    @Test func `a text knows its line, its callee and its holes`() {
        let literals = SwiftText("let a = \"one\"\nTextKey(\n    \"two \\(x(\"three\")) \")").literals
        #expect(
            literals == [
                .init(line: 1, text: "one", callee: ""), .init(line: 3, text: "two ? ", callee: "TextKey"),
                .init(line: 3, text: "three", callee: "x"),
            ])
    }

    @Test(arguments: ["\"", "\"\"\"", "/*", "#\"", "`", "\"\\(", "\"\\", "#", "/", "\"\\(\"\\(\"\\("])
    func `what is never closed ends with the file`(source: String) {
        #expect(code(source).utf8.count == source.utf8.count)
    }

    @Test func `words know their line and how many braces are open`() {
        let words = SourceFile(path: "a.swift", text: "struct A {\n  var b: Int { 1 }\n}").words
        #expect(words.map(\.text) == ["struct", "A", "{", "var", "b", ":", "Int", "{", "1", "}", "}"])
        #expect(words.map(\.depth) == [0, 0, 0, 1, 1, 1, 1, 1, 2, 1, 0])
        #expect(words.last?.line == 3)
    }
}
