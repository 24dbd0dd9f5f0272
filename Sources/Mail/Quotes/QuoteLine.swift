/// One line of a mail's text with what is asked about it again and again.
struct QuoteLine {
    let text: Substring
    let isBlank: Bool
    /// ">" in front, as in plain mail.
    let isQuoted: Bool
    /// "Von:", "Subject:" and the like at its start.
    let label: HeaderLabel?
    /// Whether it ends in a colon, bold marks and spaces aside: only then can it end an attribution.
    let endsInColon: Bool

    init(_ text: Substring) {
        self.text = text
        isBlank = QuoteMarks.isBlank(text)
        isQuoted = text.utf8.first == 0x3E || (text.utf8.first == 0x20 && text.utf8.dropFirst().first == 0x3E)
        label = isBlank ? nil : HeaderLabel(startOf: text)
        let last = text.utf8.last { $0 != 0x20 && $0 != 0x2A && $0 != 0x5F && $0 != 0x09 }
        // The no-break space of French ends in 0xA0.
        endsInColon = last == 0x3A || last == 0xA0 || (last.map { $0 >= 0x80 } == true && Self.endsInCoveredColon(text))
    }

    /// Where right-to-left text ends in a mark that nobody sees.
    private static func endsInCoveredColon(_ text: Substring) -> Bool {
        text.unicodeScalars.last { !Invisible.contains($0) && !$0.properties.isWhitespace } == ":"
    }

    static func all(_ text: String) -> [QuoteLine] {
        lines(of: text).map(QuoteLine.init)
    }

    /// The lines between the "\n" of a text: by bytes, since "\r\n" is one Character. A plain loop, which pages with much text feel.
    static func lines(of text: String) -> [Substring] {
        var lines: [Substring] = []
        var start = text.startIndex
        var index = start
        while index < text.endIndex {
            let next = text.utf8.index(after: index)
            if text.utf8[index] == 0x0A {
                lines.append(text[start..<index])
                start = next
            }
            index = next
        }
        lines.append(text[start...])
        return lines
    }
}

/// A label of the block of header lines that Outlook and others put above what they quote.
enum HeaderLabel {
    case from, date, to, copy, subject, other

    /// The label before the first colon, bold (`*Von:*`) or not.
    init?(startOf line: Substring) {
        let start = line.utf8.prefix(32)
        guard let colon = start.firstIndex(of: 0x3A), let label = Self.words[QuoteMarks.bare(line[..<colon])] else { return nil }
        self = label
    }

    /// The label as first word of a line without a colon: "Von "Nordlicht" <a@b.example>".
    init?(firstWordOf line: Substring) {
        let word = line.utf8.prefix(16).prefix { $0 != 0x20 && $0 != 0x09 }
        guard word.count < min(line.utf8.count, 16), let label = Self.words[QuoteMarks.bare(line[..<word.endIndex])] else { return nil }
        self = label
    }

    /// Whether labels together make such a block. A subject is asked for, since a customer may well write "Von: Hamburg, An: München,
    /// Datum: ...".
    static func areComplete(_ labels: Set<HeaderLabel>) -> Bool {
        labels.contains(.from) && labels.contains(.subject) && (labels.contains(.date) || labels.contains(.to))
    }

    private static let words: [String: HeaderLabel] = [
        "von": .from, "from": .from, "absender": .from, "de": .from, "van": .from,
        "gesendet": .date, "gesendet am": .date, "sent": .date, "datum": .date, "date": .date, "envoyé": .date, "verzonden": .date,
        "an": .to, "to": .to, "empfänger": .to, "à": .to, "aan": .to, "cc": .copy, "kopie": .copy, "bcc": .copy,
        "betreff": .subject, "subject": .subject, "objet": .subject, "onderwerp": .subject,
        "antwort an": .other, "reply-to": .other, "priorität": .other, "wichtigkeit": .other, "importance": .other, "anlagen": .other,
        "attachments": .other,
    ]
}
