import Foundation

/// A telephone number in its one form, E.164: a plus, the country and the rest, 15 digits at most.
struct PhoneNumber: Sendable, Hashable {
    /// `+4930123456`.
    let e164: String

    private static let digits = 4...15

    private init?(digits: [UInt8]) {
        guard Self.digits.contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        e164 = "+" + String(decoding: digits, as: UTF8.self)
    }

    /// As telephone systems send it: with the country and without the plus, `4930123456`.
    /// - Returns: nil for `anonymous`, and for anything else that nobody can call.
    init?(hook text: String) {
        let bytes = Array(text.utf8)
        let rest = bytes.first == UInt8(ascii: "+") ? Array(bytes.dropFirst()) : bytes
        guard rest.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.init(digits: rest.starts(with: "00".utf8) ? Array(rest.dropFirst(2)) : rest)
    }

    /// As people write it: `030 / 12 34-56`, `0049 30 123456`, `+49 (0)30 123456`.
    /// - Parameter country: the country's code that a number without one belongs to, `49`.
    init?(typed text: String, country: String) {
        var bytes: [UInt8] = []
        // the zero in brackets is dialled at home only
        for byte in text.replacingOccurrences(of: "(0)", with: " ").utf8 {
            switch byte {
            case 0x30...0x39: bytes.append(byte)
            case UInt8(ascii: "+") where bytes.isEmpty: bytes = Array("00".utf8)
            case UInt8(ascii: " "), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"): continue
            default: return nil
            }
        }
        if bytes.starts(with: "00".utf8) {
            self.init(digits: Array(bytes.dropFirst(2)))
        } else if bytes.first == UInt8(ascii: "0") {
            self.init(digits: Array(country.utf8) + bytes.dropFirst())
        } else {
            return nil
        }
    }

    /// The code of the country whose clock a desk goes by.
    static func country(of timeZone: String) -> String {
        switch timeZone {
        case "Europe/Vienna": "43"
        case "Europe/Zurich": "41"
        default: "49"
        }
    }

    /// - Parameter stored: as `e164` has it.
    init?(stored text: String) { self.init(hook: text) }
}
