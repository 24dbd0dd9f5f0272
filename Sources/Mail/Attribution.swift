/// Recognises where a quotation is introduced: "Am 12.03.2026 um 10:11 schrieb Nordlicht Hosting:", or a block of Von:/Gesendet:/An:/Betreff:.
enum Attribution {
    /// How many lines an attribution beginning here takes, broken by the mail program or not; nil if there is none.
    ///
    /// `isCertain` says that it names a time and ends in a verb of writing: then even unmarked text below it is a quotation.
    static func length(at start: Int, in lines: [Substring]) -> (lines: Int, isCertain: Bool)? {
        var joined = ""
        for count in 1...4 where start + count <= lines.count {
            let line = lines[start + count - 1]
            guard !QuoteMarks.isBlank(line), !QuoteMarks.isQuoted(line), line.utf8.count <= 300 else { return nil }
            if count > 1 { joined += " " }
            joined += QuoteMarks.bare(line)
            if count > 1, opens(line) { return nil }
            if let certain = isAttribution(joined), count == 1 || canBeWrapped(lines[start]) { return (count, certain) }
            if joined.utf8.last == 0x3A { return nil }
        }
        return nil
    }

    /// Whether a line begins as only attributions do: what stands above it is no part of one.
    private static func opens(_ line: Substring) -> Bool {
        let text = QuoteMarks.bare(line)
        return openings.contains { text.hasPrefix($0) } && text.utf8.contains(where: ASCII.isDigit)
    }

    /// The first line of a wrapped attribution names a date or the writer; "Danke!" above one does neither.
    private static func canBeWrapped(_ line: Substring) -> Bool { opens(line) || line.utf8.contains(0x40) || line.utf8.contains(0x3C) }

    private static func isAttribution(_ text: String) -> Bool? {
        guard text.hasSuffix(":"), text.utf8.count <= 500 else { return nil }
        let words = text.unicodeScalars.split { !($0.properties.isAlphabetic || $0 == "'") }.map { String(String.UnicodeScalarView($0)) }
        let hasVerb = words.contains { verbs.contains($0) }
        let time = hasTime(text)
        let hasDate = time || text.utf8.filter(ASCII.isDigit).count >= 4
        let hasAddress = text.utf8.contains(0x40)
        let opens = openings.contains { text.hasPrefix($0) }
        // "Am Montag schrieb mir Ihr Kollege Folgendes:" is a person's sentence: it names neither time nor address.
        if hasVerb, hasDate, opens || hasAddress || time { return time && (opens || hasAddress) }
        if hasVerb, hasAddress { return false }
        if hasAddress, time, text.utf8.first.map(ASCII.isDigit) == true { return false }
        // Short: "Nordlicht Hosting schrieb:".
        if hasVerb, words.count <= 6, verbs.contains(words.last ?? "") { return false }
        return nil
    }

    private static let verbs: Set<String> = ["schrieb", "schrieben", "geschrieben", "wrote", "writes", "écrit", "scritto", "escribió", "schreef", "skrev", "napisał", "napisała"]

    private static let openings = ["am ", "on ", "le ", "el ", "il ", "op ", "den ", "w dniu ", "dnia ", "em ", "quoting ", "zitat von "]

    /// 10:11 or 9.05 Uhr.
    private static func hasTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        for index in bytes.indices.dropFirst() where bytes[index] == 0x3A && index + 2 < bytes.count {
            if ASCII.isDigit(bytes[index - 1]), ASCII.isDigit(bytes[index + 1]), ASCII.isDigit(bytes[index + 2]) { return true }
        }
        return false
    }

    /// How many lines a block of header lines takes that begins here, as Outlook, GMX and WEB.DE write it; nil if there is none.
    ///
    /// A subject line is asked for, since a customer may well write "Von: Hamburg, An: München, Datum: ...".
    static func blockLength(at start: Int, in lines: [Substring]) -> Int? {
        guard let first = label(of: lines[start]), first == .from || first == .date || first == .subject || first == .to else { return nil }
        if let kinds = oneLineBlock(lines[start]) { return kinds ? 1 : nil }
        var kinds: Set<Label> = []
        var length = 0
        var others = 0
        for index in start..<min(start + 16, lines.count) {
            if let label = label(of: lines[index]) {
                kinds.insert(label)
                length = index - start + 1
                others = 0
            } else {
                // Wrapped recipients, or an empty line that the HTML put between two of them.
                others += 1
                if others > 2 || (QuoteMarks.isBlank(lines[index]) && isComplete(kinds)) { break }
            }
        }
        return isComplete(kinds) ? length : nil
    }

    private static func isComplete(_ kinds: Set<Label>) -> Bool {
        kinds.contains(.from) && kinds.contains(.subject) && (kinds.contains(.date) || kinds.contains(.to))
    }

    private enum Label { case from, date, to, copy, subject, other }

    private static let labels: [String: Label] = [
        "von": .from, "from": .from, "absender": .from, "de": .from, "van": .from, "gesendet": .date, "gesendet am": .date, "sent": .date, "datum": .date, "date": .date,
        "envoyé": .date, "verzonden": .date, "an": .to, "to": .to, "empfänger": .to, "à": .to, "aan": .to, "cc": .copy, "kopie": .copy, "bcc": .copy,
        "betreff": .subject, "subject": .subject, "objet": .subject, "onderwerp": .subject, "antwort an": .other, "reply-to": .other, "priorität": .other,
        "wichtigkeit": .other, "importance": .other, "anlagen": .other, "attachments": .other,
    ]

    /// The label before the colon, bold (`*Von:*`) or not.
    private static func label(of line: Substring) -> Label? {
        guard let colon = line.prefix(24).firstIndex(of: ":") else { return nil }
        return labels[QuoteMarks.bare(line[..<colon])]
    }

    /// All labels run together in one line, as happens when HTML loses its line breaks; nil if the line has just the one.
    private static func oneLineBlock(_ line: Substring) -> Bool? {
        guard line.utf8.count <= 600 else { return nil }
        var kinds: Set<Label> = []
        var count = 0
        for word in line.split(separator: " ") where word.utf8.contains(0x3A) {
            let name = word.prefix { $0 != ":" }
            guard let label = labels[QuoteMarks.bare(name)] else { continue }
            kinds.insert(label)
            count += 1
        }
        return count >= 3 ? isComplete(kinds) : nil
    }
}
