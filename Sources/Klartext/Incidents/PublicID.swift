/// Twelve lower-case letters and digits, the name of a component, an incident or an update wherever the public sees it.
///
/// The form is that of Statuspage's public API: clients keep such names for years, and put them into addresses.
struct PublicID: Sendable, Hashable, Comparable {
    let text: String

    static let length = 12
    private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
    /// How many there are: 36 to the power of twelve, more than 62 bits.
    private static let count: UInt64 = 4_738_381_338_321_616_896

    /// nil for anything that is no such name.
    init?(_ text: String) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.digits.contains) else { return nil }
        self.text = text
    }

    /// The name that a number stands for; the number is drawn by the caller.
    init(drawn number: UInt64) {
        var rest = number % Self.count
        var bytes: [UInt8] = []
        for _ in 0..<Self.length {
            bytes.append(Self.digits[Int(rest % 36)])
            rest /= 36
        }
        text = String(decoding: bytes.reversed(), as: UTF8.self)
    }

    static func < (a: PublicID, b: PublicID) -> Bool { a.text < b.text }
}

extension PublicID: Codable, CustomStringConvertible {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = PublicID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not twelve lower-case letters and digits")
        }
        self = id
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    var description: String { text }
}
