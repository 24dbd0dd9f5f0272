extension Email {
    /// Something in a mail that had to be guessed, repaired or left out. The raw value is stable and may be stored.
    public enum Defect: String, Sendable, Hashable, CaseIterable {
        /// Larger than the size limit; the rest was not read.
        case tooLarge
        /// Nested deeper than the limit; what lies below was not read.
        case tooDeep
        /// More parts than the limit; the others were not read.
        case tooManyParts
        /// More decoded bytes than the limit; the parts beyond are cut.
        case tooManyBytes
        /// More or longer header fields than any real mail has; the others were not read.
        case tooManyHeaders
        /// A line of the header is no field.
        case brokenHeader
        /// Line ends were single carriage returns.
        case bareCarriageReturns
        /// The mail holds NUL bytes; they are left out of the text.
        case nulBytes
        /// No readable address in `From`.
        case noFrom
        /// More than one `From` field; the first with an address counts.
        case severalFrom
        case noMessageID
        /// More than one `Message-ID` field; the first counts.
        case severalMessageIDs
        /// The charset of the text was missing, unknown or wrong.
        case guessedCharset
        /// A multipart without end or without any part in it.
        case brokenMultipart
        /// Encrypted: only the attachment can be kept.
        case encrypted
        /// A `winmail.dat` that could not be read; it is kept as attachment.
        case unreadableTNEF
    }

    /// How much of a mail is read. What lies beyond becomes a defect, never a failure.
    public struct Limits: Sendable {
        public var sizeBytes: Int
        /// Multiparts within multiparts.
        public var depth: Int
        public var parts: Int
        /// Sum over all parts, after decoding.
        public var decodedBytes: Int

        /// 50 MB, 20 levels, 200 parts, 50 MB decoded: more than any mail server passes on.
        public static let standard = Limits(sizeBytes: 50 << 20, depth: 20, parts: 200, decodedBytes: 50 << 20)

        /// The standard, and a mail of some size whole, since somebody has decided to take mails of that size.
        public static func taking(sizeBytes: Int) -> Limits {
            var limits = standard
            limits.sizeBytes = max(limits.sizeBytes, sizeBytes)
            limits.decodedBytes = max(limits.decodedBytes, sizeBytes)
            return limits
        }

        public init(sizeBytes: Int, depth: Int, parts: Int, decodedBytes: Int) {
            self.sizeBytes = sizeBytes
            self.depth = depth
            self.parts = parts
            self.decodedBytes = decodedBytes
        }
    }
}
