import Foundation

extension FlatJSON {
    /// What is asked of a text before it is read: more than this is no receipt.
    static let mostBytes = 16_384

    /// Reads an object of one level, however it is spaced and ordered.
    ///
    /// Stricter than most readers, so that one text cannot mean two things to two of them: a name that comes twice, half a surrogate pair,
    /// bytes that are no UTF-8, a fraction or an exponent, anything nested, and anything behind the end are refused.
    /// - Returns: nil for anything else.
    static func read(_ bytes: some Collection<UInt8>) -> Object? {
        guard bytes.count <= mostBytes, String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = Reader(bytes: Array(bytes)[...])
        return reader.document()
    }

    private struct Reader {
        var bytes: ArraySlice<UInt8>

        mutating func document() -> Object? {
            // Some programs begin every text with a byte order mark.
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
            guard let object = object() else { return nil }
            skipSpace()
            return bytes.isEmpty ? object : nil
        }

        private mutating func object() -> Object? {
            guard takes(UInt8(ascii: "{")) else { return nil }
            var object: Object = [:]
            if takes(UInt8(ascii: "}")) { return object }
            repeat {
                guard takes(UInt8(ascii: "\"")), let name = text(), takes(UInt8(ascii: ":")), let value = value() else { return nil }
                guard object.updateValue(value, forKey: name) == nil else { return nil }
            } while takes(UInt8(ascii: ","))
            return takes(UInt8(ascii: "}")) ? object : nil
        }

        private mutating func value() -> Value? {
            if takes(UInt8(ascii: "\"")) { return text().map(Value.text) }
            let digits = bytes.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty, digits.count <= 16, digits.count == 1 || digits.first != 0x30 else { return nil }
            bytes = bytes.dropFirst(digits.count)
            let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            return number <= FlatJSON.largestNumber ? .number(number) : nil
        }

        /// Behind the opening quote, up to and with the closing one.
        private mutating func text() -> String? {
            var out: [UInt8] = []
            while let byte = bytes.popFirst() {
                switch byte {
                case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard let scalar = escape() else { return nil }
                    out += Array(String(scalar).utf8)
                case 0..<0x20: return nil
                default: out.append(byte)
                }
            }
            return nil
        }

        private mutating func escape() -> Unicode.Scalar? {
            switch bytes.popFirst() {
            case UInt8(ascii: "\""): return "\""
            case UInt8(ascii: "\\"): return "\\"
            case UInt8(ascii: "/"): return "/"
            case UInt8(ascii: "b"): return "\u{08}"
            case UInt8(ascii: "f"): return "\u{0C}"
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "u"): return unicode()
            default: return nil
            }
        }

        /// One scalar, written as one unit of UTF-16 or as two (RFC 8259, section 7).
        private mutating func unicode() -> Unicode.Scalar? {
            guard let first = unit() else { return nil }
            guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
            guard bytes.popFirst() == UInt8(ascii: "\\"), bytes.popFirst() == UInt8(ascii: "u"), let second = unit(),
                (0xDC00..<0xE000).contains(second)
            else { return nil }
            return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        }

        private mutating func unit() -> UInt32? {
            let digits = bytes.prefix(4)
            bytes = bytes.dropFirst(4)
            guard digits.count == 4 else { return nil }
            return digits.reduce(UInt32?(0)) { value, byte in
                switch byte {
                case 0x30...0x39: value.map { $0 << 4 | UInt32(byte - 0x30) }
                case 0x41...0x46: value.map { $0 << 4 | UInt32(byte - 0x41 + 10) }
                case 0x61...0x66: value.map { $0 << 4 | UInt32(byte - 0x61 + 10) }
                default: nil
                }
            }
        }

        private mutating func takes(_ byte: UInt8) -> Bool {
            skipSpace()
            guard bytes.first == byte else { return false }
            bytes = bytes.dropFirst()
            return true
        }

        private mutating func skipSpace() { bytes = bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D } }
    }
}
