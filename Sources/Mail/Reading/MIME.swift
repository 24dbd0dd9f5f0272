import CGMime

/// Walks the parts of a message and sorts them into text, attachments and reports (RFC 2045 to 2049, 1847, 6522).
struct MIMEReader {
    let limits: Email.Limits
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

    typealias Object = UnsafeMutablePointer<GMimeObject>

    init(limits: Email.Limits) {
        self.limits = limits
        budget = limits.decodedBytes
    }

    /// Reads a body below the header that described it.
    mutating func read(_ body: ArraySlice<UInt8>, contentType: [UInt8]?, encoding: [UInt8]?) throws -> (text: String, html: String?) {
        _ = GMime.ready
        let type = FieldValue(contentType ?? [])
        topLevelType = Self.topLevelType(type)
        var scope = GScope()
        defer { scope.release() }
        let message = try parse(bounded(body, type), contentType: contentType, encoding: encoding, &scope)
        var texts: [BodyText] = []
        if let root = g_mime_message_get_mime_part(message) { texts = walk(root, depth: 1, .body) }
        deliveryReport = report.deliveryReport
        var result = BodyText.joined(texts)
        if result.text.isEmpty, attachments.count == 1, let onlyText { result.text = BodyText.joined([onlyText]).text }
        guard result.text.isEmpty, result.html == nil, attachments.isEmpty, body.contains(where: { !ASCII.isSpace($0) }) else {
            return result
        }
        // A multipart without boundary or parts: the raw text is better than none.
        note(.brokenMultipart)
        return (PlainText.clean(Charset.decode(body, declared: nil).text), nil)
    }

    /// GMime builds every part before the walk can stop at a limit, so that 20 MB of boundaries would keep it busy for half a minute. No
    /// mail has this many lines that could be boundaries.
    private mutating func bounded(_ body: ArraySlice<UInt8>, _ type: FieldValue) -> ArraySlice<UInt8> {
        guard type.value.hasPrefix("multipart/") || type.value.hasPrefix("message/") else { return body }
        var left = Self.boundaryLimit
        var index = body.startIndex
        while let end = body[index...].firstIndex(of: 0x0A), end + 2 < body.endIndex {
            if body[end + 1] == 0x2D, body[end + 2] == 0x2D {
                left -= 1
                if left == 0 {
                    note(.tooManyParts)
                    return body[...end]
                }
            }
            index = end + 1
        }
        return body
    }

    private static let boundaryLimit = 20_000

    /// Reads a part that was wrapped in another one.
    private mutating func readEntity(_ bytes: [UInt8], depth: Int, _ role: Role) throws -> [BodyText] {
        let block = HeaderBlock(bytes)
        let type = block.first("Content-Type")
        var scope = GScope()
        defer { scope.release() }
        let body = bounded(bytes[block.bodyStart...], FieldValue(type ?? []))
        let message = try parse(body, contentType: type, encoding: block.first("Content-Transfer-Encoding"), &scope)
        return g_mime_message_get_mime_part(message).map { walk($0, depth: depth, role) } ?? []
    }

    /// GMime gets the body below a header of our own, so that it cannot stumble over a broken one. The bytes are copied once.
    private func parse(
        _ body: ArraySlice<UInt8>, contentType: [UInt8]?, encoding: [UInt8]?, _ scope: inout GScope
    ) throws -> UnsafeMutablePointer<GMimeMessage> {
        var header = Array("MIME-Version: 1.0\n".utf8)
        if let contentType { header += Array("Content-Type: ".utf8) + contentType.filter { $0 != 0 } + [0x0A] }
        if let encoding { header += Array("Content-Transfer-Encoding: ".utf8) + encoding.filter { $0 != 0 } + [0x0A] }
        header.append(0x0A)
        guard let buffer = g_byte_array_sized_new(guint(header.count + body.count)) else { throw EmailError.notAMessage }
        g_byte_array_append(buffer, header, guint(header.count))
        body.withUnsafeBufferPointer { _ = g_byte_array_append(buffer, $0.baseAddress, guint($0.count)) }
        // The stream owns the buffer from here on.
        let stream = try scope.own(g_mime_stream_mem_new_with_byte_array(buffer))
        let parser = try scope.own(g_mime_parser_new_with_stream(stream))
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
        let bytes = decoded(object)
        if part.type.hasPrefix("message/") || part.type == "text/rfc822-headers" { report.take(bytes, type: part.type) }
        if part.isSMIME {
            if let content = SignedData.content(of: bytes), let texts = try? readEntity(content, depth: depth + 1, role) {
                // What was signed is kept as it came: only from that can the signature be checked.
                attach(part, bytes, isInline: false)
                return texts
            }
            if !SignedData.isSigned(bytes) { note(.encrypted) }
        }
        if part.type == "application/pgp-encrypted" { note(.encrypted) }
        if part.isTNEF, let opened = TNEF(bytes) { return open(opened) }
        if part.isTNEF { note(.unreadableTNEF) }
        guard role != .attachment, part.isReadable(alone: role == .body) else {
            attach(part, bytes, isInline: role == .related && part.contentID != nil)
            return role == .body ? fileText(part, bytes) : []
        }
        let text = part.text(bytes)
        if text.guessed { note(.guessedCharset) }
        return [text.body]
    }

    /// The text of a file, where it may be the mail's own. It is kept as a file, too.
    private mutating func fileText(_ part: LeafPart, _ bytes: [UInt8]) -> [BodyText] {
        guard bytes.count <= Self.fileTextLimitBytes else { return [] }
        if part.isCutOffText { return [part.text(bytes).body] }
        if part.type == "text/plain", attachments.count == 1 { onlyText = part.text(bytes).body }
        return []
    }

    /// More is no message, but a log.
    private static let fileTextLimitBytes = 32 << 10

    /// The content of Outlook's wrapping stands in for it.
    private mutating func open(_ tnef: TNEF) -> [BodyText] {
        for file in tnef.attachments where attachments.count < limits.parts { attachments.append(file) }
        return [BodyText(plain: tnef.plain, html: tnef.html, isFallback: true)]
    }

    private mutating func attach(_ part: LeafPart, _ bytes: [UInt8], isInline: Bool) {
        attachments.append(
            EmailPart(
                name: FileName.safe(part.fileName, contentType: part.type), contentType: part.type, contentID: part.contentID,
                isInline: isInline || (part.isInline && part.type.hasPrefix("image/")), bytes: bytes))
    }

    /// A whole mail within the mail becomes a file that every mail program opens, named after its subject.
    private mutating func attach(message part: UnsafeMutablePointer<GMimeMessagePart>, _ object: Object) {
        guard let message = g_mime_message_part_get_message(part) else { return }
        let bytes = limited(GMime.bytes { _ = g_mime_object_write_to_stream(GMime.cast(message), nil, $0) })
        report.take(bytes, type: "message/rfc822")
        let subject = HeaderBlock(Array(bytes.prefix(64 << 10))).first("Subject").map { EncodedWord.decode($0) }
        let leaf = LeafPart(object)
        let name = leaf.fileName ?? subject.map { ASCII.trimmed($0) + ".eml" } ?? "message.eml"
        attachments.append(EmailPart(name: FileName.safe(name, contentType: "message/rfc822"), contentType: "message/rfc822", bytes: bytes))
    }

    private mutating func decoded(_ object: Object) -> [UInt8] {
        guard let content = g_mime_part_get_content(GMime.cast(object)) else { return [] }
        return limited(GMime.bytes { _ = g_mime_data_wrapper_write_to_stream(content, $0) })
    }

    private mutating func limited(_ bytes: [UInt8]) -> [UInt8] {
        defer { budget -= bytes.count }
        guard bytes.count > budget else { return bytes }
        note(.tooManyBytes)
        return Array(bytes.prefix(max(budget, 0)))
    }

    private mutating func note(_ defect: Email.Defect) {
        if !defects.contains(defect) { defects.append(defect) }
    }
}
