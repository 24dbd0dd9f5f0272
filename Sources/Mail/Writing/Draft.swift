import Foundation

/// A mail to be sent. Rendering is deterministic: the same draft gives the same bytes, so that a retry cannot become a different mail.
public struct Draft: Sendable {
    public var from: Address
    public var to: [Address]
    public var cc: [Address]
    public var replyTo: Address?
    public var subject: String
    public var messageID: MessageID
    public var inReplyTo: MessageID?
    /// The whole thread, oldest first; of a long one only the first and the last 20 are sent.
    public var references: [MessageID]
    public var date: Date
    /// Lines end in "\n".
    public var text: String
    /// Added beside `text` as `multipart/alternative`.
    public var html: String?
    public var attachments: [Attachment]
    /// Further fields such as `Auto-Submitted`; see `DraftError.reservedField` for those not allowed here.
    public var headers: [(name: String, value: String)]

    public struct Attachment: Sendable, Hashable {
        public var name: String
        /// `type/subtype`, with `; charset=...` at most; anything else is sent as `application/octet-stream`.
        public var contentType: String
        public var bytes: [UInt8]

        public init(name: String, contentType: String, bytes: [UInt8]) {
            self.name = name
            self.contentType = contentType
            self.bytes = bytes
        }
    }

    public init(
        from: Address, to: [Address], cc: [Address] = [], replyTo: Address? = nil, subject: String, messageID: MessageID,
        inReplyTo: MessageID? = nil,
        references: [MessageID] = [], date: Date, text: String, html: String? = nil, attachments: [Attachment] = [],
        headers: [(name: String, value: String)] = []
    ) {
        self.from = from
        self.to = to
        self.cc = cc
        self.replyTo = replyTo
        self.subject = subject
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.date = date
        self.text = text
        self.html = html
        self.attachments = attachments
        self.headers = headers
    }

    /// Whether an address has a local part beyond ASCII, so that only a server offering SMTPUTF8 (RFC 6531) can take the mail.
    public var needsSMTPUTF8: Bool {
        ([from] + to + cc + (replyTo.map { [$0] } ?? [])).contains { $0.localPart.utf8.contains { $0 >= 0x80 } }
    }

    /// The mail as it goes over the wire: CRLF line ends, no line above 998 bytes, ASCII alone unless `needsSMTPUTF8`.
    ///
    /// - Throws: `DraftError` for anything that would not arrive as it was meant.
    public func rendered() throws -> [UInt8] {
        try validate()
        var fields = DraftFields()
        fields.add("Date", DraftDate.text(date))
        fields.add("From", [from])
        if let replyTo { fields.add("Reply-To", [replyTo]) }
        fields.add("To", to)
        if !cc.isEmpty { fields.add("Cc", cc) }
        fields.add("Message-ID", [messageID])
        if let inReplyTo { fields.add("In-Reply-To", [inReplyTo]) }
        if !references.isEmpty { fields.add("References", Self.shortened(references)) }
        fields.addText("Subject", subject)
        for header in headers { fields.addText(header.name, header.value) }
        fields.add("MIME-Version", "1.0")
        return fields.bytes + DraftBody(self).rendered()
    }

    /// RFC 5322 asks for all of them, servers refuse headers that grow for ever; programs thread by the first and the last.
    private static func shortened(_ ids: [MessageID]) -> [MessageID] {
        let valid = ids.filter(\.isValid)
        return valid.count <= 21 ? valid : [valid[0]] + valid.suffix(20)
    }

    private func validate() throws {
        guard !to.isEmpty else { throw DraftError.noRecipient }
        guard messageID.isValid else { throw DraftError.invalidMessageID(messageID.rawValue) }
        if let inReplyTo, !inReplyTo.isValid { throw DraftError.invalidMessageID(inReplyTo.rawValue) }
        try DraftFields.check(subject, field: "Subject")
        for address in [from] + to + cc + (replyTo.map { [$0] } ?? []) {
            if let name = address.name { try DraftFields.check(name, field: "name of \(address.mailbox)") }
        }
        for header in headers { try DraftFields.check(header) }
    }
}

/// Why a draft cannot be sent.
public enum DraftError: Error, Hashable {
    case noRecipient
    /// Not of the form `left@right` in printable ASCII.
    case invalidMessageID(String)
    /// A line end or another control character in a field: somebody tries to add fields of his own.
    case controlCharacter(field: String)
    /// A field name with characters outside those of RFC 5322 section 3.6.8.
    case invalidFieldName(String)
    /// A field the draft writes itself.
    case reservedField(String)
}
