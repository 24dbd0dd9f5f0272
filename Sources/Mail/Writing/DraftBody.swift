/// Writes the parts of a draft below its header (RFC 2045, RFC 2046, RFC 2183).
struct DraftBody {
    private let draft: Draft
    private let tag: String

    init(_ draft: Draft) {
        self.draft = draft
        tag = Self.hash(draft.messageID.rawValue)
    }

    /// Begins with the content fields that belong to the mail's own header.
    func rendered() -> [UInt8] {
        let text = alternative()
        guard !draft.attachments.isEmpty else { return text }
        return multipart("mixed", [text] + draft.attachments.map(Self.part))
    }

    private func alternative() -> [UInt8] {
        let plain = Self.part(text: draft.text, subtype: "plain")
        guard let html = draft.html else { return plain }
        return multipart("alternative", [plain, Self.part(text: html, subtype: "html")])
    }

    /// "=_" occurs neither in quoted-printable nor in base64, and 7bit text with it is not used: the boundary cannot occur in a part.
    private func multipart(_ subtype: String, _ parts: [[UInt8]]) -> [UInt8] {
        let boundary = "=_\(subtype)_\(tag)"
        var bytes = Array("Content-Type: multipart/\(subtype); boundary=\"\(boundary)\"\r\n\r\n".utf8)
        for part in parts { bytes += Array("--\(boundary)\r\n".utf8) + part + [0x0D, 0x0A] }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }

    private static func part(text: String, subtype: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        let isPlain = QuotedPrintable.isNeedless(for: bytes)
        let head =
            "Content-Type: text/\(subtype); charset=utf-8\r\nContent-Transfer-Encoding: \(isPlain ? "7bit" : "quoted-printable")\r\n\r\n"
        return Array(head.utf8) + (isPlain ? QuotedPrintable.withCRLF(bytes) : QuotedPrintable.encode(bytes))
    }

    private static func part(_ attachment: Draft.Attachment) -> [UInt8] {
        let type = contentType(attachment.contentType)
        let name = FileName.safe(attachment.name, contentType: attachment.contentType)
        let disposition = "Content-Disposition: attachment;\(fileNameParameters(name))"
        let head = "Content-Type: \(type)\r\nContent-Transfer-Encoding: base64\r\n\(disposition)\r\n\r\n"
        return Array(head.utf8) + Base64.encode(attachment.bytes, lineLength: 76)
    }

    /// Message types may not be encoded (RFC 2046 section 5.2.1) and multiparts would be taken apart, so neither is called by its name.
    private static func contentType(_ declared: String) -> String {
        let parsed = FieldValue(Array(declared.utf8))
        let halves = parsed.value.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ isToken(String($0)) }), halves[0] != "message", halves[0] != "multipart" else {
            return "application/octet-stream"
        }
        guard let charset = parsed.parameters["charset"], isToken(charset) else { return parsed.value }
        return parsed.value + "; charset=" + charset
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 100
            && text.utf8.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || "!#$&-^_.+".utf8.contains($0) }
    }

    /// The name for programs that know RFC 2231, in pieces of at most 60 bytes, after an ASCII form for those that do not.
    private static func fileNameParameters(_ name: String) -> String {
        let ascii = String(String.UnicodeScalarView(name.unicodeScalars.map { $0.isASCII && $0 != "\"" && $0 != "\\" ? $0 : "_" }))
        if ascii == name, name.utf8.count <= 60 { return "\r\n filename=\"\(name)\"" }
        var pieces = [""]
        for byte in name.utf8 {
            let isPlain = ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2E || byte == 0x2D || byte == 0x5F
            let hex = String(decoding: [0x25, QuotedPrintable.hex[Int(byte >> 4)], QuotedPrintable.hex[Int(byte & 15)]], as: UTF8.self)
            if pieces[pieces.count - 1].utf8.count > 57 { pieces.append("") }
            pieces[pieces.count - 1] += isPlain ? String(Unicode.Scalar(byte)) : hex
        }
        let fallback = ascii.utf8.count <= 60 ? "\r\n filename=\"\(ascii)\";" : ""
        if pieces.count == 1 { return fallback + "\r\n filename*=utf-8''\(pieces[0])" }
        let numbered = pieces.enumerated().map { "\r\n filename*\($0.offset)*=\($0.offset == 0 ? "utf-8''" : "")\($0.element)" }
        return fallback + numbered.joined(separator: ";")
    }

    /// FNV-1a in 64 bits: the boundary needs to differ from nothing but the parts' own text, which cannot contain it anyway.
    private static func hash(_ text: String) -> String {
        let value = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(value, radix: 16)
    }
}
