/// What a mail is expected to be; only the keys that are there are compared.
struct MailExpectation: Decodable {
    var error: String?
    var subject: String?
    var base: String?
    var isForward: Bool?
    var ticketNumber: Stated<String>?
    var from: [String]?
    /// A name that is nothing is null.
    var fromNames: [String?]?
    var fromKeys: [String]?
    var to: [String]?
    var cc: [String]?
    var ccNames: [String]?
    var replyTo: [String]?
    var deliveredTo: [String]?
    var messageID: Stated<String>?
    var inReplyTo: [String]?
    var references: [String]?
    var referenceCount: Int?
    var lastReference: String?
    var date: Stated<String>?
    /// Compared without empty lines at the ends.
    var text: String?
    var textContains: [String]?
    var textLength: Int?
    var visible: String?
    var visibleContains: [String]?
    var kinds: [String]?
    var hasHTML: Bool?
    var attachments: [Attachment]?
    var attachmentCount: Int?
    var inlineCount: Int?
    var envelopeSender: String?
    var automation: String?
    var evidence: String?
    var mayBeAnswered: Bool?
    var refusal: String?
    var report: Stated<Report>?
    var defects: [String]?
    var isSigned: Bool?
    var isEncrypted: Bool?
    var invitation: Stated<Invitation>?
    /// Of the HTML as it is shown.
    var htmlContains: [String]?
    /// Compared without case.
    var htmlOmits: [String]?
    var blockedImages: Int?

    struct Attachment: Decodable {
        var name: String
        var type: String?
        var size: Int?
        var inline: Bool?
    }

    struct Report: Decodable {
        var recipients: [Recipient]
        var messageID: String?
        var envelopeID: String?
        var server: String?
        var guessed: Bool

        struct Recipient: Decodable {
            var address: String
            var action: String
            var status: String?
            var reason: String?
            var permanent: Bool?
        }
    }

    /// All of it is compared: what is not stated must be absent.
    struct Invitation: Decodable {
        var method: String
        var answer: String?
        var organizer: String?
        var attendee: String?
        var summary: String
        var location: String?
        var description: String?
        /// `2026-03-30T12:00:00Z`, `2026-03-16` for whole days, `2026-03-16T14:00 Zone` where the zone is not known.
        var start: String?
        var end: String?
        var repeats: Bool
    }

    /// A value that may be expected to be absent: `null` in the file is something else than no key.
    struct Stated<Value: Decodable>: Decodable {
        var value: Value?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            value = container.decodeNil() ? nil : try container.decode(Value.self)
        }
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case error, subject, base, isForward, ticketNumber, from, fromNames, fromKeys, to, cc, ccNames, replyTo, deliveredTo, messageID,
            inReplyTo
        case references, referenceCount, lastReference, date, text, textContains, textLength, visible, visibleContains, kinds, hasHTML,
            attachments
        case attachmentCount, inlineCount, envelopeSender, automation, evidence, mayBeAnswered, refusal, report, defects
        case isSigned, isEncrypted, invitation, htmlContains, htmlOmits, blockedImages
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func optional<T: Decodable>(_ key: CodingKeys) throws -> T? { try container.decodeIfPresent(T.self, forKey: key) }
        func stated<T>(_ key: CodingKeys) throws -> Stated<T>? {
            container.contains(key) ? try container.decode(Stated<T>.self, forKey: key) : nil
        }
        error = try optional(.error)
        subject = try optional(.subject)
        base = try optional(.base)
        isForward = try optional(.isForward)
        ticketNumber = try stated(.ticketNumber)
        from = try optional(.from)
        fromNames = try optional(.fromNames)
        fromKeys = try optional(.fromKeys)
        to = try optional(.to)
        cc = try optional(.cc)
        ccNames = try optional(.ccNames)
        replyTo = try optional(.replyTo)
        deliveredTo = try optional(.deliveredTo)
        messageID = try stated(.messageID)
        inReplyTo = try optional(.inReplyTo)
        references = try optional(.references)
        referenceCount = try optional(.referenceCount)
        lastReference = try optional(.lastReference)
        date = try stated(.date)
        text = try optional(.text)
        textContains = try optional(.textContains)
        textLength = try optional(.textLength)
        visible = try optional(.visible)
        visibleContains = try optional(.visibleContains)
        kinds = try optional(.kinds)
        hasHTML = try optional(.hasHTML)
        attachments = try optional(.attachments)
        attachmentCount = try optional(.attachmentCount)
        inlineCount = try optional(.inlineCount)
        envelopeSender = try optional(.envelopeSender)
        automation = try optional(.automation)
        evidence = try optional(.evidence)
        mayBeAnswered = try optional(.mayBeAnswered)
        refusal = try optional(.refusal)
        report = try stated(.report)
        defects = try optional(.defects)
        isSigned = try optional(.isSigned)
        isEncrypted = try optional(.isEncrypted)
        invitation = try stated(.invitation)
        htmlContains = try optional(.htmlContains)
        htmlOmits = try optional(.htmlOmits)
        blockedImages = try optional(.blockedImages)
    }
}
