import Foundation

/// An account number after ISO 13616: the country, two check digits, and the country's own number.
struct IBAN: Equatable, Sendable {
    /// Without spaces, in capitals.
    let compact: String

    var country: String { String(compact.utf8.prefix(2)) ?? "" }

    /// In groups of four, as it stands on cards and letters.
    var grouped: String {
        let bytes = Array(compact.utf8)
        return stride(from: 0, to: bytes.count, by: 4).map { String(decoding: bytes[$0..<min($0 + 4, bytes.count)], as: UTF8.self) }
            .joined(separator: " ")
    }

    init(_ text: String) throws(FieldProblem) {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars where !Self.isSeparator(scalar) {
            guard let byte = Self.capital(scalar) else { throw FieldProblem(.fieldIBANCharacter, ["character": String(scalar)]) }
            bytes.append(byte)
        }
        let country = String(decoding: bytes.prefix(2), as: UTF8.self)
        guard bytes.count >= 2, bytes.prefix(2).allSatisfy({ $0 >= UInt8(ascii: "A") }) else {
            throw FieldProblem(.fieldIBANCountryMissing)
        }
        guard let length = Self.lengths[country] else { throw FieldProblem(.fieldIBANCountry, ["country": country]) }
        guard bytes.count == length else {
            throw FieldProblem(.fieldIBANLength, ["country": country, "expected": "\(length)", "count": "\(bytes.count)"])
        }
        guard Self.remainder(bytes) == 1, bytes[2...3].allSatisfy({ $0 < UInt8(ascii: "A") }) else { throw FieldProblem(.fieldIBANCheck) }
        compact = String(decoding: bytes, as: UTF8.self)
    }

    /// The first four characters at the end, letters as 10 to 35, the whole modulo 97 (ISO 7064, MOD 97-10): 1 where nothing is mistyped.
    private static func remainder(_ bytes: [UInt8]) -> Int {
        (bytes[4...] + bytes[..<4]).reduce(0) { rest, byte in
            byte < UInt8(ascii: "A") ? (rest * 10 + Int(byte) - 48) % 97 : (rest * 100 + Int(byte) - 55) % 97
        }
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "-" || scalar == "." || scalar == "\u{2011}"
    }

    private static func capital(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case "0"..."9", "A"..."Z": UInt8(ascii: scalar)
        case "a"..."z": UInt8(ascii: scalar) - 32
        default: nil
        }
    }

    /// How many characters an IBAN of each country has (SWIFT, IBAN registry, release 99).
    static let lengths: [String: Int] = [
        "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29, "BY": 28, "CH": 21,
        "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18,
        "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23,
        "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27,
        "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28,
        "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
        "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
    ]
}
