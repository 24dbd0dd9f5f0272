import Testing

@testable import Mail

@Suite(.timeLimit(.minutes(1)))
struct HTMLTextTests {
    @Test(arguments: [
        ("a<br>b", "a\nb"), ("<p>a</p><p>b</p>", "a\n\nb"), ("<div>a</div><div>b</div>", "a\nb"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("<div>a<br></div><div>b</div>", "a\nb"), ("a\n  b\tc", "a b c"), ("a&nbsp;&nbsp;b", "a  b"), ("<pre>a\n  b</pre>", "a\n  b"),
        ("<h1>T</h1>x", "T\n\nx"),
        ("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\n\nc"), ("<ol><li>a<li>b</ol>", "1. a\n2. b"), ("<li><p>a</p></li>", "- a"),
        ("<ul><li>a<ul><li>b</ul></ul>", "- a\n  - b"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a\tb\nc\td"),
        ("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc"),
        ("<blockquote>a<br><br>b</blockquote>", "> a\n>\n> b"),
        ("x<blockquote><blockquote>a</blockquote>b</blockquote>", "x\n\n>> a\n>\n> b"),
        ("<a href='https://x.example/'>x.example</a>", "x.example"),
        ("<a href='https://x.example/a'>hier</a>.", "hier (https://x.example/a)."),
        ("<a href='mailto:a@x.example'>a@x.example</a>", "a@x.example"),
        ("<a href='mailto:a@x.example?subject=y'>Mail</a>", "Mail (a@x.example)"), ("<a href='#top'>oben</a>", "oben"),
        ("<a href='javascript:x'>x</a>", "x"), ("<a href='https://x.example'><img src=y></a>", ""),
        ("<img alt='Logo GmbH'>", "[Logo GmbH]"), ("<img alt='🎉'>", "🎉"),
        ("&uuml;&Uuml;&szlig;&euro;&#8364;&#x20ac;&#128;&hellip;&Lstrok;", "üÜß€€€€…Ł"),
        ("&amp;lt; &unbekannt; & &#0; &copy", "&lt; &unbekannt; & \u{FFFD} ©"), ("a<hr>b", "a\n----------\nb"),
        ("<style>x</style><title>t</title>a", "a"), ("<div style='display:none'>weg</div>da", "da"),
        ("<div style='display:none'>alles", "alles"), ("<p class=MsoNormal>a</p><p class=MsoNormal>b</p>", "a\nb"),
        ("", ""), ("<b>fett</b>er", "fetter"), ("a <b> b </b> c", "a b c"), ("Stra&shy;&szlig;e", "Straße"), ("a < b", "a < b"),
        ("<3", "<3"), ("offen <b", "offen <b"),
    ])
    func `markup becomes what a person would type`(_ html: String, _ text: String) {
        #expect(HTMLText.plain(from: html) == text)
    }

    @Test func `a quotation in HTML folds like one in plain text`() {
        let html = """
            <div>Danke!</div><div class=gmail_quote><div>Am Do., 12. März 2026 um 10:11 Uhr schrieb N \
            &lt;<a href='mailto:a@b.example'>a@b.example</a>&gt;:<br></div><blockquote>Alt</blockquote></div>
            """
        #expect(Quoting.fold(HTMLText.plain(from: html)).visible == "Danke!")
    }
}
