/// Recognises where a quotation is introduced: "Am 12.03.2026 um 10:11 schrieb Nordlicht Hosting:", or a block of Von:, Gesendet:, An:
/// and Betreff:.
enum Attribution {
    /// How many lines an attribution beginning here takes, broken by the mail program or not; nil if there is none.
    ///
    /// `isCertain` says that it names a time and ends in a verb of writing: then even unmarked text below it is a quotation.
    static func length(at start: Int, in lines: [QuoteLine]) -> (lines: Int, isCertain: Bool)? {
        guard let end = lines[start...].prefix(4).firstIndex(where: \.endsInColon) else { return nil }
        let all = lines[start...end]
        guard all.allSatisfy({ !$0.isBlank && !$0.isQuoted && $0.text.utf8.count <= 300 }) else { return nil }
        // What stands above a line that begins as only attributions do is no part of one.
        guard all.count == 1 || (canBeWrapped(all[start].text) && !all.dropFirst().contains { opens($0.text) }) else { return nil }
        let joined = all.map { QuoteMarks.bare($0.text) }.joined(separator: " ")
        return isCertain(joined).map { (all.count, $0) }
    }

    /// How many lines an introduction takes whose language we do not know: it names an address and a date, in whatever digits, and the
    /// quotation below is marked. Nil if there is none.
    static func foreignLength(at start: Int, in lines: [QuoteLine]) -> Int? {
        guard let end = lines[start...].prefix(3).firstIndex(where: \.endsInColon) else { return nil }
        let all = lines[start...end]
        guard all.allSatisfy({ !$0.isBlank && !$0.isQuoted && $0.text.utf8.count <= 400 }),
            all.contains(where: { $0.text.utf8.contains(0x40) })
        else { return nil }
        guard all.count == 1 || all[start].text.utf8.contains(where: { $0 == 0x40 || $0 == 0x3C }) else { return nil }
        let digits = all.reduce(0) { $0 + $1.text.unicodeScalars.count { $0.properties.numericType == .decimal } }
        return digits >= 4 ? all.count : nil
    }

    private static func opens(_ line: Substring) -> Bool {
        guard line.utf8.contains(where: ASCII.isDigit) else { return false }
        let text = QuoteMarks.bare(line)
        return openings.contains { text.hasPrefix($0) }
    }

    /// The first line of a wrapped attribution names a date or the writer; "Danke!" above one does neither.
    private static func canBeWrapped(_ line: Substring) -> Bool { line.utf8.contains { $0 == 0x40 || $0 == 0x3C } || opens(line) }

    /// Nil if the text is no attribution.
    private static func isCertain(_ text: String) -> Bool? {
        guard text.hasSuffix(":"), text.utf8.count <= 500 else { return nil }
        let words = text.unicodeScalars.split { !($0.properties.isAlphabetic || $0 == "'") }.map { String(String.UnicodeScalarView($0)) }
        let hasVerb = words.contains { verbs.contains($0) }
        let hasTime = hasTime(text)
        let hasDate = hasTime || text.utf8.filter(ASCII.isDigit).count >= 4
        let hasAddress = text.utf8.contains(0x40)
        let opens = openings.contains { text.hasPrefix($0) }
        // "Am Montag schrieb mir Ihr Kollege Folgendes:" is a person's sentence: it names neither time nor address.
        if hasVerb, hasDate, opens || hasAddress || hasTime { return hasTime && (opens || hasAddress) }
        if hasVerb, hasAddress { return false }
        if hasAddress, hasTime, text.utf8.first.map(ASCII.isDigit) == true { return false }
        // Short: "Nordlicht Hosting schrieb:".
        return hasVerb && words.count <= 6 && verbs.contains(words.last ?? "") ? false : nil
    }

    private static let verbs: Set<String> = [
        "schrieb", "schrieben", "geschrieben", "wrote", "writes", "écrit", "scritto", "escribió", "schreef", "skrev", "napisał", "napisała",
    ]

    private static let openings = ["am ", "on ", "le ", "el ", "il ", "op ", "den ", "w dniu ", "dnia ", "em ", "quoting ", "zitat von "]

    /// 10:11, as every mail program writes it.
    private static func hasTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        for index in bytes.indices.dropFirst() where bytes[index] == 0x3A && index + 2 < bytes.count {
            if ASCII.isDigit(bytes[index - 1]), ASCII.isDigit(bytes[index + 1]), ASCII.isDigit(bytes[index + 2]) { return true }
        }
        return false
    }

    /// How many lines a block of header lines takes that begins here, as Outlook, GMX and WEB.DE write it; nil if there is none.
    static func blockLength(at start: Int, in lines: [QuoteLine]) -> Int? {
        guard let first = lines[start].label, first != .other, first != .copy else { return nil }
        if let isBlock = isOneLineBlock(lines[start].text) { return isBlock ? 1 : nil }
        var labels: Set<HeaderLabel> = []
        var length = 0
        var others = 0
        for index in start..<min(start + 16, lines.count) {
            if let label = lines[index].label {
                labels.insert(label)
                length = index - start + 1
                others = 0
            } else {
                // Wrapped recipients, or an empty line that the HTML put between two of them.
                others += 1
                if others > 2 || (lines[index].isBlank && HeaderLabel.areComplete(labels)) { break }
            }
        }
        return HeaderLabel.areComplete(labels) ? length : nil
    }

    /// All labels run together in one line, as happens when HTML loses its line breaks; nil if the line has just the one.
    private static func isOneLineBlock(_ line: Substring) -> Bool? {
        guard line.utf8.count <= 600, line.utf8.filter({ $0 == 0x3A }).count >= 3 else { return nil }
        let labels = line.split(separator: " ").filter { $0.utf8.contains(0x3A) }.compactMap { HeaderLabel(startOf: $0) }
        return labels.count >= 3 ? HeaderLabel.areComplete(Set(labels)) : nil
    }
}
