import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct HTMLTests {
    @Test func `text is escaped and markup is not`() {
        let subject = "<b>\"Tom\" & 'Eva'</b>"
        let page: HTML = "<p title=\"\(subject)\">\(subject)</p>"
        let escaped = "&lt;b&gt;&quot;Tom&quot; &amp; &#39;Eva&#39;&lt;/b&gt;"
        #expect(page.string == "<p title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test(arguments: ["\"", "<", ">", "&", "'"])
    func `a combining mark does not carry a dangerous character through`(_ character: String) {
        // U+0301 joins the character before it into one Character, which a loop over Characters does not recognise.
        let page: HTML = "<a title=\"\(character + "\u{301} onmouseover=alert(1)")\">"
        #expect(!page.bytes.dropFirst(10).dropLast(2).contains { "\"<>'".utf8.contains($0) })
        #expect(page.string.utf8.contains(UInt8(ascii: "&")))
    }

    @Test func `values that are not there leave nothing`() {
        let (text, piece): (String?, HTML?) = (nil, nil)
        #expect(("[\(text)\(piece)]" as HTML).string == "[]")
        #expect(("[\(7)\(Optional("<"))]" as HTML).string == "[7&lt;]")
    }

    @Test func `a list becomes its pieces`() {
        let list: HTML = "<ul>\(each: ["a", "<"], { "<li>\($0)</li>" })</ul>"
        #expect(list.string == "<ul><li>a</li><li>&lt;</li></ul>")
        #expect(HTML.joined([list, list].map { _ in "x" }, separator: ", ").string == "x, x")
        #expect(HTML.joined([]).isEmpty)
    }

    @Test func `attributes appear only when they should`() {
        #expect(("<input\(attribute: "checked", if: true)>" as HTML).string == "<input checked>")
        #expect(("<input\(attribute: "checked", if: false)>" as HTML).string == "<input>")
        #expect(("<p\(attribute: "lang", "d\"e")>" as HTML).string == "<p lang=\"d&quot;e\">")
        #expect(("<p\(attribute: "lang", nil)>" as HTML).string == "<p>")
    }

    @Test(arguments: [
        "/", "/t/abc?x=1&y=2", "https://example.org/ä", "HTTP://example.org", "mailto:a@example.org",
        "tel:+493012345", "TEL:030",
    ])
    func `a harmless link stays`(_ url: String) {
        #expect(HTML.isSafeLink(url))
        #expect(("\(href: url)" as HTML) == HTML(text: url))
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "\u{1}javascript:alert(1)",
        "data:text/html,<script>", "vbscript:x", "//evil.example", "/\\evil.example", "/\t/evil.example", "https:evil", "", "relative",
        "file:///etc/passwd", "tel:", "tel:*#06#", "tel:030;ext=1", "tel:javascript", "http:/\u{301}/x",
    ])
    func `a link that could run something or leave us becomes a number sign`(_ url: String) {
        #expect(("\(href: url)" as HTML).string == "#")
    }

    @Test func `a quote in a link is escaped too`() {
        #expect(("\(href: "/a\"b")" as HTML).string == "/a&quot;b")
    }
}
