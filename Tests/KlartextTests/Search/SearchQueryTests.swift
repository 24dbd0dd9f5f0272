import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct SearchQueryTests {
    @Test(arguments: [
        ("Störung", [["storung", "stoerung"]]), ("stoerung", [["stoerung", "storung"]]), ("Quelle neue", [["quelle"], ["neue"]]),
        ("Łukasz nowak@x.example", [["lukasz"], ["nowak"], ["x"], ["example"]]), ("a A ä", [["a"], ["a", "ae"]]), ("*?! %_", []),
        ("NEAR(a b) OR \"", [["near"], ["a"], ["b"], ["or"]]),
    ])
    func `each word is one term, in every spelling`(_ text: String, _ variants: [[String]]) {
        #expect(SearchQuery(text).terms.map(\.variants) == variants)
    }

    @Test func `what stands in quotes is a phrase, if it has two words and the quotes are closed`() {
        #expect(SearchQuery("„falscher Betrag“ bitte").phrases == [[["falscher"], ["betrag"]]])
        #expect(SearchQuery("«a b» \"c d\"").phrases.count == 2)
        #expect(SearchQuery("\"allein\" \"offen bis").phrases.isEmpty)
        #expect(SearchQuery("\"a\" b c \"d\"").phrases.isEmpty)
    }

    @Test func `a query has an end`() {
        #expect(SearchQuery((0..<100).map(String.init).joined(separator: " ")).terms.count == SearchQuery.mostTerms)
        #expect(SearchQuery(String(repeating: "a", count: 100_000)).terms.map { $0.variants[0].utf8.count } == [60])
    }

    @Test func `a document is read word by word as the index would`() {
        let match = SearchMatch([
            .init(typed: "Rech", words: ["rechnung"], prefixes: ["rechn"]), .init(typed: "2", words: ["2", "rechnung"]),
        ])
        #expect(match.holds(words: "a rechnung"))
        #expect(match.holds(words: "2 rechner"))
        for text in ["", "rechner", "2", "22 rechner", "recht 2"] { #expect(!match.holds(words: text), "\(text)") }
    }

    @Test func `the engines' languages hold nothing but our words`() {
        let match = SearchMatch([
            .init(typed: "Rech", words: ["rechnung", "rechner"], prefixes: ["rech"]), .init(typed: "2", words: ["2"]),
        ])
        #expect(match.fts5 == #"("rechnung" OR "rechner" OR "rech"*) AND ("2")"#)
        #expect(match.tsquery == "('rechnung' | 'rechner' | 'rech':*) & ('2')")
    }
}

@Suite(.timeLimit(.minutes(1))) struct SearchExcerptTests {
    private func show(_ excerpt: SearchExcerpt) -> String { excerpt.pieces.map { $0.isMarked ? "[\($0.text)]" : $0.text }.joined() }

    @Test func `found words are marked as their author wrote them`() {
        let match = SearchMatch([.init(typed: "storung", words: ["storung"], prefixes: ["rech"])])
        #expect(
            show(SearchExcerpt(whole: "Die Sto\u{308}rung <b> der Rechnungen, Störungen", match.covers))
                == "Die [Sto\u{308}rung] <b> der [Rechnungen], Störungen")
        #expect(show(SearchExcerpt(whole: "", match.covers)) == "")
    }

    @Test func `a long text is cut around the words that were found`() {
        let filler = String(repeating: "Wort für Wort geht es weiter. ", count: 40)
        let text = "betrag\n\n> \(filler)\r\n> Der falsche Betrag der Rechnung. \(filler)"
        let match = SearchMatch([.init(typed: "", words: ["betrag", "rechnung"])])
        let shown = show(SearchExcerpt(of: text, match.covers))
        #expect(shown.contains("Der falsche [Betrag] der [Rechnung]."))
        #expect(shown.hasPrefix("… ") && shown.hasSuffix(" …"))
        #expect(shown.utf8.count < 300 && !shown.contains(">") && !shown.contains("\n"))
    }

    @Test(arguments: [
        String(repeating: "ä", count: 500), String(repeating: "漢字", count: 300), "x" + String(repeating: "👍🏽", count: 200), "kurz",
    ])
    func `nothing found shows the beginning, whole scalars only`(_ text: String) {
        let shown = show(SearchExcerpt(of: text) { _ in false })
        #expect(!shown.contains("\u{FFFD}"))
        #expect(text.utf8.starts(with: shown.replacing(" …", with: "").utf8))
    }

    @Test func `a word that fills the window is shown`() {
        let word = String(repeating: "ab", count: 400)
        let shown = show(SearchExcerpt(of: "\(word) \(word) rechnung \(word)") { $0 == "rechnung" })
        #expect(shown.contains("[rechnung]"))
    }
}
