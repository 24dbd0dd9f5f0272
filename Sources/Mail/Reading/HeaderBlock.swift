/// The fields at the top of a message, read so that nothing of the text below is lost (RFC 5322 section 2.2).
///
/// Real mail has mbox lines and blank lines on top, continuation lines without their indent, headers that run into the text without a
/// blank line, and line ends of every kind. GMime drops or cuts such headers; therefore they are read here and GMime sees only the body.
struct HeaderBlock {
    struct Field {
        /// As written; compared without case.
        var name: String
        /// Unfolded, not decoded.
        var value: [UInt8]
    }

    var fields: [Field] = []
    /// Where the text begins.
    var bodyStart = 0
    var defects: [Email.Defect] = []

    /// More fields than any real mail has, and more bytes than any real field; what goes beyond is left out and noted.
    private static let fieldLimit = 2_000
    private static let valueLimit = 256 << 10

    init(_ bytes: [UInt8]) {
        var index = Self.skipPreamble(bytes)
        while index < bytes.count {
            let line = Self.line(bytes, at: index)
            if line.content.isEmpty {
                index = line.next
                break
            }
            if ASCII.isSpace(bytes[index]), !fields.isEmpty, !Self.isBlank(line.content) || Self.goesOn(bytes, at: line.next) {
                continueField(line.content)
            } else if let colon = Self.colon(in: line.content) {
                begin(line.content, colon: colon)
            } else if Self.isBlank(line.content) {
                index = line.next
                break
            } else if !takeStrayLine(line, bytes) {
                break
            }
            index = line.next
        }
        bodyStart = min(index, bytes.count)
    }

    func first(_ name: String) -> [UInt8]? { fields.first { Self.isSame($0.name, name) }?.value }

    /// Field names are compared without case (RFC 5322 section 1.2.2).
    static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8) { ASCII.lower($0) == ASCII.lower($1) }
    }

    private mutating func begin(_ line: ArraySlice<UInt8>, colon: Int) {
        guard fields.count < Self.fieldLimit else {
            note(.tooManyHeaders)
            return
        }
        let name = ASCII.trimmed(line[..<colon])
        fields.append(Field(name: String(decoding: name, as: UTF8.self), value: Array(ASCII.trimmed(line[(colon + 1)...]))))
    }

    private mutating func continueField(_ line: ArraySlice<UInt8>) {
        guard let last = fields.indices.last, fields.count < Self.fieldLimit else { return }
        guard fields[last].value.count + line.count < Self.valueLimit else {
            note(.tooManyHeaders)
            return
        }
        let text = ASCII.trimmed(line)
        if !text.isEmpty {
            if !fields[last].value.isEmpty { fields[last].value.append(0x20) }
            fields[last].value += text
        }
    }

    /// A line that is no field: a continuation without its indent if another field follows, else the text has begun without a blank line.
    private mutating func takeStrayLine(_ line: (content: ArraySlice<UInt8>, next: Int), _ bytes: [UInt8]) -> Bool {
        note(.brokenHeader)
        let following = line.next < bytes.count ? Self.line(bytes, at: line.next).content : []
        guard !following.isEmpty, Self.colon(in: following) != nil || ASCII.isSpace(following.first ?? 0) else { return false }
        continueField(line.content)
        return true
    }

    private mutating func note(_ defect: Email.Defect) {
        if !defects.contains(defect) { defects.append(defect) }
    }

    /// A byte order mark, blank lines and the "From " line of an mbox file.
    private static func skipPreamble(_ bytes: [UInt8]) -> Int {
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while index < bytes.count {
            let line = line(bytes, at: index)
            guard isBlank(line.content) || isMboxLine(bytes, at: index) else { break }
            index = line.next
        }
        return index
    }

    private static func isMboxLine(_ bytes: [UInt8], at index: Int) -> Bool {
        let start = bytes[index] == 0x3E ? index + 1 : index
        return ASCII.has("From ", at: start, in: bytes) && !ASCII.has("From :", at: start, in: bytes)
    }

    /// The line without its end, and where the next one begins.
    static func line(_ bytes: [UInt8], at start: Int) -> (content: ArraySlice<UInt8>, next: Int) {
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        var content = bytes[start..<end]
        while content.last == 0x0D { content.removeLast() }
        return (content, min(end + 1, bytes.count))
    }

    private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy(ASCII.isSpace) }

    /// Whether the header goes on after a line of nothing but spaces.
    private static func goesOn(_ bytes: [UInt8], at index: Int) -> Bool {
        guard index < bytes.count else { return false }
        let next = line(bytes, at: index).content
        return !isBlank(next) && (ASCII.isSpace(bytes[index]) || colon(in: next) != nil)
    }

    /// The colon after a field name of printable ASCII (spaces before the colon are forgiven), or nil.
    private static func colon(in line: ArraySlice<UInt8>) -> Int? {
        guard let colon = line.prefix(200).firstIndex(of: 0x3A), colon > line.startIndex else { return nil }
        var name = line[..<colon]
        while let last = name.last, last == 0x20 || last == 0x09 { name.removeLast() }
        return !name.isEmpty && name.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? colon : nil
    }
}
