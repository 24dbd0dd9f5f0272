import Foundation

/// The number a customer holds: short, sayable, never reused, with a check digit that catches every single wrong digit and every swap of two neighbours.
///
/// The last digit is Damm's check digit (H. M. Damm, *Total anti-symmetrische Quasigruppen*, Marburg 2004). Written `100-014`.
struct TicketNumber: Hashable, Sendable, Comparable, RawRepresentable {
    /// All digits, the check digit last.
    let rawValue: Int64

    /// Takes a number as it is stored.
    /// - Returns: nil when the check digit is wrong.
    init?(rawValue: Int64) {
        guard rawValue > 0, Self.damm(rawValue) == 0 else { return nil }
        self.rawValue = rawValue
    }

    /// The number for the `sequence`-th ticket.
    init(sequence: Int64) { rawValue = sequence * 10 + Self.damm(sequence) }

    /// Reads what a person typed or said: `#100-014`, `100 014`, `100014`.
    init?(_ text: String) {
        var value: Int64 = 0
        var digits = 0
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39:
                digits += 1
                guard digits <= 18 else { return nil }
                value = value * 10 + Int64(byte - 0x30)
            case UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."): continue
            default: return nil
            }
        }
        self.init(rawValue: value)
    }

    static func < (a: TicketNumber, b: TicketNumber) -> Bool { a.rawValue < b.rawValue }

    private static let table: [[Int64]] = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3], [4, 2, 0, 6, 8, 7, 1, 3, 5, 9], [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8], [3, 6, 7, 4, 2, 0, 9, 5, 8, 1], [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5], [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ]

    /// Damm's check digit over decimal digits; 0 for a number that ends with its right one.
    private static func damm(_ number: Int64) -> Int64 {
        String(number).utf8.reduce(0) { table[Int($0)][Int($1 - 0x30)] }
    }
}

extension TicketNumber: CustomStringConvertible {
    /// In two groups, as one says it: `100-014`.
    var description: String {
        let digits = String(rawValue)
        guard digits.utf8.count > 3 else { return digits }
        return "\(digits.dropLast(3))-\(digits.suffix(3))"
    }

    /// As it stands in subjects: `[#100-014]`.
    var tag: String { "[#\(self)]" }
}

extension TicketNumber: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let number = TicketNumber(rawValue: try container.decode(Int64.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "wrong check digit")
        }
        self = number
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
