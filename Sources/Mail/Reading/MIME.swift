import CGMime

/// Walks the parts of a message and sorts them into text, attachments and reports (RFC 2045 to 2049, 1847, 6522).
struct MIMEReader {
    let limits: Email.Limits
    /// Where large parts go; nil where all of them stay in memory.
    private let scratch: MailScratch?
    private(set) var attachments: [EmailPart] = []
    private(set) var defects: [Email.Defect] = []
    private(set) var deliveryReport: DeliveryReport?
    private(set) var topLevelType = "text/plain"
    private var partCount = 0
    private var budget: Int
    /// The fields of a delivery report and the mail it is about, as far as met.
    private var report = ReportParts()
    /// The text in the first file: the mail's, should there be no other text and no other file.
    private var onlyText: BodyText?
    /// Why a part could not be written to the scratch, or read from there. No fault of the mail.
    private var failure: (any Error)?

    typealias Object = UnsafeMutablePointer<GMimeObject>

    init(limits: Email.Limits, scratch: MailScratch?) {
        self.limits = limits
        self.scratch = scratch
        budget = limits.decodedBytes
    }

    /// Reads a body below the header that described it.
    ///
    /// - Throws: what the scratch throws.
    mutating func read(_ source: MIMESource, type: FieldValue) throws -> (text: String, html: String?) {
        topLevelType = Self.topLevelType(type)
        var scope = GScope()
        defer { scope.release() }
        let message = try parse(source, type, &scope)
        var texts: [BodyText] = []
        if let root = g_mime_message_get_mime_part(message) { texts = walk(root, depth: 1, .body) }
        if let failure { throw failure }
        deliveryReport = report.deliveryReport
        var result = BodyText.joined(texts)
        if result.text.isEmpty, attachments.count == 1, let onlyText { result.text = BodyText.joined([onlyText]).text }
        guard result.text.isEmpty, result.html == nil, attachments.isEmpty else { return result }
        let body = try source.body()
        guard body.contains(where: { !ASCII.isSpace($0) }) else { return result }
        // A multipart without boundary or parts: the raw text is better than none.
        note(.brokenMultipart)
        return (PlainText.clean(Charset.decode(body, declared: nil).text), nil)
    }

    /// Reads a part that was wrapped in another one.
    private mutating func readEntity(_ bytes: [UInt8], depth: Int, _ role: Role) throws -> [BodyText] {
        let block = HeaderBlock(bytes)
        let type = block.first("Content-Type")
        var scope = GScope()
        defer { scope.release() }
        let source = MIMESource(bytes[block.bodyStart...], contentType: type, encoding: block.first("Content-Transfer-Encoding"))
        let message = try parse(source, FieldValue(type ?? []), &scope)
        return g_mime_message_get_mime_part(message).map { walk($0, depth: depth, role) } ?? []
    }

    private mutating func parse(
        _ source: MIMESource, _ type: FieldValue, _ scope: inout GScope
    ) throws -> UnsafeMutablePointer<GMimeMessage> {
        _ = GMime.ready
        var source = source
        if type.value.hasPrefix("multipart/") || type.value.hasPrefix("message/"), try source.bound() { note(.tooManyParts) }
        let parser = try scope.own(g_mime_parser_new_with_stream(try source.stream(&scope)))
        // Parts stay where they are until they are decoded.
        g_mime_parser_set_persist_stream(parser, 1)
        return try scope.own(g_mime_parser_construct_message(parser, nil))
    }

    private static func topLevelType(_ type: FieldValue) -> String {
        guard type.value == "multipart/report", let report = type.parameters["report-type"] else { return type.value }
        return "report." + ASCII.lowercased(report)
    }

    /// Whether a text found here may be the mail's own text.
    private enum Role {
        case body
        /// Next to an HTML root (RFC 2387): pictures.
        case related
        case attachment
    }

    /// Recursion is bounded by the depth limit; GMime itself stops at 1,024 levels.
    private mutating func walk(_ object: Object, depth: Int, _ role: Role) -> [BodyText] {
        guard depth <= limits.depth else {
            note(.tooDeep)
            return []
        }
        if GMime.isA(object, g_mime_multipart_get_type()) {
            return walk(multipart: GMime.cast(object), FieldValue(GMime.header("Content-Type", of: object) ?? []), depth: depth, role)
        }
        guard partCount < limits.parts, budget > 0 else {
            note(budget > 0 ? .tooManyParts : .tooManyBytes)
            return []
        }
        partCount += 1
        if GMime.isA(object, g_mime_message_part_get_type()) {
            attach(message: GMime.cast(object), object)
            return []
        }
        return GMime.isA(object, g_mime_part_get_type()) ? leaf(object, depth: depth, role) : []
    }

    private mutating func walk(multipart: UnsafeMutablePointer<GMimeMultipart>, _ type: FieldValue, depth: Int, _ role: Role) -> [BodyText]
    {
        let count = g_mime_multipart_get_count(multipart)
        if count == 0 || multipart.pointee.write_end_boundary == 0 { note(.brokenMultipart) }
        var found: [[BodyText]] = []
        for index in 0..<count {
            if partCount >= limits.parts {
                note(.tooManyParts)
                break
            }
            guard let child = g_mime_multipart_get_part(multipart, index) else { continue }
            found.append(walk(child, depth: depth + 1, Self.role(ofChild: Int(index), of: type.value, role)))
        }
        if type.value == "multipart/encrypted" { note(.encrypted) }
        return type.value == "multipart/alternative" ? BodyText.chosen(from: found) : Array(found.joined())
    }

    private static func role(ofChild index: Int, of type: String, _ role: Role) -> Role {
        switch type {
        case "multipart/encrypted": .attachment
        case "multipart/signed": index == 0 ? role : .attachment
        case "multipart/related": index == 0 || role == .attachment ? role : .related
        default: role
        }
    }

    private mutating func leaf(_ object: Object, depth: Int, _ role: Role) -> [BodyText] {
        let part = LeafPart(object)
        let content = decoded(object)
        if part.type.hasPrefix("message/") || part.type == "text/rfc822-headers" { report(content, type: part.type) }
        if part.isSMIME, let texts = signed(part, content, depth: depth, role) { return texts }
        if part.type == "application/pgp-encrypted" { note(.encrypted) }
        if part.isTNEF, let opened = TNEF(loaded(content)) { return open(opened) }
        if part.isTNEF { note(.unreadableTNEF) }
        guard role != .attachment, part.isReadable(alone: role == .body) else {
            attach(part, content, isInline: role == .related && part.contentID != nil)
            return role == .body ? fileText(part, content) : []
        }
        let text = part.text(loaded(content))
        if text.guessed { note(.guessedCharset) }
        return [text.body]
    }

    /// The text inside a signature that wraps it; nil where there is none to be read.
    private mutating func signed(_ part: LeafPart, _ content: EmailContent, depth: Int, _ role: Role) -> [BodyText]? {
        guard SignedData.isSigned(loaded(content, upTo: 64)) else {
            note(.encrypted)
            return nil
        }
        guard let inside = SignedData.content(of: loaded(content)), let texts = try? readEntity(inside, depth: depth + 1, role) else {
            return nil
        }
        // What was signed is kept as it came: only from that can the signature be checked.
        attach(part, content, isInline: false)
        return texts
    }

    /// The text of a file, where it may be the mail's own. It is kept as a file, too.
    private mutating func fileText(_ part: LeafPart, _ content: EmailContent) -> [BodyText] {
        guard content.sizeBytes <= Self.fileTextLimitBytes else { return [] }
        if part.isCutOffText { return [part.text(loaded(content)).body] }
        if part.type == "text/plain", attachments.count == 1 { onlyText = part.text(loaded(content)).body }
        return []
    }

    /// More is no message, but a log.
    private static let fileTextLimitBytes = 32 << 10

    /// The content of Outlook's wrapping stands in for it.
    private mutating func open(_ tnef: TNEF) -> [BodyText] {
        for file in tnef.attachments where attachments.count < limits.parts { attachments.append(file) }
        return [BodyText(plain: tnef.plain, html: tnef.html, isFallback: true)]
    }

    private mutating func attach(_ part: LeafPart, _ content: EmailContent, isInline: Bool) {
        attachments.append(
            EmailPart(
                name: FileName.safe(part.fileName, contentType: part.type), contentType: part.type, contentID: part.contentID,
                isInline: isInline || (part.isInline && part.type.hasPrefix("image/")), content: content))
    }

    /// A whole mail within the mail becomes a file that every mail program opens, named after its subject.
    private mutating func attach(message part: UnsafeMutablePointer<GMimeMessagePart>, _ object: Object) {
        guard let message = g_mime_message_part_get_message(part) else { return }
        let content = limited(written(expecting: .max) { g_mime_object_write_to_stream(GMime.cast(message), nil, $0) })
        report(content, type: "message/rfc822")
        let subject = HeaderBlock(loaded(content, upTo: 64 << 10)).first("Subject").map { EncodedWord.decode($0) }
        let leaf = LeafPart(object)
        let name = leaf.fileName ?? subject.map { ASCII.trimmed($0) + ".eml" } ?? "message.eml"
        attachments.append(
            EmailPart(name: FileName.safe(name, contentType: "message/rfc822"), contentType: "message/rfc822", content: content))
    }

    private mutating func report(_ content: EmailContent, type: String) {
        report.take(loaded(content, upTo: ReportParts.mostBytes), type: type)
    }

    private mutating func decoded(_ object: Object) -> EmailContent {
        guard let content = g_mime_part_get_content(GMime.cast(object)) else { return EmailContent([]) }
        // No encoding makes less of the bytes than they are.
        let size = g_mime_data_wrapper_get_stream(content).map { Int(g_mime_stream_length($0)) } ?? .max
        return limited(written(expecting: size) { g_mime_data_wrapper_write_to_stream(content, $0) })
    }

    /// What is written into a stream: of memory, or of the scratch where it may be much.
    private mutating func written(expecting sizeBytes: Int, _ write: (UnsafeMutablePointer<GMimeStream>) -> Int) -> EmailContent {
        guard let scratch, sizeBytes < 0 || sizeBytes > scratch.partBytes else { return EmailContent(GMime.bytes { _ = write($0) }) }
        do {
            let file = try scratch.parts()
            let start = try file.sizeBytes()
            try GMime.write(to: file, from: start, write)
            return try EmailContent(file, from: start, smallBytes: scratch.partBytes)
        } catch {
            failure = failure ?? error
            return EmailContent([])
        }
    }

    private mutating func loaded(_ content: EmailContent, upTo limit: Int = .max) -> [UInt8] {
        do {
            return try content.prefix(limit)
        } catch {
            failure = failure ?? error
            return []
        }
    }

    private mutating func limited(_ content: EmailContent) -> EmailContent {
        defer { budget -= content.sizeBytes }
        guard content.sizeBytes > budget else { return content }
        note(.tooManyBytes)
        return content.cut(to: max(budget, 0))
    }

    private mutating func note(_ defect: Email.Defect) {
        if !defects.contains(defect) { defects.append(defect) }
    }
}
