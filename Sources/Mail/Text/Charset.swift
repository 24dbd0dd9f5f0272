/// Turns the bytes of a text into a String when the sender's word about their charset cannot be trusted. Never fails, never drops a byte
/// without leaving U+FFFD in its place.
///
/// The rules, in order:
/// 1. a byte order mark wins;
/// 2. `iso-8859-1`, `us-ascii` or nothing declared: UTF-8 if the bytes are valid UTF-8, else Windows-1252, which is what is really meant;
/// 3. `utf-8` declared but broken: the valid runs stay, each stray byte is read as Windows-1252;
/// 4. any other charset iconv knows; should the bytes not fit it but be UTF-8, they are UTF-8;
/// 5. an unknown charset: as if nothing was declared.
///
/// Text that was encoded twice ("fÃ¼r") is left as it is: customers write to us about exactly such text, and a repair would falsify it.
enum Charset {
    /// `guessed` tells that the declaration was missing for non-ASCII text, unknown or wrong.
    static func decode(_ bytes: [UInt8], declared: String?) -> (text: String, guessed: Bool) { decode(bytes[...], declared: declared) }

    static func decode(_ bytes: ArraySlice<UInt8>, declared: String?) -> (text: String, guessed: Bool) {
        let label = declared.flatMap(normalised)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (utf8(bytes.dropFirst(3)).text, false) }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]),
            label == nil || isWestern(label) || label?.hasPrefix("utf-16") == true
        {
            return Iconv.decode(bytes.dropFirst(2), from: bytes.first == 0xFF ? "utf-16le" : "utf-16be").map { ($0.text, $0.broken) }
                ?? guess(bytes)
        }
        guard let label else { return guess(bytes, declared: declared) }
        if label == "utf-8" { return utf8(bytes) }
        if label == "windows-1252" { return (windows1252(bytes), false) }
        if isWestern(label) { return western(bytes, label) }
        guard let converted = Iconv.decode(bytes, from: label) else { return guess(bytes, declared: declared) }
        if converted.broken, let text = String(validating: bytes, as: UTF8.self) { return (text, true) }
        return (converted.text, converted.broken)
    }

    /// Whether bytes beyond ASCII form valid UTF-8; text in another charset practically never does.
    static func isMultibyteUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.contains { $0 >= 0x80 } && String(validating: bytes, as: UTF8.self) != nil
    }

    private static func isWestern(_ label: String?) -> Bool { label == "iso-8859-1" || label == "us-ascii" }

    private static func guess(_ bytes: ArraySlice<UInt8>, declared: String? = nil) -> (text: String, guessed: Bool) {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return western(bytes, "us-ascii") }
        return (String(validating: bytes, as: UTF8.self) ?? windows1252(bytes), true)
    }

    private static func western(_ bytes: ArraySlice<UInt8>, _ label: String) -> (text: String, guessed: Bool) {
        guard bytes.contains(where: { $0 >= 0x80 }) else {
            // Seven-bit Japanese with the declaration lost (RFC 1468): ESC $ does not occur in any other text.
            if zip(bytes, bytes.dropFirst()).contains(where: { $0 == 0x1B && $1 == 0x24 }),
                let text = Iconv.decode(bytes, from: "iso-2022-jp"), !text.broken
            {
                return (text.text, true)
            }
            return (String(decoding: bytes, as: UTF8.self), false)
        }
        if let text = String(validating: bytes, as: UTF8.self) { return (text, true) }
        return (windows1252(bytes), label == "us-ascii")
    }

    private static func utf8(_ bytes: ArraySlice<UInt8>) -> (text: String, guessed: Bool) {
        if let text = String(validating: bytes, as: UTF8.self) { return (text, false) }
        var scalars = String.UnicodeScalarView()
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var position = bytes.startIndex
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let encoded):
                scalars.append(Unicode.UTF8.decode(encoded))
                position += encoded.count
            case .error(let length):
                for byte in bytes[position..<min(position + length, bytes.endIndex)] { scalars.append(windows1252Scalar(byte)) }
                position += length
            case .emptyInput:
                return (String(scalars), true)
            }
        }
    }

    private static func windows1252(_ bytes: ArraySlice<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(windows1252Scalar(byte)) }
        return String(scalars)
    }

    static func windows1252Scalar(_ byte: UInt8) -> Unicode.Scalar {
        (0x80..<0xA0).contains(byte) ? upper1252[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }

    private static let upper1252 = Array("€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)
}
