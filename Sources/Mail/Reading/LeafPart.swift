import CGMime

/// What the header of a single part says about it, cleared of the usual nonsense.
struct LeafPart {
    /// Lower case, always with a slash.
    let type: String
    let fileName: String?
    let contentID: String?
    let isInline: Bool
    private let isAttachment: Bool
    private let parameters: [String: String]

    init(_ object: UnsafeMutablePointer<GMimeObject>) {
        let content = FieldValue(GMime.header("Content-Type", of: object) ?? [])
        let disposition = FieldValue(GMime.header("Content-Disposition", of: object) ?? [])
        parameters = content.parameters
        let name = disposition.parameters["filename"] ?? content.parameters["name"]
        fileName = name.flatMap { $0.isEmpty ? nil : $0 }
        type = Self.type(content.value, fileName)
        contentID = GMime.header("Content-ID", of: object).map { raw in
            String(decoding: raw.filter { !ASCII.isSpace($0) && $0 != 0x3C && $0 != 0x3E }, as: UTF8.self)
        }
        isInline = disposition.value == "inline"
        isAttachment = disposition.value == "attachment"
    }

    /// RFC 2045 section 5.2, and the short forms some scripts write.
    private static func type(_ value: String, _ fileName: String?) -> String {
        switch value {
        case "", "text", "plain": "text/plain"
        case "html": "text/html"
        // gateways that look into mails forget what they looked at
        case "application/octet-stream" where fileName.map({ ASCII.lowercased($0) }) == "smime.p7m": "application/pkcs7-mime"
        default: value.contains("/") ? value : "application/octet-stream"
        }
    }

    /// Encrypted, or signed so that the signature wraps the text.
    var isSMIME: Bool { SignedData.types.contains(type) }

    var isTNEF: Bool {
        type == "application/ms-tnef" || type == "application/vnd.ms-tnef" || fileName.map { ASCII.lowercased($0) } == "winmail.dat"
    }

    /// Whether the part is text to be read in place: not declared an attachment, and without a file name of its own.
    ///
    /// `alone` is false beside an HTML root, where only pictures and styles live.
    func isReadable(alone: Bool) -> Bool {
        guard alone, !isAttachment, fileName == nil else { return false }
        return ["text/plain", "text/html", "text/markdown", "text/x-amp-html", "text/watch-html"].contains(type)
    }

    /// Text that stands in a file and yet was typed: Exchange makes `ATT00001.txt` of what an iPhone's owner writes below a picture.
    var isCutOffText: Bool {
        guard type == "text/plain" || type == "text/html", let fileName else { return false }
        let name = Array(ASCII.lowercased(fileName).utf8)
        let digits = name.dropFirst(3).prefix { ASCII.isDigit($0) }
        return name.starts(with: "att".utf8) && digits.count == 5
            && ["txt", "htm", "html"].contains { name.dropFirst(8).elementsEqual(".\($0)".utf8) }
    }

    func text(_ bytes: [UInt8]) -> (body: BodyText, guessed: Bool) {
        // Renderings for other devices say the same once more.
        if type == "text/x-amp-html" || type == "text/watch-html" { return (BodyText(), false) }
        let declared = parameters["charset"] ?? (type == "text/html" ? HTMLCharset.declared(in: bytes) : nil)
        let decoded = Charset.decode(bytes, declared: declared)
        if type == "text/html" { return (BodyText(html: decoded.text), decoded.guessed) }
        let isFlowed = parameters["format"].map { ASCII.lowercased($0) } == "flowed"
        let text = PlainText.clean(decoded.text)
        let deletesSpace = parameters["delsp"].map { ASCII.lowercased($0) } == "yes"
        return (BodyText(plain: isFlowed ? FlowedText.unfolded(text, deletesSpace: deletesSpace) : text), decoded.guessed)
    }
}

/// The charset an HTML document names in its own head.
enum HTMLCharset {
    /// Looks at the first 1,024 bytes, as browsers do.
    static func declared(in bytes: [UInt8]) -> String? {
        let head = bytes.prefix(1_024).map(ASCII.lower)
        var index = 0
        while index < head.count {
            if ASCII.has("charset=", at: index, in: head) {
                let value = head[(index + 8)...].drop { $0 == 0x22 || $0 == 0x27 || $0 == 0x20 }
                let name = value.prefix { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == 0x2D || $0 == 0x5F }
                return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
            }
            index += 1
        }
        return nil
    }
}
