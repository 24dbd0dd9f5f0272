import Foundation

/// JSON of one level, an object of texts and whole numbers, and its one canonical spelling.
///
/// What is signed has to be the same bytes wherever it is looked at, although programs that pass JSON on put white space into it and order it
/// anew. So the signature is over the canonical form of RFC 8785, which for one level is short: no white space, members in the order of their
/// names, texts escaped only where they must be.
enum FlatJSON {
    enum Value: Equatable, Sendable {
        case text(String)
        /// 0 to 2^53 - 1: what every reader of JSON reads the same (RFC 8259, section 6).
        case number(Int)

        var text: String? { if case .text(let text) = self { text } else { nil } }
        var number: Int? { if case .number(let number) = self { number } else { nil } }
    }

    typealias Object = [String: Value]

    static let largestNumber = 1 << 53 - 1

    /// The object's bytes as RFC 8785 wants them. Names are ours, and ASCII: there its order by UTF-16 is that by bytes.
    static func canonical(_ object: Object) -> [UInt8] {
        var out = Array("{".utf8)
        for (position, name) in object.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }).enumerated() {
            if position > 0 { out.append(UInt8(ascii: ",")) }
            write(name, to: &out)
            out.append(UInt8(ascii: ":"))
            switch object[name] {
            case .text(let text): write(text, to: &out)
            case .number(let number): out += Array(String(number).utf8)
            case nil: break
            }
        }
        out.append(UInt8(ascii: "}"))
        return out
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if let short = shortEscapes[byte] {
                out += [UInt8(ascii: "\\"), short]
            } else if byte < 0x20 {
                out += Array("\\u00".utf8) + [hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            } else {
                out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    /// RFC 8785, section 3.2.2.2.
    private static let shortEscapes: [UInt8: UInt8] = [
        0x08: UInt8(ascii: "b"), 0x09: UInt8(ascii: "t"), 0x0A: UInt8(ascii: "n"), 0x0C: UInt8(ascii: "f"), 0x0D: UInt8(ascii: "r"),
        0x22: 0x22, 0x5C: 0x5C,
    ]

    private static func hexadecimal(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x61 + digit - 10 }
}
