/// `application/x-www-form-urlencoded` (WHATWG URL, 5.1), by bytes.
enum URLEncoded {
    /// Names and values in order; `isWhole` is false when there were more than `limit`.
    ///
    /// A `%` without two digits stands for itself; invalid UTF-8 and NUL become U+FFFD.
    static func decode(_ bytes: some RandomAccessCollection<UInt8>, limit: Int) -> (fields: [(name: String, value: String)], isWhole: Bool)
    {
        var fields: [(name: String, value: String)] = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard fields.count < limit else { return (fields, false) }
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            fields.append((text(name), text(pair.dropFirst(name.count + 1))))
        }
        return (fields, true)
    }

    /// The first value of one name in a query string, such as `lang` in `lang=de&page=2`.
    static func value(_ name: String, in query: String?) -> String? {
        // 64 parameters are far more than any of our links has.
        decode(Array((query ?? "").utf8), limit: 64).fields.first { $0.name == name }?.value
    }

    private static func text(_ encoded: some RandomAccessCollection<UInt8>) -> String {
        let bytes = Array(encoded)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let byte = hexadecimal(bytes[index + 1], bytes[index + 2]) {
                out.append(byte)
                index += 3
            } else {
                out.append(bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
                index += 1
            }
        }
        return String(repairing: out)
    }

    static func hexadecimal(_ high: UInt8, _ low: UInt8) -> UInt8? {
        func digit(_ byte: UInt8) -> UInt8? {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
            default: nil
            }
        }
        guard let high = digit(high), let low = digit(low) else { return nil }
        return high << 4 | low
    }
}

extension String {
    /// UTF-8 with U+FFFD for what is invalid, and for NUL, which no database column and no mail can carry.
    init(repairing bytes: some Collection<UInt8>) {
        guard bytes.contains(0) else {
            self = String(decoding: bytes, as: UTF8.self)
            return
        }
        self = String(decoding: bytes.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }, as: UTF8.self)
    }
}
