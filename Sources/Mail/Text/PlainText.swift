/// Text as all that follows expects it.
enum PlainText {
    /// Lines end in "\n"; NUL and other controls but the tab are gone. Whatever people typed stays, zero-width joiners included.
    static func clean(_ text: String) -> String {
        var text = text
        let isClean = text.withUTF8 { bytes in
            !bytes.contains { ($0 < 0x20 && $0 != 0x0A && $0 != 0x09) || $0 == 0x7F || $0 == 0xE2 || $0 == 0xC2 }
        }
        if isClean { return text }
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar = "\n"
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0D, 0x0C, 0x0B, 0x85, 0x2028, 0x2029: scalars.append("\n")
            // The second half of CR LF.
            case 0x0A where previous == "\r": break
            case 0x0A, 0x09: scalars.append(scalar)
            case 0..<0x20, 0x7F..<0xA0, 0xFEFF: break
            default: scalars.append(scalar)
            }
            previous = scalar
        }
        return String(scalars)
    }
}
