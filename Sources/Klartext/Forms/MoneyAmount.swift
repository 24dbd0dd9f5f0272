import Foundation

/// An amount of money as somebody typed it: `1.008,00 €`, `EUR 1,008.00`, `1008`.
struct MoneyAmount: Equatable, Sendable {
    enum Currency: String, CaseIterable, Sendable {
        case eur = "EUR", chf = "CHF", gbp = "GBP", usd = "USD", sek = "SEK", nok = "NOK", dkk = "DKK", pln = "PLN", czk = "CZK"

        /// What people write for it, in small letters.
        fileprivate var names: [String] {
            switch self {
            case .eur: ["eur", "euro", "€"]
            case .chf: ["chf", "fr", "fr.", "sfr", "sfr.", "franken"]
            case .gbp: ["gbp", "£"]
            case .usd: ["usd", "$", "us$"]
            case .pln: ["pln", "zł"]
            case .czk: ["czk", "kč"]
            case .sek, .nok, .dkk: [rawValue.lowercased()]
            }
        }

        var sign: String {
            switch self {
            case .eur: "€"
            case .gbp: "£"
            case .usd: "$"
            default: rawValue
            }
        }
    }

    /// In hundredths; above zero.
    var minor: Int
    var currency: Currency

    /// A thousand million: whoever has lost more calls.
    static let mostMinor = 100_000_000_000

    init(minor: Int, currency: Currency) { (self.minor, self.currency) = (minor, currency) }

    /// - Parameter currency: what is meant where none is written.
    init(_ text: String, currency: Currency) throws(FieldProblem) {
        let (number, written) = try Self.parts(text)
        minor = try Self.minor(number)
        self.currency = written ?? currency
        guard minor > 0 else { throw FieldProblem(.fieldAmountZero) }
        guard minor <= Self.mostMinor else { throw FieldProblem(.fieldAmountMuch) }
    }

    /// `100800 EUR`.
    var stored: String { "\(minor) \(currency.rawValue)" }

    /// `1.008,00 €`, `€1,008.00`; with a sign of letters apart, `CHF 1,008.00`.
    func shown(in language: Language) -> String {
        let (group, point) = language == .de ? (".", ",") : (",", ".")
        let digits = Array(String(minor / 100).utf8)
        let groups = stride(from: digits.count, to: 0, by: -3).map { String(decoding: digits[max(0, $0 - 3)..<$0], as: UTF8.self) }
        let cents = minor % 100
        let number = groups.reversed().joined(separator: group) + point + (cents < 10 ? "0" : "") + "\(cents)"
        if language == .de { return "\(number) \(currency.sign)" }
        return currency.sign == currency.rawValue ? "\(currency.sign) \(number)" : "\(currency.sign)\(number)"
    }

    /// The number, and the currency before or behind it.
    private static func parts(_ text: String) throws(FieldProblem) -> (number: [UInt8], currency: Currency?) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.firstIndex(where: isDigit), let last = scalars.lastIndex(where: isDigit) else {
            throw FieldProblem(.fieldAmountNumber)
        }
        // 12,- is a price, -12 is a debt
        if scalars[..<first].contains(where: { "-–\u{2212}".unicodeScalars.contains($0) }) { throw FieldProblem(.fieldAmountMinus) }
        let before = word(scalars[..<first])
        // Swiss and shop prices: "12.-", "12,--"
        let after = word(scalars[(last + 1)...].drop { ",.-–".unicodeScalars.contains($0) })
        guard before.isEmpty || after.isEmpty else { throw FieldProblem(.fieldAmountNumber) }
        let name = before + after
        let currency = Currency.allCases.first { $0.names.contains(name) }
        if !name.isEmpty, currency == nil { throw FieldProblem(.fieldAmountCurrency, ["currency": name]) }
        return (try number(scalars[first...last]), currency)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func word(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars.filter { !$0.properties.isWhitespace }))
    }

    /// Digits, points and commas; a space or an apostrophe between digits counts as a mark of groups.
    private static func number(_ scalars: ArraySlice<Unicode.Scalar>) throws(FieldProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in scalars {
            switch scalar {
            case "0"..."9", ",", ".": bytes.append(UInt8(ascii: scalar))
            case "'", "\u{2019}": bytes.append(UInt8(ascii: "'"))
            case _ where scalar.properties.isWhitespace: bytes.append(UInt8(ascii: "'"))
            default: throw FieldProblem(.fieldAmountNumber)
            }
        }
        return bytes
    }

    /// The last mark is the decimal one when one or two digits follow it; before three digits it is a mark of groups, in both languages.
    private static func minor(_ number: [UInt8]) throws(FieldProblem) -> Int {
        let marks = number.indices.filter { number[$0] < UInt8(ascii: "0") }
        var (whole, cents) = (number[...], ArraySlice<UInt8>())
        if let last = marks.last, number.count - last - 1 != 3 {
            (whole, cents) = (number[..<last], number[(last + 1)...])
            guard (1...2).contains(cents.count), number[last] != UInt8(ascii: "'") else { throw FieldProblem(.fieldAmountGroups) }
        }
        let groups = whole.split(omittingEmptySubsequences: false) { $0 < UInt8(ascii: "0") }
        let groupMarks = Set(whole.filter { $0 < UInt8(ascii: "0") })
        let areRight = groups.dropFirst().allSatisfy { $0.count == 3 } && (groups.count == 1 || (1...3).contains(groups[0].count))
        let isOneMark = groupMarks.count <= 1 && (cents.isEmpty || marks.last.map { !groupMarks.contains(number[$0]) } ?? true)
        guard areRight, isOneMark, !whole.isEmpty else { throw FieldProblem(.fieldAmountGroups) }
        let digits = groups.joined()
        guard digits.count <= 12 else { throw FieldProblem(.fieldAmountMuch) }
        let units = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
        let hundredths = cents.reduce(0) { $0 * 10 + Int($1) - 48 } * (cents.count == 1 ? 10 : 1)
        return units * 100 + hundredths
    }
}
