/// The contents of a `winmail.dat`, Outlook's own wrapping of a mail ([MS-OXTNEF]).
///
/// Reads file names, types and contents of attachments and the text, if it is there as plain text or HTML. Rich text is left: with it
/// Outlook sends a plain text part outside.
struct TNEF {
    private(set) var attachments: [EmailPart] = []
    private(set) var plain: String?
    private(set) var html: String?

    private var open: File?
    private var codepage = "windows-1252"
    /// Attachments beyond this are left out; Outlook itself stops far below.
    private static let attachmentLimit = 200

    private struct File {
        var title: String?
        var longName: String?
        var type: String?
        var contentID: String?
        var bytes: [UInt8] = []
    }

    private enum Attribute {
        static let attachmentBegins: UInt32 = 0x0006_9002
        static let attachmentTitle: UInt32 = 0x0001_8010
        static let attachmentData: UInt32 = 0x0006_800F
        static let attachmentProperties: UInt32 = 0x0006_9005
        static let body: UInt32 = 0x0002_800C
        static let codepage: UInt32 = 0x0006_9007
        static let messageProperties: UInt32 = 0x0006_9003
    }

    /// Nil when it is not TNEF or holds nothing that could be read.
    init?(_ bytes: [UInt8]) {
        var cursor = TNEFCursor(bytes[...])
        guard cursor.number(4) == 0x223E_9F78, cursor.number(2) != nil else { return nil }
        while cursor.number(1) != nil {
            guard let id = cursor.number(4), let length = cursor.number(4), let data = cursor.take(Int(length)), cursor.number(2) != nil
            else { break }
            take(id, data)
        }
        closeFile()
        if attachments.isEmpty, plain == nil, html == nil { return nil }
    }

    private mutating func take(_ id: UInt32, _ data: ArraySlice<UInt8>) {
        switch id {
        case Attribute.codepage:
            var cursor = TNEFCursor(data)
            if let number = cursor.number(4), number > 0 { codepage = number == 65001 ? "utf-8" : "cp\(number)" }
        case Attribute.body: plain = plain ?? text(data, codepage)
        case Attribute.messageProperties: takeMessage(TNEFProperties(data, codepage: codepage))
        case Attribute.attachmentBegins:
            closeFile()
            open = File()
        case Attribute.attachmentTitle: titleFile(text(data, codepage))
        case Attribute.attachmentData: open?.bytes = Array(data)
        case Attribute.attachmentProperties:
            let properties = TNEFProperties(data, codepage: codepage)
            open?.longName = properties.text(0x3707)
            open?.type = properties.text(0x370E)
            open?.contentID = properties.text(0x3712)
        default: break
        }
    }

    private mutating func takeMessage(_ properties: TNEFProperties) {
        if let text = properties.text(0x1000) { plain = PlainText.clean(text) }
        if let bytes = properties.binary(0x1013) {
            html = Charset.decode(bytes, declared: HTMLCharset.declared(in: Array(bytes)) ?? codepage).text
        } else if let text = properties.text(0x1013) {
            html = text
        }
    }

    private mutating func titleFile(_ title: String) { open?.title = title }

    private mutating func closeFile() {
        guard let file = open else { return }
        open = nil
        guard !file.bytes.isEmpty, attachments.count < Self.attachmentLimit else { return }
        let type = file.type.map { ASCII.lowercased($0) } ?? FileType.guess(file.longName ?? file.title ?? "")
        let name = FileName.safe(file.longName ?? file.title, contentType: type)
        attachments.append(
            EmailPart(name: name, contentType: type, contentID: file.contentID, isInline: false, content: EmailContent(file.bytes)))
    }

    private func text(_ data: ArraySlice<UInt8>, _ codepage: String) -> String {
        PlainText.clean(Charset.decode(data.prefix { $0 != 0 }, declared: codepage).text)
    }
}

/// Little-endian reading that ends instead of failing.
struct TNEFCursor {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func number(_ count: Int) -> UInt32? {
        guard let bytes = take(count) else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// Takes `count` bytes and what fills them up to a multiple of four.
    mutating func takePadded(_ count: Int) -> ArraySlice<UInt8>? {
        guard let bytes = take(count) else { return nil }
        _ = take(min((4 - count % 4) % 4, rest.count))
        return bytes
    }
}

/// A list of MAPI properties ([MS-OXTNEF] section 2.1.3.4): texts and binaries by their number.
struct TNEFProperties {
    private var values: [UInt32: ArraySlice<UInt8>] = [:]
    private var unicode: Set<UInt32> = []
    private let codepage: String

    init(_ data: ArraySlice<UInt8>, codepage: String) {
        self.codepage = codepage
        var cursor = TNEFCursor(data)
        guard let count = cursor.number(4) else { return }
        for _ in 0..<min(count, 2_000) { guard read(&cursor) else { return } }
    }

    func text(_ id: UInt32) -> String? {
        guard let bytes = values[id] else { return nil }
        let text = Charset.decode(bytes, declared: unicode.contains(id) ? "utf-16le" : codepage).text
        return String(text.prefix { $0 != "\0" })
    }

    /// Only for values that are not text in a known charset.
    func binary(_ id: UInt32) -> ArraySlice<UInt8>? { unicode.contains(id) ? nil : values[id] }

    /// One property; false when the list cannot be followed further.
    private mutating func read(_ cursor: inout TNEFCursor) -> Bool {
        guard let type = cursor.number(2), let id = cursor.number(2) else { return false }
        if id >= 0x8000, !skipName(&cursor) { return false }
        let base = type & 0x0FFF
        let isMany = type & 0x1000 != 0
        if let size = Self.fixedSizes[base] {
            let count = isMany ? cursor.number(4) : 1
            guard let count, count <= 1 << 20 else { return false }
            return cursor.takePadded(size * Int(count)) != nil
        }
        guard [0x1E, 0x1F, 0x0D, 0x102].contains(base), let count = cursor.number(4), count <= 10_000 else { return false }
        for _ in 0..<count {
            guard let length = cursor.number(4), let value = cursor.takePadded(Int(length)) else { return false }
            if values[id] == nil { values[id] = value }
            if base == 0x1F { unicode.insert(id) }
        }
        return true
    }

    /// A named property carries its name space and name before its value.
    private func skipName(_ cursor: inout TNEFCursor) -> Bool {
        guard cursor.take(16) != nil, let kind = cursor.number(4) else { return false }
        if kind == 0 { return cursor.number(4) != nil }
        guard let length = cursor.number(4) else { return false }
        return cursor.takePadded(Int(length)) != nil
    }

    private static let fixedSizes: [UInt32: Int] = [
        0x02: 2, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 2, 0x14: 8, 0x40: 8, 0x48: 16,
    ]
}
