/// Base64 (RFC 4648), strict when writing and forgiving when reading.
enum Base64 {
    /// Skips what is not of the alphabet and takes an unfinished last group for what it holds.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var group: UInt32 = 0
        var bits = 0
        for byte in text {
            guard let value = value(byte) else { continue }
            group = group << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
        }
        return result
    }

    /// Padded; with `lineLength` (a multiple of four) each line ends in CRLF.
    static func encode(_ bytes: some Collection<UInt8>, lineLength: Int? = nil) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 3 / 2)
        var column = 0
        var group: UInt32 = 0
        var held = 0
        func digit(_ shift: UInt32) -> UInt8 { alphabet[Int(group >> shift & 63)] }
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            held += 1
            guard held == 3 else { continue }
            if let lineLength, column >= lineLength {
                result += [0x0D, 0x0A]
                column = 0
            }
            result.append(digit(18))
            result.append(digit(12))
            result.append(digit(6))
            result.append(digit(0))
            column += 4
            held = 0
            group = 0
        }
        if held > 0 {
            if let lineLength, column >= lineLength { result += [0x0D, 0x0A] }
            group <<= held == 1 ? 16 : 8
            result += [digit(18), digit(12), held == 1 ? 0x3D : digit(6), 0x3D]
        }
        if lineLength != nil, !result.isEmpty { result += [0x0D, 0x0A] }
        return result
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case 0x2B, 0x2D: 62
        case 0x2F, 0x5F: 63
        default: nil
        }
    }
}
