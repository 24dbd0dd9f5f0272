/// Why no program may answer a mail (RFC 3834 section 2). A person still may.
public enum AnswerRefusal: String, Sendable, Hashable, CaseIterable {
    /// Nobody to answer to.
    case noSender
    /// `MAIL FROM:<>`: the sender wants no answer, whatever happens.
    case emptyReturnPath
    /// The address says that nobody reads there.
    case noReplyAddress
    /// A mailing list's machinery: `owner-...`, `...-request`.
    case listAddress
    /// The mail itself was written by a program.
    case automatic
    /// Sent to many.
    case bulk
    /// `X-Auto-Response-Suppress` asks for silence ([MS-OXCMAIL] section 2.1.3.2.20).
    case suppressed
}

extension Email {
    /// Whether a program, such as our confirmation of receipt, may answer.
    public func mayBeAnswered(envelopeSender: String? = nil) -> Bool { answerRefusal(envelopeSender: envelopeSender) == nil }

    /// The reason why no program may answer, or nil if it may.
    ///
    /// - Parameter envelopeSender: the address of `MAIL FROM`, empty for `<>`; nil if unknown, then `Return-Path` is asked.
    public func answerRefusal(envelopeSender: String? = nil) -> AnswerRefusal? {
        if isNullSender(envelopeSender) { return .emptyReturnPath }
        var isBulk = false
        switch automation(envelopeSender: envelopeSender) {
        case .bounce, .machine, .autoReply: return .automatic
        case .bulk: isBulk = true
        case .human: break
        }
        guard let recipient = answerTo.first else { return .noSender }
        if recipient.looksLikeNoReply { return .noReplyAddress }
        let envelope = (envelopeSender ?? returnPath).flatMap { Address.parseList($0).first }
        if [recipient, envelope].compactMap({ $0 }).contains(where: Self.isListMachinery) { return .listAddress }
        if let envelope, envelope.key.hasPrefix("mailer-daemon@") { return .noReplyAddress }
        if suppressesAnswers { return .suppressed }
        return isBulk ? .bulk : nil
    }

    private static func isListMachinery(_ address: Address) -> Bool {
        let local = ASCII.lowercased(address.localPart)
        return local.hasPrefix("owner-") || local.hasSuffix("-request") || local.hasSuffix("-owner")
    }

    private var suppressesAnswers: Bool {
        headers("X-Auto-Response-Suppress").contains { value in
            value.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == " " }).contains {
                ["all", "oof", "autoreply"].contains(ASCII.lowercased($0))
            }
        }
    }
}
