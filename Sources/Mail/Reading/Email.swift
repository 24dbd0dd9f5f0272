import Foundation

/// One mail as its sender meant it (RFC 5322, RFC 2045), read from whatever arrived.
///
/// Everything except an empty input or one without any header can be read; what had to be guessed or left out is listed in `defects`.
/// Nothing here touches the network or the clock.
public struct Email: Sendable {
    /// All header fields in order, decoded, unfolded, without control characters.
    public let headers: [Header]
    public let messageID: MessageID?
    public let inReplyTo: [MessageID]
    /// At most the last 100; the nearest ancestor is last.
    public let references: [MessageID]
    public let from: [Address]
    public let sender: Address?
    public let replyTo: [Address]
    public let to: [Address]
    public let cc: [Address]
    /// Whom the mail was handed to, according to the servers on its way (`Delivered-To`, `X-Original-To`, `Envelope-To`).
    public let deliveredTo: [Address]
    /// What the last server wrote into `Return-Path`: empty for `<>`, nil if there is no such field.
    public let returnPath: String?
    /// Decoded, one line, as written, with all its `Re:`.
    public let subject: String
    public let date: Date?
    /// The readable text: the plain part, or the HTML part turned into text. Lines end in "\n".
    public let text: String
    /// The HTML as it came, decoded but not cleaned: only for `SafeHTML.clean`.
    public let html: String?
    public let attachments: [EmailPart]
    /// What was wrong with the mail, each once, in the order found.
    public let defects: [Defect]
    /// What a mail server reports about a mail we sent, if this is such a report.
    public let deliveryReport: DeliveryReport?
    /// `multipart/report; report-type=disposition-notification` becomes `report.disposition-notification`; else the top content type.
    let topLevelType: String

    /// One header field.
    public struct Header: Sendable, Hashable {
        /// As written; compare without case.
        public let name: String
        public let value: String
    }

    /// The first value of a field, whatever the case of its name.
    public func header(_ name: String) -> String? {
        headers.first { HeaderBlock.isSame($0.name, name) }?.value
    }

    /// All values of a field, in order.
    public func headers(_ name: String) -> [String] {
        headers.filter { HeaderBlock.isSame($0.name, name) }.map(\.value)
    }

    /// Whom an answer goes to: `Reply-To` if there is one, else `From`, else `Sender`.
    public var answerTo: [Address] { replyTo.isEmpty ? (from.isEmpty ? sender.map { [$0] } ?? [] : from) : replyTo }

    /// Reads a mail.
    ///
    /// - Throws: `EmailError.notAMessage` when there is nothing that could be a header.
    public init(parsing raw: [UInt8], limits: Limits = .standard) throws {
        var defects: [Defect] = []
        let bytes = Self.prepared(raw, limits, &defects)
        let block = HeaderBlock(bytes)
        let body = MIMESource(
            bytes[block.bodyStart...], contentType: block.first("Content-Type"), encoding: block.first("Content-Transfer-Encoding"))
        try self.init(block, body, defects, MIMEReader(limits: limits, scratch: nil))
    }

    /// Reads what is below a header.
    ///
    /// - Parameter defects: what was wrong with the bytes.
    init(_ block: HeaderBlock, _ source: MIMESource, _ defects: [Defect], _ reader: MIMEReader) throws {
        guard !block.fields.isEmpty else { throw EmailError.notAMessage }
        var (defects, reader) = (defects + block.defects, reader)
        let fields = HeaderFields(block.fields)
        let body = try reader.read(source, type: FieldValue(block.first("Content-Type") ?? []))
        defects += reader.defects.filter { !defects.contains($0) }

        headers = fields.all
        messageID = fields.ids("Message-ID").first
        inReplyTo = fields.ids("In-Reply-To")
        references = fields.ids("References")
        from = fields.addresses("From")
        sender = fields.addresses("Sender").first
        replyTo = fields.addresses("Reply-To")
        to = fields.addresses("To")
        cc = fields.addresses("Cc")
        deliveredTo = fields.deliveredTo
        returnPath = fields.returnPath
        subject = fields.subject
        date = fields.date
        text = body.text
        html = body.html
        attachments = reader.attachments
        topLevelType = reader.topLevelType
        if PGPText.nature(of: body.text).isEncrypted, !defects.contains(.encrypted) { defects.append(.encrypted) }
        self.defects = defects + fields.defects(from: from, messageID: messageID)
        deliveryReport =
            reader.deliveryReport ?? PlainBounce(fields: fields, from: from.first, text: body.text, attachments: reader.attachments)?.report
    }

    /// The bytes within the size limit, with old Macintosh line ends turned into those of the Internet.
    private static func prepared(_ raw: [UInt8], _ limits: Limits, _ defects: inout [Defect]) -> [UInt8] {
        var bytes = raw
        if bytes.count > limits.sizeBytes {
            bytes.removeSubrange(limits.sizeBytes...)
            defects.append(.tooLarge)
        }
        if bytes.contains(0x0D), !bytes.contains(0x0A) {
            for index in bytes.indices where bytes[index] == 0x0D { bytes[index] = 0x0A }
            defects.append(.bareCarriageReturns)
        }
        if bytes.contains(0) { defects.append(.nulBytes) }
        return bytes
    }
}

/// A file that came with a mail.
public struct EmailPart: Sendable {
    /// Safe to show, store and offer for download: no path, control or direction characters, at most 120 bytes, never empty.
    public let name: String
    /// Lower case, without parameters.
    public let contentType: String
    /// Without angle brackets; what `cid:` links in the HTML refer to.
    public let contentID: String?
    /// Whether it is shown within the text, such as a picture in a signature.
    public let isInline: Bool
    public let content: EmailContent

    public init(name: String, contentType: String, contentID: String? = nil, isInline: Bool = false, content: EmailContent) {
        self.name = name
        self.contentType = contentType
        self.contentID = contentID
        self.isInline = isInline
        self.content = content
    }
}

public enum EmailError: Error, Hashable {
    /// Empty, or without a single header field.
    case notAMessage
}
