import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct NextChannelTests {
    @Test(arguments: [
        ("Tel. 0171 2345678", ["01712345678"]), ("+49 171 2345678", ["+491712345678"]), ("+49 (0) 171 / 234 56 78", ["+491712345678"]),
        ("0049 30 123456", ["+4930123456"]), ("Sie erreichen mich unter 030/12 34 56.", ["030123456"]), ("(030) 1234-56", ["030123456"]),
        ("Mobil: 01712345678", ["01712345678"]), ("Fon 4711-22", ["471122"]), ("Tel.: 030.123.456", ["030123456"]),
        ("Tel: 030\u{A0}12\u{A0}34\u{2013}56", ["030123456"]), ("call me on +44 20 7946 0958", ["+442079460958"]),
        ("Telefon 030 111222, Telefax 030 111333", ["030111222"]), ("0171 2345678 oder +49 171 2345678", ["01712345678", "+491712345678"]),
        ("Fax: 030 123456", []), ("Kundennummer 0123 456789", []), ("0123456789", []), ("Bestellung 0171 2345678", []),
        ("am 01.02.2026", []),
        ("am 01/02/2026", []), ("09:00 - 17:00 Uhr", []), ("IBAN DE02 1203 0000 0000 2020 51", []), ("00340434161094042557", []),
        ("https://x.example/0171-2345678", []), ("v0171 2345678", []), ("0171 2345678x", []), ("1.000,00 EUR", []), ("+", []), ("(", []),
        ("Tel. +", []), ("Seit 2019 und 2020", []), ("Paket 0171 2345678 weg", []), ("", []),
    ])
    func `telephone numbers are told from other numbers`(_ text: String, _ dialled: [String]) {
        #expect(WrittenPhone.find(in: text).map(\.dialled) == dialled)
    }

    @Test(arguments: [
        ("Gruß\nŁukasz Nowak\nHauptstraße 5a\n10115 Berlin", ["Łukasz Nowak", "Hauptstraße 5a", "10115 Berlin"]),
        ("Ich wohne jetzt:\nAm Wall 12-14\nA-1010 Wien", ["Am Wall 12-14", "A-1010 Wien"]),
        ("Bahnhofstr. 3, CH-8001 Zürich", ["Bahnhofstr. 3", "CH-8001 Zürich"]),
        ("Alt 1\n10115 Berlin\n\nNeue Gasse 2\n20095 Hamburg", ["Neue Gasse 2", "20095 Hamburg"]),
        ("am 24.11.2026\n10115 Berlin", []), ("Rechnung 12\n2026 war gut", []), ("Hauptstraße 5", []), ("10115 Berlin", []), ("", []),
    ])
    func `a postal address is a street and a town`(_ text: String, _ lines: [String]) {
        #expect((PostalAddress.find(in: text)?.lines ?? []) == lines)
    }

    @Test func `what is proposed depends on why the letter did not arrive`() {
        let text = "Bitte rufen Sie an: 0171 2345678.\nHauptstraße 5\n10115 Berlin"
        func proposals(_ failure: LetterFailure) -> [String] {
            NextChannel.proposals(
                for: failure, recipient: "a@kunde.example", addresses: ["A@kunde.example", "b@kunde.example", "B@kunde.example"],
                texts: [text, "+49 171 2345678", "030 9999"], ours: ["Tel. 030 9999"]
            ).map { channel in
                switch channel {
                case .sameAddress(let address): "again " + address
                case .otherAddress(let address): address
                case .phone(let number): number.written
                case .post(let address): address.lines.joined(separator: ", ")
                }
            }
        }
        let rest = ["0171 2345678", "Hauptstraße 5, 10115 Berlin"]
        #expect(proposals(.noSuchAddress) == ["b@kunde.example"] + rest)
        #expect(proposals(.mailboxFull) == ["b@kunde.example", "again a@kunde.example"] + rest)
        #expect(NextChannel.proposals(for: .noSuchDomain, recipient: "a@b", addresses: [], texts: [], ours: []).isEmpty)
    }

    @Test func `a hostile text costs no more than a long one`() {
        let digits = String(repeating: "0 ", count: 200_000)
        #expect(WrittenPhone.find(in: digits).isEmpty)
        #expect(WrittenPhone.find(in: String(repeating: "Tel. (", count: 100_000)).isEmpty)
        #expect(PostalAddress.find(in: String(repeating: "A 1\n", count: 100_000)) == nil)
        #expect(PostalAddress.find(in: String(repeating: "Aa ", count: 100_000)) == nil)
    }
}
