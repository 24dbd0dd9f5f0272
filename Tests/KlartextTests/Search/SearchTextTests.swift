import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct SearchTextTests {
    private func words(_ text: String) -> [String] { SearchText(text).map(\.folded) }

    @Test(arguments: [
        ("Störung: Łukasz’ 2. Rechnung", "storung lukasz 2 rechnung"), ("Straße STRASSE ẞ", "strasse strasse ss"),
        ("Æsop, Œuvre, Kjær", "aesop oeuvre kjaer"),
        ("lukasz.nowak@mail-2.example", "lukasz nowak mail 2 example"), ("2026-1187 1.008,00 €", "2026 1187 1 008 00"),
        ("Gru\u{308}n gru\u{308}", "grun gru"), ("Rech\u{AD}nung a\u{200B}b", "rechnung ab"), ("İstanbul Yılmaz", "istanbul yilmaz"),
        ("ＡＢＣ oﬃce m²", "abc office m2"), ("ΛΟΓΑΡΙΑΣΜΟΣ λογαριασμός", "λογαριασμοσ λογαριασμοσ"), ("Счёт", "счет"), ("山田 太郎", "山田 太郎"),
        ("👍🏽 !? \u{0} \u{301}", ""), ("a\u{301}\u{302}b", "ab"), ("", ""), ("'); DROP", "drop"),
    ])
    func `a text becomes small words without marks`(_ text: String, _ expected: String) {
        #expect(words(text).joined(separator: " ") == expected)
    }

    @Test func `a word knows where it stands, its marks included`() {
        let text = "»Störung« e\u{301}t"
        let bytes = Array(text.utf8)
        #expect(SearchText(text).map { String(decoding: bytes[$0.range], as: UTF8.self) } == ["Störung", "e\u{301}t"])
    }

    @Test func `a word is cut at 60 scalars and a document at its bounds`() {
        #expect(words(String(repeating: "ä", count: 100)) == [String(repeating: "a", count: 60)])
        #expect(words(String(repeating: "ﷺ", count: 100)).allSatisfy { $0.unicodeScalars.count <= 60 })
        let many = (0..<30_000).map(String.init).joined(separator: " ")
        #expect(SearchText.words([many]).count == SearchText.mostWords)
        let long = (0..<20_000).map { "\($0)" + String(repeating: "漢", count: 50) }.joined(separator: " ")
        #expect(SearchText.words([long]).joined(separator: " ").utf8.count <= SearchText.mostBytes)
    }

    @Test func `a document's words are distinct, in the order in which they come`() {
        #expect(SearchText.words(["b a B", "c ä"]) == ["b", "a", "c"])
    }

    @Test func `folding what is folded changes nothing, for every scalar there is`() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), value >= 0x80, case .letters(let bytes) = SearchFolding.of(scalar) else { continue }
            let folded = String(decoding: bytes, as: UTF8.self)
            let again = SearchText(folded).map(\.folded)
            if again != [folded] { Issue.record("U+\(String(value, radix: 16)) becomes \(folded), then \(again)") }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct StemTests {
    @Test(arguments: [
        ["rechnung", "rechnungen"], ["paket", "pakete", "paketen", "pakets", "paketes"],
        ["adresse", "adressen", "address", "addresses"].suffix(2).map { $0 },
        ["vertrag", "vertrage", "vertragen", "vertrags"], ["kartoffel", "kartoffeln"], ["erinnerung", "erinnerungen"],
        ["server", "servers", "servern"],
        ["parcel", "parcels"], ["delivery", "deliveries"], ["deliver", "delivers", "delivered", "delivering"], ["shipped", "shipping"],
        ["refund", "refunds", "refunded", "refunding"], ["invoice", "invoices", "invoiced"], ["karton", "kartons"],
    ])
    func `the forms of a word have one stem`(_ forms: [String]) {
        #expect(Set(forms.map(Stem.of)).count == 1, "\(forms.map(Stem.of))")
    }

    @Test(arguments: ["seen", "ring", "rote", "status", "basis", "adress", "2026er", "läufer", "счета", "ab1en"])
    func `short words, other letters and what is no ending stay`(_ word: String) { #expect(Stem.of(word) == word) }

    @Test(arguments: [("rechnung", "rechner"), ("paket", "pakt"), ("kunde", "kunst"), ("parcel", "parking"), ("liefern", "lifter")])
    func `different words keep different stems`(_ a: String, _ b: String) { #expect(Stem.of(a) != Stem.of(b)) }

    @Test func `a stem has no ending left`() {
        for word in [
            "vergessenen", "bestellungen", "kundinnen", "services", "sendungsverfolgungen", "eeeeeeeeee", "ssssssss", "enenenenenen",
        ] {
            #expect(Stem.of(Stem.of(word)) == Stem.of(word), "\(word)")
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct SlipsTests {
    private func distance(_ a: String, _ b: String, atMost limit: Int = 9) -> Int? {
        Slips.distance(Array(a.unicodeScalars), Array(b.unicodeScalars), atMost: limit)
    }

    @Test(arguments: [
        ("rechnung", "rechnung", 0), ("rehcnung", "rechnung", 1), ("rechnug", "rechnung", 1), ("rechnnung", "rechnung", 1),
        ("rechmung", "rechnung", 1),
        ("ercnhung", "rechnung", 2), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ca", "abc", 3),
    ])
    func `slips are counted, two neighbours swapped as one`(_ a: String, _ b: String, _ count: Int) {
        #expect(distance(a, b) == count)
        #expect(distance(b, a) == count)
        #expect(count == 0 || distance(a, b, atMost: count - 1) == nil)
    }

    @Test func `only the nearest words are taken, and never for a number or a short word`() {
        let words = ["rechnung", "rechnen", "zeichnung"].map { ($0, Stem.of($0)) }
        #expect(Slips.corrections(of: "rehcnung", among: words) == ["rechnung"])
        #expect(Slips.corrections(of: "wolkenbruch", among: words).isEmpty)
        #expect(Slips.isCorrectable("rehcnung"))
        for word in ["dns", "post", "nf88213", "20261187"] { #expect(!Slips.isCorrectable(word), "\(word)") }
    }
}
