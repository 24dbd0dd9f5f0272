/// A JSON value whose members keep their order, so that the same status is the same bytes.
enum JSONText: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Int)
    case text(String)
    case list([JSONText])
    case object([Member])

    struct Member: Sendable, Equatable {
        var name: String
        var value: JSONText
    }

    /// A text, or null where there is none: Statuspage's clients count on each key being there.
    init(_ text: String?) { self = text.map(JSONText.text) ?? .null }

    /// The value as UTF-8 without white space (RFC 8259).
    var bytes: [UInt8] {
        var out: [UInt8] = []
        write(to: &out)
        return out
    }

    private func write(to out: inout [UInt8]) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .number(let number): out += String(number).utf8
        case .text(let text): Self.write(text, to: &out)
        case .list(let values):
            Self.write(values, between: ("[", "]"), to: &out) { $0.write(to: &$1) }
        case .object(let members):
            Self.write(members, between: ("{", "}"), to: &out) { member, out in
                Self.write(member.name, to: &out)
                out += ":".utf8
                member.value.write(to: &out)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], between ends: (String, String), to out: inout [UInt8], _ one: (Element, inout [UInt8]) -> Void
    ) {
        out += ends.0.utf8
        for (position, element) in elements.enumerated() {
            if position > 0 { out += ",".utf8 }
            one(element, &out)
        }
        out += ends.1.utf8
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        out += "\"".utf8
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C: out += [0x5C, byte]
            case 0x0A: out += "\\n".utf8
            case 0x0D: out += "\\r".utf8
            case 0x09: out += "\\t".utf8
            // Controls must be escaped; "<" is, so that the text can stand in a page's script element.
            case 0..<0x20, 0x3C: out += "\\u00".utf8 + [hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            default: out.append(byte)
            }
        }
        out += "\"".utf8
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x61 + digit - 10 }
}

extension JSONText: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
    init(dictionaryLiteral members: (String, JSONText)...) { self = .object(members.map { Member(name: $0.0, value: $0.1) }) }

    init(arrayLiteral values: JSONText...) { self = .list(values) }

    init(stringLiteral text: String) { self = .text(text) }
}
