/// What a mail server says became of a mail we sent (RFC 3464), or what could be read out of a bounce in plain text.
public struct DeliveryReport: Sendable, Hashable {
    public enum Action: String, Sendable, Hashable {
        case failed, delayed, delivered, relayed, expanded
    }

    /// One recipient of the reported mail.
    public struct Recipient: Sendable, Hashable {
        /// Whom it was sent to in the end; forwarding may have changed it.
        public let address: Address?
        /// Whom we addressed (RFC 3464 section 2.3.1), if the report says so.
        public let originalAddress: Address?
        public let action: Action
        /// `class.subject.detail` (RFC 3463), such as `5.1.1`.
        public let status: String?
        /// The other server's own words, one line.
        public let diagnostic: String
        public let reason: BounceReason

        /// Whether the address itself is the trouble: a server that gave up waiting (4.x.x) may well take the next mail.
        public var isPermanent: Bool { action == .failed && status?.hasPrefix("4.") != true && reason != .temporary }
    }

    public let recipients: [Recipient]
    /// The mail this is about, from the part or the quoted header of it that came along.
    public let originalMessageID: MessageID?
    /// The `ENVID` we gave when sending (RFC 3461 section 4.4).
    public let originalEnvelopeID: String?
    /// Which server reports.
    public let reportingServer: String?
    /// Whether the report was guessed from words, since it was not in the standard's form.
    public let isGuessed: Bool

    public var hasFailures: Bool { recipients.contains { $0.action == .failed } }
}

/// The parts of a `multipart/report` as they are met in the walk.
struct ReportParts {
    private var status: [UInt8]?
    private var originalMessageID: MessageID?
    private var hasOriginal = false

    /// What is read of a part: more than a thousand recipients take.
    static let mostBytes = 1 << 20
    static let mostHeaderBytes = 256 << 10

    /// - Parameter bytes: of a large part the first ``mostBytes``.
    mutating func take(_ bytes: [UInt8], type: String) {
        switch type {
        case "message/delivery-status", "message/global-delivery-status": status = status ?? bytes
        case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers":
            guard !hasOriginal else { return }
            hasOriginal = true
            originalMessageID = Self.messageID(inHeaderOf: bytes)
        default: break
        }
    }

    static func messageID(inHeaderOf bytes: [UInt8]) -> MessageID? {
        HeaderBlock(Array(bytes.prefix(mostHeaderBytes))).first("Message-ID").flatMap { MessageID.parseList(EncodedWord.decode($0)).first }
    }

    /// Nil unless a delivery status was met.
    var deliveryReport: DeliveryReport? {
        guard let status else { return nil }
        let groups = Self.groups(status)
        guard let message = groups.first else { return nil }
        let recipients = groups.prefix(1_000).compactMap(Self.recipient)
        guard !recipients.isEmpty else { return nil }
        return DeliveryReport(
            recipients: recipients, originalMessageID: originalMessageID,
            originalEnvelopeID: message.first("Original-Envelope-Id").map { EncodedWord.decode($0) },
            reportingServer: message.first("Reporting-MTA").map(Self.withoutType), isGuessed: false)
    }

    /// Groups of fields between blank lines: one about the mail, then one per recipient.
    private static func groups(_ bytes: [UInt8]) -> [HeaderBlock] {
        var groups: [HeaderBlock] = []
        var rest = bytes
        while !rest.isEmpty, groups.count <= 1_000 {
            let block = HeaderBlock(rest)
            if !block.fields.isEmpty { groups.append(block) }
            guard block.bodyStart > 0 else { break }
            rest.removeFirst(block.bodyStart)
        }
        return groups
    }

    private static func recipient(_ group: HeaderBlock) -> DeliveryReport.Recipient? {
        guard let final = group.first("Final-Recipient") ?? group.first("Original-Recipient") else { return nil }
        let word = group.first("Action").map { ASCII.lowercased(EncodedWord.decode($0).prefix { $0 != " " && $0 != "(" && $0 != ";" }) }
        let status = group.first("Status").flatMap { StatusCode.enhanced(in: EncodedWord.decode($0)) }
        let diagnostic = group.first("Diagnostic-Code").map(withoutType) ?? ""
        let action =
            word.flatMap(DeliveryReport.Action.init)
            ?? (status?.hasPrefix("2.") == true ? .delivered : status?.hasPrefix("4.") == true ? .delayed : .failed)
        // A general code such as 5.0.0 is made precise by the other server's own.
        let precise = status.flatMap { $0.hasSuffix(".0.0") ? nil : $0 } ?? StatusCode.enhanced(in: diagnostic) ?? status
        return DeliveryReport.Recipient(
            address: address(final), originalAddress: group.first("Original-Recipient").flatMap(address), action: action, status: precise,
            diagnostic: diagnostic, reason: BounceReason(status: precise, diagnostic: diagnostic))
    }

    /// `rfc822; jonas@example.de`; the type is left off by some, the address put in brackets by others.
    private static func address(_ value: [UInt8]) -> Address? { Address.parseList(withoutType(value)).first }

    private static func withoutType(_ value: [UInt8]) -> String {
        let text = EncodedWord.decode(value)
        guard let semicolon = text.firstIndex(of: ";") else { return ASCII.trimmed(text) }
        return ASCII.trimmed(text[text.index(after: semicolon)...])
    }
}

/// Enhanced and plain SMTP status codes within running text.
enum StatusCode {
    /// The first `5.1.1` or `4.7.0` that stands by itself.
    static func enhanced(in text: String) -> String? {
        let bytes = Array(text.utf8.prefix(20_000))
        for start in bytes.indices where [0x32, 0x34, 0x35].contains(bytes[start]) && (start == 0 || !isPartOfNumber(bytes[start - 1])) {
            let run = bytes[start...].prefix { ASCII.isDigit($0) || $0 == 0x2E }
            let parts = String(decoding: run, as: UTF8.self).split(separator: ".", omittingEmptySubsequences: true)
            if parts.count == 3, parts[0].utf8.count == 1, parts[1].utf8.count <= 3, parts[2].utf8.count <= 3 {
                return parts.joined(separator: ".")
            }
        }
        return nil
    }

    /// The first three-digit reply that means failure: 4xx or 5xx.
    static func reply(in text: String) -> Int? {
        let bytes = Array(text.utf8.prefix(20_000))
        for start in bytes.indices where [0x34, 0x35].contains(bytes[start]) && (start == 0 || !isPartOfNumber(bytes[start - 1])) {
            let run = bytes[start...].prefix(4).prefix(while: ASCII.isDigit)
            if run.count == 3, start + 3 == bytes.count || !isPartOfNumber(bytes[start + 3]),
                let code = Int(String(decoding: run, as: UTF8.self)), code % 100 < 60
            {
                return code
            }
        }
        return nil
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool { ASCII.isDigit(byte) || ASCII.isLetter(byte) || byte == 0x2E }
}
