import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct MoneyAmountTests {
    @Test(arguments: [
        ("1.008,00 €", 100_800, "EUR"), ("1,008.00 EUR", 100_800, "EUR"), ("1008", 100_800, "EUR"), ("1.008", 100_800, "EUR"),
        ("1,008", 100_800, "EUR"), ("€ 701,46", 70_146, "EUR"), ("701.46", 70_146, "EUR"), ("12,5", 1250, "EUR"), ("12,-", 1200, "EUR"),
        ("12.-", 1200, "EUR"), ("12,-- Euro", 1200, "EUR"), ("0,01", 1, "EUR"), ("1 234 567,89", 123_456_789, "EUR"),
        ("1'008.50 Fr.", 100_850, "CHF"), ("CHF 1’008.50", 100_850, "CHF"), ("£12.99", 1299, "GBP"), ("$1,234,567.10", 123_456_710, "USD"),
        ("1\u{202F}008,00\u{A0}€", 100_800, "EUR"), ("99 zł", 9900, "PLN"), ("1000000000", 100_000_000_000, "EUR"),
    ])
    func `German and English writing is the same amount`(_ typed: String, _ minor: Int, _ currency: String) throws {
        let amount = try MoneyAmount(typed, currency: .eur)
        #expect(amount.stored == "\(minor) \(currency)")
    }

    @Test(arguments: [
        ("viel", TextKey.fieldAmountNumber), ("12 bis 13", .fieldAmountNumber), ("-12", .fieldAmountMinus), ("0,00", .fieldAmountZero),
        ("12,345,6", .fieldAmountGroups), ("1.00,00", .fieldAmountGroups), ("1,2345", .fieldAmountGroups), ("1.2.3", .fieldAmountGroups),
        ("1000000000,01", .fieldAmountMuch), ("99999999999999999999999", .fieldAmountMuch), ("12 Bitcoin", .fieldAmountCurrency),
        ("€ 12 €", .fieldAmountNumber), ("1.008.00", .fieldAmountGroups), ("", .fieldAmountNumber), ("€", .fieldAmountNumber),
    ])
    func `what is no amount is told why`(_ typed: String, _ key: TextKey) {
        #expect { try MoneyAmount(typed, currency: .eur) } throws: { ($0 as? FieldProblem)?.key == key }
    }

    @Test func `what is shown is read again as the same, in both languages`() throws {
        var random = Seeded(3)
        for _ in 0..<2000 {
            let currency = try #require(MoneyAmount.Currency.allCases.randomElement(using: &random))
            let amount = MoneyAmount(minor: Int.random(in: 1...10_000_000, using: &random), currency: currency)
            for language in Language.allCases {
                let shown = amount.shown(in: language)
                #expect(try MoneyAmount(shown, currency: .eur) == amount, "\(shown)")
            }
        }
    }

    @Test func `an amount is shown as each language writes it`() {
        let amount = MoneyAmount(minor: 100_805, currency: .eur)
        #expect(amount.shown(in: .de) == "1.008,05 €" && amount.shown(in: .en) == "€1,008.05")
        #expect(MoneyAmount(minor: 99, currency: .chf).shown(in: .en) == "CHF 0.99")
    }
}
