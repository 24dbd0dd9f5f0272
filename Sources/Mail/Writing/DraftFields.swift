import Foundation

/// Writes header fields: encoded where necessary (RFC 2047), folded at 78 bytes, never open to injected lines.
struct DraftFields {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ name: String, _ value: String) { write(name, value.split(separator: " ").map(String.init)) }

    mutating func add(_ name: String, _ ids: [MessageID]) { write(name, ids.map { "<\($0.rawValue)>" }) }

    mutating func add(_ name: String, _ addresses: [Address]) {
        var words: [String] = []
        for (index, address) in addresses.enumerated() {
            var parts = address.name.map(Self.displayName) ?? []
            parts.append("<\(address.wireForm)>" + (index < addresses.count - 1 ? "," : ""))
            words += parts
        }
        write(name, words)
    }

    /// Free text. ASCII words stay readable; what lies between the first and the last word that needs it is encoded.
    mutating func addText(_ name: String, _ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard let first = words.firstIndex(where: Self.needsEncoding), let last = words.lastIndex(where: Self.needsEncoding) else {
            return write(name, words)
        }
        let encoded = Self.encodedWords(words[first...last].joined(separator: " "))
        write(name, Array(words[..<first]) + encoded + Array(words[(last + 1)...]))
    }

    /// Words are put on a new line where the current one would grow beyond 78 bytes.
    private mutating func write(_ name: String, _ words: [String]) {
        var column = name.utf8.count + 1
        bytes += Array(name.utf8) + [0x3A]
        for (index, word) in words.enumerated() {
            if index > 0, column + 1 + word.utf8.count > 78 {
                bytes += [0x0D, 0x0A]
                column = 0
            }
            bytes.append(0x20)
            bytes += Array(word.utf8)
            column += 1 + word.utf8.count
        }
        bytes += [0x0D, 0x0A]
    }

    /// Empty words come from spaces in a row, which folding would eat; long ones would make a line no server takes.
    private static func needsEncoding(_ word: String) -> Bool {
        word.isEmpty || word.utf8.count > 400 || word.utf8.contains { $0 >= 0x80 } || word.contains("=?")
    }

    private static func displayName(_ name: String) -> [String] {
        if name.utf8.contains(where: { $0 >= 0x80 }) || name.contains("=?") || name.utf8.count > 70 { return encodedWords(name) }
        if name.utf8.allSatisfy({ ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == 0x20 || $0 == 0x2D }) { return [name] }
        return ["\"" + name.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""]
    }

    /// Encoded words of at most 60 bytes, so that a line with the field's name stays below the 76 of RFC 2047, cut between characters, in
    /// whichever of the two encodings is shorter.
    static func encodedWords(_ text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        let plain = scalars.filter(isLiteral).count
        let isBase64 = text.utf8.count - plain > text.utf8.count / 3
        var words: [String] = []
        var chunk: [UInt8] = []
        var length = 0
        func flush() {
            guard !chunk.isEmpty else { return }
            let payload = isBase64 ? String(decoding: Base64.encode(chunk), as: UTF8.self) : quoted(chunk)
            words.append("=?utf-8?\(isBase64 ? "B" : "Q")?\(payload)?=")
            chunk = []
            length = 0
        }
        for scalar in scalars {
            let width = isBase64 ? UTF8.width(scalar) : (isLiteral(scalar) || scalar == " " ? 1 : 3 * UTF8.width(scalar))
            if length + width > (isBase64 ? 36 : 48) { flush() }
            chunk += Array(String(scalar).utf8)
            length += width
        }
        flush()
        return words
    }

    /// What RFC 2047 section 5 (3) lets stand in a display name.
    private static func isLiteral(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return false }
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        return ASCII.isLetter(byte) || ASCII.isDigit(byte) || "!*+-/".utf8.contains(byte)
    }

    private static func quoted(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        for byte in bytes {
            if byte == 0x20 {
                result.append(0x5F)
            } else if isLiteral(Unicode.Scalar(byte)), byte < 0x80 {
                result.append(byte)
            } else {
                result += [0x3D, QuotedPrintable.hex[Int(byte >> 4)], QuotedPrintable.hex[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    // MARK: - What may not be written

    static func check(_ text: String, field: String) throws {
        let hasBreak = text.unicodeScalars.contains {
            $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || $0.value == 0x2028 || $0.value == 0x2029
        }
        if hasBreak { throw DraftError.controlCharacter(field: field) }
    }

    static func check(_ header: (name: String, value: String)) throws {
        let name = ASCII.lowercased(header.name)
        let isName = !name.isEmpty && name.utf8.count <= 70 && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
        guard isName else { throw DraftError.invalidFieldName(header.name) }
        if reserved.contains(name) || name.hasPrefix("content-") { throw DraftError.reservedField(header.name) }
        try check(header.value, field: header.name)
    }

    private static let reserved: Set<String> = [
        "date", "from", "sender", "reply-to", "to", "cc", "bcc", "message-id", "in-reply-to", "references", "subject", "mime-version",
        "return-path", "received",
    ]
}

/// Dates as mail writes them (RFC 5322 section 3.3), always in UTC.
enum DraftDate {
    static func text(_ date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let day = Int((Double(seconds) / 86_400).rounded(.down))
        let rest = seconds - day * 86_400
        let (year, month, dayOfMonth) = civil(day)
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((day % 7) + 7) % 7]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(weekday), \(dayOfMonth) \(months[month - 1]) \(year) \(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60)) +0000"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Year, month and day of a day counted from 1 January 1970, in the Gregorian calendar; years begin in March so that leap days come
    /// last.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fifth = (5 * dayOfYear + 2) / 153
        let month = fifth < 10 ? fifth + 3 : fifth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * fifth + 2) / 5 + 1)
    }
}
