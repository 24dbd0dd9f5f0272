/// A bounce in the words of a server that does not follow RFC 3464: qmail, Exim, Exchange, the large German providers.
///
/// It counts as one only if all three hold: it comes from a mail system, it says in known words that a mail was not delivered, and it
/// names an address or brings the header of a mail.
struct PlainBounce {
    let report: DeliveryReport

    init?(fields: HeaderFields, from: Address?, text: String, attachments: [EmailPart]) {
        let failedRecipients = fields.contains("X-Failed-Recipients") ? fields.addresses("X-Failed-Recipients") : []
        guard !failedRecipients.isEmpty || Self.isFromMailSystem(fields, from) else { return nil }
        let (words, original) = Self.split(String(text.prefix(50_000)))
        let lowered = ASCII.lowercased((fields.text("Subject") ?? "") + "\n" + words)
        guard !failedRecipients.isEmpty || Self.phrases.contains(where: { lowered.contains($0) }) else { return nil }
        let addresses = failedRecipients.isEmpty ? Self.addresses(in: words, except: from) : failedRecipients
        let id = Self.originalMessageID(in: original) ?? Self.attachedMessageID(attachments)
        guard !addresses.isEmpty || id != nil else { return nil }
        let isDelay = Self.delayPhrases.contains { lowered.contains($0) }
        let status = StatusCode.enhanced(in: words) ?? StatusCode.reply(in: words).map { "\($0 / 100).0.0" }
        let diagnostic = Self.diagnostic(in: words, after: addresses.first)
        let recipients = (addresses.isEmpty ? [nil] : addresses.map(Optional.some)).map { address in
            DeliveryReport.Recipient(
                address: address, originalAddress: nil, action: isDelay ? .delayed : .failed, status: status, diagnostic: diagnostic,
                reason: isDelay ? .temporary : BounceReason(status: status, diagnostic: diagnostic.isEmpty ? words : diagnostic))
        }
        report = DeliveryReport(
            recipients: recipients, originalMessageID: id, originalEnvelopeID: nil, reportingServer: nil, isGuessed: true)
    }

    private static func isFromMailSystem(_ fields: HeaderFields, _ from: Address?) -> Bool {
        if let local = from?.key.prefix(while: { $0 != "@" }),
            ["mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon"].contains(local) || local.hasPrefix("mailer-daemon")
        {
            return true
        }
        if let local = from?.key, local.hasPrefix("microsoftexchange") { return true }
        return fields.returnPath == ""
    }

    private static let phrases = [
        "undelivered mail", "delivery failed", "failure notice", "undeliverable", "unzustellbar", "delivery status notification",
        "returned mail",
        "could not be delivered", "couldn't be delivered", "unable to deliver", "wasn't able to deliver", "mail delivery failure",
        "delivery failure",
        "konnte nicht zugestellt werden", "konnten nicht zugestellt werden", "nachrichtenzustellung", "zustellung fehlgeschlagen",
        "nicht zustellbar",
        "delivery has failed", "permanent error", "permanent fatal error", "mailzustellung", "delayed", "verzögert",
    ]

    private static let delayPhrases = [
        "delayed", "will be retried", "will continue to be attempted", "still trying", "not yet been delivered", "verzögert",
        "noch nicht zugestellt",
        "weitere zustellversuche", "this is a warning message only",
    ]

    /// What the server says, and the mail it returns below.
    private static func split(_ text: String) -> (words: String, original: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = lines.firstIndex { line in
            let words = ASCII.lowercased(line)
            return separators.contains { words.contains($0) } || words.hasPrefix("received: ") || words.hasPrefix("return-path: ")
        }
        guard let start else { return (text, text) }
        return (lines[..<start].joined(separator: "\n"), lines[start...].joined(separator: "\n"))
    }

    private static let separators = [
        "below this line is a copy of the message", "this is a copy of the message", "the header of the original message",
        "a copy of the original message",
        "original message header", "ursprüngliche nachrichtenkopfzeilen", "original message follows", "unsent message below",
        "kopie der nachricht",
        "ursprüngliche nachricht", "original message", "header der ursprünglichen",
    ]

    /// The first three addresses: servers name the recipient before their own contact.
    private static func addresses(in words: String, except from: Address?) -> [Address] {
        let marks = Set(" \t\n\r<>()\"',;:[]".utf8)
        var found: [Address] = []
        for token in words.utf8.split(whereSeparator: marks.contains) where token.contains(0x40) && token.count < 255 && found.count < 3 {
            var text = String(decoding: Array(token), as: UTF8.self)
            while text.hasSuffix(".") { text.removeLast() }
            guard let address = Address(text), address.key != from?.key, !found.contains(where: { $0.key == address.key }) else { continue }
            if !address.looksLikeNoReply { found.append(address) }
        }
        return found.count > 1 ? Array(found.prefix(1)) : found
    }

    private static func originalMessageID(in original: String) -> MessageID? {
        for line in original.split(separator: "\n") where ASCII.lowercased(line.prefix(40)).contains("message-id:") {
            guard let colon = line.firstIndex(of: ":"), let id = MessageID.parseList(String(line[colon...])).first else { continue }
            return id
        }
        return nil
    }

    private static func attachedMessageID(_ attachments: [EmailPart]) -> MessageID? {
        attachments.first { $0.contentType == "message/rfc822" || $0.contentType == "text/rfc822-headers" }.flatMap {
            (try? $0.content.prefix(ReportParts.mostHeaderBytes)).flatMap(ReportParts.messageID(inHeaderOf:))
        }
    }

    /// The paragraph that names the recipient, or the first with a status code, in one line of at most 500 bytes.
    private static func diagnostic(in words: String, after address: Address?) -> String {
        let lines = words.split(separator: "\n", omittingEmptySubsequences: false).map { ASCII.trimmed($0) }
        let named = address.flatMap { address in lines.firstIndex { ASCII.lowercased($0).contains(address.key) } }
        guard let start = named ?? lines.firstIndex(where: { StatusCode.reply(in: $0) != nil }) else { return "" }
        var kept = Array(lines[start...].prefix { !$0.isEmpty }.prefix(8))
        // The reason may stand in a paragraph of its own.
        if kept.count == 1 { kept += lines[(start + 1)...].drop { $0.isEmpty }.prefix { !$0.isEmpty }.prefix(6) }
        return String(decoding: Array(kept.joined(separator: " ").utf8.prefix(500)), as: UTF8.self)
    }
}
