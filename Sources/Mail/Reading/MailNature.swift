/// What a mail is apart from its words: signed, encrypted, about an appointment.
///
/// It is read from the text and the files alone, so that it can be told again of what was kept. Signatures are not checked.
public struct MailNature: Sendable, Hashable {
    /// Something in it is signed, by S/MIME (RFC 8551) or OpenPGP (RFC 3156, RFC 9580 section 7).
    public private(set) var isSigned = false
    /// Something in it is encrypted: it cannot be read here.
    public private(set) var isEncrypted = false
    public private(set) var invitation: Invitation?

    /// A file, by what its nature shows.
    public struct File: Sendable {
        public var name: String
        public var contentType: String
        /// Empty where `isRead` says that they are not needed.
        public var bytes: [UInt8]

        public init(name: String, contentType: String, bytes: [UInt8]) {
            (self.name, self.contentType, self.bytes) = (name, contentType, bytes)
        }
    }

    /// - Parameter text: the mail's text, whose lines end in "\n".
    public init(text: String, files: [File]) {
        (isSigned, isEncrypted) = PGPText.nature(of: text)
        for file in files { take(file) }
    }

    /// Whether the bytes of such a file are needed to tell.
    public static func isRead(contentType: String) -> Bool { calendars.contains(contentType) || SignedData.types.contains(contentType) }

    private static let calendars: Set = ["text/calendar", "application/ics"]
    private static let signatures: Set = ["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"]

    private mutating func take(_ file: File) {
        if Self.calendars.contains(file.contentType) {
            invitation = invitation ?? Invitation(parsing: file.bytes)
        } else if Self.signatures.contains(file.contentType) {
            isSigned = true
        } else if file.contentType == "application/pgp-encrypted" {
            isEncrypted = true
        } else if SignedData.types.contains(file.contentType) {
            if SignedData.isSigned(file.bytes) { isSigned = true } else { isEncrypted = true }
        }
    }
}

extension Email {
    /// What the mail is apart from its words.
    public var nature: MailNature {
        let files = attachments.map { part in
            // Of a file that cannot be had any more no more is said than its type says.
            let bytes = MailNature.isRead(contentType: part.contentType) ? try? part.content.prefix(Invitation.sizeLimitBytes) : nil
            return MailNature.File(name: part.name, contentType: part.contentType, bytes: bytes ?? [])
        }
        return MailNature(text: text, files: files)
    }
}
