/// OpenPGP within a text (RFC 9580 sections 6.2 and 7), between lines of its own.
enum PGPText {
    static let signedBegin = "-----BEGIN PGP SIGNED MESSAGE-----"
    static let signatureBegin = "-----BEGIN PGP SIGNATURE-----"
    static let signatureEnd = "-----END PGP SIGNATURE-----"
    static let encryptedBegin = "-----BEGIN PGP MESSAGE-----"

    static func nature(of text: String) -> (isSigned: Bool, isEncrypted: Bool) {
        var nature = (isSigned: false, isEncrypted: false)
        var text = text
        text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
                if bytes[index] == 0x2D, end - index < 80 {
                    let line = ASCII.trimmed(String(decoding: bytes[index..<end], as: UTF8.self))
                    if line == signedBegin { nature.isSigned = true }
                    if line == encryptedBegin { nature.isEncrypted = true }
                }
                index = end + 1
            }
        }
        return nature
    }

    /// What the program put around a signed text goes with the signatures.
    static func markArmor(in lines: [QuoteLine], _ kinds: inout [Quoting.Kind]) {
        guard lines.contains(where: { $0.text.utf8.starts(with: "-----BEGIN PGP SIG".utf8) }) else { return }
        var isHeader = false
        var isSignature = false
        for index in lines.indices where kinds[index] != .quote {
            let line = ASCII.trimmed(lines[index].text)
            if line == signedBegin { isHeader = true }
            if line == signatureBegin { isSignature = true }
            if isHeader || isSignature { kinds[index] = .signature }
            // the header ends at the first empty line
            if line.isEmpty { isHeader = false }
            if line == signatureEnd { isSignature = false }
        }
    }
}
