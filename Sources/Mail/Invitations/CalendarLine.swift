/// One content line of an iCalendar text (RFC 5545 section 3.1): a name, parameters and a value.
struct CalendarLine {
    /// In capitals, as all names are compared.
    var name: String
    var parameters: [String: String]
    /// As written; `text` takes its escapes away.
    var value: String

    /// More lines than any invitation has; a file of a whole calendar is read as far as that.
    private static let lineLimit = 5_000

    /// The lines of a text, those put together again that were folded.
    static func all(_ text: String) -> [CalendarLine] {
        var folded: [[UInt8]] = []
        for line in text.utf8.split(separator: 0x0A) {
            let content = line.last == 0x0D ? line.dropLast() : line
            if let first = content.first, first == 0x20 || first == 0x09, !folded.isEmpty {
                folded[folded.count - 1] += content.dropFirst()
            } else if folded.count < lineLimit {
                folded.append(Array(content))
            } else {
                break
            }
        }
        return folded.compactMap(CalendarLine.init)
    }

    private init?(_ bytes: [UInt8]) {
        var isQuoted = false
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        for (index, byte) in bytes.enumerated() {
            if byte == 0x22 { isQuoted.toggle() }
            guard !isQuoted, byte == 0x3A || byte == 0x3B else { continue }
            pieces.append(bytes[start..<index])
            start = index + 1
            if byte == 0x3A { break }
        }
        guard let first = pieces.first, start > 0, bytes[start - 1] == 0x3A else { return nil }
        name = Self.capitals(first)
        value = String(decoding: bytes[start...], as: UTF8.self)
        parameters = [:]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: 0x3D) else { continue }
            let content = piece[(equals + 1)...].filter { $0 != 0x22 }
            parameters[Self.capitals(piece[..<equals])] = String(decoding: content, as: UTF8.self)
        }
    }

    private static func capitals(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: ASCII.trimmed(bytes).map { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 }, as: UTF8.self)
    }

    /// The value as people read it (RFC 5545 section 3.3.11).
    var text: String {
        var result: [UInt8] = []
        var isEscaped = false
        for byte in value.utf8 {
            if isEscaped {
                result.append(byte == 0x6E || byte == 0x4E ? 0x0A : byte)
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else {
                result.append(byte)
            }
        }
        return Self.visible(String(decoding: result, as: UTF8.self))
    }

    /// The value as one line.
    var line: String { Self.oneLine(text) }

    /// A parameter as one line; empty if it is not there.
    func parameter(_ name: String) -> String { Self.oneLine(Self.visible(parameters[name] ?? "")) }

    /// Without what turns lines around unseen.
    private static func visible(_ text: String) -> String {
        let scalars = PlainText.clean(text).unicodeScalars.filter { $0 == "\n" || $0 == "\t" || !Invisible.contains($0) }
        return Quoting.trimmed(String(String.UnicodeScalarView(scalars)))
    }

    private static func oneLine(_ text: String) -> String { ASCII.trimmed(EncodedWord.oneLine(text)) }
}
