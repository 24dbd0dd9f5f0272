import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct SafeHTMLTests {
    @Test(arguments: [
        ("<p>Hallo <b>Welt</b></p>", "<p>Hallo <b>Welt</b></p>"), ("<P CLASS=x STYLE='color:red' onclick=y>a", "<p>a</p>"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<script>alert(1)</script>x", "x"), ("<style>p{}</style>x", "x"), ("<b/<script>alert(1)</script>", "<b>alert(1)</b>"),
        ("&lt;script&gt;", "&lt;script&gt;"),
        ("<a href='javascript:alert(1)'>x</a>", "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>"),
        ("<a href=\"java&#10;script:alert(1)\">x</a>", "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>"),
        (
            "<a href=' https://e.example/?a=1&amp;b=%22'>x</a>",
            "<a href=\"https://e.example/?a=1&amp;b=%22\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>"
        ),
        ("<a href=\"data:text/html,x\">x</a>", "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>"),
        ("<td colspan=3 rowspan='999999' align=CENTER dir=rtl>x", "<td dir=\"rtl\" align=\"center\" colspan=\"3\">x</td>"),
        ("</p></div>x", "x"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"), ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
        ("<!--><img src=x onerror=1>-->c", "<img alt=\"\">--&gt;c"),
        ("<!-- a -- ><b>hidden</b>-->d", "d"), ("<textarea><img src=x onerror=1></textarea>", "<img alt=\"\">"), ("<p", "&lt;p"),
        ("<a href=\"x", "&lt;a href=&quot;x"),
        ("<form action=/x><input name=a><button>Los</button></form>", "Los"),
        ("<svg><style><img src=x onerror=alert(1)></style></svg>z", "z"),
        ("<div style=\"display: none\">weg<div>auch</div></div>da", "da"), ("<div hidden>offen", "<div>offen</div>"),
        ("<p style='opacity:0'>weg</p>da", "da"), ("<p style='opacity:0.5'>blass</p>", "<p>blass</p>"),
        ("<p style='max-height: 0px; overflow:hidden'>weg</p>da", "da"), ("<p style='max-height:0'>ragt heraus</p>", "<p>ragt heraus</p>"),
        ("<p style='font-size:0'><b>da</b></p>", "<p><b>da</b></p>"), ("<p style='fill-opacity:0'>da</p>", "<p>da</p>"),
        ("<p title=\"\u{301}\"onclick=x>a</p>", "<p>a</p>"),
        ("a\u{0}b\u{1}c", "abc"), ("<o:p>x</o:p>", "x"), ("x<!-- nie zu", "x nie zu"), ("<script>nie zu", "nie zu"),
    ])
    func `only harmless markup remains`(_ html: String, _ clean: String) {
        #expect(SafeHTML.clean(html).html == clean)
    }

    /// Whatever goes in, tags with attributes in the output are of the few known shapes.
    @Test(arguments: [
        "<img src=x onerror=alert(1)>", "<<img src=x onerror=alert(1)>", "<img/src=\"x\"/onerror=alert(1)>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<p title=\"\u{301}\"onclick=x>", "<a href=\"https://x\"\u{301} onclick=1>q</a>", "<a href=\"https://x\u{301}\" onclick=1>",
        "<svg/onload=alert(1)>", "<iframe src=javascript:alert(1)>",
        "<a href=\"https://x&quot; onclick=alert(1) y=&quot;\">", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<body onload=alert(1)>", "<base href=//evil>",
        "<meta http-equiv=refresh content='0;url=//evil'>", "<link rel=stylesheet href=//evil>", "<object data=//evil>x</object>",
        "<embed src=//evil>",
        "<a href='vbscript:x' href='https://ok'>", "<a hReF=\" &#x6A;avascript:alert(1)\">",
        "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">", "<img src='cid:\" onerror=x'>",
        "<img alt='\"><script>x</script>' src=cid:a>", "<td colspan='1\" onclick=x'>", "<xmp><script>x</script></xmp>",
        "<plaintext><script>", "<a href='https://a' style='position:fixed'>",
        "<style><a title=\"</style><img src=x onerror=alert(1)>\">", "<title></p><img src=x onerror=1></title>",
        "<select><option><script>x</script></select>", "\u{FEFF}<script>x</script>",
        "<img src=x:x onerror=x />", "<table background=javascript:x><tr background=x>", "<font color=\"red\" face='x'>",
        "<marquee onstart=x>", "<details ontoggle=x open>",
    ])
    func `no script, handler or request survives`(_ html: String) {
        let result = SafeHTML.clean(html, images: .allowed, cidURL: { "/files/" + $0 }).html
        for tag in Self.tags(result) { #expect(Self.isHarmless(tag), "\(tag) in \(result)") }
    }

    @Test func `remote pictures are blocked and counted unless asked for`() {
        let html =
            """
            <img src=https://t.example/a.png alt=Logo><img src="http://t.example/b.gif"><img src='//t.example/c'>\
            <img src=cid:foto@x width=10><img src=cid:weg>
            """
        let blocked = SafeHTML.clean(html, cidURL: { $0 == "foto@x" ? "/f/1" : nil })
        #expect(blocked.blockedImages == 3)
        #expect(blocked.html == "<img alt=\"Logo\"><img alt=\"\"><img alt=\"\"><img src=\"/f/1\" alt=\"\" width=\"10\"><img alt=\"\">")
        let allowed = SafeHTML.clean(html, images: .allowed)
        #expect(allowed.blockedImages == 2)
        #expect(allowed.html.hasPrefix("<img src=\"https://t.example/a.png\" alt=\"Logo\"><img alt=\"\">"))
    }

    @Test(arguments: [
        "<a ", "&", "<div>", "<", "<!--", "<style></styl", "</div>", "<a href=\"", "&#x", "<p hidden>", "<li><ul>", "<b><i></b>", "<![",
        "</", "<td><table>", "<script>",
    ])
    func `megabytes of anything are read in time`(_ piece: String) {
        let html = String(repeating: piece, count: 50 * HostileMailTests.many / piece.utf8.count)
        _ = SafeHTML.clean(html)
        _ = HTMLText.plain(from: html)
    }

    @Test func `nesting is bounded`() {
        let html = SafeHTML.clean(String(repeating: "<div>", count: HostileMailTests.many) + "x").html
        #expect(html.utf8.count < 2_000)
        #expect(html.contains("x"))
    }

    private static func tags(_ html: String) -> [String] {
        html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1).map { String($0.prefix { $0 != ">" }) }
    }

    private static func isHarmless(_ tag: String) -> Bool {
        if tag.hasPrefix("/") { return tag.dropFirst().allSatisfy { $0.isLetter || $0.isNumber } }
        let quoted = tag.split(separator: "\"", omittingEmptySubsequences: false)
        // Every second piece is a value; what lies between may be known names only.
        let names = quoted.enumerated().filter { $0.offset % 2 == 0 }.flatMap {
            $0.element.split(whereSeparator: { $0 == " " || $0 == "=" })
        }
        let known: Set<Substring> = [
            "href", "src", "alt", "width", "height", "dir", "align", "colspan", "rowspan", "start", "target", "rel",
        ]
        guard let element = names.first, HTMLElement.named(String(element)).traits.contains(.allowed) else { return false }
        let values = quoted.enumerated().filter { $0.offset % 2 == 1 }.map { $0.element.lowercased() }
        return names.dropFirst().allSatisfy { known.contains($0) }
            && !values.contains { $0.hasPrefix("javascript:") || $0.hasPrefix("vbscript:") || $0.hasPrefix("data:text") }
    }
}
