/// OpenPGP within a text (RFC 9580 sections 6.2 and 7), between lines of its own.
enum PGPText {
    static let signedBegin = "-----BEGIN PGP SIGNED MESSAGE-----"
    static let signatureBegin = "-----BEGIN PGP SIGNATURE-----"
    static let signatureEnd = "-----END PGP SIGNATURE-----"
    static let encryptedBegin = "-----BEGIN PGP MESSAGE-----"

    static func nature(of text: String) -> (isSigned: Bool, isEncrypted: Bool) {
        guard text.contains("-----BEGIN PGP ") else { return (false, false) }
        let lines = Set(QuoteLine.lines(of: text).lazy.filter { $0.utf8.first == 0x2D }.map { ASCII.trimmed($0) })
        return (lines.contains(signedBegin), lines.contains(encryptedBegin))
    }

    /// What the program put around a signed text goes with the signatures.
    static func markArmor(in lines: [QuoteLine], _ kinds: inout [Quoting.Kind]) {
        guard lines.contains(where: { $0.text.utf8.first == 0x2D && $0.text.hasPrefix("-----BEGIN PGP SIG") }) else { return }
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
